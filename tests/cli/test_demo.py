"""`callback-tui demo` without a terminal: the queue once, and nothing left behind."""

import re
import tempfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from callback_tui.cli.demo_desk import plain_options
from callback_tui.cli.main import app
from callback_tui.models.vocabulary import Role

RUNNER = CliRunner()


def test_prints_the_queue_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    not_needed = ["--desk", "nowhere", "--user", "ada", "--passphrase-file", "none"]
    done = RUNNER.invoke(
        app, ["demo", "--messages", "12", "--history", "90", "--seed", "3", "--role", "staff", *not_needed]
    )
    assert done.exit_code == 0, done.output
    assert "Maple Street Family Medicine" in done.stdout
    assert "made-up people" in done.stdout
    waiting, asleep = map(int, re.findall(r"(\d+) (?:waiting|asleep)", done.stdout))
    assert waiting + asleep == 12
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [["--messages", "-1"], ["--role", "king"], ["--history", "1000001"]])
def test_wrong_usage(arguments: list[str]) -> None:
    assert RUNNER.invoke(app, ["demo", *arguments]).exit_code == 2


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ([], {}),
        (["--role", "staff", "--seed", "-3"], {"role": Role.STAFF, "seed": -3}),
        (
            ["--messages", "0", "--messages", "20000", "--history", "1000000"],
            {"messages": 20_000, "history": 1_000_000},
        ),
    ],
)
def test_plain_options_need_no_command_line(arguments: list[str], options: dict[str, object]) -> None:
    assert plain_options(arguments) == options


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--messages"],
        ["--messages", "many"],
        ["--messages=5"],
        ["--messages", "20001"],
        ["--history", "-1"],
        ["--role", "king"],
        ["--desk", "nowhere"],
        ["12", "13"],
    ],
)
def test_the_command_line_reads_all_other_options(arguments: list[str]) -> None:
    assert plain_options(arguments) is None
