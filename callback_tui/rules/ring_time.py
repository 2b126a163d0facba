"""May a patient be rung at a time that somebody set: asked when a call is scheduled (domain section 3)."""

from datetime import datetime

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import Tier
from callback_tui.rules.may_dial import may_dial
from callback_tui.views.call import DialVerdict
from callback_tui.views.dial import Ringing
from callback_tui.views.policy import Policy


def check_ring_time(
    ringing: Ringing, tier: Tier, policy: Policy, at: datetime, now: datetime, *, reason: str = ""
) -> str:
    """Return the code of what `reason` passes at the time a person set, empty where nothing stands in the way.

    A time at which no number may be rung stands for tiers 0 and 1 with a written reason; the dial asks again then.
    Raises CallRefused: "reason_needed" for these without one, else "may_not_ring" with the first time that is right.
    """
    decisions = [
        may_dial(ringing.facts, number, tier, policy, at, reason=reason, now=now) for number in ringing.numbers
    ]
    if not decisions:
        raise CallRefused("no_number")
    best = min(decisions, key=lambda each: each.strictness)
    if best.verdict is DialVerdict.ALLOWED:
        return best.code
    if best.verdict is DialVerdict.REASON_NEEDED:
        raise CallRefused("reason_needed", why=best.sentence, what_now=best.next_step)
    raise CallRefused("may_not_ring", why=best.sentence, what_now=best.next_step)
