"""Sign-ins at this desk: opening and ending them."""

from datetime import datetime

from sqlalchemy import Connection, update

from callback_tui.store.tables import desk_session


def start(
    connection: Connection, *, staff_id: int, started_at: datetime, boot_id: str, process_id: int, attended: bool = True
) -> int:
    """Insert a sign-in and return its id; nobody sits at one that is not `attended`."""
    result = connection.execute(
        desk_session.insert()
        .values(
            staff_id=staff_id,
            started_at=started_at,
            seen_at=started_at,
            boot_id=boot_id,
            process_id=process_id,
            attended=attended,
        )
        .returning(desk_session.c.id)
    )
    return int(result.scalar_one())


def end(connection: Connection, session_id: int, ended_at: datetime) -> None:
    """Mark a sign-in as over."""
    connection.execute(update(desk_session).where(desk_session.c.id == session_id).values(ended_at=ended_at))
