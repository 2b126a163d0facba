"""One call, many messages: which of a patient's other messages a call is about."""

from datetime import datetime

from callback_tui.models.vocabulary import ItemState, Outcome, Role

SAME_FOR_ALL = frozenset(
    {
        Outcome.NO_ANSWER,
        Outcome.BUSY,
        Outcome.VOICEMAIL_LEFT,
        Outcome.MAILBOX_FULL,
        Outcome.MESSAGE_WITH_PERSON,
        Outcome.SOMEONE_ELSE,
        Outcome.NOT_VERIFIED,
        Outcome.WRONG_NUMBER,
        Outcome.DISCONNECTED,
    }
)
"""What one dial that reached nobody means for every message it was about: nobody has to say it message by message."""

ASKED_FOR_EACH = frozenset(
    {Outcome.RESOLVED, Outcome.FOLLOW_UP, Outcome.ESCALATED, Outcome.ANOTHER_TIME, Outcome.REFUSED}
)
"""What a talk may have settled for one message and not for another."""


def rides_along(
    state: ItemState,
    *,
    contact_at: datetime | None,
    scheduled_at: datetime | None,
    asleep_until: datetime | None,
    role: Role,
    now: datetime,
) -> bool:
    """Return whether a call to the patient is about this message of theirs as well (brief, list 5).

    Not one that was talked about and sleeps until a time that was agreed: a vain try must not move a promise. And not
    one that waits for a clinician, unless a clinician rings.
    """
    if state is ItemState.ESCALATED:
        return role is Role.CLINICIAN
    if state is ItemState.ASLEEP and asleep_until is not None and asleep_until > now:
        return contact_at is None and scheduled_at is None
    return state in (ItemState.OPEN, ItemState.ASLEEP)
