"""The errors a person can cause, caused for real: exit status 1, and on stderr the table's two sentences alone.

The window too small is in tests/screens/test_looks.py.
"""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError, PolicyError, StoreError
from callback_tui.rules.policy_file import parse_policy
from callback_tui.services.sign_in import sign_in
from callback_tui.store import gate
from callback_tui.store.engine import open_store
from callback_tui.store.schema import SCHEMA_VERSION
from tests.cli.desk_command import Ran, passphrase_file, run, signed_in
from tests.conftest import MONDAY_MORNING, PASSPHRASE

SMALLEST_DISK_BYTES = 1024
BAD_POLICY = 'practice = "Maple Street\n'


@dataclass(frozen=True)
class Case:
    """What a person does to a desk folder, and the error it must end in."""

    name: str
    cause: Callable[[Path], Ran]
    error: Callable[[Path], DeskError]


def queue(folder: Path) -> Ran:
    """Ask for the queue of a desk, as its nurse."""
    return run("queue", *signed_in(folder, "nurse"))


def write_pragma(folder: Path, pragma: str) -> None:
    """Change the head of a desk's database, as another program would."""
    desk = sign_in(folder, "nurse", PASSPHRASE, FixedClock(MONDAY_MORNING))
    with desk.store.write() as connection:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    desk.store.close()


def no_policy_file(folder: Path) -> Ran:
    return run("policy", "check", str(folder / "none.toml"))


def no_messages_file(folder: Path) -> Ran:
    return run("triage", str(folder / "none.jsonl"))


def no_desk(folder: Path) -> Ran:
    return queue(folder.parent / "elsewhere")


def wrong_passphrase(folder: Path) -> Ran:
    file = passphrase_file(folder.parent, "not these words")
    return run("queue", "--desk", str(folder), "--user", "nurse", "--passphrase-file", str(file))


def newer_desk(folder: Path) -> Ran:
    write_pragma(folder, f"user_version = {SCHEMA_VERSION + 1}")
    return queue(folder)


def foreign_desk(folder: Path) -> Ran:
    write_pragma(folder, "application_id = 77")
    return queue(folder)


def foreign_database(folder: Path) -> Ran:
    remove_database(folder)
    with sqlite3.connect(folder / "desk.db") as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    connection.close()
    return queue(folder)


def text_for_a_database(folder: Path) -> Ran:
    remove_database(folder)
    (folder / "desk.db").write_text("a shopping list\n" * 400, encoding="utf-8")
    return queue(folder)


def remove_database(folder: Path) -> None:
    """Leave the keys of a desk without its database."""
    for path in folder.glob("desk.db*"):
        path.unlink()


def bad_policy(folder: Path) -> Ran:
    file = folder.parent / "policy.toml"
    file.write_text(BAD_POLICY, encoding="utf-8")
    return run("policy", "check", str(file))


def refused_policy() -> PolicyError:
    """Return how the bad policy is refused; its words are the parser's."""
    with pytest.raises(PolicyError) as refused:
        parse_policy(BAD_POLICY)
    return refused.value


CASES = (
    Case("a missing policy file", no_policy_file, lambda _: DeskError("policy_file", name="none.toml")),
    Case(
        "a missing file of messages",
        no_messages_file,
        lambda _: DeskError("file_unreadable", reason="No such file or directory"),
    ),
    Case("no desk there", no_desk, lambda folder: DeskError("no_desk", folder=folder.parent / "elsewhere")),
    Case(
        "a file for a desk folder",
        lambda folder: queue(folder / "keys.json"),
        lambda folder: StoreError("no_folder", folder=folder / "keys.json", reason="Not a directory"),
    ),
    Case("a wrong passphrase", wrong_passphrase, lambda _: DeskError("sign_in")),
    Case(
        "a desk of a newer program",
        newer_desk,
        lambda _: DeskError("newer_desk", version=SCHEMA_VERSION + 1, known=SCHEMA_VERSION),
    ),
    Case("a desk of another program", foreign_desk, lambda _: DeskError("foreign_file")),
    Case("another program's database", foreign_database, lambda _: DeskError("damaged")),
    Case("a text for a database", text_for_a_database, lambda _: DeskError("damaged")),
    Case("a bad policy", bad_policy, lambda _: refused_policy()),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_error_is_its_row_and_nothing_else(desk_folder: Path, case: Case) -> None:
    ran = case.cause(desk_folder)
    assert (ran.status, ran.stdout, ran.stderr) == (1, "", f"{case.error(desk_folder)}\n")


def test_the_same_desk_left_alone_is_opened(desk_folder: Path) -> None:
    assert (queue(desk_folder).status, queue(desk_folder).stderr) == (0, "")


def test_a_missing_file_to_import_is_named_with_its_row(desk_folder: Path) -> None:
    """An import goes on with the next file, so its report names the file, and its status says that some are missing."""
    ran = run("import", str(desk_folder / "none.csv"), *signed_in(desk_folder, "nurse"))
    expected = f"{desk_folder / 'none.csv'}: not imported. {DeskError('unreadable')}\n"
    assert (ran.status, ran.stdout, ran.stderr) == (3, expected, "")


def test_a_network_share_is_refused(desk_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"30 22 0:40 / {desk_folder} rw - nfs4 server:/export rw\n", encoding="utf-8")
    monkeypatch.setattr(gate, "_MOUNT_TABLE", mounts)
    ran = queue(desk_folder)
    assert (ran.status, ran.stderr) == (1, f"{StoreError('network_share', folder=desk_folder, share='nfs4')}\n")


def test_an_unsafe_sqlite_is_refused_before_anything_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a desk without keys uses it, which no command makes."""
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 45, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.45.1")
    with pytest.raises(StoreError) as refused:
        open_store(tmp_path / "desk", data_key=None, audit_key=bytes(32), is_new=True)
    assert str(refused.value) == str(StoreError("unsafe_sqlite", version="3.45.1"))
    assert not (tmp_path / "desk").exists()


def queue_in_a_child(folder: Path, *, before: Callable[[], None]) -> Ran:
    """Ask for the queue in a process of its own that first does what only a child may."""
    # Without -B a child whose files are cut short would leave compiled modules cut short for everybody after it.
    done = subprocess.run(
        [sys.executable, "-B", "-m", "callback_tui", "queue", *signed_in(folder, "nurse")],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def fill_the_disk() -> None:
    """Let no file of this process grow beyond a kilobyte, which SQLite meets as a full disk."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALLEST_DISK_BYTES, SMALLEST_DISK_BYTES))


def be_like_anybody() -> None:
    """Give up the right of the superuser to write anywhere; others never had it."""
    import ctypes

    pr_capbset_drop, cap_dac_override = 24, 1
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(pr_capbset_drop, cap_dac_override, 0, 0, 0)


def test_a_full_disk_is_its_row(desk_folder: Path) -> None:
    ran = queue_in_a_child(desk_folder, before=fill_the_disk)
    assert (ran.status, ran.stdout, ran.stderr) == (1, "", f"{StoreError('disk')}\n")


def test_a_folder_that_may_only_be_read_is_its_row(desk_folder: Path) -> None:
    desk_folder.chmod(0o500)
    try:
        ran = queue_in_a_child(desk_folder, before=be_like_anybody)
    finally:
        desk_folder.chmod(0o700)
    expected = StoreError("no_access", path=desk_folder, reason="Permission denied")
    assert (ran.status, ran.stdout, ran.stderr) == (1, "", f"{expected}\n")
