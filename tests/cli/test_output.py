"""Output that cannot get out: one sentence, and quiet when the reader only had enough."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from callback_tui.cli.init import write_recovery_code
from callback_tui.errors import DeskError
from tests.cli.desk_command import passphrase_file, signed_in
from tests.cli.test_init import ANSWERS

FULL = Path("/dev/full")
NO_ROOM = str(DeskError("output_lost", reason="No space left on device"))
ONE_MESSAGE = b'{"id": 1, "text": "please call me back"}\n'
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="only Linux has a device that is always full")


def run_into(place: Path | int, *arguments: str, typed: bytes = b"", unbuffered: str = "") -> tuple[int, list[str]]:
    """Run a command with its output going to a place; return its status and what it said beside it."""
    output = os.open(place, os.O_WRONLY) if isinstance(place, Path) else place
    try:
        done = subprocess.run(
            [sys.executable, "-m", "callback_tui", *arguments],
            input=typed,
            stdout=output,
            stderr=subprocess.PIPE,
            check=False,
            env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
        )
    finally:
        os.close(output)
    return done.returncode, done.stderr.decode().splitlines()


def pipe_nobody_reads() -> int:
    """Return the writing end of a pipe whose reader has left."""
    reading, writing = os.pipe()
    os.close(reading)
    return writing


def test_the_queue_into_a_full_place_is_one_sentence(desk_folder: Path) -> None:
    status, said = run_into(FULL, "queue", "--json", *signed_in(desk_folder, "nurse"))
    assert status == 1
    assert said == [NO_ROOM]


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_output_is_missed_at_the_end_and_at_once(unbuffered: str) -> None:
    assert run_into(FULL, "triage", typed=ONE_MESSAGE, unbuffered=unbuffered) == (1, [NO_ROOM])


def test_a_reader_who_left_hears_nothing() -> None:
    assert run_into(pipe_nobody_reads(), "triage", typed=ONE_MESSAGE)[1] == []
    assert run_into(pipe_nobody_reads(), "--help")[1] == []


def test_closed_output_does_nothing_and_says_so(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "callback_tui", "init", *ANSWERS, "--desk", str(tmp_path / "d")]
    command += ["--passphrase-file", str(passphrase_file(tmp_path))]
    closed = ["/bin/sh", "-c", 'exec "$@" >&-', "sh", *command]
    done = subprocess.run(closed, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, f"{DeskError('output_closed')}\n")
    assert not (tmp_path / "d").exists()


def test_a_recovery_code_that_nobody_saw_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with FULL.open("wb", buffering=0) as full:
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(full, write_through=True))
        with pytest.raises(DeskError, match=r"nobody has it\. Delete .*/d and start over"):
            write_recovery_code("AAAA", tmp_path / "d")
        monkeypatch.undo()
