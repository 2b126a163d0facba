"""`callback-tui policy`: due times without a desk, every problem of a file, and applying one to a desk."""

import json
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from typer.testing import CliRunner

from callback_tui.cli.main import app
from callback_tui.cli.policy import policy
from callback_tui.rules.policy_file import new_policy_text
from tests.cli.desk_command import passphrase_file, run
from tests.conftest import PASSPHRASE
from tests.rules.calendars import WorkedCase, worked_cases
from tests.services.test_three_sites import THREE

RUNNER = CliRunner()
TEXT = new_policy_text(
    name="Maple Street Family Medicine",
    short_name="Maple Street",
    zone="America/New_York",
    region="US",
    callback_number="+12125550100",
)


@pytest.fixture
def policy_path(tmp_path: Path) -> Path:
    path = tmp_path / "policy.toml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def due(path: Path, *arguments: str) -> dict[str, str]:
    result = RUNNER.invoke(policy, ["due", "--policy", str(path), *arguments, "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_due_of_a_routine_message_left_in_the_afternoon(policy_path: Path) -> None:
    assert due(policy_path, "--received", "2026-11-23T16:30", "--priority", "routine") == {
        "received_at": "2026-11-23T21:30:00Z",
        "starts_at": "2026-11-23T21:30:00Z",
        "due_at": "2026-11-24T16:30:00Z",
        "target": "4h",
        "clock": "open",
        "speak": "4 h of desk time left (closes 17:00, so 11:30 tomorrow)",
    }


@pytest.mark.parametrize(
    ("priority", "target", "clock", "starts_at", "due_at"),
    [
        ("emergent", "5m", "always", "2026-11-22T03:00:00Z", "2026-11-22T03:05:00Z"),
        ("urgent", "60m", "always", "2026-11-22T03:00:00Z", "2026-11-22T04:00:00Z"),
        ("routine", "4h", "open", "2026-11-23T13:00:00Z", "2026-11-23T17:00:00Z"),
        ("informational", "1 open day", "open", "2026-11-23T13:00:00Z", "2026-11-24T13:00:00Z"),
    ],
)
def test_each_priority_after_hours(
    policy_path: Path, priority: str, target: str, clock: str, starts_at: str, due_at: str
) -> None:
    found = due(policy_path, "--received", "2026-11-21T22:00:00-05:00", "--priority", priority)
    assert (found["target"], found["clock"]) == (target, clock)
    assert (found["starts_at"], found["due_at"]) == (starts_at, due_at)


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case.name)
def test_worked_cases_through_a_policy_file(tmp_path: Path, case: WorkedCase) -> None:
    days = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    words = {
        day: [f"{_clock(span.start_minute)}-{_clock(span.end_minute)}" for span in spans]
        for day, spans in zip(days, case.hours.weekly, strict=True)
    }
    special = {
        str(day): [f"{_clock(span.start_minute)}-{_clock(span.end_minute)}" for span in spans]
        for day, spans in case.hours.special.items()
    }
    lines = [
        '[practice]\nname = "A"\nshort_name = "A"\nregion = "US"',
        f'[[site]]\nname = "Main"\nzone = "{case.hours.zone}"\ncallback_number = "+12125550100"',
        f"holidays = {json.dumps([str(day) for day in case.hours.holidays])}",
        *(f"hours.{day} = {json.dumps(spans)}" for day, spans in words.items()),
        *(f'special."{day}" = {json.dumps(spans)}' for day, spans in special.items()),
        f'[targets]\nroutine = {{ target = "{case.seconds // 60}m", clock = "open" }}',
    ]
    path = tmp_path / "case.toml"
    path.write_text("\n".join(lines), encoding="utf-8")
    received = case.start.astimezone(ZoneInfo(case.hours.zone)).isoformat()
    found = due(path, "--received", received, "--priority", "routine")
    assert found["due_at"] == case.due.isoformat().replace("+00:00", "Z")


def test_due_in_sentences(policy_path: Path) -> None:
    arguments = ["due", "--policy", str(policy_path), "--received", "2026-11-21T12:00", "--priority", "routine"]
    result = RUNNER.invoke(policy, arguments)
    assert result.stdout.splitlines() == [
        "Received Sat 21 Nov 2026 12:00 (America/New_York).",
        "The clock starts Mon 23 Nov 2026 08:00 and runs only while Main is open.",
        "Due Mon 23 Nov 2026 12:00: 4h for routine.",
        "At that moment: 4 h of desk time left (desk opens 08:00 Mon 23 Nov, so 12:00 Mon 23 Nov).",
    ]


@pytest.mark.parametrize(
    ("site", "starts", "due_at"),
    [
        ("Main", "2026-11-02T13:00:00Z", "2026-11-02T17:00:00Z"),
        ("Lakeside", "2026-11-02T14:00:00Z", "2026-11-02T18:00:00Z"),
        ("Desert", "2026-11-02T15:00:00Z", "2026-11-02T19:00:00Z"),
    ],
)
def test_due_at_a_site_goes_by_its_own_zone_and_hours(
    policy_path: Path, tmp_path: Path, site: str, starts: str, due_at: str
) -> None:
    """Left on Saturday at noon by the site's clock; in the night New York and Chicago go back, Phoenix does not."""
    path = tmp_path / "three.toml"
    path.write_text(policy_path.read_text("utf-8") + THREE, "utf-8")
    found = due(path, "--received", "2026-10-31T12:00", "--priority", "routine", "--site", site)
    assert (found["starts_at"], found["due_at"]) == (starts, due_at)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--received", "yesterday", "--priority", "routine"],
        ["--received", "9999-12-31T23:59", "--priority", "routine"],
        ["--received", "2026-11-23T16:30", "--priority", "asap"],
        ["--priority", "routine"],
    ],
)
def test_wrong_usage(policy_path: Path, arguments: list[str]) -> None:
    assert RUNNER.invoke(policy, ["due", "--policy", str(policy_path), *arguments]).exit_code == 2


def test_an_unknown_site_is_refused_with_the_known_ones(policy_path: Path) -> None:
    arguments = ["due", "--policy", str(policy_path), "--received", "2026-11-23T16:30", "--priority", "routine"]
    result = RUNNER.invoke(app, ["policy", *arguments, "--site", "Riverside"])
    assert result.exit_code == 1
    assert result.stderr == "The policy has no site of that name. Choose one of: Main.\n"


def test_check_takes_a_good_file(policy_path: Path) -> None:
    result = RUNNER.invoke(policy, ["check", str(policy_path)])
    assert result.exit_code == 0
    assert "in order" in result.stdout


def test_check_names_every_problem(policy_path: Path) -> None:
    policy_path.write_text(TEXT.replace("America/New_York", "Mars/Base").replace("4h", "soon"), encoding="utf-8")
    result = RUNNER.invoke(policy, ["check", str(policy_path)])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "site[0].zone" in result.stderr
    assert "targets.routine.target" in result.stderr


def test_a_triage_rule_that_is_off_is_warned_of_and_not_refused(policy_path: Path) -> None:
    policy_path.write_text(f'{TEXT}[triage]\nrules_off = ["chest.pain"]\n', encoding="utf-8")
    result = RUNNER.invoke(policy, ["check", str(policy_path)])
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert result.stderr.startswith("Warning: chest.pain: chest pain, 911 tier: messages with ")
    policy_path.write_text(f'{TEXT}[triage]\nrules_off = ["chest.pian"]\n', encoding="utf-8")
    refused = RUNNER.invoke(app, ["policy", "check", str(policy_path)])
    assert refused.exit_code == 1
    assert "near it are chest.pain" in refused.stderr


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_an_unreadable_file_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "policy.toml"
    if content is not None:
        path.write_bytes(content)
    result = RUNNER.invoke(app, ["policy", "check", str(path)])
    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


@pytest.fixture
def admin_options(tmp_path: Path, desk_folder: Path) -> list[str]:
    """Return the options that sign the admin in to the test's desk."""
    passphrase_file = tmp_path / "passphrase.txt"
    passphrase_file.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return ["--desk", str(desk_folder), "--user", "admin", "--passphrase-file", str(passphrase_file)]


def test_a_policy_put_in_force_is_shown_and_counted_by(policy_path: Path, admin_options: list[str]) -> None:
    text = TEXT.replace('"4h"', '"2h"')
    policy_path.write_text(text, encoding="utf-8")
    tried = RUNNER.invoke(app, ["policy", "apply", str(policy_path), "--dry-run", *admin_options])
    assert tried.stdout.startswith("Nothing was changed, policy version 2 stays in force. Nothing waits")
    assert RUNNER.invoke(app, ["policy", "show", *admin_options]).stdout != text
    applied = RUNNER.invoke(app, ["policy", "apply", str(policy_path), *admin_options])
    assert (applied.exit_code, applied.stdout) == (
        0,
        "Policy version 3 is in force. Nothing waits, so no due time changes.\n",
    )
    assert RUNNER.invoke(app, ["policy", "show", *admin_options]).stdout == text
    arguments = ["--received", "2026-11-23T10:00", "--priority", "routine", "--json", *admin_options]
    found = json.loads(RUNNER.invoke(app, ["policy", "due", *arguments]).stdout)
    assert (found["target"], found["due_at"]) == ("2h", "2026-11-23T17:00:00Z")


def test_a_refused_policy_changes_nothing(policy_path: Path, admin_options: list[str]) -> None:
    before = RUNNER.invoke(app, ["policy", "show", *admin_options]).stdout
    policy_path.write_text(TEXT.replace("4h", "soon"), encoding="utf-8")
    refused = RUNNER.invoke(app, ["policy", "apply", str(policy_path), *admin_options])
    assert refused.exit_code == 1
    assert refused.stderr.count("\n") == 1
    assert "targets.routine.target" in refused.stderr
    assert RUNNER.invoke(app, ["policy", "show", *admin_options]).stdout == before


def test_the_policy_in_force_makes_no_new_version(policy_path: Path, admin_options: list[str]) -> None:
    policy_path.write_text(RUNNER.invoke(app, ["policy", "show", *admin_options]).stdout, encoding="utf-8")
    again = RUNNER.invoke(app, ["policy", "apply", str(policy_path), *admin_options])
    assert (again.exit_code, again.stdout) == (
        0,
        "Nothing changed: this is policy version 2, which is in force already.\n",
    )
    policy_path.write_text(TEXT, encoding="utf-8")
    assert "version 3 is" in RUNNER.invoke(app, ["policy", "apply", str(policy_path), *admin_options]).stdout


def test_a_nurse_may_not_change_the_policy(policy_path: Path, admin_options: list[str]) -> None:
    options = ["nurse" if option == "admin" else option for option in admin_options]
    assert RUNNER.invoke(app, ["policy", "apply", str(policy_path), *options]).exit_code == 1
    assert RUNNER.invoke(app, ["policy", "show", *options]).exit_code == 0


def _clock(minute: int) -> str:
    return "24:00" if minute == 1440 else f"{minute // 60:02d}:{minute % 60:02d}"


def test_a_policy_that_is_shown_into_a_file_is_the_one_in_force(desk_folder: Path, tmp_path: Path) -> None:
    """The question for the name leaves no sign in the file, so that applying it again changes nothing."""
    place = ("--desk", str(desk_folder), "--passphrase-file", str(passphrase_file(tmp_path)))
    command = [sys.executable, "-m", "callback_tui", "policy", "show", *place]
    shown = subprocess.run(command, input=b"admin\n", capture_output=True, check=True)
    assert b"User name" in shown.stderr
    assert shown.stdout.startswith(b"[practice]")
    path = tmp_path / "practice.toml"
    path.write_bytes(shown.stdout)
    assert run("policy", "apply", str(path), *place, "--user", "admin").stdout.startswith("Nothing changed")
