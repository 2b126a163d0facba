"""`scripts/test.py`: a failing check fails the run, and every check is named."""

import subprocess
import sys

import pytest

from checks import run_all, steps_with


def python_exiting(status: int) -> list[str]:
    """Return a command that ends with the status."""
    return [sys.executable, "-c", f"raise SystemExit({status})"]


def test_every_check_is_there_and_pytest_gets_the_arguments() -> None:
    steps = dict(steps_with("python", ["-k", "due"]))
    assert list(steps) == ["lint", "format", "types", "layers", "wheel", "tests"]
    assert steps["tests"][-2:] == ["-k", "due"]


def test_all_checks_run_after_one_has_failed(capfd: pytest.CaptureFixture[str]) -> None:
    steps = (("lint", python_exiting(1)), ("types", python_exiting(0)), ("tests", python_exiting(2)))
    assert run_all(steps) == 1
    assert capfd.readouterr().out.splitlines() == ["== lint", "== types", "== tests", "Failed: lint, tests."]


def test_all_passed(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_all((("lint", python_exiting(0)),)) == 0
    assert capfd.readouterr().out.splitlines() == ["== lint", "All checks passed."]


def test_a_run_without_tests_fails(capfd: pytest.CaptureFixture[str]) -> None:
    assert run_all((("tests", python_exiting(5)),)) == 1
    assert "No test ran" in capfd.readouterr().out


def test_pytest_ends_with_five_when_nothing_matches() -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "--collect-only",
        "-q",
        "--noconftest",
        "-p",
        "no:cacheprovider",
        "-k",
        "no_such_test",
        __file__,
    ]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 5
