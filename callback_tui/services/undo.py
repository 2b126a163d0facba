"""Taking an outcome back within the minute; nothing is deleted."""

from datetime import timedelta
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import AttemptState, ClockEventKind
from callback_tui.rules.outcome_words import short_outcome
from callback_tui.services.call_sheet import attempt_and_item
from callback_tui.services.desk import OpenDesk, Work, verb
from callback_tui.services.item_state import counts_as_try, write_item
from callback_tui.store import calls, claims, follow_on, queue
from callback_tui.store import policy as policies
from callback_tui.views.call import OutcomeResult
from callback_tui.views.clock import ClockEvent

_NO_OUTCOME = {
    "state": AttemptState.OUTCOME_MISSING,
    "outcome": None,
    "outcome_at": None,
    "outcome_verb_id": None,
    "ended_at": None,
    "qualifies": False,
    "voicemail_wording": "",
}


def undo(desk: OpenDesk, verb_id: str) -> str:
    """Take the person's own outcome back within the policy's seconds; the call then waits for the right outcome.

    Nothing is deleted: what the outcome raised is withdrawn, facts get the fact that ends them. Raises CallRefused
    when it is too late, somebody worked on the item since, or is ringing the patient now.
    """
    with verb(desk, "outcome_undone", "call_attempt", "") as work:
        attempt = calls.attempt_of_verb(work.connection, desk.actor.staff_id, verb_id)
        if attempt is None or attempt.state is not AttemptState.LOGGED:
            raise CallRefused("nothing_to_undo")
        policy = policies.current(work.connection)[1]
        if work.now > attempt.outcome_at + timedelta(seconds=policy.desk.undo_seconds):
            raise CallRefused("too_late")
        attempt, _ = attempt_and_item(desk, work.connection, attempt.id)
        if attempt.patient_id in claims.holders(work.connection, desk.clock):
            raise CallRefused("undo_worked_since")
        along = calls.along_of(work.connection, attempt)
        for each in (attempt, *along):
            _take_back(desk, work, attempt, each, verb_id)
        work.entity_id = attempt.id
        work.facts.update(item_id=attempt.item_id, undone_verb=verb_id, outcome=attempt.outcome.value)
        work.facts["also"] = [each.item_id for each in along]
        return "Taken back. The call waits for its outcome."


def _take_back(desk: OpenDesk, work: Work, lead: Any, attempt: Any, verb_id: str) -> None:
    item: Any = queue.item(work.connection, attempt.item_id)
    was_written = any(event.verb_id == verb_id for event in queue.clock_events(work.connection, item.id))
    touched = [item.id] if was_written else []
    if item.merged_into_id is not None:
        touched.append(item.merged_into_id)
    # Several messages of the call may have joined the same one, which this very undo wrote already.
    ours = (verb_id, work.verb_id)
    if any(queue.last_verb_id(work.connection, touched_id) not in ours for touched_id in touched):
        raise CallRefused("undo_worked_since")
    follow_on.take_back_outcome(
        work.connection,
        attempt,
        verb_id,
        logged_at=attempt.outcome_at,
        at=work.now,
        staff_id=desk.actor.staff_id,
    )
    calls.change_attempt(work.connection, attempt.id, _NO_OUTCOME)
    undone = (ClockEvent(ClockEventKind.UNDONE, work.now, work.verb_id, undoes_verb_id=verb_id),)
    if item.merged_into_id is not None:
        write_item(desk, work, queue.item(work.connection, item.merged_into_id), undone)
    if was_written:
        write_item(desk, work, item, undone, attempts=item.attempts - counts_as_try(lead, item.state))


def last_undoable(desk: OpenDesk) -> OutcomeResult | None:
    """Return the person's newest outcome while it can still be taken back, or None."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        undo_for = timedelta(seconds=policy.desk.undo_seconds)
        row = calls.newest_logged(connection, desk.actor.staff_id, now - undo_for)
    if row is None:
        return None
    words = short_outcome(row.outcome).capitalize()
    return OutcomeResult(row.id, row.item_id, row.outcome_verb_id, f"{words} logged.", None, row.outcome_at + undo_for)
