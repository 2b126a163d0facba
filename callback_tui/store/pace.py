"""SQL of how people work: how long their calls took lately, and which of today's were hard."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from callback_tui.models.vocabulary import AttemptState
from callback_tui.store import tables as t

_ATTEMPT = t.call_attempt.c
_OF_ITS_OWN = (_ATTEMPT.lead_attempt_id.is_(None), ~_ATTEMPT.rehearsal)
_newest_calls = cache(
    lambda: (
        select(_ATTEMPT.started_at, _ATTEMPT.ended_at)
        .where(
            _ATTEMPT.staff_id == bindparam("staff_id"),
            _ATTEMPT.started_at >= bindparam("since"),
            _ATTEMPT.state == AttemptState.LOGGED,
            _ATTEMPT.ended_at < bindparam("until"),
            *_OF_ITS_OWN,
        )
        .order_by(_ATTEMPT.started_at.desc())
        .limit(bindparam("most"))
    )
)


def call_seconds(
    connection: Connection, staff_ids: Sequence[int], since: datetime, until: datetime, most: int
) -> list[int]:
    """Return how long calls of these people took that began and ended in a time, the newest of each, `most` in all."""
    seconds: list[int] = []
    each = max(most // max(len(staff_ids), 1), 1)
    for staff_id in staff_ids:
        rows = connection.execute(_newest_calls(), {"staff_id": staff_id, "since": since, "until": until, "most": each})
        seconds += [int((row.ended_at - row.started_at).total_seconds()) for row in rows]
    return seconds


def calls_since(
    connection: Connection, staff_ids: Sequence[int], since: datetime
) -> Sequence[Row[Any, Any, Any, Any, Any, Any]]:
    """Return tier, outcome, length and the item's tries of every call these people began since an instant."""
    return connection.execute(
        select(
            _ATTEMPT.staff_id,
            _ATTEMPT.tier,
            _ATTEMPT.outcome,
            _ATTEMPT.started_at,
            _ATTEMPT.ended_at,
            t.queue_item.c.attempts,
        )
        .join(t.queue_item, t.queue_item.c.id == _ATTEMPT.item_id)
        .where(_ATTEMPT.staff_id.in_(staff_ids), _ATTEMPT.started_at >= since, *_OF_ITS_OWN)
    ).all()
