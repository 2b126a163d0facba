"""The engine: transactions, refusals, seeing others' changes, nothing in the clear."""

import contextlib
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from callback_tui.errors import StoreError
from callback_tui.store import engine, schema
from callback_tui.store.engine import Store, open_store
from callback_tui.store.gate import is_safe_sqlite
from callback_tui.store.tables import feed

KEY = b"k" * 32


def make_table(store: Store) -> None:
    """Make the one small table that these tests write to."""
    with store.write() as connection:
        connection.exec_driver_sql("CREATE TABLE line (text TEXT) STRICT")


def add(connection: Connection, text: str) -> None:
    """Write one line."""
    connection.exec_driver_sql("INSERT INTO line VALUES (?)", (text,))


def lines(store: Store) -> list[str]:
    """Return the lines that a new reader sees."""
    with store.read() as connection:
        return list(connection.exec_driver_sql("SELECT text FROM line ORDER BY rowid").scalars())


def test_an_exception_undoes_the_whole_transaction(store: Store) -> None:
    make_table(store)

    def half_done() -> None:
        with store.write() as connection:
            add(connection, "first")
            raise RuntimeError("half done")

    with pytest.raises(RuntimeError, match="half done"):
        half_done()
    assert lines(store) == []


def test_a_reader_sees_one_moment_and_keeps_no_writer_out(store: Store) -> None:
    make_table(store)
    with store.read() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM line").scalar_one() == 0
        with store.write() as writer:
            add(writer, "meanwhile")
        assert reader.exec_driver_sql("SELECT count(*) FROM line").scalar_one() == 0
    assert lines(store) == ["meanwhile"]


def test_a_second_writer_waits_its_turn(store: Store) -> None:
    make_table(store)
    first_has_the_lock = threading.Event()

    def write_second() -> None:
        first_has_the_lock.wait()
        with store.write() as connection:
            add(connection, "second")

    thread = threading.Thread(target=write_second)
    thread.start()
    with store.write() as connection:
        first_has_the_lock.set()
        thread.join(timeout=0.05)
        add(connection, "first")
    thread.join()
    assert lines(store) == ["first", "second"]


def test_a_desk_that_stays_busy_is_refused_in_a_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    make_table(store)
    monkeypatch.setattr(engine, "BUSY_BUDGET_SECONDS", 0.01)
    refusals: list[StoreError] = []

    def write_second() -> None:
        try:
            with store.write():
                pass
        except StoreError as refusal:
            refusals.append(refusal)

    with store.write():
        thread = threading.Thread(target=write_second)
        thread.start()
        thread.join()
    assert [refusal.code for refusal in refusals] == ["busy"]
    assert "Try again" in str(refusals[0])


def test_commits_are_noticed_and_rollbacks_are_not(store: Store) -> None:
    make_table(store)
    before = store.data_version()
    assert store.data_version() == before
    with store.write() as connection:
        add(connection, "noticed")
    after = store.data_version()
    assert after != before
    with contextlib.suppress(RuntimeError), store.write() as connection:
        add(connection, "undone")
        raise RuntimeError
    assert store.data_version() == after


def test_another_file_cannot_be_attached(store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with pytest.raises(DBAPIError, match="not authorized"), store.write() as connection:
        connection.exec_driver_sql(f"ATTACH '{copy}' AS copy KEY ''")
    assert not copy.exists()


def test_the_connections_are_set_up_for_safety(store: Store) -> None:
    with store.read() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "cell_size_check",
                "busy_timeout",
            )
        }
    assert settings == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "busy_timeout": 0,
    }


def test_the_wrong_key_and_a_damaged_file_are_refused(tmp_path: Path) -> None:
    store = open_store(tmp_path, data_key=KEY, audit_key=KEY, is_new=True)
    schema.create_or_upgrade(store)
    store.close()
    with pytest.raises(StoreError, match="damaged, or was made with other keys"):
        open_store(tmp_path, data_key=b"x" * 32, audit_key=KEY)
    path = tmp_path / engine.DATABASE_NAME
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreError, match="restore the latest backup"):
        open_store(tmp_path, data_key=KEY, audit_key=KEY)


def test_a_missing_desk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no desk in"):
        open_store(tmp_path / "nowhere", data_key=KEY, audit_key=KEY)
    assert not (tmp_path / "nowhere").exists()
    with pytest.raises(StoreError, match="There is no desk in"):
        open_store(tmp_path, data_key=KEY, audit_key=KEY)


def test_errors_hold_no_values(store: Store) -> None:
    schema.create_or_upgrade(store)
    with pytest.raises(DBAPIError) as refused, store.write() as connection:
        connection.execute(feed.insert().values(source="Ms. Example, (212) 555-0147"))
    assert "555" not in str(refused.value)
    with store.read() as connection:
        assert connection.execute(select(feed)).all() == []


def test_a_full_disk_is_refused_in_a_sentence_and_what_was_saved_stays(store: Store) -> None:
    make_table(store)
    with store.write() as connection:
        add(connection, "saved")

    def fill() -> None:
        with store.write() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
            add(connection, "x" * 100_000)

    with pytest.raises(StoreError, match="nothing was saved"):
        fill()
    assert lines(store) == ["saved"]


def test_a_plain_file_is_opened_only_by_a_safe_engine(tmp_path: Path) -> None:
    if is_safe_sqlite(sqlite3.sqlite_version_info):
        plain = open_store(tmp_path, data_key=None, audit_key=KEY, is_new=True)
        make_table(plain)
        assert lines(plain) == []
        plain.close()
    else:
        with pytest.raises(StoreError, match="can damage a file"):
            open_store(tmp_path, data_key=None, audit_key=KEY, is_new=True)
        assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / engine.DATABASE_NAME).mkdir()
    with pytest.raises(StoreError, match="it is damaged"):
        open_store(tmp_path, data_key=KEY, audit_key=KEY)
