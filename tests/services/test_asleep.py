"""What sleeps is never lost: counted, findable, awake on time, and also after the program was off meanwhile."""

import dataclasses
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import ItemState, Outcome, PauseReason, Role, WhoAnswered
from callback_tui.rules.queue_search import row_matches
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.follow_up_list import follow_up_list
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.pause_item import pause_item
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.services.schedule_item import schedule_item
from callback_tui.services.sign_in import sign_in
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.follow_up import TaskSection
from tests.conftest import MONDAY_MORNING, PASSPHRASE
from tests.services.made_up import leave

HOUR = timedelta(hours=1)


def ring_in_vain(desk: OpenDesk, item_id: int) -> None:
    """Try once and reach nobody, so that the message sleeps until the next try."""
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))


def pause(desk: OpenDesk, item_id: int) -> None:
    """Pause for two hours."""
    pause_item(desk, item_id, MONDAY_MORNING + 2 * HOUR, PauseReason.OWES_INFORMATION)


def schedule(desk: OpenDesk, item_id: int) -> None:
    """Promise a call in three hours."""
    schedule_item(desk, item_id, MONDAY_MORNING + 3 * HOUR)


WAYS: list[tuple[Callable[[OpenDesk, int], None], timedelta]] = [
    (ring_in_vain, timedelta(minutes=12, seconds=53)),
    (pause, 2 * HOUR),
    (schedule, 3 * HOUR),
]


@pytest.mark.parametrize(("fall_asleep", "after"), WAYS, ids=[way.__name__ for way, _ in WAYS])
def test_it_is_counted_findable_and_wakes_on_time_even_with_the_program_off(
    desk_folder: Path, clock: FixedClock, fall_asleep: Callable[[OpenDesk, int], None], after: timedelta
) -> None:
    desk = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    item_id = leave(desk)
    fall_asleep(desk, item_id)
    asleep = snapshot(desk)
    assert (asleep.rows, [row.item_id for row in asleep.asleep]) == ((), [item_id])
    assert row_matches(asleep.asleep[0], "reid")
    listed = {group.section: group.count for group in follow_up_list(desk).groups}
    assert listed[TaskSection.ASLEEP] + listed[TaskSection.PROMISED] == 1
    desk.store.close()

    for at, waits in (
        (after - timedelta(seconds=1), False),
        (after, True),
        (after + timedelta(days=3), True),
    ):
        clock.set_wall(MONDAY_MORNING + at)
        again = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
        shown = snapshot(again)
        assert [row.item_id for row in (shown.rows if waits else shown.asleep)] == [item_id]
        assert len(shown.rows) + len(shown.asleep) == 1
        assert all(row.state is ItemState.OPEN for row in shown.rows)
        again.store.close()


def test_a_new_policy_loses_nobody_who_sleeps(desk: OpenDesk, clock: FixedClock) -> None:
    for place, (fall_asleep, _) in enumerate(WAYS):
        fall_asleep(desk, leave(desk, name=f"Tom Reid {place}", phone=f"(212) 555-013{place}"))
    admin = dataclasses.replace(desk, actor=dataclasses.replace(desk.actor, role=Role.ADMIN))
    apply_policy(admin, policy_text(desk).replace('"08:00-17:00"', '"09:00-15:00"'))
    assert len(snapshot(desk).asleep) == 3
    clock.advance(timedelta(hours=3))
    assert (len(snapshot(desk).rows), len(snapshot(desk).asleep)) == (3, 0)
