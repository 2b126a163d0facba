"""Will we make it, asked of the desk: how long calls take here, who is there, and what one more nurse would change."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from callback_tui.rules.forecast import handling_time, one_more
from callback_tui.rules.routing import RINGING
from callback_tui.services.desk import OpenDesk
from callback_tui.store import pace
from callback_tui.views.forecast import AtDesk, HandlingTime, OneMore
from callback_tui.views.policy import Policy
from callback_tui.views.queue import QueueSnapshot

if TYPE_CHECKING:
    from sqlalchemy import Connection


class PaceKnown:
    """How long a call took until the last full hour, worked out anew each hour and when other people are there."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._last: tuple[tuple[object, ...], HandlingTime] | None = None

    def handling(
        self, connection: "Connection", people: tuple[AtDesk, ...], policy: Policy, now: datetime
    ) -> HandlingTime:
        """Return the median length of the calls of those at the desk who ring, or what stands in for it."""
        ringing = tuple(person.staff_id for person in people if person.role in RINGING)
        until = now.replace(minute=0, second=0, microsecond=0)
        asked = (until, policy.forecast, ringing)
        if self._last is None or self._last[0] != asked:
            since = until - timedelta(days=policy.forecast.days)
            seconds = pace.call_seconds(connection, ringing, since, until, policy.forecast.calls_most)
            self._last = (asked, handling_time(seconds, policy.forecast))
        return self._last[1]


def will_we_make_it(desk: OpenDesk) -> tuple[QueueSnapshot, OneMore | None]:
    """Return the queue with its forecast as it is now, and what one more nurse would change where calls will miss."""
    from callback_tui.services.queue import snapshot

    seen = snapshot(desk)
    if seen.forecast is None or not seen.forecast.misses:
        return seen, None
    return seen, one_more(seen.rows, seen.people, seen.forecast.handling, seen.policy, seen.as_of)
