"""SQL of the on-call roster at work: what is urgent, who is at a screen, the alerts and the runs of the command."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, or_, select, update

from callback_tui.models.vocabulary import ItemState, Role, Tier
from callback_tui.store import tables as t
from callback_tui.views.on_call import Alert, Fetch, Presence, UrgentItem

_ITEM = t.queue_item.c
_ALERT = t.on_call_alert.c
_STEP = t.on_call_step.c
_SESSION = t.desk_session.c


def urgent_items(connection: Connection, held: Collection[int]) -> tuple[UrgentItem, ...]:
    """Return every emergent and urgent message in the queue, asleep ones too, but those of the patients `held`."""
    rows = connection.execute(
        select(
            _ITEM.site_id,
            _ITEM.patient_id,
            _ITEM.tier_rank,
            _ITEM.state,
            _ITEM.started_at,
            _ITEM.next_due_at,
            t.message.c.imported_at,
        )
        .join(t.message, t.message.c.id == _ITEM.message_id)
        .where(t.in_queue, _ITEM.tier_rank <= Tier.URGENT.rank)
    )
    tiers = tuple(Tier)
    return tuple(
        UrgentItem(
            site_id=row.site_id,
            tier=tiers[row.tier_rank],
            # What was reopened arrived again, what was imported late arrived then.
            arrived_at=max(row.started_at, row.imported_at),
            due_at=row.next_due_at,
            escalated=row.state is ItemState.ESCALATED,
        )
        for row in rows
        if row.patient_id not in held
    )


def presences(
    connection: Connection,
    roles: Collection[Role],
    *,
    busy: Collection[int],
    away_after: timedelta,
    now: datetime,
    since: datetime,
) -> tuple[Presence, ...]:
    """Return who with one of the roles sat at a screen, those who left before `since` aside.

    Who did not sign off was there until `away_after` after being last seen, and is there while `busy` with a patient.
    """
    ended = func.coalesce(_SESSION.ended_at, _SESSION.seen_at)
    is_busy = and_(_SESSION.ended_at.is_(None), _SESSION.staff_id.in_(busy))
    there = or_(ended >= since - away_after, is_busy)
    rows = connection.execute(
        select(_SESSION.staff_id, t.staff.c.role, _SESSION.started_at, _SESSION.seen_at, _SESSION.ended_at)
        .join(t.staff, t.staff.c.id == _SESSION.staff_id)
        .where(_SESSION.attended.is_(True), t.staff.c.role.in_(roles), there)
    )
    found = []
    for row in rows:
        seen_at = now if row.staff_id in busy else row.seen_at
        until = seen_at + away_after if row.ended_at is None else row.ended_at
        found.append(Presence(row.staff_id, row.role, row.started_at, until))
    return tuple(found)


def newest_alerts(connection: Connection) -> dict[tuple[int, Tier], Alert]:
    """Return the newest alert of each site and tier, with the runs of its command in order."""
    newest = select(func.max(_ALERT.id)).group_by(_ALERT.site_id, _ALERT.tier)
    rows = connection.execute(select(t.on_call_alert).where(_ALERT.id.in_(newest))).all()
    fetches: dict[int, list[Fetch]] = defaultdict(list)
    for step in connection.execute(
        select(t.on_call_step)
        .where(_STEP.alert_id.in_([row.id for row in rows if row.acknowledged_at is None and row.ended_at is None]))
        .order_by(_STEP.alert_id, _STEP.number)
    ):
        fetches[step.alert_id].append(Fetch(step.person, step.started_at, step.ran))
    return {
        (row.site_id, row.tier): Alert(row.id, row.acknowledged_at or row.ended_at, tuple(fetches[row.id]))
        for row in rows
    }


def is_ringing(connection: Connection) -> bool:
    """Say whether any alert waits for an answer."""
    return connection.execute(select(_ALERT.id).where(t.on_call_ringing).limit(1)).first() is not None


def told(connection: Connection, unanswered_since: datetime) -> Sequence[Row[Any, Any, Any, Any, Any, Any, Any]]:
    """Return the alerts that wait for an answer and those that ended without one since, each with its newest run."""
    step = t.on_call_step.alias("step").c
    last = select(func.max(step.id)).where(step.alert_id == _ALERT.id).scalar_subquery()
    return connection.execute(
        select(
            _ALERT.tier,
            _ALERT.unanswered,
            t.site.c.name.label("site"),
            _STEP.person,
            _STEP.waiting_count,
            _STEP.started_at,
            _STEP.ran,
        )
        .join(t.site, t.site.c.id == _ALERT.site_id)
        .join(t.on_call_step, _STEP.id == last)
        .where(or_(t.on_call_ringing, (_ALERT.unanswered.is_(True)) & (_ALERT.ended_at >= unanswered_since)))
        .order_by(_STEP.started_at.desc())
    ).all()


def failures(connection: Connection, since: datetime) -> tuple[int, int]:
    """Return how many runs failed since an instant, and how many alerts ended with nobody coming."""
    failed = select(func.count()).where(_STEP.ran.is_(False), _STEP.started_at >= since)
    unanswered = select(func.count()).where(_ALERT.unanswered.is_(True), _ALERT.ended_at >= since)
    return int(connection.execute(failed).scalar_one()), int(connection.execute(unanswered).scalar_one())


def raise_alert(connection: Connection, *, site_id: int, tier: Tier, at: datetime) -> int:
    """Store a new alert and return its id."""
    return int(
        connection.execute(
            insert(t.on_call_alert)
            .values(site_id=site_id, tier=tier, raised_at=at, unanswered=False)
            .returning(_ALERT.id)
        ).scalar_one()
    )


def add_fetch(connection: Connection, *, alert_id: int, number: int, person: str, waiting: int, at: datetime) -> int:
    """Store that the command is about to run for a person and return the run's id; a number is taken only once."""
    return int(
        connection.execute(
            insert(t.on_call_step)
            .values(alert_id=alert_id, number=number, person=person, waiting_count=waiting, started_at=at)
            .returning(_STEP.id)
        ).scalar_one()
    )


def keep_result(connection: Connection, alert_id: int, number: int, *, ran: bool) -> None:
    """Store how a run ended, unless it took so long that another one was made in its place."""
    later = select(_STEP.id).where(_STEP.alert_id == alert_id, _STEP.number > number)
    connection.execute(
        update(t.on_call_step)
        .where(_STEP.alert_id == alert_id, _STEP.number == number, _STEP.ran.is_(None), ~later.exists())
        .values(ran=ran)
    )


def acknowledge(connection: Connection, alert_id: int, *, staff_id: int, at: datetime) -> None:
    """Store who has what an alert was raised for."""
    connection.execute(
        update(t.on_call_alert).where(_ALERT.id == alert_id).values(acknowledged_at=at, acknowledged_by_id=staff_id)
    )


def end(connection: Connection, alert_id: int, *, at: datetime, unanswered: bool) -> None:
    """Store that nobody is fetched for an alert any more."""
    connection.execute(update(t.on_call_alert).where(_ALERT.id == alert_id).values(ended_at=at, unanswered=unanswered))


def site_names(connection: Connection) -> dict[int, str]:
    """Return the names of all sites by their ids."""
    return {row.id: row.name for row in connection.execute(select(t.site.c.id, t.site.c.name))}


def urgent_after_hours(
    connection: Connection, start: datetime, end: datetime, site_id: int | None
) -> tuple[datetime, ...]:
    """Return when each emergent or urgent message of a period was left that was left while its site was closed."""
    query = select(_ITEM.started_at).where(t.urgent_after_hours, _ITEM.started_at >= start, _ITEM.started_at < end)
    if site_id is not None:
        query = query.where(_ITEM.site_id == site_id)
    return tuple(connection.execute(query).scalars())
