"""A real desk made for measuring: set up through the services, filled through the command line."""

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environment import surroundings

USERNAME = "ann"
PASSPHRASE = "made-up words for the bench"  # noqa: S105  # of a desk that is deleted at the end
_WATCH_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Ended:
    """A whole program that ended well: how long it took, the most memory its processes held, what it wrote."""

    seconds: float
    most_mb: float
    output: str


def made_desk(folder: Path) -> Path:
    """Make a desk in `folder / "desk"` whose recovery code is typed back already; return its folder."""
    from callback_tui.clock import SystemClock
    from callback_tui.services.setup import confirm_recovery_code, init_desk

    made = init_desk(
        folder / "desk",
        practice="Bench",
        short_name="Bench",
        zone="America/New_York",
        region="US",
        callback_number="+12125550100",
        admin_username=USERNAME,
        admin_name="Ann Bench",
        passphrase=PASSPHRASE,
        clock=SystemClock(),
    )
    confirm_recovery_code(made.folder, made.recovery_code)
    return made.folder


def unlocking_seconds(desk: Path) -> float:
    """Return how long the passphrase takes to open the key file, which is dear on purpose."""
    from callback_tui.store import keys

    key_file = keys.read_key_file(desk)
    keys.load_ciphers()
    at = time.perf_counter()
    keys.unlock(key_file, USERNAME, PASSPHRASE)
    return time.perf_counter() - at


def import_into(desk: Path, export: Path) -> Ended:
    """Import a file by the command line, as an admin does. Raises RuntimeError when a row was not taken."""
    passphrase = desk.parent / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n", encoding="utf-8")
    passphrase.chmod(0o600)
    who = ("--desk", str(desk), "--user", USERNAME, "--passphrase-file", str(passphrase))
    ended = run_whole([sys.executable, "-m", "callback_tui", "import", str(export), "--json", *who])
    counts: dict[str, Any] = json.loads(ended.output)["files"][0]
    if counts["new"] != counts["read"]:
        raise RuntimeError(f"the export was not taken whole: {counts}")
    return ended


def run_whole(command: list[str]) -> Ended:
    """Run a program to its end. Raises RuntimeError when it fails."""
    at = time.perf_counter()
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=surroundings())
    helpers: dict[int, float] = {}
    watcher = threading.Thread(target=_watch_helpers, args=(program.pid, helpers), daemon=True)
    watcher.start()
    output = program.stdout.read() if program.stdout else b""
    _, status, used = os.wait4(program.pid, 0)
    took = time.perf_counter() - at
    watcher.join()
    program.returncode = os.waitstatus_to_exitcode(status)
    if program.returncode != 0:
        raise RuntimeError(f"{command[1:4]} ended with {program.returncode}")
    return Ended(took, used.ru_maxrss / 1024 + sum(helpers.values()), output.decode("utf-8"))


def _watch_helpers(pid: int, most_mb: dict[int, float]) -> None:
    """Note the most memory of each process that this one starts, until it ends; a page they share counts in each."""
    while True:
        try:
            started = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        except OSError:
            return
        for child in map(int, started):
            with suppress(OSError, StopIteration):
                lines = Path(f"/proc/{child}/status").read_text(encoding="ascii").splitlines()
                most_mb[child] = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
        time.sleep(_WATCH_SECONDS)
