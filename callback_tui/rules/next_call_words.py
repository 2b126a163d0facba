"""What `n` says: why messages were skipped, who else is needed, when the next window opens."""

from collections.abc import Mapping
from datetime import datetime

from callback_tui.rules.next_call import Offer, Skip
from callback_tui.rules.speak import moment

_MAY_NOT_RING = {
    "opt_out": "asked not to be called",
    "no_number": "no number to ring",
    "dead_number": "no number that works",
    "safe_contact": "not at this time or number",
    "unclear_instruction": "an instruction on the card to clear up",
    "quiet_hours": "too early or too late where they are",
    "daily_cap": "rung often enough today",
}


def skipped_words(offer: Offer, blocked: Mapping[str, int], zone: str, now: datetime) -> str:
    """Return what was passed over and why, in one line: "Skipped 2: asked not to be called."; empty when nothing was.

    `blocked` counts by the code of `may_dial`.
    """
    parts = []
    if offer.urgent_for_others:
        one = offer.urgent_for_others == 1
        parts.append(f"{offer.urgent_for_others} urgent {'waits' if one else 'wait'} for a nurse or clinician.")
    reasons = [(count, _MAY_NOT_RING.get(code, "may not be rung now")) for code, count in sorted(blocked.items())]
    for why, words in ((Skip.HELD, "somebody is ringing them"), (Skip.ASSIGNED, "given to others")):
        if offer.skipped.get(why):
            reasons.append((offer.skipped[why], words))
    if reasons:
        parts.append(f"Skipped {', '.join(f'{count}: {words}' for count, words in reasons)}.")
    waiting = offer.skipped.get(Skip.WINDOW, 0)
    if waiting and offer.window_at is not None:
        calls = "1 routine call waits" if waiting == 1 else f"{waiting} routine calls wait"
        parts.append(f"{calls} for the time set aside, from {moment(offer.window_at, zone, now)}.")
    return " ".join(parts)


def nothing_words(skipped: str) -> str:
    """Return what is said when there is nothing for this person."""
    return f"Nothing for you to ring now. {skipped}".strip()
