"""SQL of the scorecard: sums over a period, each from an index that holds all it reads."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Row,
    case,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
    union_all,
)

from callback_tui.models.vocabulary import ItemState, Outcome
from callback_tui.store import tables as t
from callback_tui.views.scorecard import FirstCallSums, ScoreSums

_ITEM = t.queue_item.c
_CALL = t.call_attempt.c
_LATER = t.queue_item.alias("later")
_HERE = t.queue_item.alias("here")
_MEDIAN, _P90 = 50, 90

# Written as literals: SQLite takes a partial index only where the query repeats the words of its condition.
_NO: ColumnElement[Any] = literal_column("0")
_YES: ColumnElement[Any] = literal_column("1")
_MERGED: ColumnElement[Any] = literal_column("'merged'")
_IN_QUEUE = _ITEM.state.in_([literal_column(f"'{state}'") for state in ("open", "asleep", "escalated")])
_COUNTED = (_ITEM.time_unknown == _NO, _ITEM.state != _MERGED)
_LEFT_OUT = or_(_ITEM.time_unknown == _YES, _ITEM.state == _MERGED)
TALKED_IN: list[ColumnElement[Any]] = [
    literal_column(f"'{outcome}'")
    for outcome in ("resolved", "follow_up", "escalated", "another_time", "refused", "emergency")
]
_REACHED = (_CALL.rehearsal == _NO, _CALL.lead_attempt_id.is_(None), _CALL.outcome.in_(TALKED_IN))


class Window(NamedTuple):
    """A stretch of time, its end outside, and the site that counts; None for all of them."""

    start: datetime
    end: datetime
    site_id: int | None


def site_id(connection: Connection, name: str) -> int | None:
    """Return the id of a site by its name, or None."""
    return connection.execute(select(t.site.c.id).where(t.site.c.name == name)).scalar_one_or_none()


def uncalled(connection: Connection, window: Window) -> Sequence[Row[Any, Any, Any, Any, Any, Any, Any]]:
    """Return the messages of a period that wait for their first call, which are never more than the queue holds."""
    return connection.execute(
        select(
            _ITEM.id,
            _ITEM.started_at,
            _ITEM.due_at,
            _ITEM.scheduled_at,
            _ITEM.received_open,
            _ITEM.reason,
            t.site.c.name.label("site_name"),
        )
        .join(t.site, t.site.c.id == _ITEM.site_id)
        .where(
            # What says no more than the queue's own index knows, so that the past is not read.
            _IN_QUEUE,
            _ITEM.time_unknown == _NO,
            _ITEM.first_attempt_at.is_(None),
            *_within(_ITEM.started_at, window),
            *_at_site(window),
        )
    ).all()


def wait_totals(connection: Connection, window: Window) -> dict[bool, tuple[int, int]]:
    """Return count and sum of the seconds to the first call, by whether the message came in during office hours."""
    rows = connection.execute(
        select(_ITEM.received_open, func.count(_ITEM.call_back_seconds), func.sum(_ITEM.call_back_seconds))
        .where(*received(window))
        .group_by(_ITEM.received_open)
    )
    return {in_hours: (count, total or 0) for in_hours, count, total in rows}


def wait_places(
    connection: Connection, window: Window, ages: Mapping[bool, Sequence[int]]
) -> dict[bool, tuple[int, int, int | None, int | None, int]]:
    """Return count, sum, median and 90th percentile of the waits, and how many messages have none.

    `ages` are the seconds so far of messages not called yet, which count too. A percentile is the smallest wait that
    so many per cent of the waits do not exceed.
    """
    waits = [select(_ITEM.received_open, _ITEM.call_back_seconds.label("seconds")).where(*received(window))]
    for in_hours, so_far in ages.items():
        each = func.json_each(json.dumps(list(so_far))).table_valued("value")
        waits.append(select(literal(int(in_hours), Integer), cast(each.c.value, Integer)))
    measured = union_all(*waits).subquery()
    grouped = (
        select(measured.c.received_open, measured.c.seconds, func.count().label("n"))
        .group_by(measured.c.received_open, measured.c.seconds)
        .subquery()
    )
    counted = case((grouped.c.seconds.is_(None), 0), else_=grouped.c.n)
    placed = select(
        grouped.c.received_open,
        grouped.c.seconds,
        grouped.c.n,
        counted.label("counted"),
        func.sum(counted).over(partition_by=grouped.c.received_open, order_by=grouped.c.seconds).label("upto"),
        func.sum(counted).over(partition_by=grouped.c.received_open).label("whole"),
    ).subquery()
    median, p90 = (
        func.min(case((placed.c.upto * 100 >= placed.c.whole * share, placed.c.seconds))) for share in (_MEDIAN, _P90)
    )
    rows = connection.execute(
        select(
            placed.c.received_open,
            func.sum(placed.c.counted),
            func.sum(placed.c.counted * placed.c.seconds),
            median,
            p90,
            func.sum(placed.c.n - placed.c.counted),
        ).group_by(placed.c.received_open)
    )
    return {
        bool(in_hours): (count, total or 0, middle, high, without)
        for in_hours, count, total, middle, high, without in rows
    }


def first_calls(connection: Connection, window: Window, now: datetime) -> FirstCallSums:
    """Return how the first live talks of a period ended, and about which resolved ones the patient wrote again."""
    again = case((_ITEM.first_call_until <= now, came_back()), else_=0)
    again_lately = case((_ITEM.first_call_until > now, came_back()), else_=0)
    row = connection.execute(
        select(
            func.count(),
            func.count(_ITEM.first_call_until),
            func.sum(again),
            func.sum(again_lately),
            func.sum(case((_ITEM.first_call_until > now, 1), else_=0)),
            func.sum(case((_ITEM.first_contact_outcome == Outcome.ESCALATED, 1), else_=0)),
            func.sum(case((_ITEM.first_contact_outcome == Outcome.EMERGENCY, 1), else_=0)),
        ).where(*talked(window))
    ).one()
    count, resolved, back, back_lately, open_still, escalated, emergency = (int(value or 0) for value in row)
    return FirstCallSums(
        count=count,
        resolved=resolved,
        again=back + back_lately,
        provisional=open_still - back_lately,
        escalated=escalated,
        emergency=emergency,
    )


def scores(connection: Connection, window: Window, good_from: int) -> ScoreSums:
    """Return the survey scores of the live talks of a period."""
    row = connection.execute(
        select(
            func.count(_CALL.survey_score),
            func.sum(_CALL.survey_score),
            func.sum(case((_CALL.survey_score >= good_from, 1), else_=0)),
            func.count(),
        ).where(*reached(window))
    ).one()
    return ScoreSums(*(int(value or 0) for value in row))


def left_out(connection: Connection, window: Window) -> tuple[int, int]:
    """Return how many messages of a period were joined or opened in error, and how many others have no known time."""
    merged = func.sum(case((_ITEM.state == ItemState.MERGED, 1), else_=0))
    row = connection.execute(
        select(merged, func.count()).where(_LEFT_OUT, *_within(_ITEM.started_at, window), *_at_site(window))
    ).one()
    return int(row[0] or 0), int(row[1]) - int(row[0] or 0)


def came_back() -> ColumnElement[int]:
    """Return 1 where the patient wrote again for the same reason before its days were over, else 0."""
    later = _LATER.c
    again = (
        select(literal(1))
        .where(
            later.patient_id == _ITEM.patient_id,
            later.reason == _ITEM.reason,
            later.started_at > _ITEM.contact_at,
            later.started_at <= _ITEM.first_call_until,
            later.state != ItemState.MERGED,
        )
        .correlate(t.queue_item)
        .exists()
    )
    # As a number: a sum of truths would be read back as one truth.
    return case((again, 1), else_=0)


def received(window: Window) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the messages that a wait is made of, and of those not called yet."""
    # Both values are named, since the index begins with the column.
    either = _ITEM.received_open.in_((True, False))
    return (*_COUNTED, either, *_within(_ITEM.started_at, window), *_at_site(window))


def talked(window: Window) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the messages whose first live talk was in the period."""
    return (*_COUNTED, _ITEM.contact_at.is_not(None), *_within(_ITEM.contact_at, window), *_at_site(window))


def reached(window: Window) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of the live talks of a period."""
    chosen = (*_REACHED, *_within(_CALL.started_at, window))
    if window.site_id is None:
        return chosen
    at_site = select(literal(1)).where(_HERE.c.id == _CALL.item_id, _HERE.c.site_id == window.site_id)
    return (*chosen, at_site.correlate(t.call_attempt).exists())


def _within(column: Any, window: Window) -> tuple[ColumnElement[bool], ...]:
    return (column >= window.start, column < window.end)


def _at_site(window: Window) -> tuple[ColumnElement[bool], ...]:
    return () if window.site_id is None else (_ITEM.site_id == window.site_id,)
