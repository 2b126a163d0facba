"""Is this our file, and is its schema the one this program knows? Makes a fresh one, upgrades an older one."""

from sqlalchemy import Connection

from callback_tui.errors import StoreError
from callback_tui.store.engine import Store
from callback_tui.store.gate import damaged

APPLICATION_ID = 0x43424B44
SCHEMA_VERSION = 1


def create_or_upgrade(store: Store) -> None:
    """Bring the database to this program's schema in one transaction; does nothing when it is there already.

    A schema is only made in a new store. Raises StoreError when a newer program made the database, another program
    did, or nothing is in it any more.
    """
    with store.read() as connection:
        if _is_current(connection, is_new=store.is_new):
            return
    with store.write() as connection:
        if _is_current(connection, is_new=store.is_new):
            return
        version = _pragma(connection, "user_version")
        if version == 0:
            _create(connection)
        else:
            from callback_tui.store.migrations.run import run_migrations

            run_migrations(connection, version, SCHEMA_VERSION)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _create(connection: Connection) -> None:
    from callback_tui.store.tables import metadata

    metadata.create_all(connection, checkfirst=False)


def _is_current(connection: Connection, *, is_new: bool) -> bool:
    application_id = _pragma(connection, "application_id")
    version = _pragma(connection, "user_version")
    is_empty = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one() == 0
    is_blank = is_empty and application_id == 0 and version == 0
    if is_blank and not is_new:
        raise damaged()
    if application_id != APPLICATION_ID and not is_blank:
        raise StoreError("foreign_file")
    if version > SCHEMA_VERSION:
        raise StoreError("newer_desk", version=version, known=SCHEMA_VERSION)
    return application_id == APPLICATION_ID and version == SCHEMA_VERSION


def _pragma(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
