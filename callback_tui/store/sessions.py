"""Sign-ins at this desk: opening and ending them, and who is there."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, or_, select, update

from callback_tui.store.tables import desk_session, staff

_SESSION = desk_session.c
_seen = cache(lambda: update(desk_session).where(_SESSION.id == bindparam("session_id")))
_at_the_desk = cache(
    lambda: (
        select(staff.c.id, staff.c.name, staff.c.role)
        .join(desk_session, _SESSION.staff_id == staff.c.id)
        .where(
            _SESSION.ended_at.is_(None),
            _SESSION.attended,
            or_(_SESSION.seen_at >= bindparam("since"), _SESSION.staff_id.in_(bindparam("busy"))),
            staff.c.active,
        )
        .distinct()
        .order_by(staff.c.id)
    )
)


def start(
    connection: Connection, *, staff_id: int, started_at: datetime, boot_id: str, process_id: int, attended: bool = True
) -> int:
    """Insert a sign-in and return its id; nobody sits at one that is not `attended`."""
    result = connection.execute(
        desk_session.insert()
        .values(
            staff_id=staff_id,
            started_at=started_at,
            seen_at=started_at,
            boot_id=boot_id,
            process_id=process_id,
            attended=attended,
        )
        .returning(desk_session.c.id)
    )
    return int(result.scalar_one())


def seen(connection: Connection, session_id: int, seen_at: datetime) -> None:
    """Write when the person of a sign-in was last at the desk."""
    connection.execute(_seen(), {"session_id": session_id, "seen_at": seen_at})


def at_the_desk(connection: Connection, since: datetime, busy: Collection[int]) -> Sequence[Row[Any, Any, Any]]:
    """Return who is signed in and was seen at or after `since`, or is busy: a row per person with their role."""
    return connection.execute(_at_the_desk(), {"since": since, "busy": list(busy)}).all()


def is_watched(connection: Connection, since: datetime, *, but: int | None) -> bool:
    """Say whether a command that goes on, other than the sign-in `but`, gave a sign of life at or after `since`."""
    asked = select(_SESSION.id).where(_SESSION.ended_at.is_(None), ~_SESSION.attended, _SESSION.seen_at >= since)
    return connection.execute(asked.where(_SESSION.id != (but or 0)).limit(1)).first() is not None


def seconds_signed_in(connection: Connection, staff_ids: Sequence[int], since: datetime) -> dict[int, int]:
    """Return how long each person has been signed in since an instant, in seconds; two sign-ins at once count twice.

    Of a sign-in that began before it counts what came after it.
    """
    ended = func.coalesce(_SESSION.ended_at, _SESSION.seen_at)
    rows = connection.execute(
        select(_SESSION.staff_id, _SESSION.started_at, _SESSION.seen_at, _SESSION.ended_at).where(
            _SESSION.staff_id.in_(staff_ids), _SESSION.attended, ended > since
        )
    )
    total: Counter[int] = Counter()
    for row in rows:
        total[row.staff_id] += max(int(((row.ended_at or row.seen_at) - max(row.started_at, since)).total_seconds()), 0)
    return total


def end(connection: Connection, session_id: int, ended_at: datetime) -> None:
    """Mark a sign-in as over."""
    connection.execute(update(desk_session).where(desk_session.c.id == session_id).values(ended_at=ended_at))
