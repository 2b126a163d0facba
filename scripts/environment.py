"""The project's own `.venv`: made when missing, filled from a lock file, and used to run things."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_VENV = ROOT / ".venv"
_PROBE = "import pip, sys; sys.exit(sys.version_info < (3, 11))"


class NoEnvironmentError(Exception):
    """The environment cannot be made; the text says why and what now."""


def python_with(lock_name: str) -> Path:
    """Return the `.venv` Python after seeing to it that `requirements/<lock_name>.txt` is installed in it.

    A stamp in `.venv` names the lock file's content and this Python's version, so that only a change costs time.
    Raises NoEnvironmentError when there is no venv module, or when pip fails.
    """
    lock = ROOT / "requirements" / (lock_name + ".txt")
    stamp = _VENV / ("installed-" + lock_name)
    wanted = f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {sys.version_info.major}.{sys.version_info.minor}"
    python = _python_path()
    if python.exists() and _text_of(stamp) == wanted:
        return python
    if not _works(python):
        _make(python)
    _install(python, lock)
    stamp.write_text(wanted, encoding="ascii")
    return python


def surroundings() -> dict[str, str]:
    """Return the environment variables with which the package is found from any folder."""
    found = dict(os.environ)
    found["PYTHONPATH"] = os.pathsep.join(part for part in (str(ROOT), found.get("PYTHONPATH", "")) if part)
    return found


def run_module(module: str, arguments: Sequence[str]) -> None:
    """Replace this program by `python -m module`; where the system cannot, run it and leave with its exit status."""
    _become("run", ["-P", "-m", module, *arguments])


def run_script(name: str, arguments: Sequence[str], lock_name: str) -> None:
    """Replace this program by a file of scripts/, with the packages of `requirements/<lock_name>.txt`."""
    _become(lock_name, [str(ROOT / "scripts" / name), *arguments])


def _become(lock_name: str, arguments: Sequence[str]) -> None:
    try:
        python = python_with(lock_name)
    except NoEnvironmentError as refusal:
        sys.exit(str(refusal))
    command = [str(python), *arguments]
    if os.name == "nt":
        sys.exit(_call_to_the_end(command))
    os.execve(python, command, surroundings())  # noqa: S606  # our own Python, no shell wanted


def _call_to_the_end(command: Sequence[str]) -> int:
    child = subprocess.Popen(command, env=surroundings())
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue  # Ctrl-C reaches the child as well; it decides


def _python_path() -> Path:
    return _VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    return subprocess.run([python, "-c", _PROBE], capture_output=True, check=False).returncode == 0


def _make(python: Path) -> None:
    print("Making .venv ...", file=sys.stderr, flush=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", _VENV], capture_output=True, text=True, check=False)
    if made.returncode != 0 or not _works(python):
        raise NoEnvironmentError(
            f"{_last_line(made.stdout + made.stderr)}\n"
            f"A virtual environment cannot be made in {_VENV}: this Python lacks its venv module, or the folder is "
            "read-only. On Debian and Ubuntu `apt install python3-venv` mends the first; then run this again."
        )


def _install(python: Path, lock: Path) -> None:
    print(f"Installing the packages of {lock.relative_to(ROOT).as_posix()} into .venv ...", file=sys.stderr, flush=True)
    pip = [
        str(python),
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--quiet",
        "--require-hashes",
        "-r",
        str(lock),
    ]
    if subprocess.run(pip, stdout=sys.stderr, env=os.environ | {"PIP_USER": "0"}, check=False).returncode != 0:
        raise NoEnvironmentError(
            "The packages could not be installed; pip says why above. The first start needs a network connection. "
            "Nothing is lost: run this again when it is there."
        )


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""
