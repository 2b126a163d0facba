"""What follows when something was sent to somebody who was never reached (routine ladder, domain section 4)."""

from datetime import datetime

from callback_tui.models.vocabulary import FollowUpKind, Tier
from callback_tui.rules.due import due_at
from callback_tui.rules.open_time import after_open_days
from callback_tui.views.call import NewFollowUp
from callback_tui.views.policy import Policy, SitePolicy

_LETTER = "Not reached by phone or message: send a letter."
_CLOSE = "A letter was sent: close it, unless they have answered."


def follow_ups_after_sending(
    kind: FollowUpKind, tier: Tier, policy: Policy, site: SitePolicy, now: datetime
) -> tuple[NewFollowUp, ...]:
    """Return what is still to be done for a message nobody could be rung about once `kind` was sent.

    After a text comes a letter, but not for an informational message, where one of the two is enough; after a letter
    the policy's open days to answer it, and only then is the message closed.
    """
    if kind is FollowUpKind.LETTER:
        due = after_open_days(site.hours, now, policy.retries.letter_open_days)
        return (NewFollowUp(FollowUpKind.OTHER, _CLOSE, due),)
    if kind is FollowUpKind.TEXT_OR_PORTAL and tier is not Tier.INFORMATIONAL:
        return (NewFollowUp(FollowUpKind.LETTER, _LETTER, due_at(site.targets[tier], site.hours, now)),)
    return ()
