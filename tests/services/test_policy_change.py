"""A new policy and what already waits: time used is kept, late and called items stay, closed ones are not touched."""

from collections.abc import Callable
from datetime import timedelta

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import ClockEventKind, ItemState, Role
from callback_tui.services.desk import OpenDesk
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.store import queue
from callback_tui.views.clock import ClockState
from tests.services.made_up import PAIN, leave

AsRole = Callable[[OpenDesk, Role], OpenDesk]


def clocks(desk: OpenDesk) -> dict[int, ClockState]:
    """Return the clock of every item in the queue."""
    return {row.item_id: row.clock for row in snapshot(desk).rows}


def apply_routine(desk: OpenDesk, as_role: AsRole, target: str) -> None:
    """Put a policy in force with another routine target."""
    apply_policy(as_role(desk, Role.ADMIN), policy_text(desk).replace('target = "4h"', f'target = "{target}"'))


def test_a_longer_target_moves_what_waits_and_keeps_the_time_used(desk: OpenDesk, as_role: AsRole) -> None:
    refill = leave(desk, minutes_ago=60)
    before = clocks(desk)[refill]
    apply_routine(desk, as_role, "6h")
    after = clocks(desk)[refill]
    assert after.due_at == before.due_at + timedelta(hours=2)
    assert after.next_due_at == after.due_at
    assert after.started_at == before.started_at


def test_a_target_used_up_already_is_due_at_the_change_and_not_before(
    desk: OpenDesk, clock: FixedClock, as_role: AsRole
) -> None:
    refill = leave(desk, minutes_ago=120)
    apply_routine(desk, as_role, "1h")
    assert clocks(desk)[refill].due_at == clock.now()


def test_other_items_stay_as_they_are(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    pain = leave(desk, PAIN, "Ben Okafor", "(212) 555-0111")
    late = leave(desk, minutes_ago=40)
    clock.advance(timedelta(hours=5))
    before = clocks(desk)
    apply_routine(desk, as_role, "8h")
    after = clocks(desk)
    assert after[pain].due_at == before[pain].due_at
    assert after[late].due_at == before[late].due_at < clock.now()


def test_a_policy_that_counts_alike_writes_no_facts(desk: OpenDesk, as_role: AsRole) -> None:
    refill = leave(desk)
    text = policy_text(desk)
    apply_policy(as_role(desk, Role.ADMIN), text.replace("+12125550101", "+12125550109"))
    with desk.store.read() as connection:
        kinds = [event.kind for event in queue.clock_events(connection, refill)]
    assert kinds == [ClockEventKind.STARTED]


def test_the_change_is_a_stored_fact_and_the_state_stays(desk: OpenDesk, as_role: AsRole) -> None:
    refill = leave(desk, minutes_ago=60)
    apply_routine(desk, as_role, "6h")
    with desk.store.read() as connection:
        events = queue.clock_events(connection, refill)
        item = queue.item(connection, refill)
    assert [event.kind for event in events] == [ClockEventKind.STARTED, ClockEventKind.POLICY_CHANGED]
    assert events[-1].until == clocks(desk)[refill].due_at
    assert item is not None
    assert item.state is ItemState.OPEN
