"""Carries the due times of everything in the queue over to a new policy."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.rules.sla import derive, due_after_change
from callback_tui.services.desk import OpenDesk, Work
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.policy import Policy, SitePolicy

if TYPE_CHECKING:
    from sqlalchemy import Connection


def carry_over(desk: OpenDesk, work: Work, old: Policy, new: Policy, new_version_id: int) -> int:
    """Give each item in the queue whose hours or targets changed its due instant from now on; return how many.

    Time already used is kept; what was called or is late keeps its due instant; closed items are not touched
    (domain section 2, "Calendar or target edited").
    """
    from callback_tui.store import queue

    carried = 0
    for item, change, clock in changes(work.connection, old, new, work.now, work.verb_id):
        queue.add_clock_events(
            work.connection, item.id, (change,), staff_id=desk.actor.staff_id, policy_version_id=new_version_id
        )
        queue.write_state(
            work.connection,
            item.id,
            item.version,
            state=item.state,
            clock=clock,
            attempts=item.attempts,
            merged_into_id=item.merged_into_id,
        )
        carried += 1
    return carried


def changes(
    connection: "Connection", old: Policy, new: Policy, now: datetime, verb_id: str
) -> Iterator[tuple[Any, ClockEvent, ClockState]]:
    """Yield each item in the queue whose hours or targets change at `now`, with the event to write and its new clock.

    What is shown before saving and what is saved come from here.
    """
    from callback_tui.store import queue
    from callback_tui.store.waiting import waiting

    for item in waiting(connection):
        old_site, new_site = old.site_of(item.site_name), new.site_of(item.site_name)
        if _counts_alike(old_site, new_site) and old.pause_cap_open_days == new.pause_cap_open_days:
            continue
        events = queue.clock_events(connection, item.id)
        due = due_after_change(derive(events, old_site, old), old_site, new_site, now)
        change = ClockEvent(ClockEventKind.POLICY_CHANGED, now, verb_id, until=due)
        yield item, change, derive((*events, change), new_site, new)


def _counts_alike(old: SitePolicy, new: SitePolicy) -> bool:
    return old.hours == new.hours and old.targets == new.targets
