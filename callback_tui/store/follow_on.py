"""SQL of what follows from a call: incidents, follow-ups, promises, hand-offs, wishes, marks on numbers, and undo."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, or_, select, update

from callback_tui.models.vocabulary import (
    FollowUpKind,
    FollowUpState,
    NumberQuality,
    OptOutScope,
    PromiseState,
)
from callback_tui.store import tables as t
from callback_tui.views.call import NewFollowUp

_PROMISE = t.promise.c
_open_incident = cache(
    lambda: select(t.incident).where(
        t.incident.c.attempt_id == bindparam("attempt_id"), t.incident.c.withdrawn_at.is_(None)
    )
)
_open_follow_ups_due = cache(
    lambda: select(t.follow_up.c.due_at).where(t.follow_up.c.state == FollowUpState.OPEN).order_by(t.follow_up.c.due_at)
)
_promised_by = cache(
    lambda: select(_PROMISE.item_id, _PROMISE.promised_by_id).where(_PROMISE.state == PromiseState.OPEN)
)
_hand_offs_due = cache(
    lambda: select(t.hand_off.c.due_at).where(t.hand_off.c.item_id == bindparam("item_id"), *_untaken())
)


def open_incident(connection: Connection, attempt_id: int) -> Row[Any] | None:
    """Return the emergency opened during a call and not withdrawn, or None."""
    return connection.execute(_open_incident(), {"attempt_id": attempt_id}).first()


def add_incident(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store an emergency."""
    connection.execute(insert(t.incident).values(**values))


def change_incident(connection: Connection, incident_id: int, values: Mapping[str, Any]) -> None:
    """Write columns of an emergency."""
    connection.execute(update(t.incident).where(t.incident.c.id == incident_id).values(**values))


def add_follow_ups(
    connection: Connection, follow_ups: Sequence[NewFollowUp], values: Mapping[str, Any], *, at: datetime
) -> None:
    """Store the follow-ups of one outcome; `values` are the columns they share."""
    for follow_up in follow_ups:
        connection.execute(
            insert(t.follow_up).values(
                kind=follow_up.kind,
                text=follow_up.text,
                due_at=follow_up.due_at,
                owner_role=follow_up.owner_role,
                state=FollowUpState.OPEN,
                raised_at=at,
                **values,
            )
        )


def open_follow_ups_due(connection: Connection) -> Sequence[datetime]:
    """Return when each follow-up not yet done is due, first due first."""
    return connection.execute(_open_follow_ups_due()).scalars().all()


def has_open(connection: Connection, item_id: int, kind: FollowUpKind) -> bool:
    """Say whether the item has a follow-up of this kind that is not yet done."""
    follow_up = t.follow_up.c
    asked = (follow_up.item_id == item_id, follow_up.kind == kind, follow_up.state == FollowUpState.OPEN)
    return connection.execute(select(follow_up.id).where(*asked)).first() is not None


def end_reminders(connection: Connection, item_id: int, *, at: datetime, staff_id: int) -> None:
    """Mark the item's reminder calls as done: its patient was reached."""
    connection.execute(
        update(t.follow_up)
        .where(*_reminders(item_id), t.follow_up.c.state == FollowUpState.OPEN)
        .values(state=FollowUpState.DONE, ended_at=at, ended_by_id=staff_id)
    )


def _reminders(item_id: int) -> tuple[Any, ...]:
    return t.follow_up.c.item_id == item_id, t.follow_up.c.kind == FollowUpKind.REMINDER_CALL


def add_promise(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store a promise to ring at a time."""
    connection.execute(insert(t.promise).values(state=PromiseState.OPEN, **values))


def promised_by(connection: Connection) -> dict[int, int]:
    """Return by item who gave their word to ring, of every promise that is still open."""
    rows = connection.execute(_promised_by())
    return {row.item_id: row.promised_by_id for row in rows}


def judge_promises(connection: Connection, attempt: Row[Any], *, grace: timedelta, at: datetime, verb_id: str) -> None:
    """End the older promises of a call's item and of what joined it: kept when dialled by then and `grace`."""
    promise = t.promise.c
    older = (
        promise.item_id.in_(_with_joined(attempt)),
        promise.state == PromiseState.OPEN,
        promise.made_verb_id != verb_id,
    )
    for state, in_time in (
        (PromiseState.KEPT, promise.due_at >= attempt.started_at - grace),
        (PromiseState.BROKEN, promise.due_at < attempt.started_at - grace),
    ):
        connection.execute(update(t.promise).where(*older, in_time).values(state=state, ended_at=at))


def add_hand_off(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store an escalation with its context."""
    connection.execute(insert(t.hand_off).values(**values))


def take_hand_offs(connection: Connection, item_id: int, *, at: datetime, staff_id: int) -> None:
    """Mark the item's waiting escalations as taken."""
    connection.execute(
        update(t.hand_off).where(t.hand_off.c.item_id == item_id, *_untaken()).values(taken_at=at, taken_by_id=staff_id)
    )


def move_hand_offs(connection: Connection, item_id: int, *, to_item_id: int) -> None:
    """Let the item that another one joins wait for the clinician in its place."""
    connection.execute(
        update(t.hand_off).where(t.hand_off.c.item_id == item_id, *_untaken()).values(item_id=to_item_id)
    )


def hasten_hand_offs(connection: Connection, item_id: int, *, due_at: datetime) -> None:
    """Let the item's waiting escalations be due at `due_at`."""
    connection.execute(update(t.hand_off).where(t.hand_off.c.item_id == item_id, *_untaken()).values(due_at=due_at))


def withdraw_promises(connection: Connection, item_id: int, *, at: datetime) -> None:
    """Withdraw the open promises of an item: another time was agreed."""
    promise = t.promise.c
    connection.execute(
        update(t.promise)
        .where(promise.item_id == item_id, promise.state == PromiseState.OPEN)
        .values(state=PromiseState.WITHDRAWN, ended_at=at)
    )


def hand_off_due(connection: Connection, item_id: int) -> datetime | None:
    """Return by when a clinician must take the item, or None when no escalation of it waits."""
    return min(connection.execute(_hand_offs_due(), {"item_id": item_id}).scalars(), default=None)


def add_opt_out(connection: Connection, patient_id: int, attempt_id: int, *, at: datetime, staff_id: int) -> None:
    """Append the fact that the patient asked on this call not to be called."""
    connection.execute(
        insert(t.opt_out_fact).values(
            patient_id=patient_id,
            scope=OptOutScope.ALL,
            how="said on the call",
            recorded_at=at,
            recorded_by_id=staff_id,
            attempt_id=attempt_id,
        )
    )


def mark_dead(connection: Connection, number: str, at: datetime) -> None:
    """Stop a number for the whole desk, keeping what it was before."""
    point = t.contact_point.c
    connection.execute(
        update(t.contact_point)
        .where(point.value == number, point.quality != NumberQuality.DEAD)
        .values(quality_before=point.quality, quality=NumberQuality.DEAD, quality_set_at=at)
    )


def mark_good(connection: Connection, contact_point_id: int, at: datetime) -> None:
    """Keep that the patient was reached at a number, be it one that was logged as dead by mistake."""
    point = t.contact_point.c
    connection.execute(
        update(t.contact_point)
        .where(point.id == contact_point_id, point.quality != NumberQuality.GOOD)
        .values(quality_before=point.quality, quality=NumberQuality.GOOD, quality_set_at=at)
    )


def take_back_outcome(
    connection: Connection, attempt_row: Row[Any], verb_id: str, *, logged_at: datetime, at: datetime, staff_id: int
) -> None:
    """Withdraw what one outcome raised; facts stay, each with the fact that ends it."""
    follow_up, promise = t.follow_up.c, t.promise.c
    connection.execute(
        update(t.follow_up)
        .where(follow_up.raised_verb_id == verb_id, follow_up.state == FollowUpState.OPEN)
        .values(state=FollowUpState.WITHDRAWN, ended_at=at, ended_by_id=staff_id)
    )
    connection.execute(
        update(t.follow_up)
        .where(*_reminders(attempt_row.item_id), follow_up.ended_at == logged_at, follow_up.state == FollowUpState.DONE)
        .values(state=FollowUpState.OPEN, ended_at=None, ended_by_id=None)
    )
    connection.execute(
        update(t.promise).where(promise.made_verb_id == verb_id).values(state=PromiseState.WITHDRAWN, ended_at=at)
    )
    connection.execute(
        update(t.promise)
        .where(
            promise.item_id.in_(_with_joined(attempt_row)),
            promise.ended_at == logged_at,
            promise.made_verb_id != verb_id,
        )
        .values(state=PromiseState.OPEN, ended_at=None)
    )
    connection.execute(
        update(t.hand_off)
        .where(t.hand_off.c.attempt_id == attempt_row.id, t.hand_off.c.made_at == logged_at)
        .values(withdrawn_at=at)
    )
    connection.execute(
        update(t.contact_point)
        .where(
            t.contact_point.c.value == attempt_row.number_dialled,
            t.contact_point.c.quality_set_at == logged_at,
            t.contact_point.c.quality_before.is_not(None),
        )
        .values(quality=t.contact_point.c.quality_before, quality_before=None, quality_set_at=at)
    )
    connection.execute(
        update(t.hand_off)
        .where(t.hand_off.c.item_id == attempt_row.item_id, t.hand_off.c.taken_at == logged_at)
        .values(taken_at=None, taken_by_id=None)
    )
    calls_of_item = select(t.call_attempt.c.id).where(t.call_attempt.c.item_id.in_(_with_joined(attempt_row)))
    connection.execute(
        update(t.hand_off)
        .where(t.hand_off.c.attempt_id.in_(calls_of_item), *_untaken())
        .values(item_id=attempt_row.item_id)
    )
    connection.execute(
        update(t.incident)
        .where(t.incident.c.attempt_id == attempt_row.id, t.incident.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
    fact = t.opt_out_fact.c
    for opt_out in connection.execute(
        select(t.opt_out_fact).where(fact.attempt_id == attempt_row.id, fact.recorded_at == logged_at)
    ).all():
        connection.execute(
            insert(t.opt_out_fact).values(
                patient_id=opt_out.patient_id,
                scope=opt_out.scope,
                number=opt_out.number,
                channel=opt_out.channel,
                revokes_id=opt_out.id,
                how="logged by mistake, taken back within the minute",
                recorded_at=at,
                recorded_by_id=staff_id,
                attempt_id=attempt_row.id,
            )
        )


def _untaken() -> tuple[Any, ...]:
    return t.hand_off.c.taken_at.is_(None), t.hand_off.c.withdrawn_at.is_(None)


def _with_joined(attempt: Row[Any]) -> Select[tuple[int]]:
    item = t.queue_item.c
    same = or_(item.id == attempt.item_id, item.merged_into_id == attempt.item_id)
    # By way of the patient, since no index leads to what joined an item.
    return select(item.id).where(item.patient_id == attempt.patient_id, same)
