"""`callback-tui import`: the JSON contract, the words, exit statuses, and the file of rejected rows."""

import csv
import json
import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from callback_tui.cli.main import app
from callback_tui.errors import StoreError
from tests.conftest import PASSPHRASE
from tests.intake.exports import twilio_messages

RUNNER = CliRunner()
GOOD = "Phone,Name,Received,Message\n(212) 555-0147,Ana Ruiz,2026-11-23 09:00,I need a refill\n"
REJECTED = GOOD + '+1,Bo,2026-11-23 09:00,"\n=cmd(),\0?,x,\n'


@pytest.fixture
def run(desk_folder: Path, tmp_path: Path) -> Callable[..., Result]:
    """Return a function that runs `import` against a desk of this test's own."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE + "\n")

    def invoke(*arguments: object) -> Result:
        signed_in = ("--desk", desk_folder, "--user", "nurse", "--passphrase-file", passphrase)
        return RUNNER.invoke(app, ["import", *map(str, arguments), *map(str, signed_in)])

    return invoke


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str], Path]:
    """Return a function that writes a file and returns its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def document(done: Result) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_json_is_one_document_with_the_agreed_keys(run: Callable[..., Result], put: Callable[[str, str], Path]) -> None:
    path = put("good.csv", GOOD)
    done = run(path, "--json")
    assert done.exit_code == 0, done.output
    assert document(done) == {
        "files": [
            {
                "file": str(path),
                "format": "csv",
                "profile": "generic",
                "encoding": "utf-8",
                "read": 1,
                "new": 1,
                "duplicate": 0,
                "updated": 0,
                "flagged": 0,
                "skipped": 0,
                "rejected": 0,
                "no_calls": 0,
                "tags": {"emergent": 0, "urgent": 0, "routine": 1, "informational": 0, "check": 0},
                "red_flags": [],
                "problems": [],
            }
        ],
        "batch": 1,
        "dry_run": False,
    }
    again = document(run(path, "--json"))["files"][0]
    assert (again["read"], again["new"], again["duplicate"]) == (1, 0, 1)


def test_rejected_rows_end_in_status_three_dry_runs_too(
    run: Callable[..., Result], put: Callable[[str, str], Path]
) -> None:
    path = put("bad.csv", REJECTED)
    dry, real = run(path, "--json", "--dry-run"), run(path, "--json")
    assert (dry.exit_code, real.exit_code) == (3, 3)
    assert document(dry)["dry_run"] is True
    assert document(dry)["batch"] is None
    assert document(dry)["files"] == document(real)["files"]
    file = document(real)["files"][0]
    assert file["read"] == file["new"] + file["duplicate"] + file["updated"] + file["skipped"] + file["rejected"] == 3
    assert [(problem["row"], problem["code"]) for problem in file["problems"]] == [(3, "broken_quote"), (4, "nul")]
    assert all(set(problem) == {"row", "code", "reason"} for problem in file["problems"])


def test_an_unreadable_file_has_its_entry_and_the_rest_is_imported(
    run: Callable[..., Result], put: Callable[[str, str], Path], tmp_path: Path
) -> None:
    done = run(tmp_path / "none.csv", put("good.csv", GOOD), "--json")
    assert done.exit_code == 3
    missing, good = document(done)["files"]
    assert (missing["read"], missing["problems"][0]["code"], good["new"]) == (0, "unreadable", 1)


def test_words_for_people(run: Callable[..., Result], put: Callable[[str, str], Path]) -> None:
    done = run(put("t.csv", twilio_messages(50, 2)), "--dry-run")
    assert done.exit_code == 0
    assert "(twilio_console, utf-8)" in done.stdout
    assert "50 rows read" in done.stdout
    assert "Nothing was written." in done.stdout
    rejected = run(put("bad.csv", REJECTED))
    assert "row 3 rejected: A quote" in rejected.stdout
    assert "Ana" not in rejected.output
    assert "555" not in rejected.output
    assert run(put("book.csv", "")).stdout.endswith("not imported. The file is empty. Export it again.\n")


@pytest.mark.parametrize("dry_run", [True, False])
def test_rejected_rows_are_written_when_asked(
    run: Callable[..., Result], put: Callable[[str, str], Path], tmp_path: Path, dry_run: bool
) -> None:
    rejects = tmp_path / "rejects.csv"
    rejects.write_text("older")
    done = run(put("bad.csv", REJECTED), "--rejects", rejects, *(["--dry-run"] if dry_run else []))
    assert done.exit_code == 3, done.output
    with rejects.open(encoding="utf-8", newline="") as file:
        header, quote, formula = csv.reader(file)
    assert header == ["file", "row", "code", "reason", "raw"]
    assert quote[:3] == ["bad.csv", "3", "broken_quote"]
    assert quote[4] == "'+1,Bo,2026-11-23 09:00,\""
    assert formula[4].startswith("'=cmd(),")
    if sys.platform != "win32":
        assert stat.S_IMODE(rejects.stat().st_mode) == 0o600


def test_the_file_of_rejected_rows_never_overwrites_an_export(
    run: Callable[..., Result], put: Callable[[str, str], Path]
) -> None:
    path = put("bad.csv", REJECTED)
    assert run(path, "--rejects", path).exit_code == 2
    assert path.read_text() == REJECTED


@pytest.mark.parametrize("place", ["no/rejects.csv", "."])
def test_a_place_that_cannot_be_written_is_refused_before_anything_is_imported(
    run: Callable[..., Result], put: Callable[[str, str], Path], tmp_path: Path, place: str
) -> None:
    path = put("bad.csv", REJECTED)
    done = run(path, "--json", "--rejects", tmp_path / place)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "nothing was imported" in done.stderr
    assert document(run(path, "--json"))["files"][0]["new"] == 1


@pytest.mark.parametrize("name", ["keys.json", "desk.db", "new.csv"])
def test_the_desks_own_folder_takes_no_rejected_rows(
    run: Callable[..., Result], put: Callable[[str, str], Path], desk_folder: Path, name: str
) -> None:
    keys = (desk_folder / "keys.json").read_bytes()
    done = run(put("bad.csv", REJECTED), "--dry-run", "--rejects", desk_folder / name)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{StoreError('rejects_file')}\n")
    assert (desk_folder / "keys.json").read_bytes() == keys
    assert not (desk_folder / "new.csv").exists()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes among the files here")
def test_what_is_no_plain_file_is_not_replaced_by_rejected_rows(
    run: Callable[..., Result], put: Callable[[str, str], Path], tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = run(put("bad.csv", REJECTED), "--rejects", pipe)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{StoreError('rejects_file')}\n")
    assert pipe.is_fifo()


def test_an_import_that_is_refused_leaves_an_older_file_of_rejected_rows(
    run: Callable[..., Result], put: Callable[[str, str], Path], tmp_path: Path
) -> None:
    older = put("rejects.csv", "older")
    before = sorted(tmp_path.iterdir())
    assert run(put("bad.csv", REJECTED), "--zone", "Mars/Base", "--rejects", older).exit_code == 1
    assert older.read_text() == "older"
    assert sorted(tmp_path.iterdir()) == sorted([*before, tmp_path / "bad.csv"])


@pytest.mark.parametrize("option", [("--profile", "none"), ("--encoding", "none"), ("--zone", "Mars/Base")])
def test_options_that_make_no_sense_are_refused(
    run: Callable[..., Result], put: Callable[[str, str], Path], option: tuple[str, str]
) -> None:
    done = run(put("good.csv", GOOD), *option)
    assert done.exit_code == 1
    assert "not known" in done.output
    assert done.stdout == ""


def test_no_file_is_wrong_usage(run: Callable[..., Result]) -> None:
    assert run().exit_code == 2


PRESSING = """Phone,Patient Name,Received,Message
2125550110,Ana Ruiz,2026-11-23 09:00,I need a refill of my lisinopril
2125550111,Bo Smith,2026-11-23 09:01,My belly pain is nine out of ten
2125550112,Cy Jones,2026-11-23 09:02,Please update my mailing address
2125550113,Di Brown,2026-11-23 09:03,I have crushing chest pain and my left arm is heavy
2125550114,Ed Black,2026-11-23 09:04,[inaudible] [inaudible]
"""


def test_red_flags_are_named_first_and_by_row_alone(
    run: Callable[..., Result], put: Callable[[str, str], Path]
) -> None:
    """The preview tells them before anything is written; the import tells the same."""
    path = put("pressing.csv", PRESSING)
    words = run(path, "--dry-run").stdout
    lines = [line.strip() for line in words.splitlines()]
    assert lines[1:4] == [
        "1 may be an emergency: bring the file in now",
        f"row 5, an emergency: {_why(words, 5)}",
        f"row 3, urgent: {_why(words, 3)}",
    ]
    assert "by their words: 1 emergent, 1 urgent, 2 routine, 1 information only; 1 to be checked by a person" in lines
    assert not any(name in words for name in ("Smith", "Brown", "5550113", "crushing"))
    dry, real = document(run(path, "--json", "--dry-run"))["files"], document(run(path, "--json"))["files"]
    assert dry == real
    assert dry[0]["tags"] == {"emergent": 1, "urgent": 1, "routine": 2, "informational": 1, "check": 1}
    assert [(flag["row"], flag["tier"]) for flag in dry[0]["red_flags"]] == [(5, "emergent"), (3, "urgent")]
    assert all(0 < len(flag["why"]) <= 12 for flag in dry[0]["red_flags"])


def _why(words: str, row: int) -> str:
    line = next(line for line in words.splitlines() if line.strip().startswith(f"row {row},"))
    return line.partition(": ")[2]
