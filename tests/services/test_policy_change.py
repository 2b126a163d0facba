"""A new policy and what already waits: time used is kept, late and called items stay, closed ones are not touched."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Engine, event

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import ClockEventKind, ItemState, Outcome, Role
from callback_tui.services.desk import OpenDesk
from callback_tui.services.item_clock import item_clock
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.store import queue
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.clock import ClockState
from tests.services.made_up import PAIN, give_card, leave, reach

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


def test_a_longer_queue_takes_no_more_statements(desk: OpenDesk, as_role: AsRole) -> None:
    """The desk is locked for as long as the change takes."""
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    def statements(target: str) -> int:
        before = len(asked)
        apply_routine(desk, as_role, target)
        return len(asked) - before

    event.listen(Engine, "before_cursor_execute", count)
    try:
        for number in range(2):
            leave(desk, name=f"Tom Reid {number}", phone=f"(212) 555-01{number + 10}")
        few = statements("5h")
        for number in range(2, 20):
            leave(desk, name=f"Tom Reid {number}", phone=f"(212) 555-01{number + 10}")
        apply_policy(as_role(desk, Role.ADMIN), policy_text(desk).replace('target = "5h"', 'target = "4h"'))
        many = statements("6h")
    finally:
        event.remove(Engine, "before_cursor_execute", count)
    assert many == few


def test_what_was_done_is_judged_by_its_own_policy_for_ever(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    """A replay under the new policy says the same of a closed message; the text in force makes no new version."""
    item_id = leave(desk, minutes_ago=60)
    give_card(desk, item_id)
    sheet = reach(desk, item_id)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.RESOLVED, note="Done."))
    with desk.store.read() as connection:
        item = queue.item(connection, item_id)
        before = item_clock(connection, item)
    apply_routine(desk, as_role, "1h")
    clock.advance(timedelta(days=30))
    admin = as_role(desk, Role.ADMIN)
    assert apply_policy(admin, policy_text(desk)) == apply_policy(admin, policy_text(desk))
    with desk.store.read() as connection:
        assert item_clock(connection, queue.item(connection, item_id)) == before
    assert before.was_late is False
