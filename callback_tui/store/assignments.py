"""SQL of whose a message is: giving it to somebody, and back to the team."""

from datetime import datetime

from sqlalchemy import Connection, update

from callback_tui.models.vocabulary import Role
from callback_tui.store import tables as t

_ITEM = t.queue_item.c


def give(
    connection: Connection,
    item_id: int,
    *,
    staff_id: int | None,
    role: Role | None,
    at: datetime | None,
    team_at: datetime | None,
) -> None:
    """Give an item to a person or to a role until `team_at`; to nobody with all of it None."""
    connection.execute(
        update(t.queue_item)
        .where(_ITEM.id == item_id)
        .values(assigned_to_id=staff_id, assigned_role=role, assigned_at=at, falls_to_team_at=team_at)
    )


def release_person(connection: Connection, staff_id: int) -> int:
    """Give back to the team what waits and was given to a person; return how many that were."""
    given = update(t.queue_item).where(t.in_queue, _ITEM.assigned_to_id == staff_id)
    return connection.execute(given.values(assigned_to_id=None, assigned_at=None, falls_to_team_at=None)).rowcount
