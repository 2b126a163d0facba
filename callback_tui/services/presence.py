"""Who is at the desk: a sign of life of one person, and the people seen lately."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from callback_tui.services.desk import OpenDesk
from callback_tui.views.forecast import AtDesk
from callback_tui.views.policy import Policy

if TYPE_CHECKING:
    from sqlalchemy import Connection


def seen(desk: OpenDesk, at: datetime) -> None:
    """Keep that the person was at this desk at `at`. Not audited: it is rare, and says nothing of a patient."""
    from callback_tui.store import sessions

    if desk.actor.session_id is not None:
        with desk.store.write() as connection:
            sessions.seen(connection, desk.actor.session_id, at)


def people_at_desk(connection: "Connection", policy: Policy, now: datetime, busy: frozenset[int]) -> tuple[AtDesk, ...]:
    """Return who is signed in and was seen within the policy's limit; whoever holds a patient (`busy`) is there."""
    from callback_tui.store import sessions

    since = now - timedelta(seconds=policy.desk.away_after_seconds)
    return tuple(AtDesk(row.id, row.name, row.role) for row in sessions.at_the_desk(connection, since, busy))
