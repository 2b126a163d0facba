"""The countdowns of the queue: near rows to the second, the others in turn, and what a new snapshot keeps."""

from dataclasses import replace
from datetime import timedelta

from callback_tui.clock import FixedClock
from callback_tui.screens.queue_clock import QueueClock
from callback_tui.views.queue import QueueSnapshot
from tests.screens.made_up import MadeUpQueue

_SECOND = timedelta(seconds=1)


def many(clock: FixedClock, count: int = 300) -> QueueSnapshot:
    """Return a queue of so many rows, due four minutes after one another."""
    return MadeUpQueue(clock, names=tuple(f"Made-up Person {number}" for number in range(count))).snapshot()


def test_near_rows_move_each_second_and_all_others_within_half_a_minute(clock: FixedClock) -> None:
    """What is shown at the end is what is worked out at once; only few rows were looked at each time."""
    snapshot = many(clock)
    queue = QueueClock(snapshot, clock.now())
    for _ in range(30):
        clock.advance(_SECOND)
        changed = queue.move(clock.now())
        at_once = QueueClock(snapshot, clock.now()).countdowns
        near = {key for key, shown in at_once.items() if shown.seconds_left < 600}
        assert near <= set(changed)
        assert len(changed) < len(near) + 60
        assert all(queue.countdowns[key] == at_once[key] for key in near)
    assert max(queue.countdowns[key].seconds_left - at_once[key].seconds_left for key in at_once) < 30


def test_after_a_pause_every_row_is_worked_out(clock: FixedClock) -> None:
    """A machine that slept shows nothing of before."""
    snapshot = many(clock)
    queue = QueueClock(snapshot, clock.now())
    clock.advance(timedelta(minutes=50))
    queue.move(clock.now())
    assert queue.countdowns == QueueClock(snapshot, clock.now()).countdowns


def test_a_new_snapshot_keeps_the_countdowns_of_rows_that_stayed_as_they_were(clock: FixedClock) -> None:
    """A row with another due instant is worked out at once; so are all of them under another policy."""
    before = many(clock)
    queue = QueueClock(before, clock.now())
    clock.advance(_SECOND)
    moved = replace(before.rows[-1], clock=replace(before.rows[-1].clock, next_due_at=clock.now()))
    after = replace(before, rows=(*before.rows[:-1], moved))
    kept = QueueClock(after, clock.now(), queue)
    fresh = QueueClock(after, clock.now()).countdowns
    assert kept.countdowns[str(moved.item_id)] == fresh[str(moved.item_id)]
    assert kept.countdowns["200"] is queue.countdowns["200"]
    other = replace(after, policy=replace(after.policy, warn_percents=(10, 20)))
    assert QueueClock(other, clock.now(), queue).countdowns == QueueClock(other, clock.now()).countdowns
