"""Runs the command that fetches somebody: no shell, nothing on its input, what it says is thrown away."""

import os
from collections.abc import Sequence

from callback_tui.config import DESK_VARIABLE

_OURS = DESK_VARIABLE.removesuffix("DESK")


def run_command(command: Sequence[str], seconds: int) -> str:
    """Run it for at most so many seconds and return how it ended: its exit status, "missing" or "took too long".

    It gets nothing of ours: no settings, no terminal, and a Ctrl-C meant for us does not end it.
    """
    import subprocess

    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    try:
        done = subprocess.run(  # noqa: S603 - the admin's own command, as a list and without a shell
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            timeout=seconds,
            start_new_session=True,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return "took too long"
    except (OSError, ValueError):
        return "missing"
    return str(done.returncode)


def is_found(command: Sequence[str]) -> bool:
    """Say whether the program a command begins with is there to be run."""
    import shutil

    return shutil.which(command[0]) is not None
