"""What `n` offers: never another role's call, emergencies first, hard calls shared, routine ones in their window."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import ItemState, Outcome, Role, Tier
from callback_tui.rules.assignment import belongs_to, given_to, takers
from callback_tui.rules.batch_windows import waits_for_window
from callback_tui.rules.next_call import Load, Skip, call_points, hardness, offer, pick
from callback_tui.rules.queue_order import calling_order
from callback_tui.rules.routing import RINGING, may_take
from callback_tui.views.forecast import AtDesk
from callback_tui.views.policy import Span
from callback_tui.views.queue import Assigned, QueueRow
from tests.rules.clocks import POLICY, SITE, ny
from tests.rules.test_queue_order import row

NOW = ny("23 10:00")
HANDLING = 300
NURSES = tuple(AtDesk(number, f"Nurse {number}", Role.NURSE) for number in range(1, 5))


def test_a_call_is_for_the_roles_of_its_tier() -> None:
    """Urgent to clinicians and nurses, the rest to nurses and staff, hand-offs to clinicians (domain section 1)."""
    urgent = {role for role in Role if may_take(role, Tier.URGENT, handed_over=False)}
    routine = {role for role in Role if may_take(role, Tier.ROUTINE, handed_over=False)}
    handed = {role for role in Role if may_take(role, Tier.ROUTINE, handed_over=True)}
    any_call = {Role.SUPERVISOR, Role.ADMIN}
    assert urgent == any_call | {Role.CLINICIAN, Role.NURSE}
    assert routine == any_call | {Role.NURSE, Role.STAFF}
    assert handed == any_call | {Role.CLINICIAN}


_GIVEN = (
    Assigned("Me", Role.NURSE, 1),
    Assigned("Other", Role.NURSE, 9),
    Assigned("nurses", Role.NURSE),
    Assigned("clinicians", Role.CLINICIAN),
)
ROWS = st.lists(
    st.builds(
        lambda number, tier, due, state, whose: replace(row(number, tier, due), state=state, assigned_to=whose),
        st.integers(1, 10**6),
        st.sampled_from(Tier),
        st.sampled_from(["23 09:00", "23 10:05", "23 10:40", "23 15:00", "24 09:00"]),
        st.sampled_from([ItemState.OPEN, ItemState.ESCALATED]),
        st.sampled_from([None, None, None, *_GIVEN]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda each: each.item_id,
)


@given(
    ROWS, st.sampled_from(Role), st.dictionaries(st.integers(1, 4), st.builds(Load, st.integers(0, 9), st.just(7200)))
)
def test_nobody_gets_another_roles_call_and_emergencies_come_first(
    rows: list[QueueRow], role: Role, loads: dict[int, Load]
) -> None:
    me = AtDesk(1, "Me", role)
    offered = offer(sorted(rows, key=calling_order), me, POLICY, NOW)
    assert len(offered.rows) + sum(offered.skipped.values()) == len(rows)
    for each in offered.rows:
        whose = given_to(each, NOW)
        assert whose is None or belongs_to(whose, me)
        assert whose is not None or role not in RINGING or role in takers(each, NOW)
    if offered.rows:
        chosen = pick(offered.rows, me, NURSES, loads, POLICY, HANDLING, NOW)
        first = offered.rows[0]
        assert chosen.clock.tier is first.clock.tier
        assert not first.emergent or chosen is first
        assert chosen is first or first.clock.next_due_at >= NOW + timedelta(seconds=HANDLING)


def urgent_calls(count: int) -> list[QueueRow]:
    """Return urgent calls in calling order, a third of them tried often, all due about 10:50."""
    return [
        replace(row(number, Tier.URGENT, "23 10:50"), attempts=4 if number % 3 == 0 else 0)
        for number in range(1, count + 1)
    ]


def hard_ones(calls: Sequence[QueueRow], people: Sequence[AtDesk], *, fairly: bool) -> list[int]:
    """Let people press n in rounds of made-up order; return how many harder calls each of them got."""
    chance = random.Random(4)  # noqa: S311 - made-up people, no secret
    hard: Counter[int] = Counter({person.staff_id: 0 for person in people})
    waiting = list(calls)
    for _ in range(len(calls) // len(people)):
        for me in chance.sample(tuple(people), len(people)):
            loads = {staff_id: Load(got, 8 * 3600) for staff_id, got in hard.items()}
            chosen = pick(waiting[:12], me, people if fairly else (me,), loads, POLICY, HANDLING, NOW)
            hard[me.staff_id] += hardness(chosen, POLICY.sharing) > 1
            waiting.remove(chosen)
    return list(hard.values())


def test_two_hundred_urgent_calls_are_shared_out_evenly() -> None:
    """Whoever had more of the hard ones gets the easier one beside; without that the shares drift apart."""
    calls = urgent_calls(200)
    fair, unfair = hard_ones(calls, NURSES, fairly=True), hard_ones(calls, NURSES, fairly=False)
    assert sum(fair) == sum(unfair) == 66
    assert max(fair) - min(fair) <= 2 < max(unfair) - min(unfair)


def test_nobody_waits_for_fairness_alone() -> None:
    """Alone at the desk, or when no other may take it, the first in order is offered whatever was had before."""
    hard, easy = replace(row(1, Tier.URGENT, "23 10:50"), attempts=4), row(2, Tier.URGENT, "23 10:55")
    loads = {1: Load(9, 7200)}
    staff = AtDesk(7, "Sam", Role.STAFF)
    for people in ((), NURSES[:1], (staff,)):
        assert pick((hard, easy), NURSES[0], people, loads, POLICY, HANDLING, NOW) is hard
    assert pick((hard, easy), NURSES[0], NURSES, loads, POLICY, HANDLING, NOW) is easy
    much_later = row(3, Tier.URGENT, "23 11:30")
    assert pick((hard, much_later), NURSES[0], NURSES, loads, POLICY, HANDLING, NOW) is hard


def test_hard_calls_are_urgent_tried_often_passed_on_or_long() -> None:
    sharing = POLICY.sharing
    assert call_points(Tier.ROUTINE, Outcome.RESOLVED, 1, timedelta(minutes=3), sharing) == 0
    assert call_points(Tier.URGENT, Outcome.RESOLVED, 1, None, sharing) == 1
    assert call_points(Tier.ROUTINE, Outcome.ESCALATED, 1, None, sharing) == 1
    assert call_points(Tier.ROUTINE, Outcome.NO_ANSWER, 3, None, sharing) == 1
    assert call_points(Tier.ROUTINE, Outcome.RESOLVED, 1, timedelta(minutes=16), sharing) == 1
    assert Load(3, 3 * 3600).share == 1
    assert Load(1, 60).share == 1, "the first hour counts whole"


@pytest.mark.parametrize(
    ("tier", "due", "now", "opens"),
    [
        (Tier.ROUTINE, "23 15:00", "23 10:00", "23 14:00"),
        (Tier.ROUTINE, "23 15:00", "23 14:30", None),
        (Tier.ROUTINE, "23 13:30", "23 10:00", None),
        (Tier.ROUTINE, "23 09:30", "23 10:00", None),
        (Tier.INFORMATIONAL, "27 09:00", "23 16:00", "24 14:00"),
        (Tier.INFORMATIONAL, "30 16:00", "27 16:00", "30 14:00"),
        (Tier.URGENT, "23 15:00", "23 10:00", None),
    ],
)
def test_routine_calls_wait_for_a_window_unless_they_cannot(tier: Tier, due: str, now: str, opens: str | None) -> None:
    """One window, 14:00 to 15:00 on open days; what is late or due before it opens is offered at once."""
    windows = (Span(14 * 60, 15 * 60),)
    found = waits_for_window(row(1, tier, due), SITE, windows, ny(now))
    assert found == (None if opens is None else ny(opens))
    assert waits_for_window(row(1, tier, due), SITE, (), ny(now)) is None


def test_what_was_promised_waits_for_no_window() -> None:
    promised = row(1, Tier.ROUTINE, "23 15:00")
    promised = replace(promised, clock=replace(promised.clock, scheduled_at=ny("23 15:00")))
    assert waits_for_window(promised, SITE, (Span(14 * 60, 15 * 60),), NOW) is None


def test_an_overdue_hand_off_is_the_teams_again() -> None:
    handed = replace(row(1, Tier.URGENT, "23 10:30"), state=ItemState.ESCALATED)
    nurse = NURSES[0]
    assert offer((handed,), nurse, POLICY, NOW).skipped == {Skip.OTHER_ROLE: 1}
    assert offer((handed,), nurse, POLICY, ny("23 10:31")).rows == (handed,)
