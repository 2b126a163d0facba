"""The open desk that every service is handed, and the frame of every verb: one transaction, one audit entry."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from callback_tui.clock import Clock
from callback_tui.errors import NotAllowed
from callback_tui.models.vocabulary import Role
from callback_tui.views.desk import Actor

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from callback_tui.store.engine import Store


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk that somebody signed in to."""

    store: "Store"
    clock: Clock
    actor: Actor


@dataclass(slots=True)
class Work:
    """A verb under way: its transaction, its id, its one moment, and what its audit entry will say.

    `entity_id` may be set inside the verb when the row is only made there. `facts` hold ids, counts and words of
    enumerations, never health text.
    """

    connection: "Connection"
    verb_id: str
    now: datetime
    entity_id: object
    reason: str = ""
    facts: dict[str, object] = field(default_factory=dict)


@contextmanager
def verb(
    desk: OpenDesk, action: str, entity: str, entity_id: object, *, reason: str = "", leaving: bool = False
) -> Iterator[Work]:
    """Run one verb in one writing transaction and append its audit entry at the end; an exception undoes all of it.

    Raises StoreError when the desk is busy or failing, NotAllowed when the person was deactivated meanwhile, who may
    then do nothing but leave (`leaving`).
    """
    from callback_tui.store import audit, staff

    with desk.store.write() as connection:
        if not leaving and not staff.is_active(connection, desk.actor.staff_id):
            raise NotAllowed("deactivated_meanwhile")
        work = Work(connection, uuid.uuid4().hex, desk.clock.now(), entity_id, reason)
        yield work
        audit.append(
            connection,
            desk.store.audit_key,
            at=work.now,
            boot=desk.clock.boot(),
            staff_id=desk.actor.staff_id,
            session_id=desk.actor.session_id,
            action=action,
            entity=entity,
            entity_id=str(work.entity_id),
            reason=work.reason,
            facts={**work.facts, "verb": work.verb_id},
        )


def require_role(desk: OpenDesk, doing: str, *roles: Role) -> None:
    """Raise NotAllowed unless the person has one of the roles; the sentence says who can.

    `doing` continues "a nurse cannot", as in "add people".
    """
    if desk.actor.role in roles:
        return
    who = " or ".join(role.value for role in roles)
    raise NotAllowed("role", role=desk.actor.role.value, doing=doing, who=who)
