"""Which calls belong in the chart (article rows A5 and A18)."""

from callback_tui.models.vocabulary import IdentityResult, Outcome

_NOTHING_SAID = frozenset(
    {
        Outcome.NO_ANSWER,
        Outcome.BUSY,
        Outcome.MAILBOX_FULL,
        Outcome.WRONG_NUMBER,
        Outcome.DISCONNECTED,
        Outcome.OPENED_IN_ERROR,
        Outcome.DUPLICATE,
    }
)


def belongs_in_chart(outcome: Outcome, identity: IdentityResult) -> bool:
    """Whether a call is to be written in the chart: something was said, to a person or to a machine.

    Tries at which nothing was said stand in the note of the call that follows them. General information opens no
    record (domain section 4).
    """
    return outcome not in _NOTHING_SAID and identity is not IdentityResult.GENERAL_ONLY
