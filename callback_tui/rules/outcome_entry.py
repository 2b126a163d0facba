"""What a person must have written before an outcome can be logged (domain section 4)."""

from datetime import datetime

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import Outcome
from callback_tui.views.call import OutcomeEntry

_NOTE_NEEDED = frozenset({Outcome.RESOLVED, Outcome.FOLLOW_UP, Outcome.OPENED_IN_ERROR})


def note_required(outcome: Outcome) -> bool:
    """Whether the outcome does not say it all, so that a note must; an escalation has its own fields instead."""
    return outcome in _NOTE_NEEDED


def check_entry(entry: OutcomeEntry, now: datetime) -> None:
    """Raise CallRefused, saying what is missing, unless the entry holds all that its outcome needs."""
    if note_required(entry.outcome) and not entry.note.strip():
        raise CallRefused("note_needed", "This outcome needs a note.", "Write a line on what was said or why.")
    if entry.outcome is Outcome.ESCALATED and not (entry.situation.strip() and entry.request.strip()):
        raise CallRefused(
            "hand_over_incomplete",
            "A clinician needs the situation and what you ask for.",
            "Write both, then hand over.",
        )
    if entry.outcome is Outcome.ANOTHER_TIME:
        _check_time(entry.call_again_at, now)
    if entry.outcome is Outcome.DUPLICATE and entry.duplicate_of_item_id is None:
        raise CallRefused(
            "which_message", "It is not said which message this one repeats.", "Choose the other message."
        )


def _check_time(at: datetime | None, now: datetime) -> None:
    if at is None or at.tzinfo is None:
        raise CallRefused("time_needed", "There is no time to call again.", "Write the time they asked for.")
    if at <= now:
        raise CallRefused(
            "time_in_past", "The time to call again has already passed.", "Write a time that is still to come."
        )
