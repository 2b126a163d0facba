"""SQL of what people set for their own desk, one row a person and a name."""

from functools import cache

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.sqlite import insert

from callback_tui.store.tables import staff_setting

_KEPT = staff_setting.c
_setting = cache(
    lambda: select(_KEPT.value).where(_KEPT.staff_id == bindparam("whose"), _KEPT.name == bindparam("called"))
)


def setting(connection: Connection, staff_id: int, name: str) -> str | None:
    """Return what a person set under a name, or None."""
    return connection.execute(_setting(), {"whose": staff_id, "called": name}).scalar_one_or_none()


def keep(connection: Connection, staff_id: int, name: str, value: str) -> None:
    """Keep what a person set, in place of what they set before."""
    added = insert(staff_setting).values(staff_id=staff_id, name=name, value=value)
    connection.execute(added.on_conflict_do_update(set_={"value": value}))
