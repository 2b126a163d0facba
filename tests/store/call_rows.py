"""Rows that claims need: people, patients with messages, queue items."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from callback_tui.models.vocabulary import CallReason, Channel, ItemState, Priority, ReceivedHow, Role
from callback_tui.store import staff
from callback_tui.store.tables import message, patient, queue_item, site

EMPTY_TEXTS = (
    "content_hash",
    "received_text",
    "phone_raw",
    "phone_extension",
    "phone_note",
    "caller_name",
    "subject",
    "body",
    "flags",
    "rule_set_hash",
)


def add_people(connection: Connection, count: int, now: datetime) -> list[int]:
    """Insert nurses and return their ids."""
    return [
        staff.add(connection, username=f"nurse{number}", name=f"Nurse {number}", role=Role.NURSE, created_at=now)
        for number in range(1, count + 1)
    ]


def add_site(connection: Connection) -> int:
    """Insert one site and return its id."""
    values = {"name": "Somewhere", "zone": "America/New_York", "callback_number": "+12125550100", "active": True}
    return int(connection.execute(site.insert().values(values).returning(site.c.id)).scalar_one())


def add_patient(connection: Connection, now: datetime) -> int:
    """Insert one patient and return the id."""
    values = {
        "name": "",
        "folded_name": "",
        "provisional": True,
        "record_number": "",
        "address": "",
        "zone": "",
        "language": "en",
        "needs_interpreter": False,
        "uses_tty": False,
        "last_visit_with": "",
        "created_at": now,
    }
    return int(connection.execute(patient.insert().values(values).returning(patient.c.id)).scalar_one())


def add_item(connection: Connection, *, patient_id: int, site_id: int, now: datetime) -> int:
    """Insert one message with its queue item and return the item's id."""
    return add_items(connection, patient_ids=[patient_id], site_id=site_id, now=now)[0]


def add_items(connection: Connection, *, patient_ids: Sequence[int], site_id: int, now: datetime) -> list[int]:
    """Insert one message with its queue item per patient named, in order, and return the items' ids."""
    first = connection.execute(select(func.count(message.c.id))).scalar_one() + 1
    ids = range(first, first + len(patient_ids))
    common = {"site_id": site_id, "priority": Priority.ROUTINE, "reason": CallReason.GENERAL, "summary": ""}
    flags = {"emergent": False, "check": False}
    messages = common | flags | dict.fromkeys(EMPTY_TEXTS, "")
    messages |= {"source": "test", "row_number": 0, "channel": Channel.VOICEMAIL, "received_how": ReceivedHow.EXACT}
    messages |= {"received_at": now, "imported_at": now, "machine_transcript": False, "hits_json": "[]"}
    connection.execute(
        message.insert(),
        [
            messages | {"id": one, "patient_id": patient_id, "dedupe_key": str(one)}
            for one, patient_id in zip(ids, patient_ids, strict=True)
        ],
    )
    items = common | flags | {"state": ItemState.OPEN, "tier_rank": 2, "time_unknown": False}
    items |= {"started_at": now, "due_at": now, "next_due_at": now, "received_open": True, "attempts": 0, "version": 1}
    connection.execute(
        queue_item.insert(),
        [
            items | {"id": one, "message_id": one, "patient_id": patient_id}
            for one, patient_id in zip(ids, patient_ids, strict=True)
        ],
    )
    return list(ids)
