"""The schema gate, and that a migrated schema is the fresh one to the byte."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from callback_tui.errors import StoreError
from callback_tui.store import schema
from callback_tui.store.engine import Store, open_store
from callback_tui.store.migrations.run import run_migrations
from callback_tui.store.tables import metadata

KEY = b"k" * 32


def schema_of(connection: Connection) -> list[tuple[str, ...]]:
    """Return everything the database knows of its own shape."""
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name")
    return [tuple(row) for row in rows]


def in_new_store(folder: Path, make: Callable[[Connection], None]) -> list[tuple[str, ...]]:
    """Make a schema in a store of its own and return its shape."""
    opened = open_store(folder, data_key=KEY, audit_key=KEY, is_new=True)
    with opened.write() as connection:
        make(connection)
        shape = schema_of(connection)
    opened.close()
    return shape


def test_a_migrated_schema_equals_a_fresh_one_to_the_byte(tmp_path: Path) -> None:
    migrated = in_new_store(tmp_path / "migrated", lambda c: run_migrations(c, 0, schema.SCHEMA_VERSION))
    fresh = in_new_store(tmp_path / "fresh", metadata.create_all)
    assert migrated == fresh
    assert {name for kind, name, _, _ in fresh if kind == "table"} == set(metadata.tables)


def test_every_table_is_strict(store: Store) -> None:
    schema.create_or_upgrade(store)
    with store.read() as connection:
        lax = connection.exec_driver_sql(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'"
        )
        assert lax.scalars().all() == []


def test_a_second_opening_changes_nothing(store: Store) -> None:
    schema.create_or_upgrade(store)
    before = store.data_version()
    schema.create_or_upgrade(store)
    assert store.data_version() == before


def test_a_newer_desk_is_refused(store: Store) -> None:
    schema.create_or_upgrade(store)
    with store.write() as connection:
        connection.exec_driver_sql(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    with pytest.raises(StoreError, match="newer callback-tui"):
        schema.create_or_upgrade(store)


def test_a_foreign_database_is_refused_and_left_alone(store: Store) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("CREATE TABLE recipes (name TEXT) STRICT")
        before = schema_of(connection)
    with pytest.raises(StoreError, match="not made by callback-tui"):
        schema.create_or_upgrade(store)
    with store.read() as connection:
        assert schema_of(connection) == before


def test_a_schema_of_another_application_id_is_refused(store: Store) -> None:
    with store.write() as connection:
        connection.exec_driver_sql("PRAGMA application_id = 77")
    with pytest.raises(StoreError, match="not made by callback-tui"):
        schema.create_or_upgrade(store)


def test_opening_a_current_desk_loads_no_migration_code(desk_folder: Path) -> None:
    program = """
import sys
from pathlib import Path
from callback_tui.clock import SystemClock
from callback_tui.services.sign_in import sign_in, sign_off
sign_off(sign_in(Path(sys.argv[1]), "nurse", sys.argv[2], SystemClock()))
print("alembic" in sys.modules)
"""
    arguments = [sys.executable, "-c", program, str(desk_folder), "made-up words for tests"]
    finished = subprocess.run(arguments, capture_output=True, text=True, check=True, env=dict(os.environ))
    assert finished.stdout.strip() == "False"


def test_an_opened_store_that_holds_nothing_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_store(tmp_path, data_key=KEY, audit_key=KEY, is_new=True).close()
    opened = open_store(tmp_path, data_key=KEY, audit_key=KEY)
    with pytest.raises(StoreError, match="it is damaged"):
        schema.create_or_upgrade(opened)
    with opened.read() as connection:
        assert schema_of(connection) == []
    opened.close()
