"""Two desks look after the roster in the same moment, or one is killed over it: each person is fetched, once."""

import multiprocessing
import signal
from collections.abc import Iterator
from multiprocessing.pool import Pool
from pathlib import Path

import pytest
from sqlalchemy import func, select

from callback_tui.clock import FixedClock
from callback_tui.services import on_call
from callback_tui.store.tables import on_call_step
from tests.faults.on_call_desk import begin, die_before_running, look_after_roster
from tests.services.made_up import PAIN, audited, leave
from tests.services.made_up_on_call import MINUTE, add_roster, told_by, unattended

DESKS = 2
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture(scope="module")
def desks() -> Iterator[Pool]:
    """Return two processes that wait for each other."""
    with SPAWN.Pool(DESKS, initializer=begin, initargs=(SPAWN.Barrier(DESKS),)) as pool:
        yield pool


@pytest.mark.parametrize(("by_steps", "runs"), [(True, 1), (False, DESKS)], ids=["by steps", "looking first"])
def test_two_desks_at_once(
    desks: Pool, desk_folder: Path, clock: FixedClock, tmp_path: Path, by_steps: bool, runs: int
) -> None:
    desk = unattended(desk_folder, clock)
    page = add_roster(desk, tmp_path)
    leave(desk, PAIN)
    desks.starmap(look_after_roster, [(str(desk_folder), clock.now(), by_steps)] * DESKS, chunksize=1)
    assert len(told_by(page)) == runs
    with desk.store.read() as connection:
        assert connection.execute(select(func.count()).select_from(on_call_step)).scalar_one() == by_steps
    desk.store.close()


def test_a_desk_killed_between_commit_and_command(desk_folder: Path, clock: FixedClock, tmp_path: Path) -> None:
    desk = unattended(desk_folder, clock)
    page = add_roster(desk, tmp_path)
    leave(desk, PAIN)
    killed = SPAWN.Process(target=die_before_running, args=(str(desk_folder), clock.now()))
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    assert (on_call.look(desk), told_by(page)) == ((), [])
    clock.advance(MINUTE)
    assert [(line.person, line.ran) for line in on_call.look(desk)] == [("Person 1", True)]
    assert len(told_by(page)) == 1
    assert len(audited(desk, "on_call_fetched")) == 2
    desk.store.close()
