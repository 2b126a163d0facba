"""People of the desk: adding, finding, deactivating."""

from datetime import datetime
from functools import cache

from sqlalchemy import Connection, bindparam, select, update

from callback_tui.models.vocabulary import Role
from callback_tui.rules.routing import RINGING
from callback_tui.store.tables import staff
from callback_tui.views.desk import StaffLine
from callback_tui.views.queue import Assigned

_everybody = cache(lambda: select(staff).order_by(staff.c.name, staff.c.id))
_ringing = cache(
    lambda: (
        select(staff.c.name, staff.c.role, staff.c.id)
        .where(staff.c.active, staff.c.role.in_(RINGING))
        .order_by(staff.c.name, staff.c.id)
    )
)
_is_active = cache(lambda: select(staff.c.active).where(staff.c.id == bindparam("staff_id")))


def add(connection: Connection, *, username: str, name: str, role: Role, created_at: datetime) -> int:
    """Insert a person and return the id."""
    result = connection.execute(
        staff.insert()
        .values(username=username, name=name, role=role, active=True, created_at=created_at)
        .returning(staff.c.id)
    )
    return int(result.scalar_one())


def by_username(connection: Connection, username: str) -> StaffLine | None:
    """Return the person with that sign-in name, deactivated ones too."""
    return next((line for line in everybody(connection) if line.username == username), None)


def everybody(connection: Connection) -> tuple[StaffLine, ...]:
    """Return all people in the order of their names."""
    rows = connection.execute(_everybody())
    return tuple(StaffLine(row.id, row.username, row.name, row.role, row.active, row.created_at) for row in rows)


def ringing(connection: Connection) -> tuple[Assigned, ...]:
    """Return everybody a message can be given to, in the order of their names."""
    return tuple(Assigned(*row) for row in connection.execute(_ringing()))


def is_active(connection: Connection, staff_id: int) -> bool:
    """Say whether a person may still act."""
    return bool(connection.execute(_is_active(), {"staff_id": staff_id}).scalar_one_or_none())


def set_active(connection: Connection, staff_id: int, active: bool) -> None:
    """Deactivate a person, or take that back."""
    connection.execute(update(staff).where(staff.c.id == staff_id).values(active=active))
