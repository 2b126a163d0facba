"""SQL of the clocks of many items at once: their events, the columns that follow, warnings, and further cycles."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from callback_tui.rules.sla import clock_columns
from callback_tui.store import tables as t
from callback_tui.views.clock import ClockEvent, ClockState

_ITEM = t.queue_item.c
_events = cache(
    lambda: (
        select(t.clock_event)
        .where(t.clock_event.c.item_id.in_(select(func.json_each(bindparam("ids")).table_valued("value").c.value)))
        .order_by(t.clock_event.c.id)
    )
)
_addition = cache(lambda: insert(t.clock_event))


def events_of_items(connection: Connection, item_ids: Sequence[int]) -> dict[int, tuple[ClockEvent, ...]]:
    """Return every clock fact of some items in the order it was stored, by item."""
    rows = connection.execute(_events(), {"ids": json.dumps(list(item_ids))})
    found: dict[int, list[ClockEvent]] = {}
    for row in rows:
        event = ClockEvent(
            row.kind, row.at, row.verb_id, row.tier, row.until, row.reason, row.undoes_verb_id, row.policy_version_id
        )
        found.setdefault(row.item_id, []).append(event)
    return {item_id: tuple(events) for item_id, events in found.items()}


def add_events_of_items(
    connection: Connection, events: Sequence[tuple[int, ClockEvent]], *, staff_id: int, policy_version_id: int
) -> None:
    """Append clock facts, each with the item it belongs to, in one statement."""
    if not events:
        return
    connection.execute(
        _addition(),
        [
            {
                "item_id": item_id,
                "kind": event.kind,
                "at": event.at,
                "verb_id": event.verb_id,
                "tier": event.tier,
                "until": event.until,
                "reason": event.reason,
                "undoes_verb_id": event.undoes_verb_id,
                "policy_version_id": policy_version_id,
                "staff_id": staff_id,
            }
            for item_id, event in events
        ],
    )


def write_clocks(connection: Connection, clocks: Sequence[tuple[int, ClockState]]) -> None:
    """Write what `rules.sla.derive` made of the events of some items, in one statement; their state stays."""
    if not clocks:
        return
    names = clock_columns(clocks[0][1])
    connection.execute(
        update(t.queue_item)
        .where(_ITEM.id == bindparam("item"))
        .values({**{name: bindparam(f"new_{name}") for name in names}, "version": _ITEM.version + 1}),
        [
            {"item": item_id, **{f"new_{name}": value for name, value in clock_columns(clock).items()}}
            for item_id, clock in clocks
        ],
    )


def mark_warned(connection: Connection, percents: Sequence[tuple[int, int]]) -> None:
    """Write which share of its time each item was warned about, in one statement."""
    connection.execute(
        update(t.queue_item).where(_ITEM.id == bindparam("item")).values(warned_percent=bindparam("percent")),
        [{"item": item_id, "percent": percent} for item_id, percent in percents],
    )


def add_cycle(connection: Connection, values: Mapping[str, Any]) -> int:
    """Store a further cycle of a message and return the id of its item."""
    return int(connection.execute(insert(t.queue_item).values(**values).returning(_ITEM.id)).scalar_one())


def last_cycle(connection: Connection, message_id: int) -> int | None:
    """Return the id of the item in which a message waits, or waited last; None for one that never did."""
    newest = select(_ITEM.id).where(_ITEM.message_id == message_id).order_by(_ITEM.cycle.desc()).limit(1)
    return connection.execute(newest).scalar_one_or_none()
