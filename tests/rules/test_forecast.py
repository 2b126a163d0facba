"""Will we make it: by hand for a few calls, and laws that hold for any queue."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import ItemState, Role, Tier
from callback_tui.rules.forecast import forecast, handling_time, one_more
from callback_tui.rules.forecast_words import pace_assumptions, pace_sentence, pace_words
from callback_tui.rules.queue_order import calling_order
from callback_tui.views.forecast import AtDesk, HandlingTime
from callback_tui.views.queue import Holder, QueueRow
from tests.rules.clocks import POLICY, ny
from tests.rules.test_queue_order import row

NOW = ny("23 10:00")
TEN = HandlingTime(600, 40, 14, assumed=False)
NURSE, OTHER, STAFF, CLINICIAN = (
    AtDesk(number, role.value, role)
    for number, role in enumerate((Role.NURSE, Role.NURSE, Role.STAFF, Role.CLINICIAN), start=1)
)


def misses(rows: list[QueueRow], *people: AtDesk, now: str = "23 10:00") -> dict[str, int]:
    found = forecast(sorted(rows, key=calling_order), people, TEN, POLICY, ny(now))
    return {tier.value: count for tier, count in found.misses}


def due(*times: str, tier: Tier = Tier.ROUTINE) -> list[QueueRow]:
    return [row(number, tier, f"23 {time}") for number, time in enumerate(times, start=1)]


def test_one_after_the_other_against_their_due_times() -> None:
    """Begun at 10:00, 10:10 and 10:20 by one nurse: the third misses its 10:15; two nurses make it."""
    rows = due("10:05", "10:14", "10:15")
    assert misses(rows, NURSE) == {"routine": 1}
    assert misses(rows, NURSE, OTHER) == {}
    assert misses(rows, NURSE, STAFF) == {}
    assert misses(rows, CLINICIAN) == {"routine": 3}, "routine calls are not a clinician's"


def test_urgent_calls_come_first_and_staff_do_not_take_them() -> None:
    rows = [*due("10:05"), row(9, Tier.URGENT, "23 10:30")]
    assert misses(rows, NURSE) == {"routine": 1}
    assert misses(rows, NURSE, STAFF) == {}
    assert misses(rows, STAFF) == {"urgent": 1}


def test_what_is_late_already_is_rung_and_not_counted_again() -> None:
    rows = due("09:00", "09:30", "10:15")
    found = forecast(rows, (NURSE,), TEN, POLICY, NOW)
    assert (found.late, found.missing) == (2, 1)


def test_a_call_under_way_takes_its_caller_until_it_ends() -> None:
    """Begun at 09:55, it ends at 10:05; its own message is being rung and misses nothing."""
    holder = Holder(NURSE.staff_id, "Dana", NOW - timedelta(minutes=5), 1)
    rows = [replace(row(1, Tier.ROUTINE, "23 10:01"), holder=holder), row(2, Tier.ROUTINE, "23 10:04")]
    assert misses(rows, NURSE) == {"routine": 1}
    assert misses([rows[0], row(2, Tier.ROUTINE, "23 10:05")], NURSE) == {}


def test_one_call_answers_all_messages_of_a_patient() -> None:
    rows = due("10:05", "10:06", "10:07")
    assert misses(rows, NURSE) == {"routine": 2}
    assert misses([replace(each, patient_id=1) for each in rows], NURSE) == {}


def test_an_office_clock_stops_at_closing() -> None:
    """Thirty minutes before closing one nurse begins three calls; the fourth begins at 08:00, and 08:05 is enough."""
    rows = [row(number, Tier.ROUTINE, due) for number, due in enumerate(("23 16:35", "23 16:45", "23 16:55"), start=1)]
    assert misses([*rows, row(4, Tier.ROUTINE, "24 08:05")], NURSE, now="23 16:30") == {}
    assert misses([*rows, row(4, Tier.ROUTINE, "23 17:00")], NURSE, now="23 16:30") == {"routine": 1}


def test_only_a_clinician_takes_what_was_handed_over() -> None:
    rows = [replace(row(1, Tier.URGENT, "23 10:20"), state=ItemState.ESCALATED)]
    assert misses(rows, NURSE) == {"urgent": 1}
    assert misses(rows, NURSE, CLINICIAN) == {}


def test_one_more_nurse_until_a_time_clears_it() -> None:
    """Twelve calls of ten minutes due by 11:00: six are begun by one nurse, the rest by a second until 11:00."""
    rows = [row(number, Tier.ROUTINE, "23 11:00") for number in range(1, 13)]
    found = forecast(rows, (NURSE,), TEN, POLICY, NOW)
    more = one_more(rows, (NURSE,), TEN, POLICY, NOW)
    assert found.missing == 5
    assert more.until == ny("23 11:00")
    assert pace_words(found) == "on pace: 5 routine will miss"
    assert pace_sentence(found, more, POLICY, NOW) == (
        "At this pace 5 routine will miss their time; one more nurse until 11:00 clears it."
    )
    crowd = [row(number, Tier.ROUTINE, "23 11:00") for number in range(1, 21)]
    too_many = one_more(crowd, (NURSE,), TEN, POLICY, NOW)
    assert (too_many.until, too_many.still_missing) == (None, 6)
    sentence = pace_sentence(forecast(crowd, (NURSE,), TEN, POLICY, NOW), too_many, POLICY, NOW)
    assert sentence.endswith("with one more nurse until closing 6 still will.")


def test_without_anybody_to_ring_nothing_is_foretold() -> None:
    supervisor = AtDesk(9, "Sue", Role.SUPERVISOR)
    found = forecast(due("10:05"), (supervisor,), TEN, POLICY, NOW)
    assert (found.misses, pace_words(found)) == ((), "nobody here to call")
    assert pace_words(None) == ""
    assert pace_words(forecast([], (NURSE,), TEN, POLICY, NOW)) == "on pace"


@pytest.mark.parametrize(
    ("calls", "seconds", "assumed", "words"),
    [
        ([], 360, True, "6 min a call, as the policy says: no call of theirs to go by"),
        ([60] * 19, 360, True, "6 min a call, as the policy says: only 19 calls of theirs to go by"),
        ([60] * 11 + [600] * 10, 60, False, "1 min a call, the median of their last 21 calls within 14 days"),
    ],
)
def test_too_few_calls_are_no_median(calls: list[int], seconds: int, assumed: bool, words: str) -> None:
    handling = handling_time(calls, POLICY.forecast)
    assert (handling.seconds, handling.assumed) == (seconds, assumed)
    found = forecast(due("09:00"), (NURSE, STAFF), handling, POLICY, NOW)
    assumptions = pace_assumptions(found, POLICY)
    assert words in assumptions
    assert "at the desk to ring: 1 nurse, 1 staff; signed in and seen within 15 min" in assumptions
    assert assumptions[0] == "1 late already: rung first, not counted here"


def test_late_emergencies_are_told_apart_as_line_2_counts_them_as_now() -> None:
    rows = [row(1, Tier.EMERGENT, "23 09:58"), *due("09:00", "09:30")[1:]]
    assert pace_assumptions(forecast(rows, (NURSE,), TEN, POLICY, NOW), POLICY)[0] == (
        "2 late already, 1 of them NOW: rung first, not counted here"
    )


def test_nothing_is_said_to_begin_in_time_that_is_late_already() -> None:
    late, in_time = (forecast(due(at), (NURSE,), TEN, POLICY, NOW) for at in ("09:00", "10:05"))
    assert pace_sentence(late, None, POLICY, NOW) == "At this pace every call that is not late yet begins in time."
    assert pace_sentence(in_time, None, POLICY, NOW) == "At this pace every call begins in time."


QUEUES = st.lists(
    st.builds(
        row,
        st.integers(1, 10**6),
        st.sampled_from(Tier),
        st.sampled_from([f"23 {h}:{m}" for h in (10, 11, 16) for m in ("05", "40")]),
    ),
    max_size=25,
    unique_by=lambda each: each.item_id,
)
CREWS = st.lists(st.sampled_from([NURSE, STAFF, CLINICIAN]), min_size=1, max_size=4)


@given(QUEUES, CREWS)
def test_more_hands_never_make_it_worse(rows: list[QueueRow], crew: list[AtDesk]) -> None:
    """One more nurse from now on misses no more, and never more than wait."""
    ordered = sorted(rows, key=calling_order)
    before = forecast(ordered, crew, TEN, POLICY, NOW).missing
    after = forecast(ordered, [*crew, OTHER], TEN, POLICY, NOW).missing
    assert after <= before <= len(rows)
