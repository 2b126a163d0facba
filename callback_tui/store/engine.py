"""The desk's database: opening it, one writing transaction at a time, reading beside it, seeing others' changes."""

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, QueuePool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.util import LRUCache

from callback_tui.errors import StoreError
from callback_tui.store import gate
from callback_tui.store.keys import DeskKeys

DATABASE_NAME = "desk.db"
BUSY_BUDGET_SECONDS = 5.0
CACHE_KIB = 65_536
_FIRST_WAIT_SECONDS = 0.0005
_LONGEST_WAIT_SECONDS = 0.004
_JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024
_BUSY_CODES = {5, 6}
_FULL_CODE = 13
_IO_CODE = 10
_READ_ONLY_CODE = 8
_DAMAGED_CODES = {11, 26}
_PRIMARY_CODE_MASK = 0xFF
_COMPILED: LRUCache[Any, Any] = LRUCache(1000)


class Store:
    """One open desk database. Verbs come in through `write` and `read`; nothing else holds a connection."""

    def __init__(self, folder: Path, keys: DeskKeys, engine: Engine, watcher: Any, *, is_new: bool = False) -> None:
        """Keep the parts that `open_store` made; `watcher` is a driver connection that only looks for changes."""
        self.folder = folder
        self.is_new = is_new
        self.keys = keys
        self.audit_key = keys.audit_key
        self._engine = engine
        self._watcher = watcher
        self._watcher_lock = threading.Lock()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Run one transaction that takes the write lock first and commits at the end; an exception rolls it back.

        Returned normally means on disk. Raises StoreError when the desk stays busy for 5 s or its files fail.
        """
        with self._transaction("IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Run one transaction that sees a single moment of the desk and locks nobody out. Raises StoreError."""
        with self._transaction("DEFERRED") as connection:
            yield connection

    def data_version(self) -> int:
        """Return a number that changes with every commit of any other connection, this process's own included."""
        with self._watcher_lock:
            return int(self._watcher.execute("PRAGMA data_version").fetchone()[0])

    def close(self) -> None:
        """Close every connection. The store cannot be used afterwards."""
        with self._watcher_lock:
            self._watcher.close()
        self._engine.dispose()

    @contextmanager
    def _transaction(self, kind: str) -> Iterator[Connection]:
        try:
            with self._engine.connect().execution_options(desk_begin=kind) as connection, connection.begin():
                yield connection
        except DBAPIError as error:
            refusal = _as_store_error(error.orig)
            if refusal is None:
                raise
            raise refusal from error


def open_store(folder: Path, *, data_key: bytes | None, audit_key: bytes, is_new: bool = False) -> Store:
    """Open the database in a desk folder, or make an empty one when `is_new`.

    `data_key` holds 32 bytes; None opens a plain file, for made-up data only and with a safe SQLite only.
    Raises StoreError when the folder is on a network share, the file is missing, damaged or cannot be written.
    """
    driver = load_driver() if data_key is not None else _plain_driver()
    if not is_new and not folder.exists():
        raise gate.no_desk(folder)
    gate.prepare_folder(folder)
    path = folder / DATABASE_NAME
    gate.prepare_file(path, is_new=is_new)

    def connect() -> Any:
        try:
            return _connect(driver, path, data_key)
        except driver.Error as error:
            raise (_as_store_error(error) or error) from error

    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=connect,
        poolclass=QueuePool,
        hide_parameters=True,
        execution_options={"compiled_cache": _COMPILED},
    )
    engine.dialect = _dialect(driver)
    event.listen(engine, "begin", _begin)
    return Store(folder, DeskKeys(data_key or b"", audit_key), engine, connect(), is_new=is_new)


@cache
def _dialect(driver: Any) -> Dialect:
    """Return what speaks to the driver, the same for every desk: statements are compiled once for all of them."""
    return create_engine("sqlite://", module=driver).dialect


def load_driver() -> Any:
    """Return the driver of the encrypted engine, loaded on first use."""
    import sqlcipher3.dbapi2

    return sqlcipher3.dbapi2


def _plain_driver() -> Any:
    import sqlite3

    if not gate.is_safe_sqlite(sqlite3.sqlite_version_info):
        raise StoreError("unsafe_sqlite", version=sqlite3.sqlite_version)
    return sqlite3


def _connect(driver: Any, path: Path, data_key: bytes | None) -> Any:
    connection = driver.connect(str(path), isolation_level=None, timeout=BUSY_BUDGET_SECONDS, check_same_thread=False)
    try:
        if data_key is not None:
            connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
            # Only after the key: before it the pragma is ignored and errors are written to the terminal.
            connection.execute("PRAGMA cipher_log_level = NONE")
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            f"cache_size = -{CACHE_KIB}",
            f"journal_size_limit = {_JOURNAL_LIMIT_BYTES}",
        ):
            connection.execute(f"PRAGMA {pragma}").fetchall()
        # Waiting is ours: SQLite's own waiting is unfair and lets one desk starve for seconds.
        connection.execute("PRAGMA busy_timeout = 0")
        connection.set_authorizer(_deny_attach)
    except BaseException:
        connection.close()
        raise
    return connection


_SQLITE_ATTACH = 24


def _deny_attach(action: int, *_: Any) -> int:
    return 1 if action == _SQLITE_ATTACH else 0


def _begin(connection: Connection) -> None:
    kind = connection.get_execution_options().get("desk_begin", "IMMEDIATE")
    # Straight to the driver: a refused try must cost next to nothing while others hold the lock.
    driver_connection: Any = connection.connection.driver_connection
    give_up_at = time.monotonic() + BUSY_BUDGET_SECONDS
    while True:
        try:
            return _begin_once(driver_connection, kind)
        except Exception as error:
            if _error_code(error) not in _BUSY_CODES or time.monotonic() > give_up_at:
                raise (_as_store_error(error) or error) from error
        time.sleep(random.uniform(_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS))  # noqa: S311 - spreads retries, no secret


def _begin_once(driver_connection: Any, kind: str) -> None:
    driver_connection.execute(f"BEGIN {kind}")
    if kind == "DEFERRED":
        try:
            # The first read fixes the moment that is seen, and may find the file briefly locked.
            driver_connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        except BaseException:
            driver_connection.execute("ROLLBACK")
            raise


def _error_code(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & _PRIMARY_CODE_MASK


def _as_store_error(error: BaseException | None) -> StoreError | None:
    code = _error_code(error)
    if code in _BUSY_CODES:
        return StoreError("busy")
    if code in {_FULL_CODE, _IO_CODE}:
        return StoreError("disk")
    if code == _READ_ONLY_CODE:
        return StoreError("read_only")
    if code in _DAMAGED_CODES:
        return gate.damaged()
    return None
