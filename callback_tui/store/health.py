"""SQL of the desk's health: is the file whole, what was never ended, what is late, how the clock moved."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, select

from callback_tui.clock import BootInstant
from callback_tui.models.vocabulary import AttemptState, Tier
from callback_tui.store import tables as t

_SESSION = t.desk_session.c
_CALL = t.call_attempt.c
_ITEM = t.queue_item.c
_ENTRY = t.audit_entry.c
_NEWEST_ENTRIES = 1000
_NANOSECONDS = 1_000_000_000


def damage(connection: Connection) -> str:
    """Return the first thing that does not fit in the database, empty when all of it does."""
    found = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
    return "" if found == "ok" else found


def schema_version(connection: Connection) -> int:
    """Return the number of the schema."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def newest_at(connection: Connection) -> datetime | None:
    """Return the latest instant among the newest audit entries."""
    newest = select(_ENTRY.at).order_by(_ENTRY.seq.desc()).limit(_NEWEST_ENTRIES).subquery()
    found: datetime | None = connection.execute(select(func.max(newest.c.at))).scalar_one()
    return found


def drift_seconds(connection: Connection, boot: BootInstant, now: datetime) -> int:
    """Return by how much the wall clock moved on more than the machine's own since this boot's first newest entry."""
    newest = (
        select(_ENTRY.at, _ENTRY.boot_ns, _ENTRY.boot_id, _ENTRY.seq)
        .order_by(_ENTRY.seq.desc())
        .limit(_NEWEST_ENTRIES)
        .subquery()
    )
    first = connection.execute(
        select(newest.c.at, newest.c.boot_ns).where(newest.c.boot_id.in_(boot.ids)).order_by(newest.c.seq).limit(1)
    ).one_or_none()
    if first is None:
        return 0
    walled, ran = (now - first.at).total_seconds(), (boot.nanoseconds - first.boot_ns) / _NANOSECONDS
    return int(walled - ran)


def lost_sessions(connection: Connection, seen_before: datetime) -> int:
    """Return how many sign-ins have no end and were last seen before an instant."""
    asked = select(func.count()).where(_SESSION.ended_at.is_(None), _SESSION.seen_at < seen_before)
    return int(connection.execute(asked).scalar_one())


def open_calls(connection: Connection, held: Collection[int]) -> int:
    """Return how many calls have no outcome, those with a patient who is `held` aside."""
    unfinished = (AttemptState.IN_CALL, AttemptState.OUTCOME_MISSING)
    asked = select(func.count()).where(
        _CALL.state.in_(unfinished), _CALL.lead_attempt_id.is_(None), _CALL.patient_id.not_in(held)
    )
    return int(connection.execute(asked).scalar_one())


def overdue(connection: Connection, now: datetime) -> dict[Tier, int]:
    """Return how many messages of each tier are past their next due time."""
    rows = connection.execute(
        select(_ITEM.tier_rank, func.count()).where(t.in_queue, _ITEM.next_due_at < now).group_by(_ITEM.tier_rank)
    )
    tiers = tuple(Tier)
    return {tiers[rank]: count for rank, count in rows}
