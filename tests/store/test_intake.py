"""Rows of the intake go past SQLAlchemy's own way of binding values, and come back the same."""

from datetime import UTC, date, datetime

from sqlalchemy import insert, select

from callback_tui.models.vocabulary import Channel
from callback_tui.store import intake, schema
from callback_tui.store import tables as t
from callback_tui.store.engine import Store

NOW = datetime(2026, 11, 23, 15, 42, 7, tzinfo=UTC)
FULL = {
    "id": 1,
    "name": "Ana Ruiz",
    "folded_name": "ana ruiz",
    "provisional": True,
    "date_of_birth": date(1950, 2, 3),
    "record_number": "",
    "address": "",
    "zone": "",
    "language": "es",
    "needs_interpreter": False,
    "uses_tty": False,
    "prefers_channel": Channel.TEXT,
    "last_visit_on": None,
    "last_visit_with": "",
    "automated_calls_consented_at": NOW,
    "merged_into_id": None,
    "created_at": NOW,
}
BARE = {**FULL, "id": 2, "date_of_birth": None, "prefers_channel": None, "automated_calls_consented_at": None}


def test_rows_are_stored_as_the_tables_own_types_would(store: Store) -> None:
    schema.create_or_upgrade(store)
    with store.write() as connection:
        intake.add(connection, t.patient, [FULL, BARE])
        connection.execute(insert(t.patient), [{**FULL, "id": 3}, {**BARE, "id": 4}])
        read = [dict(row._mapping) for row in connection.execute(select(t.patient).order_by(t.patient.c.id))]
        stored = [tuple(row)[1:] for row in connection.exec_driver_sql("SELECT * FROM patient ORDER BY id")]
    assert read[:2] == [FULL, BARE]
    assert stored[:2] == stored[2:]
    assert stored[0] != stored[1]


def test_known_messages_are_found_however_many_are_asked_for(store: Store) -> None:
    schema.create_or_upgrade(store)
    with store.read() as connection:
        assert intake.known_messages(connection, "generic", [f'id:"{number}' for number in range(40_000)]) == {}
