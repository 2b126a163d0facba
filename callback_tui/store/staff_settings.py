"""SQL of what people set for their own desk, one row a person and a name."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from callback_tui.store.tables import staff_setting


def setting(connection: Connection, staff_id: int, name: str) -> str | None:
    """Return what a person set under a name, or None."""
    kept = staff_setting.c
    return connection.execute(
        select(kept.value).where(kept.staff_id == staff_id, kept.name == name)
    ).scalar_one_or_none()


def keep(connection: Connection, staff_id: int, name: str, value: str) -> None:
    """Keep what a person set, in place of what they set before."""
    added = insert(staff_setting).values(staff_id=staff_id, name=name, value=value)
    connection.execute(added.on_conflict_do_update(set_={"value": value}))
