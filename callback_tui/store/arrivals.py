"""SQL of publishing: stored messages take their places in the queue, all inside the database."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Insert, bindparam, case, func, insert, literal, or_, select, update

from callback_tui.models.vocabulary import ClockEventKind, ItemState, Priority, ReviewFlag, Tier
from callback_tui.store.intake import next_id
from callback_tui.store.tables import clock_event, message, queue_item

_COPIED = (*("patient_id", "site_id", "priority", "emergent", "check", "reason", "summary", "due_at", "received_open"),)
_IS_EMERGENT = message.c.emergent == True  # noqa: E712 - SQL, not Python
_RANK = case(
    (_IS_EMERGENT, Tier.EMERGENT.rank),
    *((message.c.priority == priority, Tier(priority.value).rank) for priority in Priority),
)
# A time that is unknown or cannot be right starts the clock when the message was imported.
_STARTED_AT = case((message.c.received_at < message.c.imported_at, message.c.received_at), else_=message.c.imported_at)
_TIME_UNKNOWN = or_(message.c.received_at.is_(None), message.c.flags.contains(ReviewFlag.TIME_IN_FUTURE.value))


class Start(NamedTuple):
    """What the clock of a message that is not in the queue yet begins with."""

    message_id: int
    site_id: int
    tier_rank: int
    started_at: datetime
    due_at: datetime
    received_open: bool


class BatchCounts(NamedTuple):
    """How many messages stand in a batch, how many are flagged, of each tier, and to be checked."""

    new: int
    flagged: int
    emergent: int
    urgent: int
    routine: int
    informational: int
    check: int


class Those(NamedTuple):
    """The messages to publish: those that have `number` in `column`."""

    column: str
    number: int | None

    @staticmethod
    def by(column: str) -> ColumnElement[bool]:
        """Return the condition that finds them, run with `number` as "those"."""
        return message.c[column] == bindparam("those")


def those(*, batch_id: int | None, message_id: int | None) -> Those:
    """Return what tells the messages to publish: those of a batch, else the one."""
    return Those("id", message_id) if batch_id is None else Those("batch_id", batch_id)


def batch_counts(connection: Connection, batch_id: int) -> BatchCounts:
    """Return what stands in a batch."""
    tiers = [_RANK.is_not_distinct_from(tier.rank) for tier in Tier]
    counted = (message.c.flags != "", *tiers, message.c.check)
    sums = (func.coalesce(func.sum(case((each, 1), else_=0)), 0) for each in counted)
    row = connection.execute(select(func.count(), *sums).where(message.c.batch_id == batch_id)).one()
    return BatchCounts(*row)


def starts(connection: Connection, which: Those) -> list[Start]:
    """Return how the clocks of messages will begin."""
    columns = (message.c.id, message.c.site_id, _RANK, _STARTED_AT, message.c.due_at, message.c.received_open)
    asked = select(*columns).where(Those.by(which.column))
    return [Start(*row) for row in connection.execute(asked, {"those": which.number})]


def rewrite_starts(connection: Connection, starts: Sequence[Start]) -> None:
    """Write the due instants of messages anew."""
    if starts:
        connection.execute(
            update(message)
            .where(message.c.id == bindparam("known_id"))
            .values(due_at=bindparam("new_due_at"), received_open=bindparam("new_open")),
            [
                {"known_id": start.message_id, "new_due_at": start.due_at, "new_open": start.received_open}
                for start in starts
            ],
        )


def put_in_queue(connection: Connection, which: Those, *, verb_id: str, policy_version_id: int, staff_id: int) -> int:
    """Insert the queue items of messages, each with the clock event that starts it; return the first item's id."""
    first_id = next_id(connection, queue_item)
    connection.execute(_items(which.column), {"those": which.number})
    by = {"verb": verb_id, "policy": policy_version_id, "person": staff_id}
    connection.execute(_first_events(), {"first_id": first_id, **by})
    return first_id


@cache
def _items(column: str) -> Insert:
    items: dict[str, ColumnElement[Any]] = {
        **{name: message.c[name] for name in _COPIED},
        "message_id": message.c.id,
        "state": _same("state", ItemState.OPEN),
        "tier_rank": _RANK,
        "time_unknown": _TIME_UNKNOWN,
        "started_at": _STARTED_AT,
        "next_due_at": message.c.due_at,
        "cycle": _same("cycle", 1),
        "paused_seconds": _same("paused_seconds", 0),
        "was_late": _same("was_late", False),
        "warned_percent": _same("warned_percent", 0),
        "attempts": _same("attempts", 0),
        "version": _same("version", 1),
    }
    chosen = select(*items.values()).where(Those.by(column)).order_by(message.c.id)
    return insert(queue_item).from_select(list(items), chosen)


@cache
def _first_events() -> Insert:
    events: dict[str, ColumnElement[Any]] = {
        "item_id": queue_item.c.id,
        "kind": literal(ClockEventKind.STARTED, type_=clock_event.c.kind.type),
        "at": queue_item.c.started_at,
        "verb_id": bindparam("verb"),
        "tier": case(*((queue_item.c.tier_rank == tier.rank, literal(tier.value)) for tier in Tier)),
        "reason": literal(""),
        "policy_version_id": bindparam("policy"),
        "staff_id": bindparam("person"),
    }
    begun = select(*events.values()).where(queue_item.c.id >= bindparam("first_id")).order_by(queue_item.c.id)
    return insert(clock_event).from_select(list(events), begun)


def _same(name: str, value: Any) -> ColumnElement[Any]:
    return literal(value, type_=queue_item.c[name].type)
