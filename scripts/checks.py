"""The checks of the project, one after the other: lint, format, types, layers, wheel, tests."""

import os
import subprocess
from collections.abc import Sequence

from environment import ROOT, NoEnvironmentError, python_with, surroundings

_LAYERS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
_NO_TEST_RAN = 5


def run_checks(pytest_arguments: Sequence[str]) -> int:
    """Run every check, also after one has failed. Returns 0 when all passed, else 1."""
    try:
        python = str(python_with("dev"))
    except NoEnvironmentError as refusal:
        print(refusal)
        return 1
    return run_all(steps_with(python, pytest_arguments))


def steps_with(python: str, pytest_arguments: Sequence[str]) -> tuple[tuple[str, list[str]], ...]:
    """Return every check in turn, each with its name and its command."""
    return (
        ("lint", [python, "-m", "ruff", "check", "--quiet", "."]),
        ("format", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("types", [python, "-m", "mypy"]),
        ("layers", [python, "-c", _LAYERS, "--no-logo"]),
        ("wheel", [python, str(ROOT / "scripts/wheel_check.py")]),
        # Screens wait for rest a third of their time, so one worker more than cores keeps the cores busy.
        ("tests", [python, "-m", "pytest", "-n", str((os.cpu_count() or 1) + 1), *pytest_arguments]),
    )


def run_all(steps: Sequence[tuple[str, Sequence[str]]]) -> int:
    """Run the named commands in turn, also after one has failed. Returns 0 when all ended with 0, else 1."""
    failed = []
    for name, command in steps:
        print(f"== {name}", flush=True)
        status = subprocess.run(command, cwd=ROOT, env=surroundings(), check=False).returncode
        if status == _NO_TEST_RAN and name == "tests":
            print("No test ran: nothing matches what was asked for.", flush=True)
        if status != 0:
            failed.append(name)
    print("All checks passed." if not failed else f"Failed: {', '.join(failed)}.", flush=True)
    return 1 if failed else 0
