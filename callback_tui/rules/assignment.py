"""Whose a message is: which roles take it, to whom it was given, and when it is the team's again."""

from datetime import datetime

from callback_tui.errors import NotAllowed
from callback_tui.models.vocabulary import ItemState, Role, Tier
from callback_tui.rules.due import after
from callback_tui.rules.routing import RINGING, may_take, waits_for_clinician
from callback_tui.rules.speak import moment
from callback_tui.views.desk import Actor
from callback_tui.views.forecast import AtDesk
from callback_tui.views.policy import Policy, SitePolicy
from callback_tui.views.queue import Assigned, QueueRow

GIVING = (*RINGING, Role.SUPERVISOR)
"""The roles that may give a message to somebody."""

_KINDS = {
    Tier.EMERGENT: "An emergency",
    Tier.URGENT: "An urgent message",
    Tier.ROUTINE: "A routine message",
    Tier.INFORMATIONAL: "A question",
}


def takers(row: QueueRow, now: datetime) -> tuple[Role, ...]:
    """Return the roles that take a message (domain section 1): hand-offs are the clinicians' until they are late."""
    handed_over, is_hand_off = waits_for_clinician(row, now), row.state is ItemState.ESCALATED
    return tuple(
        role
        for role in RINGING
        if may_take(role, row.clock.tier, handed_over=handed_over) or (is_hand_off and role is Role.CLINICIAN)
    )


def takes(role: Role, row: QueueRow, now: datetime) -> bool:
    """Say whether a message that nobody was given is for a role; supervisors and admins may take any."""
    return role not in RINGING or role in takers(row, now)


def given_to(row: QueueRow, now: datetime) -> Assigned | None:
    """Return whose a message is now, None when it is the team's.

    It is the team's again when its time alone is over, and as soon as it became something the role does not take. An
    emergent message is everybody's: whoever it was given to was only pointed at.
    """
    whose = row.assigned_to
    if whose is None or row.emergent or (row.team_at is not None and row.team_at <= now):
        return None
    return whose if whose.role in takers(row, now) else None


def belongs_to(whose: Assigned, person: Actor | AtDesk) -> bool:
    """Say whether what was given so is this person's, or their role's."""
    return whose.role is person.role if whose.staff_id is None else whose.staff_id == person.staff_id


def falls_to_team_at(policy: Policy, site: SitePolicy, tier: Tier, given_at: datetime) -> datetime:
    """Return when what was given to somebody is the team's again, on the clock of its tier (domain section 5)."""
    if tier is Tier.EMERGENT:
        return given_at
    return after(site.targets[tier].clock, site.hours, given_at, 60 * policy.mine_minutes[tier])


def is_mine(row: QueueRow, staff_id: int, now: datetime) -> bool:
    """Say whether a person rings the patient, was given the message, or gave their word to ring."""
    whose = given_to(row, now)
    return (
        (row.holder is not None and row.holder.staff_id == staff_id)
        or (whose is not None and whose.staff_id == staff_id)
        or row.promised_by_id == staff_id
    )


def is_for_team(row: QueueRow, actor: Actor, now: datetime) -> bool:
    """Say whether a message is for a person's team: their role takes it, and nobody else was given it.

    Supervisors and admins watch over everything that nobody was given.
    """
    whose = given_to(row, now)
    if whose is None:
        return takes(actor.role, row, now)
    return belongs_to(whose, actor) or (whose.staff_id is None and actor.role not in RINGING)


def given_words(row: QueueRow, zone: str, now: datetime, desk_zone: str = "") -> str:
    """Return to whom a message was given and until when, "" when it is nobody's alone."""
    whose = row.assigned_to if row.emergent else given_to(row, now)
    if whose is None:
        return ""
    if row.emergent or row.team_at is None:
        return f"pointed out to {whose.name}"
    return f"{whose.name}, until {moment(row.team_at, zone, now, desk_zone)}"


def check_giving(row: QueueRow, actor: Actor, to: Assigned | None, now: datetime) -> None:
    """Raise NotAllowed unless this person may give this message to them, or back to the team with None.

    Everybody gives on what is nobody's or their own, a supervisor anything; what a role does not take it is not given.
    """
    whose = given_to(row, now)
    if whose is not None and not belongs_to(whose, actor) and actor.role is not Role.SUPERVISOR:
        raise NotAllowed("given_to_other", who=whose.name)
    roles = takers(row, now)
    if to is not None and to.role not in roles:
        kind = "A hand-off" if row.state is ItemState.ESCALATED else _KINDS[row.clock.tier]
        raise NotAllowed("not_for_role", role=people(to.role), kind=kind, who=" or ".join(map(people, roles)))


def people(role: Role) -> str:
    """Return what the people with a role are called together."""
    return role.value if role is Role.STAFF else f"{role.value}s"
