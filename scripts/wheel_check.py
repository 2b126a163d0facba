"""Installs the wheel as people do and works with it outside the checkout: the demo, then an import and its queue."""

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench_files import write_csv
from environment import ROOT

_PACKAGE = ROOT / "callback_tui"
_ON_THE_FIRST_SCREEN = ("demo: made-up people", "Beatrice Okafor")
_LEAVE = "q"
_MOST_SECONDS = 60.0
_MESSAGES = 40
_PASSPHRASE = "made-up words for the wheel"  # noqa: S105  # of a desk that is deleted at the end
_LAST_SIGNS = 300


class WheelError(Exception):
    """The wheel or the program in it is not as it should be; the text says what was seen."""


def main() -> int:
    """Build, install, look at every file, run the demo, import; return 1 after one sentence when it fails."""
    with tempfile.TemporaryDirectory(prefix="callback-tui-wheel-", ignore_cleanup_errors=True) as name:
        try:
            wheel = built_wheel(Path(name))
            if missing := left_out(wheel):
                raise WheelError(f"The wheel lacks {', '.join(missing)}.")
            program = [str(installed(wheel, Path(name) / "venv"))]
            elsewhere = Path(name) / "elsewhere"
            elsewhere.mkdir()
            if os.name == "nt":
                print("Windows has no pseudo-terminal, so the demo of the installed program is left out.", flush=True)
            else:
                check_demo(program, elsewhere)
            check_import(program, elsewhere)
        except WheelError as problem:
            print(problem, flush=True)
            return 1
    return 0


def built_wheel(folder: Path) -> Path:
    """Build the wheel of this checkout into a folder, without a network, and return it. Raises WheelError."""
    _pip("wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT)
    (wheel,) = folder.glob("callback_tui-*-py3-none-any.whl")
    return wheel


def left_out(wheel: Path) -> list[str]:
    """Return the files of the package that are not in the wheel, as paths in the repository."""
    files = (path for path in _PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    with zipfile.ZipFile(wheel) as opened:
        inside = set(opened.namelist())
    return sorted({path.relative_to(ROOT).as_posix() for path in files} - inside)


def installed(wheel: Path, folder: Path) -> Path:
    """Install a wheel and the locked packages into a new environment; return its `callback-tui`. Raises WheelError."""
    _finished("venv", [sys.executable, "-m", "venv", "--without-pip", folder])
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = ("--python", python, "install", "--no-compile")
    _pip(*install, "--require-hashes", "-r", ROOT / "requirements/run.txt")
    _pip(*install, "--no-deps", "--no-index", wheel)
    return python.with_name("callback-tui.exe" if os.name == "nt" else "callback-tui")


def check_demo(program: Sequence[str], folder: Path) -> None:
    """Run the demo in a terminal until its queue is painted, and leave with the key for it. Raises WheelError."""
    from terminal import Terminal, TerminalError

    try:
        with Terminal(
            [*program, "demo"], cwd=folder, environment=_nothing_of_ours(folder), wait_seconds=_MOST_SECONDS
        ) as terminal:
            for words in _ON_THE_FIRST_SCREEN:
                terminal.read_until(words)
            terminal.press(_LEAVE)
            terminal.finish()
    except TerminalError as problem:
        raise WheelError(f"The demo of the installed program failed: {problem}") from problem


def check_import(program: Sequence[str], folder: Path) -> None:
    """Set up a desk in an empty home, import an export, and compare the queue with it. Raises WheelError."""
    passphrase_file, export = folder / "passphrase", folder / "messages.csv"
    passphrase_file.write_text(_PASSPHRASE + "\n", encoding="ascii")
    write_csv(export, _MESSAGES)

    def run(*arguments: str) -> str:
        who = ("--passphrase-file", str(passphrase_file))
        command = [*program, *arguments, *who]
        return _finished(f"callback-tui {arguments[0]}", command, cwd=folder, environment=_nothing_of_ours(folder))

    run("init", "--no-input", "--practice", "Wheel", "--zone", "America/New_York", "--admin", "ann")
    counts = json.loads(run("import", str(export), "--json", "--user", "ann"))["files"][0]
    rows = json.loads(run("queue", "--json", "--user", "ann"))
    check_queue(rows, imported=counts["new"], expected=_MESSAGES)


def check_queue(rows: Sequence[Mapping[str, Any]], *, imported: int, expected: int) -> None:
    """Compare the rows of `queue --json` with what was imported, and see that they are ordered. Raises WheelError."""
    if not expected == imported == len(rows):
        raise WheelError(f"Of {expected} rows {imported} were imported and {len(rows)} are in the queue.")
    places = [place_in_queue(row) for row in rows]
    if places != sorted(places):
        raise WheelError(f"The queue is not in calling order: {places}")


def place_in_queue(row: Mapping[str, Any]) -> tuple[int, str]:
    """Return what a row of `queue --json` is ordered by: emergencies, urgent, the rest, each by the time it is due."""
    return (0 if row["emergent"] else 1 if row["priority"] == "urgent" else 2), row["due_at"]


def _nothing_of_ours(home: Path) -> dict[str, str]:
    """Return variables that hide the checkout and this person's own folders; an empty one counts as none."""
    ours = (
        "PYTHONPATH",
        "PYTHONDONTWRITEBYTECODE",
        "CALLBACK_TUI_DESK",
        "XDG_DATA_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
    )
    return {**dict.fromkeys(ours, ""), **dict.fromkeys(("HOME", "USERPROFILE", "LOCALAPPDATA"), str(home / "home"))}


def _pip(*arguments: str | Path) -> None:
    command = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments)
    _finished("pip", command, environment={"PIP_USER": "0"})


def _finished(
    what: str, command: Sequence[str | Path], *, cwd: Path = ROOT, environment: Mapping[str, str] | None = None
) -> str:
    """Run a command to its end and return what it printed. Raises WheelError, which says `what`, when it failed."""
    surroundings = {**os.environ, "PYTHONUTF8": "1", **(environment or {})}
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=surroundings, check=False)
    if done.returncode != 0:
        said = " ".join((done.stdout + done.stderr).split())[-_LAST_SIGNS:]
        raise WheelError(f"`{what}` ended with {done.returncode}; last said: {said}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
