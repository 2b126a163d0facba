"""One desk of two that look after the same roster at the same moment, each a process of its own."""

from datetime import datetime
from multiprocessing.synchronize import Barrier
from pathlib import Path

from callback_tui.clock import FixedClock
from callback_tui.services import on_call
from callback_tui.services.on_call_command import run_command
from callback_tui.services.policy import current_policy
from tests.services.made_up_on_call import unattended

_WAIT_SECONDS = 60


def look_after_roster(folder: str, at: datetime, together: Barrier, by_steps: bool) -> None:
    """Look after the roster once both are ready: step by step as desks do, else by looking first and fetching then."""
    desk = unattended(Path(folder), FixedClock(at))
    try:
        if by_steps:
            together.wait(_WAIT_SECONDS)
            on_call.look(desk)
            return
        policy = current_policy(desk)
        with desk.store.read() as connection:
            fetched = on_call.told(connection, policy, at)
        together.wait(_WAIT_SECONDS)
        if not fetched:
            run_command((*policy.on_call.command, "0", "x", "1", "urgent", "Main"), policy.on_call.command_seconds)
    finally:
        desk.store.close()
