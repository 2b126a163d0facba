"""From an export to a logged outcome: import on the command line, the queue as JSON, one call by keys alone."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import AttemptState, ItemState, Outcome, Tier
from callback_tui.screens.call import CallScreen
from callback_tui.screens.pick_one import PickOne
from callback_tui.screens.queue import QueueScreen
from callback_tui.services.audit import verify
from callback_tui.services.sign_in import sign_in
from tests.conftest import PASSPHRASE
from tests.intake.exports import ringcentral_detailed, twilio_messages
from tests.screens.drive import at_the_desk
from tests.services.made_up import audited, column, supervisor
from wheel_check import place_in_queue

ROWS = 5_000
_REJECTS_STATUS = 3


class CommandLine:
    """Runs the program as a person's script would, on one desk."""

    def __init__(self, folder: Path, passphrase_file: Path) -> None:
        """Keep how the nurse signs in."""
        self._sign_in = ["--desk", str(folder), "--user", "nurse", "--passphrase-file", str(passphrase_file)]

    def run(self, command: str, *arguments: str, expect: tuple[int, ...] = (0,)) -> Any:
        """Run a command with --json and return its document."""
        done = subprocess.run(
            [sys.executable, "-m", "callback_tui", command, *arguments, "--json", *self._sign_in],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in expect, done.stderr
        return json.loads(done.stdout)


@pytest.fixture
def command_line(desk_folder: Path, tmp_path: Path) -> CommandLine:
    """Return the command line of a desk nobody has open."""
    passphrase_file = tmp_path / "passphrase"
    passphrase_file.write_text(PASSPHRASE + "\n", "utf-8")
    return CommandLine(desk_folder, passphrase_file)


@pytest.mark.parametrize(
    ("layout", "profile", "tiers"),
    [
        # A call log holds no words to tag; the same voicemails come with their text from the message store.
        (ringcentral_detailed, "ringcentral_detailed", {"routine"}),
        (twilio_messages, "twilio_console", {"emergent", "routine", "informational"}),
    ],
)
async def test_an_export_becomes_a_queue_and_a_logged_call(
    layout: Callable[[int, int], str],
    profile: str,
    tiers: set[str],
    command_line: CommandLine,
    desk_folder: Path,
    tmp_path: Path,
    clock: FixedClock,
) -> None:
    """5,000 rows in, every row accounted for, the queue in calling order, the first one called and resolved by keys."""
    export = tmp_path / "export.csv"
    export.write_text(layout(ROWS, 7), "utf-8", newline="")
    report = command_line.run("import", str(export), expect=(0, _REJECTS_STATUS))
    counts = report["files"][0]
    assert counts["profile"] == profile
    assert counts["read"] == ROWS
    parts = ("new", "duplicate", "updated", "skipped", "rejected")
    assert counts["read"] == sum(counts[part] for part in parts)
    again = command_line.run("import", str(export), expect=(0, _REJECTS_STATUS))["files"][0]
    assert (again["new"], again["rejected"]) == (0, counts["rejected"])

    rows = command_line.run("queue")
    assert len(rows) == counts["new"]
    keys = [place_in_queue(row) for row in rows]
    assert keys == sorted(keys)
    assert {Tier.EMERGENT.value if row["emergent"] else row["priority"] for row in rows} == tiers

    desk = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    wanted = next(row for row in rows if row["phone"])
    async with at_the_desk(desk, clock) as session:
        session.select(wanted["id"])
        await session.press("enter")
        session.top(CallScreen)
        await session.press("1")
        assert "hidden" in session.text()
        await session.press("1", "2", "tab", *"told her", "escape", "f8", "1")
        if isinstance(session.app.screen, PickOne):
            await session.press("1")
        session.top(QueueScreen)
        assert str(wanted["id"]) not in session.table.order
        assert "Resolved" in session.status()
    assert column(desk, "queue_item", wanted["id"], "state") is ItemState.CLOSED
    assert column(desk, "call_attempt", wanted["id"], "state") is AttemptState.LOGGED
    assert column(desk, "call_attempt", wanted["id"], "outcome") is Outcome.RESOLVED
    assert len(audited(desk, "outcome_logged")) == 1
    assert verify(supervisor(desk)).sound
    desk.store.close()
