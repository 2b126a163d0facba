"""Calls that have used much of their time: kept once for all desks, for free while nothing crosses."""

from datetime import timedelta

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import ClockEventKind, Outcome, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.note_warnings import note_warnings
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.queue import change_mark, snapshot
from callback_tui.services.undo import undo
from callback_tui.store import queue
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.clock import ClockEvent
from tests.services.made_up import HOURS, PAIN, audited, column, leave


def test_each_threshold_is_kept_once_whoever_notices(desk: OpenDesk, clock: FixedClock) -> None:
    """Both thresholds, on the clock around the week and on the desk's; a second desk finds nothing left to keep."""
    urgent, routine = leave(desk, PAIN, minutes_ago=29), leave(desk, name="Lea Brandt", phone="(212) 555-0111")
    ids = (urgent, routine)
    assert note_warnings(desk, ids) == 0
    clock.advance(timedelta(minutes=1))
    assert [note_warnings(desk, ids), note_warnings(desk, ids)] == [1, 0]
    assert column(desk, "queue_item", urgent, "warned_percent") == 50
    clock.advance(timedelta(hours=2))
    assert [note_warnings(desk, ids), note_warnings(desk, ids)] == [2, 0]
    assert [column(desk, "queue_item", item_id, "warned_percent") for item_id in ids] == [80, 50]
    assert {row.item_id: row.clock.warned_percent for row in snapshot(desk).rows} == {urgent: 80, routine: 50}
    clock.advance(timedelta(hours=1, minutes=30))
    assert note_warnings(desk, ids) == 1
    assert len(audited(desk, "calls_warned")) == 3


def test_what_crossed_while_nobody_was_there_is_found_later(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk)
    clock.advance(timedelta(days=3))
    assert note_warnings(desk, [item_id]) == 1
    assert column(desk, "queue_item", item_id, "warned_percent") == 80


def test_nothing_is_written_while_nothing_crosses(desk: OpenDesk) -> None:
    before = (leave(desk), change_mark(desk))
    assert note_warnings(desk, [before[0]]) == 0
    assert change_mark(desk, before[1]) is before[1]


def test_a_retry_that_wakes_and_what_is_finished_are_no_warnings(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk, HOURS)
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    clock.advance(timedelta(hours=4))
    assert note_warnings(desk, [item_id, 4711]) == 0


def test_a_warning_does_not_stand_in_the_way_of_an_undo(desk: OpenDesk, clock: FixedClock) -> None:
    """It is nobody's work on the message."""
    item_id = leave(desk, PAIN, minutes_ago=40)
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    warned = ClockEvent(ClockEventKind.WARNED, clock.now(), "told by another desk", reason="50")
    with desk.store.write() as connection:
        queue.add_clock_events(connection, item_id, [warned], staff_id=desk.actor.staff_id, policy_version_id=1)
    assert undo(desk, result.verb_id).startswith("Taken back.")
    assert column(desk, "queue_item", item_id, "warned_percent") == 50
