"""A practice with an on-call roster whose command is a small script that writes down what it was given."""

import json
import sys
from datetime import timedelta
from pathlib import Path

from callback_tui.clock import FixedClock
from callback_tui.services.desk import OpenDesk
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.sign_in import sign_in
from tests.conftest import PASSPHRASE

_SCRIPT = """
import json, os, sys
with open(sys.argv[1], "a") as file:
    ours = [name for name in os.environ if name.startswith("CALLBACK_TUI_")]
    file.write(json.dumps(sys.argv[2:] + ours) + "\\n")
sys.exit(int(sys.argv[2]))
"""
AWAY = timedelta(minutes=15)
MINUTE = timedelta(minutes=1)


def add_roster(admin: OpenDesk, folder: Path, *, statuses: tuple[int, ...] = (0, 0), more: str = "") -> Path:
    """Put a roster in force, a person per exit status of the command, and return the file the command writes to."""
    script, told = folder / "page.py", folder / "told.jsonl"
    script.write_text(_SCRIPT, encoding="utf-8")
    command = [sys.executable, str(script), str(told)]
    lines = ["[on_call]", f"command = {json.dumps(command)}", more]
    for number, status in enumerate(statuses, 1):
        arguments = [str(status), "{person}", "{count}", "{tier}", "{site}"]
        lines += ["[[on_call.roster]]", f'person = "Person {number}"', f"arguments = {json.dumps(arguments)}"]
    apply_policy(admin, policy_text(admin).partition("[on_call]")[0] + "\n".join(lines) + "\n")
    return told


def told_by(path: Path) -> list[list[str]]:
    """Return what each run of the command was given."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def unattended(folder: Path, clock: FixedClock, username: str = "admin") -> OpenDesk:
    """Open the desk as a command does: nobody sits at it."""
    return sign_in(folder, username, PASSPHRASE, clock, attended=False)
