"""Runs the revisions a database lacks, inside the caller's transaction; loaded only when the schema differs."""

import importlib
import pkgutil

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

from callback_tui.errors import StoreError
from callback_tui.store import migrations

_PREFIX = "v"


def run_migrations(connection: Connection, from_version: int, to_version: int) -> None:
    """Run the revisions above `from_version` up to `to_version`, in order.

    Raises StoreError when the result breaks a reference; the transaction then leaves the database as it was.
    """
    operations = Operations(MigrationContext.configure(connection))
    for version in range(from_version + 1, to_version + 1):
        importlib.import_module(f"{migrations.__name__}.{_module_name(version)}").upgrade(operations)
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise StoreError("upgrade")


def _module_name(version: int) -> str:
    prefix = f"{_PREFIX}{version:04d}_"
    return next(module.name for module in pkgutil.iter_modules(migrations.__path__) if module.name.startswith(prefix))
