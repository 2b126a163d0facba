"""A watched folder: whole files once, by their bytes; nothing in it is moved, and nothing half is read."""

import os
from pathlib import Path

import pytest

from callback_tui.errors import ImportRefused
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import import_files
from callback_tui.services.watched_folder import WatchedFolder

HEADER = "Phone,Name,Received,Message\n"
ONE = HEADER + "(212) 555-0147,Ana Ruiz,2026-11-23 09:00,I need a refill\n"
TWO = ONE + "(212) 555-0148,Tom Reid,2026-11-23 09:05,Please call about my bill\n"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """Return an empty folder."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(path: Path, text: str, modified_at: int = 1_000) -> None:
    """Write a file as if it had been done with at that second."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, (modified_at, modified_at))


def taken(watched: WatchedFolder, **options: int) -> list[tuple[str, int, bool]]:
    """Look and return name, new messages and whether it could not be read, of each file taken."""
    return [(Path(file.file).name, file.new, file.unreadable) for file in watched.look(**options)]


def test_a_file_is_read_when_two_looks_find_it_the_same(desk: OpenDesk, inbox: Path) -> None:
    watched = WatchedFolder(desk, inbox)
    put(inbox / "a.csv", HEADER)
    assert taken(watched) == []
    put(inbox / "a.csv", ONE)
    assert taken(watched) == []
    put(inbox / "a.csv", ONE, 1_001)
    assert taken(watched) == []
    assert taken(watched) == [("a.csv", 1, False)]
    assert taken(watched) == []
    assert (inbox / "a.csv").read_text("utf-8") == ONE


def test_one_look_takes_what_was_written_long_enough_ago_oldest_first(desk: OpenDesk, inbox: Path) -> None:
    put(inbox / "a.csv", TWO, 2_000)
    put(inbox / "b.csv", ONE, 1_000)
    put(inbox / "c.csv", ONE, 3_000)
    assert taken(WatchedFolder(desk, inbox), whole_since_ns=2_000 * 10**9) == [("b.csv", 1, False), ("a.csv", 1, False)]


def test_bytes_that_were_imported_are_not_read_again_under_any_name(desk: OpenDesk, inbox: Path) -> None:
    put(inbox / "again.csv", ONE)
    import_files(desk, [inbox / "again.csv"])
    watched = WatchedFolder(desk, inbox)
    assert taken(watched) + taken(watched) == []
    put(inbox / "again.csv", TWO, 1_001)
    assert taken(watched) + taken(watched) == [("again.csv", 1, False)]


def test_what_cannot_be_read_is_told_once_and_left(desk: OpenDesk, inbox: Path) -> None:
    put(inbox / "letter.pdf", "%PDF-1.7")
    watched = WatchedFolder(desk, inbox)
    assert taken(watched) + taken(watched) + taken(watched) == [("letter.pdf", 0, True)]
    put(inbox / "letter.pdf", "%PDF-1.7 again", 1_001)
    assert taken(watched) + taken(watched) == [("letter.pdf", 0, True)]
    assert (inbox / "letter.pdf").exists()


def test_folders_hidden_files_and_half_ones_are_passed_over(desk: OpenDesk, inbox: Path) -> None:
    (inbox / "sub").mkdir()
    for name in (".hidden.csv", "~lock.csv", "a.csv.part", "b.csv.FILEPART", "sub/c.csv"):
        put(inbox / name, ONE)
    (inbox / "gone.csv").symlink_to(inbox / "nowhere")
    (inbox / "circle.csv").symlink_to(inbox / "circle.csv")
    watched = WatchedFolder(desk, inbox)
    assert taken(watched) + taken(watched) == []
    (inbox / "a.csv.part").rename(inbox / "a.csv")
    assert taken(watched) + taken(watched) == [("a.csv", 1, False)]


def test_a_folder_that_is_not_there_is_refused_and_one_that_comes_back_is_read(desk: OpenDesk, inbox: Path) -> None:
    with pytest.raises(ImportRefused, match="cannot be read"):
        WatchedFolder(desk, inbox / "none")
    put(inbox / "a.csv", ONE)
    watched = WatchedFolder(desk, inbox)
    assert taken(watched) == []
    inbox.rename(inbox.with_name("away"))
    with pytest.raises(ImportRefused):
        taken(watched)
    inbox.with_name("away").rename(inbox)
    assert taken(watched) == [("a.csv", 1, False)]
