"""`callback-tui watch`: one look for a timer, and a run that ends when it is asked to."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from callback_tui.clock import SystemClock
from callback_tui.services.sign_in import sign_in, sign_off
from callback_tui.store.tables import desk_session
from tests.cli.desk_command import run, signed_in
from tests.conftest import PASSPHRASE
from tests.services.made_up_on_call import add_roster, told_by
from tests.services.test_watched_folder import HEADER, ONE, put

ROOT = Path(__file__).resolve().parents[2]
URGENT = HEADER + "(212) 555-0147,Ana Ruiz,2026-11-23 09:00,My chest has been tight since six and my arm is heavy\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return an empty folder."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def roster(desk_folder: Path, folder: Path) -> Path:
    admin = sign_in(desk_folder, "admin", PASSPHRASE, SystemClock(), attended=False)
    page = add_roster(admin, folder)
    sign_off(admin)
    return page


def test_one_look_imports_and_fetches_and_counts_for_nobody(desk_folder: Path, inbox: Path, tmp_path: Path) -> None:
    page = roster(desk_folder, tmp_path)
    put(inbox / "night.csv", URGENT)
    who = signed_in(desk_folder, "nurse")
    ran = run("watch", str(inbox), "--once", *who)
    assert (ran.status, ran.stderr) == (0, "")
    imported, fetched = (line.partition(" ")[2] for line in ran.stdout.splitlines())
    assert imported == (
        "night.csv: 1 rows read, 1 new, 0 already here, 0 updated, 0 no message to us, 0 rejected;"
        " 1 may be an emergency: open the queue now"
    )
    assert fetched.startswith("on call: Person 1 fetched ")
    assert fetched.endswith(" for 1 emergent at Main")
    assert [run[1:] for run in told_by(page)] == [["Person 1", "1", "emergent", "Main"]]
    assert run("watch", str(inbox), "--once", *who).stdout == ""


def test_one_look_ends_with_3_when_something_could_not_be_read(desk_folder: Path, inbox: Path) -> None:
    put(inbox / "letter.pdf", "%PDF-1.7")
    ran = run("watch", str(inbox), "--once", *signed_in(desk_folder, "nurse"))
    assert (ran.status, "letter.pdf: not imported. The file is not a format" in ran.stdout) == (3, True)


def test_no_folder_is_a_sentence(desk_folder: Path, inbox: Path) -> None:
    ran = run("watch", str(inbox / "none"), "--once", *signed_in(desk_folder, "nurse"))
    assert (ran.status, "cannot be read" in ran.stderr) == (1, True)


@pytest.fixture
def watching(desk_folder: Path, inbox: Path) -> Iterator[subprocess.Popen[str]]:
    """Return the command at work, past its first line."""
    put(inbox / "day.csv", ONE)
    command = [sys.executable, "-m", "callback_tui", "watch", str(inbox), *signed_in(desk_folder, "nurse")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "Watching. Ctrl-C ends it.\n"
    yield process
    process.kill()
    process.wait()


def test_a_request_to_end_signs_off(watching: subprocess.Popen[str], desk_folder: Path) -> None:
    watching.send_signal(signal.SIGTERM)
    output, _ = watching.communicate(timeout=60)
    assert (watching.returncode, output) == (0, "Stopped.\n")
    desk = sign_in(desk_folder, "nurse", PASSPHRASE, SystemClock())
    with desk.store.read() as connection:
        ended = connection.execute(select(desk_session.c.ended_at, desk_session.c.attended).order_by(desk_session.c.id))
        *_, watch, mine = ended.all()
    sign_off(desk)
    assert (watch.ended_at is not None, watch.attended, mine.attended) == (True, False, True)
