"""Priority, pauses, times, hand-overs and reopening without a call: what they do, and everything they refuse."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused, DeskError, NotAllowed
from callback_tui.models.vocabulary import ItemState, Outcome, PauseReason, Priority, PromiseState, Role, Tier
from callback_tui.rules.triage import RULE_SET_HASH
from callback_tui.rules.when import parse_when
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.escalate_item import escalate_item
from callback_tui.services.follow_ups import wake
from callback_tui.services.handoff import chart_note
from callback_tui.services.item_clock import item_clock
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.pause_item import pause_item
from callback_tui.services.queue import peek, snapshot
from callback_tui.services.reopen_item import reopen_item
from callback_tui.services.schedule_item import schedule_item
from callback_tui.services.set_priority import set_priority
from callback_tui.services.undo import undo
from callback_tui.store import queue
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.clock import ClockState
from callback_tui.views.queue import QueueRow
from tests.conftest import MONDAY_MORNING
from tests.services.made_up import CHEST, HOURS, PAIN, audited, column, give_card, leave, reach

AsRole = Callable[[OpenDesk, Role], OpenDesk]
NOW = MONDAY_MORNING
ASKED, OWES = PauseReason.ASKED_FOR_LATER, PauseReason.OWES_INFORMATION


def ny(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a wall time of November 2026 in New York (UTC-5)."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) + timedelta(hours=5)


def row_of(desk: OpenDesk, item_id: int) -> QueueRow:
    """Return the row of a message, asleep or not."""
    shown = snapshot(desk)
    return next(row for row in (*shown.rows, *shown.asleep) if row.item_id == item_id)


def derived(desk: OpenDesk, item_id: int) -> ClockState:
    """Return the clock of an item from its events."""
    with desk.store.read() as connection:
        return item_clock(connection, queue.item(connection, item_id))


def close(desk: OpenDesk, item_id: int) -> str:
    """Reach the patient, settle the message and return the verb that did."""
    sheet = reach(desk, item_id)
    entry = OutcomeEntry(Outcome.RESOLVED, note="Dose explained.")
    return log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry).verb_id


def code_of(refused: pytest.ExceptionInfo[DeskError]) -> str:
    """Return the code of a refusal, which must end with what to do now."""
    assert refused.value.next_step
    return refused.value.code


def test_anybody_raises_and_the_message_is_due_sooner(desk: OpenDesk, as_role: AsRole) -> None:
    item_id = leave(desk, HOURS, minutes_ago=30)
    done = set_priority(as_role(desk, Role.STAFF), item_id, Tier.URGENT)
    assert done.sentence == "Now urgent, due 11:42."
    assert (row_of(desk, item_id).priority, row_of(desk, item_id).clock.due_at) == (
        Priority.URGENT,
        NOW + timedelta(hours=1),
    )
    set_priority(desk, item_id, Tier.EMERGENT)
    assert row_of(desk, item_id).emergent
    assert len(audited(desk, "priority_set")) == 2


def test_a_raise_wakes_what_sleeps_and_hastens_a_hand_over(desk: OpenDesk) -> None:
    item_id = leave(desk)
    pause_item(desk, item_id, ny(23, 15), ASKED)
    set_priority(desk, item_id, Tier.URGENT)
    assert row_of(desk, item_id).state is ItemState.OPEN
    other = leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    escalate_item(desk, other, "Asks for hours, sounds faint.", "Please ring.")
    set_priority(desk, other, Tier.URGENT)
    assert (
        column(desk, "hand_off", other, "due_at")
        == row_of(desk, other).clock.next_due_at
        == NOW + timedelta(minutes=15)
    )


def test_a_nurse_lowers_with_a_reason_and_a_lateness_stays(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    item_id = leave(desk, PAIN, minutes_ago=90)
    with pytest.raises(CallRefused) as no_reason:
        set_priority(desk, item_id, Tier.ROUTINE, "  ")
    with pytest.raises(NotAllowed) as staff:
        set_priority(as_role(desk, Role.STAFF), item_id, Tier.ROUTINE, "old pain")
    assert (code_of(no_reason), code_of(staff)) == ("lower_reason", "role")
    set_priority(desk, item_id, Tier.ROUTINE, "old pain, seen yesterday")
    entry = audited(desk, "priority_set")[0]
    assert (entry.at, entry.who, entry.reason) == (clock.now(), "Sam Nurse", "old pain, seen yesterday")
    assert (entry.facts["before"], entry.facts["after"]) == ("urgent", "routine")
    assert entry.facts["rule_set_hash"] == RULE_SET_HASH
    assert "pain.score: present" in str(entry.facts["hits"])
    row = row_of(desk, item_id)
    assert row.clock.due_at > clock.now()
    assert row.clock.was_late
    sheet = start_call(desk, item_id)
    assert sheet.clock == derived(desk, item_id) == row.clock


def test_a_pause_sleeps_stands_still_and_wakes(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk, minutes_ago=42)
    before = row_of(desk, item_id).clock.due_at
    done = pause_item(desk, item_id, ny(23, 14), OWES)
    assert done.sentence == "Paused until 14:00: the patient's information is awaited."
    asleep = row_of(desk, item_id)
    assert (asleep.state, asleep.clock.asleep_until) == (ItemState.ASLEEP, ny(23, 14))
    clock.set_wall(ny(23, 14))
    awake = row_of(desk, item_id)
    assert awake.state is ItemState.OPEN
    assert awake.clock.due_at == before + timedelta(hours=18, minutes=17, seconds=53)
    assert awake.clock == derived(desk, item_id)


def test_a_pause_is_capped_and_its_end_said(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk)
    done = pause_item(desk, item_id, ny(30, 9), ASKED)
    assert done.sentence.startswith("Paused until 10:42 Wed 25 Nov, the longest a message may be paused")
    clock.set_wall(ny(25, 11))
    with pytest.raises(CallRefused) as used_up:
        pause_item(desk, item_id, ny(27, 9), ASKED)
    assert code_of(used_up) == "pause_used_up"


def test_waking_a_pause_gives_the_rest_back(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk, minutes_ago=42)
    before = row_of(desk, item_id).clock.due_at
    pause_item(desk, item_id, ny(24, 14), ASKED)
    clock.advance(timedelta(minutes=20))
    wake(desk, item_id)
    row = row_of(desk, item_id)
    assert (row.state, row.clock.due_at) == (ItemState.OPEN, before + timedelta(minutes=20))


def test_a_named_time_is_a_promise_with_a_window(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk)
    assert schedule_item(desk, item_id, ny(23, 15), "after lunch").sentence == "To be called 15:00."
    assert column(desk, "promise", item_id, "words") == "after lunch"
    schedule_item(desk, item_id, ny(23, 16))
    assert column(desk, "promise", item_id, "due_at") == ny(23, 16)
    clock.set_wall(ny(23, 16, 15))
    assert row_of(desk, item_id).state is ItemState.OPEN
    sheet = reach(desk, item_id)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.RESOLVED, note="Done."))
    assert column(desk, "promise", item_id, "state") is PromiseState.KEPT
    assert derived(desk, item_id).attempt_was_late is False


def test_a_time_later_than_a_day_is_kept_at_the_earliest_and_noted(desk: OpenDesk) -> None:
    """Article row A9."""
    item_id = leave(desk)
    done = schedule_item(desk, item_id, ny(28, 12))
    assert done.sentence == "To be called 08:00 Mon 30 Nov, the earliest we may call."
    assert row_of(desk, item_id).clock.scheduled_at == ny(30, 8)
    assert peek(desk, item_id).noted == "asked for a time later than 24 h; was unable to reach us earlier"
    soon = leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    schedule_item(desk, soon, ny(23, 15))
    assert peek(desk, soon).noted == ""


def test_the_note_of_a_late_time_goes_into_the_chart(desk: OpenDesk) -> None:
    give_card(desk, item_id := leave(desk))
    sheet = reach(desk, item_id)
    entry = OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=ny(25, 9))
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)
    assert "note:        asked for a time later than 24 h; was unable to reach us earlier" in chart_note(
        desk, sheet.attempt_id
    )


def test_a_hand_over_without_a_call_keeps_its_context(desk: OpenDesk) -> None:
    item_id = leave(desk)
    done = escalate_item(desk, item_id, " Two refills in a week. ", "May we refill?")
    assert done.sentence == "Handed to a clinician, due 14:42."
    assert column(desk, "hand_off", item_id, "situation") == "Two refills in a week."
    assert (row_of(desk, item_id).state, row_of(desk, item_id).clock.next_due_at) == (
        ItemState.ESCALATED,
        NOW + timedelta(hours=4),
    )


def test_a_reopened_message_waits_in_a_cycle_of_its_own(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk, minutes_ago=60)
    close(desk, item_id)
    frozen = derived(desk, item_id)
    clock.advance(timedelta(days=2))
    again = reopen_item(desk, item_id, "pharmacy says no")
    row = row_of(desk, again.item_id)
    assert (row.message_id, row.clock.started_at, row.attempts) == (1, clock.now(), 0)
    assert derived(desk, item_id) == frozen
    assert row.contacts_today == 0
    with pytest.raises(CallRefused) as waits:
        reopen_item(desk, item_id)
    assert code_of(waits) == "reopen_waits"
    close(desk, again.item_id)
    third = reopen_item(desk, again.item_id)
    assert third.item_id not in (item_id, again.item_id)


def test_what_was_reopened_cannot_be_taken_back(desk: OpenDesk, clock: FixedClock) -> None:
    verb_id = close(desk, item_id := leave(desk))
    clock.advance(timedelta(seconds=30))
    reopen_item(desk, item_id)
    with pytest.raises(CallRefused) as refused:
        undo(desk, verb_id)
    assert code_of(refused) == "undo_worked_since"


def test_reopening_ends_with_the_policys_days(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk)
    close(desk, item_id)
    clock.advance(timedelta(days=7))
    assert reopen_item(desk, item_id).sentence.startswith("Open again, due ")
    other = leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    close(desk, other)
    clock.advance(timedelta(days=7, seconds=1))
    with pytest.raises(CallRefused) as refused:
        reopen_item(desk, other)
    assert code_of(refused) == "reopen_too_late"
    assert refused.value.next_step == "Take a new message for what they want now."


def finished(desk: OpenDesk) -> int:
    """Return a message that is closed."""
    close(desk, item_id := leave(desk))
    return item_id


def handed_over(desk: OpenDesk) -> int:
    """Return a message that waits for a clinician."""
    escalate_item(desk, item_id := leave(desk), "Two refills.", "May we?")
    return item_id


def scheduled(desk: OpenDesk) -> int:
    """Return a message with a time the patient named."""
    schedule_item(desk, item_id := leave(desk), ny(23, 15))
    return item_id


def pain(desk: OpenDesk) -> int:
    """Return an urgent message."""
    return leave(desk, PAIN)


def chest(desk: OpenDesk) -> int:
    """Return an emergency."""
    return leave(desk, CHEST)


BAD_INPUT: list[tuple[str, Callable[[OpenDesk], int], Callable[[OpenDesk, int], object]]] = [
    ("not_waiting", finished, lambda desk, item: set_priority(desk, item, Tier.URGENT)),
    ("not_waiting", finished, lambda desk, item: pause_item(desk, item, ny(24, 9), ASKED)),
    ("not_waiting", finished, lambda desk, item: schedule_item(desk, item, ny(24, 9))),
    ("not_waiting", finished, lambda desk, item: escalate_item(desk, item, "x", "y")),
    ("not_waiting", lambda _: 4711, lambda desk, item: set_priority(desk, item, Tier.URGENT)),
    ("same_priority", leave, lambda desk, item: set_priority(desk, item, Tier.ROUTINE)),
    ("pause_urgent", pain, lambda desk, item: pause_item(desk, item, ny(24, 9), ASKED)),
    ("pause_urgent", chest, lambda desk, item: pause_item(desk, item, ny(24, 9), OWES)),
    ("pause_reason", leave, lambda desk, item: pause_item(desk, item, ny(24, 9), "waiting for the doctor")),
    ("pause_reason", handed_over, lambda desk, item: pause_item(desk, item, ny(24, 9), ASKED)),
    ("promised_already", scheduled, lambda desk, item: pause_item(desk, item, ny(24, 9), ASKED)),
    ("time_in_past", leave, lambda desk, item: pause_item(desk, item, ny(23, 10), ASKED)),
    ("time_needed", leave, lambda desk, item: pause_item(desk, item, None, ASKED)),
    ("time_in_past", leave, lambda desk, item: schedule_item(desk, item, ny(23, 10))),
    ("time_too_far", leave, lambda desk, item: schedule_item(desk, item, ny(23, 10) + timedelta(days=400))),
    ("time_needed", leave, lambda desk, item: schedule_item(desk, item, datetime(2026, 11, 24, 9))),  # noqa: DTZ001 - no zone is the point
    ("waits_for_clinician", handed_over, lambda desk, item: schedule_item(desk, item, ny(24, 9))),
    ("waits_for_clinician", handed_over, lambda desk, item: escalate_item(desk, item, "x", "y")),
    ("cannot_wait", pain, lambda desk, item: schedule_item(desk, item, ny(23, 15))),
    ("cannot_wait", chest, lambda desk, item: schedule_item(desk, item, ny(23, 10, 43))),
    ("may_not_ring", leave, lambda desk, item: schedule_item(desk, item, ny(23, 22))),
    ("hand_over_incomplete", leave, lambda desk, item: escalate_item(desk, item, "x", " ")),
    ("reopen_waits", leave, lambda desk, item: reopen_item(desk, item)),
    ("no_item", lambda _: 4711, lambda desk, item: reopen_item(desk, item)),
    ("when_skipped", leave, lambda _, __: parse_when("2027-03-14 02:30", ny(23, 11), "America/New_York")),
    ("when_past", leave, lambda _, __: parse_when("2026-11-20 09:00", ny(23, 11), "America/New_York")),
    ("when_unreadable", leave, lambda _, __: parse_when("2026-02-30 09:00", ny(23, 11), "America/New_York")),
]


@pytest.mark.parametrize(
    ("code", "made", "verb"), BAD_INPUT, ids=[f"{place}-{code}" for place, (code, _, _) in enumerate(BAD_INPUT)]
)
def test_bad_input_is_refused_with_a_sentence(
    desk: OpenDesk, code: str, made: Callable[[OpenDesk], int], verb: Callable[[OpenDesk, int], object]
) -> None:
    item_id = made(desk)
    events = column(desk, "clock_event", item_id, "id")
    with pytest.raises(DeskError) as refused:
        verb(desk, item_id)
    assert code_of(refused) == code
    assert column(desk, "clock_event", item_id, "id") == events


def test_nothing_is_done_while_somebody_else_rings(desk: OpenDesk, as_role: AsRole) -> None:
    item_id = leave(desk)
    start_call(as_role(desk, Role.CLINICIAN), item_id)
    verbs: tuple[Callable[[], object], ...] = (
        lambda: set_priority(desk, item_id, Tier.URGENT),
        lambda: pause_item(desk, item_id, ny(24, 9), ASKED),
        lambda: schedule_item(desk, item_id, ny(24, 9)),
        lambda: escalate_item(desk, item_id, "x", "y"),
    )
    for verb in verbs:
        with pytest.raises(CallRefused, match="Sam Clinician is ringing this patient"):
            verb()


def test_strangers_are_never_joined(desk: OpenDesk) -> None:
    mine, theirs = leave(desk), leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    sheet = reach(desk, mine)
    entry = OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=theirs)
    with pytest.raises(CallRefused) as refused:
        log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)
    assert code_of(refused) == "no_twin"
