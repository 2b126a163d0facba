"""Two desks look after the roster in the same moment: one person is fetched, once."""

import multiprocessing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from callback_tui.clock import FixedClock
from callback_tui.store.tables import on_call_step
from tests.faults.on_call_desk import look_after_roster
from tests.services.made_up import PAIN, leave
from tests.services.made_up_on_call import add_roster, told_by, unattended

DESKS = 2


@pytest.mark.parametrize(("by_steps", "runs"), [(True, 1), (False, DESKS)], ids=["by steps", "looking first"])
def test_two_desks_at_once(desk_folder: Path, clock: FixedClock, tmp_path: Path, by_steps: bool, runs: int) -> None:
    desk = unattended(desk_folder, clock)
    page = add_roster(desk, tmp_path)
    leave(desk, PAIN)
    spawn = multiprocessing.get_context("spawn")
    together = spawn.Barrier(DESKS)
    arguments = (str(desk_folder), clock.now(), together, by_steps)
    others = [spawn.Process(target=look_after_roster, args=arguments) for _ in range(DESKS)]
    for other in others:
        other.start()
    for other in others:
        other.join()
    assert [other.exitcode for other in others] == [0] * DESKS
    assert len(told_by(page)) == runs
    with desk.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(on_call_step)).scalar_one() == by_steps
    desk.store.close()
