"""SQL of a figure's pattern: how many of its calls went badly, by hour and site, and what those were about."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, case, func, literal, select

from callback_tui.rules.metrics import GOOD_SCORE
from callback_tui.store import tables as t
from callback_tui.store.metrics import Window, came_back, reached, received, talked
from callback_tui.views.scorecard import MetricKey

_ITEM = t.queue_item.c
_CALL = t.call_attempt.c
_HOUR_OF_TEXT = len("2026-11-23T15")


class _Source(NamedTuple):
    """When each call of a figure belongs, 1 where it went badly, which ones count, their table, seconds waited."""

    at: ColumnElement[Any]
    bad: ColumnElement[Any]
    counted: tuple[ColumnElement[bool], ...]
    table: Any
    seconds: ColumnElement[Any] = literal(0)


def by_hour(connection: Connection, key: MetricKey, window: Window, target: float) -> Sequence[Row[Any]]:
    """Return (hour, site, n, bad, seconds) of every UTC hour, "2026-11-23T15", that has calls of a figure at a site."""
    source = _source(key, window, target)
    hour = func.substr(source.at, 1, _HOUR_OF_TEXT).label("hour")
    return connection.execute(
        select(
            hour,
            t.site.c.name.label("site"),
            func.count().label("n"),
            func.sum(source.bad).label("bad"),
            func.sum(source.seconds).label("seconds"),
        )
        .select_from(source.table.join(t.site, t.site.c.id == _ITEM.site_id))
        .where(*source.counted)
        .group_by(hour, t.site.c.name)
    ).all()


def bad_by_reason(connection: Connection, key: MetricKey, window: Window, target: float) -> Sequence[Row[Any]]:
    """Return (reason, bad) of the calls of a figure that went badly."""
    source = _source(key, window, target)
    return connection.execute(
        select(_ITEM.reason, func.count().label("bad"))
        .select_from(source.table)
        .where(*source.counted, source.bad == 1)
        .group_by(_ITEM.reason)
    ).all()


def _source(key: MetricKey, window: Window, target: float) -> _Source:
    match key:
        case MetricKey.FIRST_CALL_RESOLUTION:
            bad = case((_ITEM.first_call_until.is_(None), 1), else_=came_back())
            return _Source(_ITEM.contact_at, bad, talked(window), t.queue_item)
        case MetricKey.SATISFACTION:
            bad = case((_CALL.survey_score < GOOD_SCORE, 1), else_=0)
            counted = (_CALL.survey_score.is_not(None), *reached(window))
            return _Source(_CALL.started_at, bad, counted, t.call_attempt.join(t.queue_item, _ITEM.id == _CALL.item_id))
    in_hours = key is MetricKey.CALL_BACK_IN_OFFICE
    counted = (_ITEM.received_open.is_(in_hours), _ITEM.call_back_seconds.is_not(None), *received(window))
    bad = case((_ITEM.call_back_seconds > target, 1), else_=0)
    return _Source(_ITEM.started_at, bad, counted, t.queue_item, _ITEM.call_back_seconds)
