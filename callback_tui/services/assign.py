"""Giving a message to a person or a role, and back to the team."""

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import Role
from callback_tui.rules.assignment import GIVING, check_giving, falls_to_team_at, people
from callback_tui.services.desk import OpenDesk, require_role, verb
from callback_tui.services.queue_row import item_tier, queue_row
from callback_tui.store import assignments, queue, staff
from callback_tui.store import policy as policies
from callback_tui.views.queue import Assigned, Given


def give(desk: OpenDesk, item_id: int, *, staff_id: int | None = None, role: Role | None = None) -> Given:
    """Give a waiting message to a person or to a role, or with neither back to the team; return whose it is now.

    An emergent message stays everybody's; the person is only pointed at (domain section 5).
    Raises DeskError for a message or a person that is not there, NotAllowed for what `check_giving` refuses.
    """
    require_role(desk, "give a message to somebody", *GIVING)
    with verb(desk, "message_given", "queue_item", item_id) as work:
        item = queue.item(work.connection, item_id)
        if item is None or item.state not in queue.IN_QUEUE:
            raise DeskError("not_waiting")
        to = None if role is None else Assigned(people(role), role)
        if staff_id is not None:
            person = next((line for line in staff.everybody(work.connection) if line.staff_id == staff_id), None)
            if person is None or not person.active:
                raise DeskError("person_gone")
            to = Assigned(person.name, person.role, staff_id)
        policy = policies.current(work.connection)[1]
        check_giving(queue_row(item, policy, {}, 1, 1, work.now), desk.actor, to, work.now)
        team_at = falls_to_team_at(policy, policy.site_of(item.site_name), item_tier(item), work.now) if to else None
        assignments.give(
            work.connection, item_id, staff_id=staff_id, role=role, at=work.now if to else None, team_at=team_at
        )
        before = {"from_id": item.assigned_to_id, "from_role": item.assigned_role}
        work.facts.update(to_id=staff_id, to_role=role, **before, patient_id=item.patient_id)
        return Given(to, team_at, item.emergent)
