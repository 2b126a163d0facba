"""Which shares of its time a waiting call is warned about, and how that is told without names (domain section 2)."""

from collections.abc import Mapping
from datetime import datetime

from callback_tui.views.clock import ClockState
from callback_tui.views.policy import Policy


def crossed_percent(state: ClockState, policy: Policy, used: int, now: datetime) -> int:
    """Return the highest of the policy's thresholds that the wait running now has crossed, 0 for none.

    `used` is the per cent of its time, on whichever clock it is counted. What sleeps is not warned about, nor what
    wakes only when it is due, as retries and named times do.
    """
    wakes = state.asleep_until
    sleeps = wakes is not None and (wakes > now or wakes == state.next_due_at)
    if sleeps or state.completed_at is not None:
        return 0
    return max((percent for percent in policy.warn_percents if used >= percent), default=0)


def warned_words(calls: Mapping[int, int]) -> str:
    """Return how many calls crossed which threshold: "2 calls have used 80 % of their time, 1 has used 50 %"."""
    parts = [
        f"{count} {'has' if count == 1 else 'have'} used {percent} %"
        for percent, count in sorted(calls.items(), reverse=True)
    ]
    first = max(calls)
    lead = (
        f"1 call has used {first} % of its time"
        if calls[first] == 1
        else f"{calls[first]} calls have used {first} % of their time"
    )
    return f"{', '.join([lead, *parts[1:]])}."
