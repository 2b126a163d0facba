"""The on-call roster as rules: what wants somebody, who is fetched next, and when it ends."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import Role, Tier
from callback_tui.rules.on_call import command_line, left_alone, moves_due, next_fetch, on_call_words, wanted_at
from callback_tui.views.on_call import Alert, Fetch, Move, MoveKind, OnCallLine, Presence, UrgentItem
from callback_tui.views.policy import OnCallPerson, OnCallPolicy
from tests.rules.clocks import ny

LEE, OKAFOR, RIOS = (
    OnCallPerson(f"Dr. {name}", (number,)) for name, number in (("Lee", "1"), ("Okafor", "2"), ("R", ""))
)
POLICY = OnCallPolicy(
    roster=(LEE, OKAFOR),
    command=("page", "{person}", "{count} {tier} at {site} {{open}}"),
    repeat_minutes=10,
    near_due_minutes=15,
    rounds=2,
    command_seconds=60,
)
ITEM = UrgentItem(site_id=1, tier=Tier.URGENT, arrived_at=ny("23 22:00"), due_at=ny("23 23:00"))
MINUTE = timedelta(minutes=1)


def there(role: Role, since: str, until: str, staff_id: int = 1) -> Presence:
    return Presence(staff_id, role, ny(since), ny(until))


DAY_SHIFT = there(Role.NURSE, "23 08:00", "23 17:00")


@pytest.mark.parametrize(
    ("now", "since"),
    [
        ("23 21:59", None),
        ("23 22:00", "23 22:00"),
        ("23 22:44", "23 22:00"),
        ("23 22:45", "23 22:45"),
        ("23 23:00", "23 23:00"),
        ("24 07:00", "23 23:00"),
    ],
)
def test_it_wants_somebody_from_its_arrival_then_near_its_due_time_then_when_due(now: str, since: str | None) -> None:
    assert wanted_at(ITEM, (DAY_SHIFT,), POLICY, ny(now)) == (ny(since) if since else None)


def test_what_was_seen_by_somebody_wants_nobody_before_it_is_near_its_due_time() -> None:
    evening = there(Role.NURSE, "23 18:00", "23 22:30")
    assert wanted_at(ITEM, (evening,), POLICY, ny("23 22:40")) is None
    assert wanted_at(ITEM, (evening,), POLICY, ny("23 22:45")) == ny("23 22:45")


def test_what_was_left_behind_late_wants_somebody_from_their_leaving() -> None:
    assert wanted_at(ITEM, (there(Role.NURSE, "23 18:00", "23 23:30"),), POLICY, ny("23 23:31")) == ny("23 23:30")


@pytest.mark.parametrize(
    ("role", "escalated", "now", "wants"),
    [
        (Role.NURSE, False, "23 23:30", False),
        (Role.CLINICIAN, False, "23 23:30", False),
        (Role.CLINICIAN, True, "23 23:30", False),
        (Role.NURSE, True, "23 22:59", False),
        (Role.NURSE, True, "23 23:00", True),
    ],
)
def test_somebody_at_the_desk_who_can_take_it_is_enough(role: Role, escalated: bool, now: str, wants: bool) -> None:
    here = there(role, "23 21:00", "24 01:00")
    assert (wanted_at(replace(ITEM, escalated=escalated), (here,), POLICY, ny(now)) is not None) is wants


def moves(
    now: str, alert: Alert | None = None, *people: Presence, items: tuple[UrgentItem, ...] = (ITEM,)
) -> list[Move]:
    alerts = {} if alert is None else {(1, Tier.URGENT): alert}
    return list(moves_due(items, people, alerts, POLICY, ny(now)))


def ringing(*fetches: Fetch) -> Alert:
    return Alert(7, None, fetches)


def test_an_arrival_with_nobody_there_fetches_the_first_person() -> None:
    assert moves("23 22:00") == [Move(MoveKind.FETCH, 1, Tier.URGENT, waiting=1, number=1)]
    assert moves("23 22:00", None, there(Role.NURSE, "23 21:00", "24 06:00")) == []
    assert moves_due((ITEM,), (), {}, replace(POLICY, roster=()), ny("23 22:00")) == ()


def test_emergent_comes_first_and_has_an_alert_of_its_own() -> None:
    emergent = replace(ITEM, tier=Tier.EMERGENT)
    assert [move.tier for move in moves("23 22:00", items=(ITEM, emergent, ITEM))] == [Tier.EMERGENT, Tier.URGENT]
    assert [move.waiting for move in moves("23 22:00", items=(ITEM, emergent, ITEM))] == [1, 2]


def test_the_next_person_comes_after_the_wait() -> None:
    first = Fetch("Dr. Lee", ny("23 22:00"), ran=True)
    assert moves("23 22:09", ringing(first)) == []
    [move] = moves("23 22:10", ringing(first))
    assert (move.kind, move.alert_id, move.number, move.place) == (MoveKind.FETCH, 7, 2, 1)


def test_it_ends_when_somebody_signs_in_and_says_who() -> None:
    alert = ringing(Fetch("Dr. Lee", ny("23 22:00"), ran=True))
    early, late = there(Role.NURSE, "23 22:01", "23 23:00"), there(Role.CLINICIAN, "23 22:02", "23 23:00", 9)
    [move] = moves("23 22:03", alert, early, late)
    assert (move.kind, move.staff_id) == (MoveKind.ANSWERED, 9)


def test_it_ends_when_nothing_waits_any_more() -> None:
    [move] = moves("23 22:03", ringing(Fetch("Dr. Lee", ny("23 22:00"), ran=True)), items=())
    assert move.kind is MoveKind.HANDLED


def test_after_the_last_round_it_ends_unanswered() -> None:
    fetches = tuple(Fetch("x", ny("23 22:00") + 10 * MINUTE * turn, ran=True) for turn in range(4))
    assert moves("23 22:39", ringing(*fetches)) == []
    [move] = moves("23 22:40", ringing(*fetches))
    assert move.kind is MoveKind.UNANSWERED


@pytest.mark.parametrize(("now", "raised"), [("23 22:44", False), ("23 22:45", True), ("23 23:00", True)])
def test_what_was_answered_is_raised_again_near_its_due_time_when_they_are_gone(now: str, raised: bool) -> None:
    answered = Alert(7, quiet_at=ny("23 22:05"))
    assert [move.alert_id for move in moves(now, answered)] == ([None] if raised else [])


def test_a_new_arrival_is_raised_again_after_an_answer() -> None:
    answered = Alert(7, quiet_at=ny("23 22:05"))
    assert len(moves("23 22:10", answered, items=(ITEM, replace(ITEM, arrived_at=ny("23 22:10"))))) == 1


AT = ny("23 22:00")
FAILED, WELL, CUT_OFF = (Fetch("x", AT, ran) for ran in (False, True, None))


def test_a_command_that_fails_moves_on_at_once_but_not_into_a_new_round() -> None:
    assert next_fetch((FAILED,), POLICY, AT) == (1, AT)
    assert next_fetch((FAILED, FAILED), POLICY, AT) == (0, AT + 10 * MINUTE)


def test_a_run_that_was_cut_off_is_made_again_once() -> None:
    again = AT + 2 * MINUTE
    assert next_fetch((CUT_OFF,), POLICY, AT + MINUTE) == (1, None)
    assert next_fetch((CUT_OFF,), POLICY, again) == (0, AT)
    assert next_fetch((CUT_OFF, replace(WELL, started_at=again)), POLICY, again) == (1, again + 10 * MINUTE)
    assert next_fetch((CUT_OFF, replace(CUT_OFF, started_at=again)), POLICY, again + 2 * MINUTE) == (1, again)


@given(st.lists(st.sampled_from([True, False, None]), max_size=40), st.integers(1, 4), st.integers(1, 4))
def test_whatever_the_command_does_it_stops_and_everybody_is_fetched_equally(
    ends: list[bool | None], people: int, rounds: int
) -> None:
    policy = replace(POLICY, roster=(LEE, OKAFOR, RIOS, LEE)[:people], rounds=rounds)
    now = AT
    fetches: list[Fetch] = []
    places: list[int] = []
    for turn in range(2 * rounds * people + 1):
        place, due = next_fetch(fetches, policy, now)
        if due is None:
            now += 2 * MINUTE
            place, due = next_fetch(fetches, policy, now)
        assert due is not None
        now = max(now, due)
        if place is None:
            break
        places.append(place)
        fetches.append(Fetch("x", now, ends[turn] if turn < len(ends) else True))
    assert place is None
    assert rounds * people <= len(places) <= 2 * rounds * people
    assert all(rounds <= places.count(each) <= 2 * rounds for each in range(people))


def test_the_command_is_told_no_more_than_four_things() -> None:
    move = Move(MoveKind.FETCH, 1, Tier.EMERGENT, waiting=2, number=2, place=1)
    assert command_line(POLICY, move, "Main; rm") == ("page", "Dr. Okafor", "2 emergent at Main; rm {open}", "2")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            OnCallLine("Main", Tier.URGENT, 2, "Dr. Lee", ny("23 22:41")),
            "on call: Dr. Lee fetched 22:41 for 2 urgent at Main",
        ),
        (
            OnCallLine("Main", Tier.URGENT, 2, "Dr. Lee", ny("23 22:41"), ran=False),
            "on call: the command failed for Dr. Lee 22:41, 2 urgent at Main",
        ),
        (
            OnCallLine("Main", Tier.EMERGENT, 0, "Sam Nurse", ny("23 22:41"), kind=MoveKind.ANSWERED),
            "on call: Sam Nurse has it since 22:41, emergent at Main",
        ),
        (
            OnCallLine("Main", Tier.URGENT, 1, "Dr. Lee", ny("22 22:41"), kind=MoveKind.UNANSWERED),
            "on call: nobody came, last fetched Dr. Lee 22:41 yesterday, urgent at Main",
        ),
        (
            OnCallLine("Main", Tier.URGENT, 0, "", ny("23 22:41"), kind=MoveKind.HANDLED),
            "on call: over since 22:41, urgent at Main",
        ),
    ],
)
def test_what_the_others_are_told(line: OnCallLine, words: str) -> None:
    assert on_call_words(line, "America/New_York", ny("23 23:00")) == words


def test_messages_left_while_nobody_was_there_are_counted_apart() -> None:
    night = there(Role.CLINICIAN, "23 22:00", "24 02:00")
    inside = there(Role.NURSE, "23 23:00", "23 23:30")
    arrivals = [
        ny(text) for text in ("23 07:59", "23 08:00", "23 17:00", "23 22:00", "23 23:45", "24 01:59", "24 02:00")
    ]
    assert left_alone(arrivals, (night, inside, DAY_SHIFT)) == 3
    assert left_alone(arrivals, ()) == len(arrivals)


@given(
    st.lists(st.integers(0, 100), max_size=20), st.lists(st.tuples(st.integers(0, 100), st.integers(0, 30)), max_size=8)
)
def test_the_count_is_that_of_looking_at_each(arrivals: list[int], spans: list[tuple[int, int]]) -> None:
    start = datetime.fromisoformat("2026-11-23T00:00+00:00")
    people = [
        Presence(1, Role.NURSE, start + since * MINUTE, start + (since + length) * MINUTE) for since, length in spans
    ]
    expected = sum(not any(since <= at < since + length for since, length in spans) for at in arrivals)
    assert left_alone([start + at * MINUTE for at in arrivals], people) == expected
