"""What a person must have written before an outcome can be logged (domain section 4)."""

from datetime import datetime

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import Outcome
from callback_tui.rules.later import check_time
from callback_tui.rules.voicemail import health_words
from callback_tui.views.call import OutcomeEntry

_SURVEY_SCORES = range(1, 6)
_NOTE_NEEDED = frozenset({Outcome.RESOLVED, Outcome.FOLLOW_UP, Outcome.OPENED_IN_ERROR})


def note_required(outcome: Outcome) -> bool:
    """Whether the outcome does not say it all, so that a note must; an escalation has its own fields instead."""
    return outcome in _NOTE_NEEDED


def check_entry(entry: OutcomeEntry, now: datetime, *, detail_permitted: bool) -> None:
    """Raise CallRefused, saying what is missing or too much, unless the entry holds just what its outcome needs.

    `detail_permitted`: the patient allowed more than the minimum message at the number that was rung.
    """
    if entry.survey_score is not None and entry.survey_score not in _SURVEY_SCORES:
        raise CallRefused("score_out_of_range")
    if note_required(entry.outcome) and not entry.note.strip():
        raise CallRefused("note_needed")
    if entry.outcome is Outcome.ESCALATED and not (entry.situation.strip() and entry.request.strip()):
        raise CallRefused("hand_over_incomplete")
    if entry.outcome is Outcome.ANOTHER_TIME:
        check_time(entry.call_again_at, now)
    if entry.outcome is Outcome.DUPLICATE and entry.duplicate_of_item_id is None:
        raise CallRefused("which_message")
    if entry.outcome is Outcome.VOICEMAIL_LEFT:
        _check_voicemail(entry, detail_permitted=detail_permitted)
    if entry.outcome is Outcome.MESSAGE_WITH_PERSON:
        _check_told(entry)


def _check_voicemail(entry: OutcomeEntry, *, detail_permitted: bool) -> None:
    if not entry.voicemail_wording.strip():
        raise CallRefused("wording_needed")
    if not detail_permitted and not entry.note.strip() and health_words(entry.voicemail_wording):
        raise CallRefused("too_much_said")


def _check_told(entry: OutcomeEntry) -> None:
    # Without a wording of its own the note is what was said; with one the note stays inside the practice.
    if health_words(entry.voicemail_wording.strip() or entry.note):
        raise CallRefused("too_much_passed_on")
