"""Whose a message is: roles by tier, hand-offs, time alone, and who may give what to whom."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given

from callback_tui.errors import NotAllowed
from callback_tui.models.vocabulary import ItemState, Role, Tier
from callback_tui.rules.assignment import (
    check_giving,
    falls_to_team_at,
    given_to,
    given_words,
    is_for_team,
    is_mine,
    takers,
)
from callback_tui.rules.routing import RINGING
from callback_tui.views.desk import Actor
from callback_tui.views.queue import QueueRow
from tests.rules.clocks import POLICY, SITE, ny
from tests.rules.queue_rows import NOW, PEOPLE, ROWS, row, to_person, to_role

LATER = NOW + timedelta(minutes=30)


def actor(staff_id: int) -> Actor:
    return Actor(staff_id, f"person{staff_id}", f"Person {staff_id}", PEOPLE[staff_id])


@pytest.mark.parametrize(
    ("tier", "roles"),
    [
        (Tier.EMERGENT, (Role.CLINICIAN, Role.NURSE)),
        (Tier.URGENT, (Role.CLINICIAN, Role.NURSE)),
        (Tier.ROUTINE, (Role.NURSE, Role.STAFF)),
        (Tier.INFORMATIONAL, (Role.NURSE, Role.STAFF)),
    ],
)
def test_roles_take_what_the_practice_says(tier: Tier, roles: tuple[Role, ...]) -> None:
    assert takers(row(tier=tier), NOW) == roles
    handed = row(tier=tier, state=ItemState.ESCALATED)
    assert takers(handed, NOW) == (Role.CLINICIAN,)
    late = takers(row(tier=tier, state=ItemState.ESCALATED, due_in=-1), NOW)
    assert set(late) == {Role.CLINICIAN, *roles}


def test_time_alone_ends_by_the_clock_of_the_tier() -> None:
    """Urgent in wall time, routine in open time: a message given before closing is the team's after opening."""
    assert falls_to_team_at(POLICY, SITE, Tier.URGENT, ny("23 16:50")) == ny("23 17:05")
    assert falls_to_team_at(POLICY, SITE, Tier.ROUTINE, ny("23 16:00")) == ny("24 09:00")
    assert falls_to_team_at(POLICY, SITE, Tier.EMERGENT, NOW) == NOW


def test_it_is_theirs_until_the_instant_and_the_teams_from_then_on() -> None:
    mine = row(assigned_to=to_person(1), team_at=LATER)
    assert given_to(mine, LATER - timedelta(seconds=1)) == to_person(1)
    assert given_words(mine, "America/New_York", NOW) == "Person 1, until 10:30"
    assert given_to(mine, LATER) is None
    assert given_words(mine, "America/New_York", LATER) == ""


def test_what_the_role_no_longer_takes_is_the_teams() -> None:
    """Handed to a clinician, or raised: nobody keeps it from those who must ring."""
    staffs = row(assigned_to=to_person(3), team_at=LATER)
    assert given_to(staffs, NOW) is not None
    assert given_to(replace(staffs, state=ItemState.ESCALATED), NOW) is None
    urgent = row(tier=Tier.URGENT, assigned_to=to_person(3), team_at=LATER)
    assert given_to(urgent, NOW) is None


def test_an_emergency_is_only_pointed_out() -> None:
    shown = row(tier=Tier.EMERGENT, assigned_to=to_person(1), team_at=LATER)
    assert given_to(shown, NOW) is None
    assert is_for_team(shown, actor(2), NOW)
    assert given_words(shown, "America/New_York", NOW) == "pointed out to Person 1"


@given(ROWS)
def test_whoever_it_is_given_to_somebody_sees_it(each: QueueRow) -> None:
    """It is its person's and nobody else's, or in the view of everybody who takes it."""
    whose = given_to(each, NOW)
    seen_by = {staff_id for staff_id in PEOPLE if is_for_team(each, actor(staff_id), NOW)}
    assert seen_by
    if whose is not None and whose.staff_id is not None:
        assert seen_by == {whose.staff_id}
        assert is_mine(each, whose.staff_id, NOW)
    else:
        roles = (whose.role,) if whose else takers(each, NOW)
        assert {PEOPLE[staff_id] for staff_id in seen_by} == {*roles, Role.SUPERVISOR}


def test_a_nurse_gives_on_her_own_and_nobodys_a_supervisor_anybodys() -> None:
    free = row()
    of_two = replace(free, assigned_to=to_person(2), team_at=LATER)
    check_giving(free, actor(1), to_person(2), NOW)
    check_giving(of_two, actor(2), to_person(3), NOW)
    check_giving(of_two, actor(5), to_person(1), NOW)
    check_giving(of_two, actor(1), to_person(1), LATER)
    with pytest.raises(NotAllowed, match="given to Person 2"):
        check_giving(of_two, actor(1), to_person(1), NOW)
    with pytest.raises(NotAllowed, match="given to Person 2"):
        check_giving(of_two, actor(1), None, NOW)
    of_nurses = replace(free, assigned_to=to_role(Role.NURSE), team_at=LATER)
    check_giving(of_nurses, actor(1), None, NOW)
    with pytest.raises(NotAllowed, match="given to nurses"):
        check_giving(of_nurses, actor(3), to_person(3), NOW)


@pytest.mark.parametrize(
    ("given", "role", "sentence"),
    [
        (row(tier=Tier.URGENT), Role.STAFF, "An urgent message is not for staff. Give it to clinicians or nurses."),
        (
            row(tier=Tier.ROUTINE),
            Role.CLINICIAN,
            "A routine message is not for clinicians. Give it to nurses or staff.",
        ),
        (row(state=ItemState.ESCALATED), Role.NURSE, "A hand-off is not for nurses. Give it to clinicians."),
        (row(tier=Tier.EMERGENT), Role.ADMIN, "An emergency is not for admins. Give it to clinicians or nurses."),
    ],
)
def test_who_may_not_take_it_is_not_given_it(given: QueueRow, role: Role, sentence: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        check_giving(given, actor(5), to_role(role), NOW)
    assert str(refused.value) == sentence


@given(ROWS)
def test_what_may_be_given_to_everybody_is_what_they_take(each: QueueRow) -> None:
    for role in Role:
        fits = role in takers(each, NOW)
        try:
            check_giving(each, actor(5), to_role(role), NOW)
        except NotAllowed:
            assert not fits
        else:
            assert fits
            assert role in RINGING
