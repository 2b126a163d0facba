"""The triage command: JSON lines in, JSON lines out, exit codes that scripts can rely on."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from callback_tui.cli.triage import triage

app = typer.Typer()
app.command()(triage)
runner = CliRunner()


def test_tags_every_line_of_a_pipe_in_order() -> None:
    lines = [{"id": "a", "text": "I have chest pain"}, {"id": 7, "text": "What are your office hours?"}]
    answer = runner.invoke(app, [], input="\n".join(map(json.dumps, lines)))
    assert answer.exit_code == 0
    first, second = map(json.loads, answer.stdout.splitlines())
    assert (first["id"], first["priority"], first["emergent"], first["check"]) == ("a", "urgent", True, False)
    assert first["reason"] == "symptom"
    assert first["hits"] == [
        {
            "rule": "chest.pain",
            "category": "chest",
            "tier": "emergent",
            "start": 7,
            "end": 17,
            "text": "chest pain",
            "read_as": "present",
        }
    ]
    assert (second["id"], second["priority"], second["emergent"]) == (7, "informational", False)


def test_reads_a_file_and_an_age(tmp_path: Path) -> None:
    file = tmp_path / "messages.jsonl"
    row = {"id": 1, "text": "temperature is 101.2 and not feeding", "age_years": 0}
    file.write_text("\ufeff" + json.dumps(row) + "\n\n", encoding="utf-8")
    answer = runner.invoke(app, [str(file)])
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["priority"] == "urgent"


@pytest.mark.parametrize("bad", ["{broken", '["text"]', '{"id": 1}', '{"id": 1, "text": 5}', '{"text":' + "[" * 20_000])
def test_a_bad_line_is_named_and_the_rest_is_done(bad: str) -> None:
    good = json.dumps({"id": 2, "text": "refill please"})
    answer = runner.invoke(app, [], input=f"{good}\n{bad}\n{good}\n")
    assert answer.exit_code == 3
    assert len(answer.stdout.splitlines()) == 2
    assert "Line 2" in answer.stderr
    assert "1 line left out" in answer.stderr


def test_a_file_that_is_no_json_lines_is_refused_in_one_sentence() -> None:
    answer = runner.invoke(app, [], input="Dear office,\nmy chest hurts.\n")
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert "no JSON object" in answer.stderr


def test_a_missing_file_is_refused_without_a_traceback(tmp_path: Path) -> None:
    answer = runner.invoke(app, [str(tmp_path / "gone.jsonl")])
    assert answer.exit_code == 1
    assert "cannot be read" in answer.stderr


def test_bytes_that_are_no_utf8_and_lone_surrogates_are_answered() -> None:
    answer = runner.invoke(app, [], input=b'{"id": 1, "text": "chest pain \xff"}\n{"id": 2, "text": "\\ud800"}\n')
    assert answer.exit_code == 0
    assert [json.loads(line)["priority"] for line in answer.stdout.splitlines()] == ["urgent", "routine"]


def test_a_sign_in_is_taken_and_not_needed(tmp_path: Path) -> None:
    sign_in = ["--desk", str(tmp_path / "none"), "--user", "ada", "--passphrase-file", str(tmp_path / "gone")]
    answer = runner.invoke(app, sign_in, input='{"id": 1, "text": "refill please"}\n')
    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["id"] == 1
    assert "--passphrase-file" not in runner.invoke(app, ["--help"]).stdout


def test_nothing_in_is_nothing_out() -> None:
    answer = runner.invoke(app, [], input="")
    assert (answer.exit_code, answer.stdout) == (0, "")


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_a_number_that_json_cannot_hold_is_a_bad_line(number: str) -> None:
    answer = runner.invoke(app, [], input=f'{{"id": {number}, "text": "refill"}}\n{{"id": 1.5, "text": "refill"}}\n')
    assert answer.exit_code == 3
    assert "Line 1: not JSON." in answer.stderr
    assert [json.loads(line)["id"] for line in answer.stdout.splitlines()] == [1.5]
