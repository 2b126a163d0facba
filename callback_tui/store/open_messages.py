"""SQL of the messages that wait and of the last days: their words, for tagging them anew."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from callback_tui.models.vocabulary import BatchState, ItemState
from callback_tui.store import tables as t

_ITEM, _MESSAGE, _PATIENT = t.queue_item.c, t.message.c, t.patient.c


def open_messages(connection: Connection) -> Sequence[Row[Any]]:
    """Return each message that waits, with the item it waits in: its own, or the one it was joined to."""
    waiting = select(_ITEM.id).where(t.in_queue).scalar_subquery()
    own = select(_ITEM.id, _ITEM.message_id, _MESSAGE.content_hash).join(t.message, _MESSAGE.id == _ITEM.message_id)
    columns = own.add_columns(_ITEM.id.label("waits_in"), _ITEM.tier_rank)
    survivor = t.queue_item.alias("survivor")
    joined = own.add_columns(_ITEM.merged_into_id.label("waits_in"), survivor.c.tier_rank).join(
        survivor, survivor.c.id == _ITEM.merged_into_id
    )
    return [
        *connection.execute(columns.where(t.in_queue)).all(),
        *connection.execute(joined.where(_ITEM.state == ItemState.MERGED, survivor.c.id.in_(waiting))).all(),
    ]


def ids_since(connection: Connection, since: datetime) -> Sequence[int]:
    """Return the messages that came in at or after `since`, those of an import that is under way apart."""
    staged = select(t.import_batch.c.id).where(t.import_batch.c.state != BatchState.PUBLISHED)
    is_there = _MESSAGE.batch_id.is_(None) | _MESSAGE.batch_id.not_in(staged)
    came_in = func.coalesce(_MESSAGE.received_at, _MESSAGE.imported_at) >= since
    return connection.execute(select(_MESSAGE.id).where(came_in, is_there).order_by(_MESSAGE.id)).scalars().all()


def words_of(connection: Connection, message_ids: Sequence[int]) -> Sequence[Any]:
    """Return what these messages say, with the date of birth on the patient's card."""
    asked = select(func.json_each(json.dumps(list(message_ids))).table_valued("value").c.value)
    return connection.execute(
        select(_MESSAGE.id, _MESSAGE.content_hash, _MESSAGE.subject, _MESSAGE.body, _PATIENT.date_of_birth)
        .join(t.patient, _PATIENT.id == _MESSAGE.patient_id)
        .where(_MESSAGE.id.in_(asked))
    ).all()
