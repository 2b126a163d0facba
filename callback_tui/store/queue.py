"""SQL of the queue: one item with its message and patient, its clock events and state, the feeds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, bindparam, case, func, or_, select, update

from callback_tui.models.vocabulary import AttemptState, ClockEventKind, ItemState, Outcome
from callback_tui.rules.measures import Measures
from callback_tui.rules.sla import clock_columns
from callback_tui.store import clocks
from callback_tui.store import tables as t
from callback_tui.store.one_person import cards_of
from callback_tui.views.clock import ClockEvent, ClockState

_NEWEST_ENTRIES = 200
IN_QUEUE = (ItemState.OPEN, ItemState.ASLEEP, ItemState.ESCALATED)

_NO_TRY = (Outcome.WRONG_NUMBER, Outcome.DISCONNECTED, Outcome.OPENED_IN_ERROR, Outcome.DUPLICATE)

_ATTEMPT = t.call_attempt.c
_ITEM = t.queue_item.c
_MESSAGE = t.message.c
_PATIENT = t.patient.c
_CARD = (
    "provisional",
    "record_number",
    "address",
    "zone",
    "language",
    "needs_interpreter",
    "uses_tty",
    "last_visit_on",
    "last_visit_with",
)


def feeds(connection: Connection) -> Sequence[Row[Any]]:
    """Return every source of messages with its newest message and last import."""
    return connection.execute(_feeds()).all()


_feeds = cache(lambda: select(t.feed).order_by(t.feed.c.source))


def item(connection: Connection, item_id: int) -> Row[Any] | None:
    """Return one item as `store.waiting` does, with the message's text and the patient's card beside it, or None."""
    return connection.execute(_one_item(), {"item_id": item_id}).one_or_none()


@cache
def _one_item() -> Select[Any]:
    # Put together once: that costs more than running it, and every step of a call reads the item.
    return (
        listed()
        .add_columns(
            _MESSAGE.imported_at,
            _MESSAGE.subject,
            _MESSAGE.body,
            _MESSAGE.machine_transcript,
            _MESSAGE.duration_seconds,
            _MESSAGE.hits_json,
            _MESSAGE.rule_set_hash,
            *(_PATIENT[name].label(f"patient_{name}") for name in _CARD),
        )
        .where(_ITEM.id == bindparam("item_id"))
    )


def waiting_of_patient(connection: Connection, patient_id: int, cards: Sequence[int] = ()) -> Sequence[Row[Any]]:
    """Return the items in the queue of a patient, on any card of theirs, as `store.waiting` does; oldest first."""
    return connection.execute(_waiting_of_cards(), {"cards": cards or cards_of(connection, patient_id)}).all()


_waiting_of_cards = cache(
    lambda: (
        listed()
        .where(_ITEM.patient_id.in_(bindparam("cards")), _ITEM.state.in_(IN_QUEUE))
        .order_by(_ITEM.started_at, _ITEM.id)
    )
)


def messages_since(connection: Connection, patient_id: int, since: datetime) -> int:
    """Return how many messages the patient left at or after `since`."""
    return int(connection.execute(_count_left_since(), {"patient": patient_id, "since": since}).scalar_one())


_count_left_since = cache(
    lambda: _left_since(bindparam("since"), func.count()).where(_MESSAGE.patient_id == bindparam("patient"))
)


def messages_today(
    connection: Connection, patient_ids: Iterable[int], days: Mapping[str, datetime]
) -> dict[str, dict[int, int]]:
    """Return by zone how many messages each of these patients left since the day began there.

    `days` says when that was.
    """
    asked = select(func.json_each(json.dumps(list(patient_ids))).table_valued("value").c.value)
    counts = [func.count(case((_MESSAGE.received_at >= since, 1))).label(zone) for zone, since in days.items()]
    left = _left_since(min(days.values()), _MESSAGE.patient_id, *counts).where(_MESSAGE.patient_id.in_(asked))
    rows = connection.execute(left.group_by(_MESSAGE.patient_id)).all()
    return {zone: {row[0]: row[place] for row in rows} for place, zone in enumerate(days, start=1)}


def earlier_calls(connection: Connection, patient_id: int, limit: int) -> Sequence[Row[Any]]:
    """Return the patient's logged calls, newest first, with the name of who rang."""
    return connection.execute(_earlier_calls(), {"patient": patient_id, "limit": limit}).all()


_earlier_calls = cache(
    lambda: (
        select(t.call_attempt, t.staff.c.name.label("staff_name"))
        .join(t.staff, t.staff.c.id == _ATTEMPT.staff_id)
        .where(_ATTEMPT.patient_id == bindparam("patient"), _ATTEMPT.state == AttemptState.LOGGED)
        .where(_ATTEMPT.lead_attempt_id.is_(None))
        .order_by(_ATTEMPT.started_at.desc())
        .limit(bindparam("limit"))
    )
)


def clock_events(connection: Connection, item_id: int) -> tuple[ClockEvent, ...]:
    """Return every clock fact of one item in the order it was stored."""
    return clocks.events_of_items(connection, [item_id]).get(item_id, ())


def add_clock_events(
    connection: Connection,
    item_id: int,
    events: Sequence[ClockEvent],
    *,
    staff_id: int,
    policy_version_id: int,
) -> None:
    """Append clock facts of one item."""
    clocks.add_events_of_items(
        connection, [(item_id, event) for event in events], staff_id=staff_id, policy_version_id=policy_version_id
    )


def dials(connection: Connection, item_id: int) -> tuple[datetime, ...]:
    """Return when the item was rung with an outcome that says something of a person, oldest first."""
    return tuple(connection.execute(_dials(), {"item_id": item_id}).scalars())


@cache
def _dials() -> Select[datetime]:
    lead = t.call_attempt.alias("lead")
    by_dial = select(lead.c.id).where(lead.c.id == _ATTEMPT.lead_attempt_id, lead.c.dialled_at.is_not(None))
    return (
        select(_ATTEMPT.started_at)
        .where(
            _ATTEMPT.item_id == bindparam("item_id"),
            _ATTEMPT.state == AttemptState.LOGGED,
            or_(_ATTEMPT.dialled_at.is_not(None), by_dial.exists()),
            _ATTEMPT.outcome.not_in(_NO_TRY),
        )
        .order_by(_ATTEMPT.started_at)
    )


def last_verb_id(connection: Connection, item_id: int) -> str | None:
    """Return the verb that wrote the newest clock fact of an item; a warning is nobody's work."""
    return connection.execute(
        select(t.clock_event.c.verb_id)
        .where(t.clock_event.c.item_id == item_id, t.clock_event.c.kind != ClockEventKind.WARNED)
        .order_by(t.clock_event.c.id.desc())
        .limit(1)
    ).scalar_one_or_none()


def write_state(
    connection: Connection,
    item_id: int,
    version: int,
    *,
    state: ItemState,
    clock: ClockState,
    attempts: int,
    merged_into_id: int | None = None,
    measures: Measures | None = None,
) -> bool:
    """Write what `rules.sla.derive` made of an item's events; False when the item changed since `version` was read.

    `measures` None leaves what the scorecard counts as it was.
    """
    done = connection.execute(
        _new_state(),
        {
            "item_id": item_id,
            "known_version": version,
            "state": state,
            **clock_columns(clock),
            "attempts": attempts,
            "merged_into_id": merged_into_id,
            "version": version + 1,
            **({} if measures is None else measures._asdict()),
        },
    )
    return done.rowcount == 1


_new_state = cache(
    lambda: update(t.queue_item).where(_ITEM.id == bindparam("item_id"), _ITEM.version == bindparam("known_version"))
)


def items(connection: Connection, item_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return some items as `store.waiting` does, whatever their state."""
    return connection.execute(_some_items(), {"ids": json.dumps(list(item_ids))}).all()


_some_items = cache(
    lambda: listed().where(_ITEM.id.in_(select(func.json_each(bindparam("ids")).table_valued("value").c.value)))
)


def viewed_since(connection: Connection, *, staff_id: int, patient_id: int, since: datetime) -> bool:
    """Whether the person's view of the patient was audited at or after `since`, among the newest entries."""
    entry = t.audit_entry.c
    last_seq = connection.execute(select(func.max(entry.seq))).scalar_one() or 0
    return (
        connection.execute(
            select(entry.seq)
            .where(
                entry.seq > last_seq - _NEWEST_ENTRIES,
                entry.staff_id == staff_id,
                entry.action == "patient_viewed",
                entry.entity_id == str(patient_id),
                entry.at >= since,
            )
            .limit(1)
        ).first()
        is not None
    )


def _left_since(since: datetime | BindParameter[Any], *columns: Any) -> Select[Any]:
    # Joined with the queue, since a message that is only staged has not arrived yet; one opened again is one message.
    in_queue = (_ITEM.message_id == _MESSAGE.id) & (_ITEM.cycle == 1)
    return select(*columns).join(t.queue_item, in_queue).where(_MESSAGE.received_at >= since)


def listed() -> Select[Any]:
    """Return the query for items with what a queue row shows of them, whatever their state."""
    return (
        select(
            t.queue_item,
            _MESSAGE.channel,
            _MESSAGE.phone_e164,
            _MESSAGE.phone_raw,
            _MESSAGE.received_at,
            _MESSAGE.flags,
            _MESSAGE.caller_name,
            _PATIENT.name.label("patient_name"),
            _PATIENT.folded_name,
            _PATIENT.date_of_birth,
            _PATIENT.prefers_channel,
            t.site.c.name.label("site_name"),
            t.staff.c.name.label("assigned_name"),
            t.staff.c.role.label("assigned_person_role"),
        )
        .join(t.message, _MESSAGE.id == _ITEM.message_id)
        .join(t.patient, _PATIENT.id == _ITEM.patient_id)
        .join(t.site, t.site.c.id == _ITEM.site_id)
        .outerjoin(t.staff, t.staff.c.id == _ITEM.assigned_to_id)
    )
