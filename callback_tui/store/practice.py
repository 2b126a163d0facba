"""SQL of the practice itself: the one row that says whose desk this is."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, insert, select, update

from callback_tui.store.tables import practice

_is_demo = cache(lambda: select(practice.c.is_demo))


def add(
    connection: Connection, *, desk_uuid: str, name: str, short_name: str, region: str, created_at: datetime
) -> None:
    """Store whose desk this is."""
    connection.execute(
        insert(practice).values(
            desk_uuid=desk_uuid, name=name, short_name=short_name, region=region, created_at=created_at
        )
    )


def is_demo(connection: Connection) -> bool:
    """Whether everybody at this desk is made up."""
    return bool(connection.execute(_is_demo()).scalar_one())


def mark_as_demo(connection: Connection) -> None:
    """Note that everybody at this desk is made up."""
    connection.execute(update(practice).values(is_demo=True))
