"""How a simulated call ends, by odds, and what is written of it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from callback_tui.models.vocabulary import FollowUpKind, Outcome
from callback_tui.views.call import CallSheet, DialVerdict, NewFollowUp, OutcomeEntry

if TYPE_CHECKING:
    from tests.services.simulated_caller import Caller

_OUTCOMES = {
    Outcome.RESOLVED: 50,
    Outcome.FOLLOW_UP: 14,
    Outcome.ESCALATED: 8,
    Outcome.ANOTHER_TIME: 6,
    Outcome.REFUSED: 1,
    Outcome.EMERGENCY: 0.2,
    Outcome.DUPLICATE: 4,
    Outcome.OPENED_IN_ERROR: 0.2,
    Outcome.VOICEMAIL_LEFT: 60,
    Outcome.NO_ANSWER: 20,
    Outcome.MAILBOX_FULL: 8,
    Outcome.MESSAGE_WITH_PERSON: 10,
    Outcome.SOMEONE_ELSE: 10,
    Outcome.NOT_VERIFIED: 5,
    Outcome.BUSY: 10,
    Outcome.WRONG_NUMBER: 10,
    Outcome.DISCONNECTED: 10,
}


def entry_for(caller: "Caller", sheet: CallSheet, but_not: tuple[Outcome, ...] = ()) -> OutcomeEntry:
    """Return what is logged at the end of a call: an outcome that goes with it, and what that outcome needs."""
    now, chance = caller.week.clock.now(), caller.chance
    open_to = [choice.outcome for choice in sheet.outcome_choices if choice.outcome and choice.enabled]
    if sheet.voicemail_allowed.verdict is not DialVerdict.ALLOWED:
        open_to = [outcome for outcome in open_to if outcome is not Outcome.VOICEMAIL_LEFT]
    open_to = [outcome for outcome in open_to if outcome not in but_not]
    twins = caller.week.twins(sheet)
    if not twins:
        open_to = [outcome for outcome in open_to if outcome is not Outcome.DUPLICATE]
    outcome = chance.choices(open_to, [_OUTCOMES[each] for each in open_to])[0]
    entry = OutcomeEntry(
        outcome,
        note="" if outcome is Outcome.MESSAGE_WITH_PERSON else "As agreed.",
        situation="Worse since yesterday.",
        request="Please ring.",
        voicemail_wording=sheet.voicemail_text if outcome is Outcome.VOICEMAIL_LEFT else "",
        survey_score=chance.choice((5, 5, 5, 4, 4, 3, 2)) if chance.random() < 0.4 else None,
        call_again_at=now + timedelta(minutes=chance.choice((45, 180, 900, 1440, 2880, 4320))),
        promise_words="ring again",
        duplicate_of_item_id=chance.choice(twins) if outcome is Outcome.DUPLICATE else None,
    )
    return entry if outcome is not Outcome.FOLLOW_UP else _with_tasks(caller, entry)


def others_for(caller: "Caller", sheet: CallSheet, entry: OutcomeEntry) -> dict[int, OutcomeEntry]:
    """Return what is logged for the further messages that were talked about, mostly all of them."""
    if entry.outcome not in (Outcome.RESOLVED, Outcome.FOLLOW_UP) or not sheet.along or caller.chance.random() < 0.3:
        return {}
    caller.week.count("calls about several messages")
    return {each.item_id: OutcomeEntry(Outcome.RESOLVED, note="Settled too.") for each in sheet.along}


def _with_tasks(caller: "Caller", entry: OutcomeEntry) -> OutcomeEntry:
    chance = caller.chance
    kind = chance.choice((None, FollowUpKind.LABS, FollowUpKind.PRESCRIPTION, FollowUpKind.REMINDER_CALL))
    if kind is None:
        return entry
    due_at = caller.week.clock.now() + timedelta(hours=chance.choice((2, 20, 30, 50)))
    task = NewFollowUp(kind, "as agreed", due_at)
    return OutcomeEntry(entry.outcome, note=entry.note, survey_score=entry.survey_score, follow_ups=(task,))
