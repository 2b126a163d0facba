"""SQL of the messages and calls that a figure of the scorecard is made of, and of the calls about one message."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Row, Select, and_, case, false, func, literal, select, true

from callback_tui.store import tables as t
from callback_tui.store.metrics import Window, came_back, reached, received, talked

_ITEM = t.queue_item.c
_CALL = t.call_attempt.c


def called_items(connection: Connection, window: Window, *, received_open: bool, limit: int) -> Sequence[Row[Any]]:
    """Return the messages behind a wait, the longest first, with the call that ended it."""
    return connection.execute(
        _behind(
            _ITEM.started_at,
            _ITEM.call_back_seconds.label("value"),
            and_(_CALL.started_at == _ITEM.first_attempt_at, _CALL.qualifies.is_(True)),
        )
        .where(_ITEM.received_open.is_(received_open), _ITEM.call_back_seconds.is_not(None), *received(window))
        .order_by(_ITEM.call_back_seconds.desc(), _ITEM.id)
        .limit(limit)
    ).all()


def named_items(connection: Connection, item_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return what `called_items` does of messages that were not called yet."""
    listed = func.json_each(json.dumps(list(item_ids))).table_valued("value")
    return connection.execute(
        _behind(_ITEM.started_at, literal(None, Integer).label("value"), false()).where(
            _ITEM.id.in_(select(listed.c.value))
        )
    ).all()


def first_talks(connection: Connection, window: Window, limit: int) -> Sequence[Row[Any]]:
    """Return the first live talks of a period, those that did not close the issue first, the newest of them first."""
    again = case((_ITEM.first_call_until.is_(None), 0), else_=came_back()).label("again")
    settled = case((_ITEM.first_call_until.is_(None), 0), else_=1 - again)
    return connection.execute(
        _behind(
            _ITEM.contact_at,
            settled.label("value"),
            and_(_CALL.started_at == _ITEM.contact_at, _CALL.outcome == _ITEM.first_contact_outcome),
        )
        .add_columns(again, _ITEM.first_call_until)
        .where(*talked(window))
        .order_by(settled, _ITEM.contact_at.desc(), _ITEM.id)
        .limit(limit)
    ).all()


def scored_calls(connection: Connection, window: Window, limit: int) -> Sequence[Row[Any]]:
    """Return the calls that patients scored, the lowest score first, the newest of them first."""
    return connection.execute(
        _behind(_CALL.started_at, _CALL.survey_score.label("value"), true())
        .where(_CALL.survey_score.is_not(None), *reached(window))
        .order_by(_CALL.survey_score, _CALL.started_at.desc(), _CALL.id)
        .limit(limit)
    ).all()


def calls_of_item(connection: Connection, item_id: int) -> Sequence[Row[Any]]:
    """Return every call about one message, oldest first, with the name of who rang."""
    return connection.execute(
        select(t.call_attempt, t.staff.c.name.label("staff_name"))
        .join(t.staff, t.staff.c.id == _CALL.staff_id)
        .where(_CALL.item_id == item_id)
        .order_by(_CALL.started_at, _CALL.id)
    ).all()


def _behind(at: ColumnElement[Any], value: ColumnElement[Any], call: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            _ITEM.id.label("item_id"),
            at.label("at"),
            value,
            _CALL.outcome,
            t.staff.c.name.label("staff_name"),
            t.patient.c.name.label("patient_name"),
            t.message.c.caller_name,
            t.message.c.phone_e164,
            t.message.c.phone_raw,
        )
        .select_from(t.queue_item)
        .join(t.message, t.message.c.id == _ITEM.message_id)
        .join(t.patient, t.patient.c.id == _ITEM.patient_id)
        .outerjoin(t.call_attempt, and_(_CALL.item_id == _ITEM.id, call))
        .outerjoin(t.staff, t.staff.c.id == _CALL.staff_id)
    )
