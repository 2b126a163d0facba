"""SQL of the lists of the day: what came in over night, and a person's calls without an outcome."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from callback_tui.models.vocabulary import ItemState
from callback_tui.store import tables as t

_ITEM = t.queue_item.c
_MESSAGE = t.message.c
_ATTEMPT = t.call_attempt.c


def arrived(connection: Connection, since: datetime, until: datetime) -> Sequence[Row[Any, Any, Any]]:
    """Return (tier_rank, how many, how many called) of the messages left in a time, the most pressing first."""
    return connection.execute(
        select(_ITEM.tier_rank, func.count(), func.count(_ITEM.first_attempt_at))
        .join(t.message, _MESSAGE.id == _ITEM.message_id)
        .where(_MESSAGE.received_at >= since, _MESSAGE.received_at < until, _ITEM.state != ItemState.MERGED)
        .group_by(_ITEM.tier_rank)
        .order_by(_ITEM.tier_rank)
    ).all()


def calls_without_outcome(connection: Connection, staff_id: int) -> Sequence[Row[Any, Any, Any, Any, Any, Any]]:
    """Return the calls of a person that have no outcome yet, oldest first."""
    # By themselves, since an item has a state too; a sum, so that not all calls the person ever made are gone through.
    mine = select(_ATTEMPT.id).where(t.unfinished, _ATTEMPT.staff_id + 0 == staff_id)
    return connection.execute(
        select(
            _ATTEMPT.item_id,
            _ATTEMPT.started_at,
            t.patient.c.name.label("patient_name"),
            _MESSAGE.caller_name,
            _MESSAGE.phone_e164,
            _MESSAGE.phone_raw,
        )
        .join(t.patient, t.patient.c.id == _ATTEMPT.patient_id)
        .join(t.queue_item, _ITEM.id == _ATTEMPT.item_id)
        .join(t.message, _MESSAGE.id == _ITEM.message_id)
        .where(_ATTEMPT.id.in_(mine), _ATTEMPT.lead_attempt_id.is_(None))
        .order_by(_ATTEMPT.started_at, _ATTEMPT.id)
    ).all()
