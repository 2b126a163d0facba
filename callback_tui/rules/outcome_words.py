"""How a call ended, in so few cells that every list shows it whole."""

from callback_tui.models.vocabulary import Outcome

OUTCOME_CELLS = 16
"""The longest of them."""

_SHORT = {
    Outcome.RESOLVED: "resolved",
    Outcome.FOLLOW_UP: "follow-up needed",
    Outcome.ESCALATED: "handed over",
    Outcome.ANOTHER_TIME: "another time",
    Outcome.VOICEMAIL_LEFT: "left voicemail",
    Outcome.MESSAGE_WITH_PERSON: "left a message",
    Outcome.NO_ANSWER: "no answer",
    Outcome.BUSY: "busy",
    Outcome.MAILBOX_FULL: "mailbox full",
    Outcome.WRONG_NUMBER: "wrong number",
    Outcome.DISCONNECTED: "not in service",
    Outcome.SOMEONE_ELSE: "someone else",
    Outcome.NOT_VERIFIED: "not verified",
    Outcome.REFUSED: "no more calls",
    Outcome.EMERGENCY: "emergency, 911",
    Outcome.OPENED_IN_ERROR: "opened in error",
    Outcome.DUPLICATE: "joined, a repeat",
}


def short_outcome(outcome: Outcome) -> str:
    """Return an outcome in at most `OUTCOME_CELLS` cells, as lists say it."""
    return _SHORT[outcome]
