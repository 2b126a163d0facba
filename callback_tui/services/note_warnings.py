"""The verb that keeps which waiting calls this desk was the first to warn about."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.rules.sla import used_percent
from callback_tui.rules.warn import crossed_percent
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.queue_row import stored_clock
from callback_tui.store import clocks, queue
from callback_tui.store import policy as policies
from callback_tui.views.clock import ClockEvent

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection


def note_warnings(desk: OpenDesk, item_ids: Sequence[int]) -> int:
    """Keep that these messages have used so much of their time, and return how many nobody had kept yet.

    The stored columns decide, so that two desks that notice at once keep a warning once; nothing is written where
    nothing is left to keep. Raises StoreError when the desk is busy or failing.
    """
    with desk.store.read() as connection:
        if not _unwarned(connection, item_ids, desk.clock.now()):
            return 0
    with verb(desk, "calls_warned", "queue", "") as work:
        unwarned = _unwarned(work.connection, item_ids, work.now)
        events = [
            (item_id, ClockEvent(ClockEventKind.WARNED, work.now, work.verb_id, reason=str(percent)))
            for item_id, percent in unwarned
        ]
        clocks.add_events_of_items(
            work.connection,
            events,
            staff_id=desk.actor.staff_id,
            policy_version_id=policies.current(work.connection)[0],
        )
        if unwarned:
            clocks.mark_warned(work.connection, unwarned)
        counts = Counter(percent for _, percent in unwarned)
        work.facts.update({f"used_{percent}_percent": count for percent, count in counts.items()})
        return len(unwarned)


def _unwarned(connection: "Connection", item_ids: Sequence[int], now: "datetime") -> list[tuple[int, int]]:
    policy = policies.current(connection)[1]
    found = []
    for row in queue.items(connection, item_ids):
        site = policy.site_of(row.site_name)
        clock = stored_clock(row, site, policy)
        percent = crossed_percent(clock, policy, used_percent(clock, site, now), now)
        if row.state in queue.IN_QUEUE and percent > row.warned_percent:
            found.append((int(row.id), percent))
    return found
