"""SQL of "they are calling me back": messages that wait or were closed lately, by digits of a number or a name."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select, union_all

from callback_tui.models.vocabulary import AttemptState, FollowUpState, ItemState
from callback_tui.rules.calling_back import Said
from callback_tui.rules.contact_kinds import PHONES
from callback_tui.rules.match_name import folded
from callback_tui.store import tables as t
from callback_tui.store.queue import listed

_ITEM = t.queue_item.c
_PATIENT = t.patient.c
_MESSAGE = t.message.c
_POINT = t.contact_point.c
# A week of a practice with four hundred messages a day.
_MOST_CLOSED = 3_000
_BETWEEN_DIGITS = " ()-./+"


def messages_of(connection: Connection, said: Said, *, closed_since: datetime, limit: int) -> Sequence[Row[Any]]:
    """Return the messages that fit, the most pressing first, as `store.waiting` does; at most `limit`.

    Those that wait, those with an open follow-up and the newest of those closed since then are looked through, which
    are few whatever the past: a scan of them needs no index of its own.
    """
    _teach_folding(connection)
    newer = t.queue_item.alias("newer").c
    later = select(newer.id).where(newer.message_id == _ITEM.message_id, newer.cycle > _ITEM.cycle)
    closed = (
        select(_ITEM.id)
        .where(_ITEM.completed_at >= closed_since, _ITEM.state == ItemState.CLOSED, ~later.exists())
        .order_by(_ITEM.completed_at.desc())
        .limit(_MOST_CLOSED)
        .subquery()
    )
    open_or_late = union_all(
        # Said of the first column of the queue's own index, without which SQLite walks through the past.
        select(_ITEM.id).where(t.in_queue, _ITEM.tier_rank >= 0),
        select(closed.c.id),
        select(_ITEM.id)
        .join(t.follow_up, t.follow_up.c.item_id == _ITEM.id)
        .where(t.follow_up.c.state == FollowUpState.OPEN, _ITEM.state == ItemState.FOLLOWING_UP),
    )
    fits: list[ColumnElement[bool]] = []
    if said.digits:
        fits.append(or_(*(_has_number(digits) for digits in said.digits)))
    if said.words:
        named = and_(*(func.instr(_PATIENT.folded_name, word) > 0 for word in said.words))
        by_caller = and_(*(func.instr(func.folded_name_of(_MESSAGE.caller_name), word) > 0 for word in said.words))
        fits.append(or_(named, by_caller))
    return connection.execute(
        listed()
        .where(_ITEM.id.in_(open_or_late), *fits)
        .order_by(_ITEM.tier_rank, _ITEM.next_due_at, _ITEM.id)
        .limit(limit)
    ).all()


def calls_of_items(connection: Connection, item_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return the logged calls about these messages, oldest first, with the name of who rang."""
    attempt = t.call_attempt.c
    return connection.execute(
        select(t.call_attempt, t.staff.c.name.label("staff_name"))
        .join(t.staff, t.staff.c.id == attempt.staff_id)
        .where(attempt.item_id.in_(item_ids), attempt.state == AttemptState.LOGGED)
        .order_by(attempt.started_at, attempt.id)
    ).all()


def numbers_of(connection: Connection, patient_ids: Sequence[int]) -> Mapping[int, Sequence[Row[Any, Any, Any, Any]]]:
    """Return the phone numbers of each patient in the order to try them, each with how many patients have it."""
    others = t.contact_point.alias("others")
    holders = select(func.count()).where(others.c.value == _POINT.value).scalar_subquery()
    found: dict[int, list[Row[Any, Any, Any, Any]]] = {}
    for row in connection.execute(
        select(_POINT.patient_id, _POINT.value, _POINT.kind, holders.label("holders"))
        .where(_POINT.patient_id.in_(patient_ids), _POINT.kind.in_(PHONES))
        .order_by(_POINT.rank, _POINT.id)
    ):
        found.setdefault(row.patient_id, []).append(row)
    return found


def _has_number(digits: str) -> ColumnElement[bool]:
    raw: Any = _MESSAGE.phone_raw
    for sign in _BETWEEN_DIGITS:
        raw = func.replace(raw, sign, "")
    on_card = select(_POINT.id).where(
        _POINT.patient_id == _ITEM.patient_id, _POINT.kind.in_(PHONES), func.instr(_POINT.value, digits) > 0
    )
    return or_(func.instr(func.coalesce(_MESSAGE.phone_e164, raw), digits) > 0, on_card.exists())


def _teach_folding(connection: Connection) -> None:
    # The name of a caller is kept as it was said; a patient's is folded when it is written.
    driver: Any = connection.connection.driver_connection
    driver.create_function("folded_name_of", 1, folded, deterministic=True)
