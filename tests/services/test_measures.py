"""What calls, undo and joining write for the scorecard to add up."""

from datetime import timedelta

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Outcome, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.undo import undo
from callback_tui.views.call import OutcomeEntry
from tests.services.made_up import column, leave, reach

NAMES = ("received_open", "call_back_seconds", "first_contact_outcome", "first_call_until")


def measured(desk: OpenDesk, item_id: int) -> tuple[object, ...]:
    return tuple(column(desk, "queue_item", item_id, name) for name in NAMES)


def test_an_unanswered_call_measures_the_wait_and_a_talk_how_it_was_settled(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk, minutes_ago=30)
    assert measured(desk, item_id) == (True, None, None, None)
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert measured(desk, item_id) == (True, 1800, None, None)

    clock.advance(timedelta(minutes=12))
    rung_at = clock.now()
    sheet = reach(desk, item_id)
    result = log_outcome(
        desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.RESOLVED, note="Dose explained.")
    )
    assert measured(desk, item_id) == (True, 1800, Outcome.RESOLVED, rung_at + timedelta(days=7))

    undo(desk, result.verb_id)
    assert measured(desk, item_id) == (True, 1800, None, None)


def test_a_message_of_the_night_is_measured_by_the_wall_clock(desk: OpenDesk) -> None:
    item_id = leave(desk, minutes_ago=6 * 60)
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert measured(desk, item_id) == (False, 6 * 3600, None, None)


def test_joining_an_older_message_moves_the_start_of_the_survivor(desk: OpenDesk) -> None:
    older, newer = leave(desk, minutes_ago=6 * 60), leave(desk, minutes_ago=10)
    assert measured(desk, newer)[0] is True
    sheet = start_call(desk, older)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=newer))
    assert measured(desk, newer) == (False, None, None, None)
