"""Desks that look after a roster, each a process of its own: two at the same moment, and one that dies over it."""

import os
import signal
from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

from callback_tui.clock import FixedClock
from callback_tui.services import on_call
from callback_tui.services.on_call_command import run_command
from callback_tui.services.policy import current_policy
from tests.services.made_up_on_call import unattended

_WAIT_SECONDS = 60
_TOGETHER: list[Barrier] = []


def begin(together: Barrier) -> None:
    """Keep, in a new process, what the desks wait for each other at."""
    _TOGETHER.append(together)


def look_after_roster(folder: str, at: datetime, by_steps: bool) -> None:
    """Look after the roster once all are ready: step by step as desks do, else by looking first and fetching then."""
    desk = unattended(Path(folder), FixedClock(at))
    try:
        policy = current_policy(desk)
        with desk.store.read() as connection:
            fetched = on_call.told(connection, policy, at)
        _TOGETHER[0].wait(_WAIT_SECONDS)
        if by_steps:
            on_call.look(desk)
        elif not fetched:
            run_command((*policy.on_call.command, "0", "x", "1", "urgent", "Main"), policy.on_call.command_seconds)
    finally:
        desk.store.close()


def die_before_running(folder: str, at: datetime) -> None:
    """Take the step that is due and be killed before its command runs."""
    on_call.take_step(unattended(Path(folder), FixedClock(at)))
    os.kill(os.getpid(), signal.SIGKILL)
