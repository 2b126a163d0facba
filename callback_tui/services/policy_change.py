"""Carries the due times of everything in the queue over to a new policy."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.rules.sla import derive, due_after_change
from callback_tui.services.desk import OpenDesk, Work
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.closed_days import PolicyEffect
from callback_tui.views.policy import Policy, SitePolicy

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Move(NamedTuple):
    """An item whose due instant moves: the event that says so, its clock before and after it."""

    item_id: int
    change: ClockEvent
    before: ClockState
    after: ClockState


def carry_over(desk: OpenDesk, work: Work, old: Policy, new: Policy, new_version_id: int) -> int:
    """Give each item in the queue whose hours or targets changed its due instant from now on; return how many moved.

    Time already used is kept; what was called or is late keeps its due instant; closed items are not touched
    (domain section 2, "Calendar or target edited"). The statements are as many, however long the queue is.
    """
    from callback_tui.store import clocks

    moved = moves(work.connection, old, new, work.now, work.verb_id)
    changes = [(move.item_id, move.change) for move in moved]
    clocks.add_events_of_items(work.connection, changes, staff_id=desk.actor.staff_id, policy_version_id=new_version_id)
    clocks.write_clocks(work.connection, [(move.item_id, move.after) for move in moved])
    return len(moved)


def moves(connection: "Connection", old: Policy, new: Policy, at: datetime, verb_id: str) -> tuple[Move, ...]:
    """Return every item in the queue whose due instant moves when `new` comes in force at `at`.

    What is shown before saving and what is saved come from here.
    """
    from callback_tui.services.item_clock import policies_of, versions_at
    from callback_tui.store import clocks
    from callback_tui.store.waiting import waiting

    affected = [
        item
        for item in waiting(connection)
        if not _counts_alike(old.site_of(item.site_name), new.site_of(item.site_name))
    ]
    events_of = clocks.events_of_items(connection, [item.id for item in affected])
    known = policies_of(connection, (event for events in events_of.values() for event in events))
    moved = []
    for item in affected:
        old_site, new_site = old.site_of(item.site_name), new.site_of(item.site_name)
        events, versions = events_of[item.id], versions_at(known, item.site_name)
        before = derive(events, old_site, old, versions)
        due = due_after_change(before, old_site, new_site, at)
        if due != before.due_at:
            change = ClockEvent(ClockEventKind.POLICY_CHANGED, at, verb_id, until=due)
            moved.append(Move(item.id, change, before, derive((*events, change), new_site, new, versions)))
    return tuple(moved)


def effect_of(connection: "Connection", new: Policy, at: datetime) -> PolicyEffect:
    """Return what `new` would do to what waits if it came in force at `at` (domain section 2: shown before saving)."""
    from callback_tui.store import policy as policies
    from callback_tui.store.waiting import waiting

    version_id, old, _ = policies.current(connection)
    moved = [
        (move.before.next_due_at, move.after.next_due_at) for move in moves(connection, old, new, at, "not written")
    ]
    return PolicyEffect(
        version_id=version_id,
        waiting=len(waiting(connection)),
        later=sum(before < after for before, after in moved),
        sooner=sum(after < before for before, after in moved),
        become_late=sum(after <= at < before for before, after in moved),
        stop_being_late=sum(before <= at < after for before, after in moved),
    )


def _counts_alike(old: SitePolicy, new: SitePolicy) -> bool:
    return old.hours == new.hours and old.targets == new.targets
