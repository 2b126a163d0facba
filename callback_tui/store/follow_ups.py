"""SQL of the list of what is still to be done after calls, and of ending and reopening its lines."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, FromClause, Row, Select, func, or_, select, update

from callback_tui.models.vocabulary import AttemptState, FollowUpKind, FollowUpState, ItemState, PromiseState
from callback_tui.store import tables as t
from callback_tui.store.queue import IN_QUEUE

_FOLLOW_UP = t.follow_up.c
_PROMISE = t.promise.c
_HAND_OFF = t.hand_off.c
_ATTEMPT = t.call_attempt.c
_ITEM = t.queue_item.c
_SURVIVOR = t.queue_item.alias()
_CALL: tuple[Any, ...] = (
    _ATTEMPT.id,
    _ATTEMPT.item_id,
    _ATTEMPT.staff_id,
    _ATTEMPT.outcome,
    _ATTEMPT.outcome_at,
    t.staff.c.name.label("staff_name"),
)
_SLEEPER: tuple[Any, ...] = (_ITEM.id, _ITEM.asleep_until, _ITEM.summary, _ITEM.attempts)
_PATIENT_NAMES: tuple[Any, ...] = (
    t.patient.c.name.label("patient_name"),
    t.message.c.caller_name,
    t.message.c.phone_e164,
    t.message.c.phone_raw,
)


def open_follow_ups(connection: Connection, kinds: Sequence[FollowUpKind], limit: int) -> Sequence[Row[Any]]:
    """Return follow-ups not yet done of these kinds, first due first, with whose they are."""
    owner = t.staff.alias()
    source = _with_patient(t.follow_up, _FOLLOW_UP.patient_id, _FOLLOW_UP.item_id)
    return connection.execute(
        select(t.follow_up, owner.c.name.label("owner_name"), *_PATIENT_NAMES)
        .select_from(source.outerjoin(owner, owner.c.id == _FOLLOW_UP.owner_id))
        .where(_FOLLOW_UP.state == FollowUpState.OPEN, _FOLLOW_UP.kind.in_(kinds))
        .order_by(_FOLLOW_UP.due_at, _FOLLOW_UP.id)
        .limit(limit)
    ).all()


def count_follow_ups(connection: Connection, kinds: Sequence[FollowUpKind]) -> int:
    """Return how many follow-ups of these kinds are not yet done."""
    open_ones = select(func.count()).where(_FOLLOW_UP.state == FollowUpState.OPEN, _FOLLOW_UP.kind.in_(kinds))
    return int(connection.execute(open_ones).scalar_one())


def open_promises(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """Return promises neither kept nor broken, first due first, with who gave them and the item to ring about.

    That is the item itself, or the one it was joined to; a promise whose item waits no longer is nobody's task.
    """
    return connection.execute(
        select(
            t.promise,
            func.coalesce(_ITEM.merged_into_id, _ITEM.id).label("ring_item_id"),
            t.staff.c.name.label("staff_name"),
            *_PATIENT_NAMES,
        )
        .select_from(_promises().join(t.staff, t.staff.c.id == _PROMISE.promised_by_id))
        .where(*_unkept())
        .order_by(_PROMISE.due_at, _PROMISE.id)
        .limit(limit)
    ).all()


def count_promises(connection: Connection) -> int:
    """Return how many promises `open_promises` finds."""
    counted = select(func.count(_PROMISE.id)).select_from(_promises()).where(*_unkept())
    return int(connection.execute(counted).scalar_one())


def waiting_hand_offs(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """Return escalations that no clinician took, first due first, with who made them."""
    waiting = _hand_offs().where(*_waiting()).order_by(_HAND_OFF.due_at, _HAND_OFF.id)
    return connection.execute(waiting.limit(limit)).all()


def count_hand_offs(connection: Connection) -> int:
    """Return how many escalations no clinician took."""
    return int(connection.execute(select(func.count(_HAND_OFF.id)).where(*_waiting())).scalar_one())


def hand_off(connection: Connection, hand_off_id: int) -> Row[Any] | None:
    """Return one escalation with its patient and who made it, or None."""
    return connection.execute(_hand_offs().where(_HAND_OFF.id == hand_off_id)).one_or_none()


def not_in_chart(connection: Connection, limit: int) -> Sequence[Row[Any]]:
    """Return calls still to be written in the chart, oldest first, with who rang."""
    source = _with_patient(t.call_attempt, _ATTEMPT.patient_id, _ATTEMPT.item_id)
    return connection.execute(
        select(*_CALL, *_PATIENT_NAMES)
        .select_from(source.join(t.staff, t.staff.c.id == _ATTEMPT.staff_id))
        .where(t.not_in_chart)
        .order_by(_ATTEMPT.outcome_at, _ATTEMPT.id)
        .limit(limit)
    ).all()


def count_not_in_chart(connection: Connection, at_most: int) -> int:
    """Return how many calls are still to be written in the chart, counted no further than `at_most`."""
    some = select(_ATTEMPT.id).where(t.not_in_chart).limit(at_most).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one())


def asleep(connection: Connection, now: datetime, limit: int) -> Sequence[Row[Any]]:
    """Return items that sleep and are not promised or reminded of, next to wake first."""
    return connection.execute(
        select(*_SLEEPER, *_PATIENT_NAMES)
        .select_from(
            t.queue_item.join(t.message, t.message.c.id == _ITEM.message_id).join(
                t.patient, t.patient.c.id == _ITEM.patient_id
            )
        )
        .where(*_sleeping(now))
        .order_by(_ITEM.asleep_until, _ITEM.id)
        .limit(limit)
    ).all()


def count_asleep(connection: Connection, now: datetime) -> int:
    """Return how many items `asleep` finds."""
    return int(connection.execute(select(func.count(_ITEM.id)).where(*_sleeping(now))).scalar_one())


def sites_of(connection: Connection, item_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of the sites that items belong to."""
    named = select(_ITEM.id, t.site.c.name).join(t.site, t.site.c.id == _ITEM.site_id).where(_ITEM.id.in_(item_ids))
    return {row.id: row.name for row in connection.execute(named)}


def follow_up(connection: Connection, follow_up_id: int) -> Row[Any] | None:
    """Return one follow-up, or None."""
    return connection.execute(select(t.follow_up).where(_FOLLOW_UP.id == follow_up_id)).one_or_none()


def open_of_item(connection: Connection, item_id: int) -> int:
    """Return how many follow-ups of an item are not yet done."""
    open_ones = select(func.count()).where(_FOLLOW_UP.item_id == item_id, _FOLLOW_UP.state == FollowUpState.OPEN)
    return int(connection.execute(open_ones).scalar_one())


def of_call(connection: Connection, attempt_id: int, item_id: int) -> Sequence[Row[Any]]:
    """Return what one call raised and was not withdrawn, first due first."""
    return connection.execute(
        select(t.follow_up)
        .where(
            _FOLLOW_UP.item_id == item_id,
            _FOLLOW_UP.attempt_id == attempt_id,
            _FOLLOW_UP.state != FollowUpState.WITHDRAWN,
        )
        .order_by(_FOLLOW_UP.due_at, _FOLLOW_UP.id)
    ).all()


def change_follow_up(connection: Connection, follow_up_id: int, values: Mapping[str, Any]) -> None:
    """Write columns of one follow-up."""
    connection.execute(update(t.follow_up).where(_FOLLOW_UP.id == follow_up_id).values(**values))


def withdraw_raised(connection: Connection, verb_id: str, *, at: datetime, staff_id: int) -> None:
    """Withdraw the follow-ups that one verb raised and that are not done."""
    connection.execute(
        update(t.follow_up)
        .where(_FOLLOW_UP.raised_verb_id == verb_id, _FOLLOW_UP.state == FollowUpState.OPEN)
        .values(state=FollowUpState.WITHDRAWN, ended_at=at, ended_by_id=staff_id)
    )


def change_hand_off(connection: Connection, hand_off_id: int, values: Mapping[str, Any]) -> None:
    """Write columns of one escalation."""
    connection.execute(update(t.hand_off).where(_HAND_OFF.id == hand_off_id).values(**values))


def notes_of(connection: Connection, attempt_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return the notes of some calls with who wrote them, oldest first."""
    note = t.call_note.c
    return connection.execute(
        select(t.call_note, t.staff.c.name.label("staff_name"))
        .join(t.staff, t.staff.c.id == note.written_by_id)
        .where(note.attempt_id.in_(attempt_ids))
        .order_by(note.id)
    ).all()


def calls_of_item(connection: Connection, item_id: int) -> Sequence[Row[Any]]:
    """Return the logged calls of an item with who rang, oldest first."""
    return connection.execute(
        select(t.call_attempt, t.staff.c.name.label("staff_name"))
        .join(t.staff, t.staff.c.id == _ATTEMPT.staff_id)
        .where(_ATTEMPT.item_id == item_id, _ATTEMPT.state == AttemptState.LOGGED)
        .order_by(_ATTEMPT.started_at, _ATTEMPT.id)
    ).all()


def _hand_offs() -> Select[Any]:
    source = t.hand_off.join(t.queue_item, _ITEM.id == _HAND_OFF.item_id)
    source = source.join(t.message, t.message.c.id == _ITEM.message_id)
    source = source.join(t.patient, t.patient.c.id == _ITEM.patient_id)
    source = source.join(t.staff, t.staff.c.id == _HAND_OFF.made_by_id)
    columns: tuple[Any, ...] = (
        t.hand_off,
        _ITEM.summary,
        _ITEM.patient_id,
        t.staff.c.name.label("staff_name"),
        *_PATIENT_NAMES,
    )
    return select(*columns).select_from(source)


def _promises() -> Any:
    source = _with_patient(t.promise, _PROMISE.patient_id, _PROMISE.item_id)
    return source.outerjoin(_SURVIVOR, _SURVIVOR.c.id == _ITEM.merged_into_id)


def _unkept() -> tuple[Any, ...]:
    waits = or_(_ITEM.state.in_(IN_QUEUE), _SURVIVOR.c.state.in_(IN_QUEUE))
    return _PROMISE.state == PromiseState.OPEN, waits


def _waiting() -> tuple[Any, ...]:
    return _HAND_OFF.taken_at.is_(None), _HAND_OFF.withdrawn_at.is_(None)


def _sleeping(now: datetime) -> tuple[Any, ...]:
    promised = select(_PROMISE.id).where(_PROMISE.item_id == _ITEM.id, _PROMISE.state == PromiseState.OPEN)
    reminded = select(_FOLLOW_UP.id).where(
        _FOLLOW_UP.item_id == _ITEM.id,
        _FOLLOW_UP.state == FollowUpState.OPEN,
        _FOLLOW_UP.kind == FollowUpKind.REMINDER_CALL,
    )
    listed_elsewhere = or_(promised.exists(), reminded.exists())
    return t.in_queue, _ITEM.state == ItemState.ASLEEP, _ITEM.asleep_until > now, ~listed_elsewhere


def _with_patient(record: FromClause, patient_id: Any, item_id: Any) -> Any:
    source = record.join(t.patient, t.patient.c.id == patient_id).outerjoin(t.queue_item, _ITEM.id == item_id)
    return source.outerjoin(t.message, t.message.c.id == _ITEM.message_id)
