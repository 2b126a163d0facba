"""`scripts/run.py` in a checkout of its own: first start, second start, and what it says when it cannot."""

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRY_SCRIPTS = ("run.py", "test.py", "pages.py", "screenshots.py", "bench.py")
PROGRAM = 'import sys\nimport tiny\nprint("in", tiny.NAME, sys.argv[1:])\nsys.exit(int(sys.argv[1]))\n'
Start = Callable[..., subprocess.CompletedProcess[str]]


def wheel(folder: Path) -> Path:
    """Write the smallest wheel pip takes."""
    path = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("tiny.py", 'NAME = "tiny"\n')
        file.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        file.writestr(
            "tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nGenerator: t\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        file.writestr("tiny-1.0.dist-info/RECORD", "")
    return path


def lock(checkout: Path, digest: str | None = None) -> None:
    """Lock the tiny wheel, with its own digest unless another is given."""
    path = checkout / "tiny-1.0-py3-none-any.whl"
    digest = digest or hashlib.sha256(path.read_bytes()).hexdigest()
    (checkout / "requirements/run.txt").write_text(f"tiny @ {path.as_uri()} --hash=sha256:{digest}\n", encoding="ascii")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkout with a program of three lines, a space in its path and one locked package."""
    folder = tmp_path_factory.mktemp("a checkout")
    shutil.copytree(ROOT / "scripts", folder / "scripts")
    (folder / "callback_tui").mkdir()
    (folder / "callback_tui/__init__.py").touch()
    (folder / "callback_tui/__main__.py").write_text(PROGRAM, encoding="ascii")
    (folder / "requirements").mkdir()
    wheel(folder)
    lock(folder)
    return folder


@pytest.fixture(scope="module")
def start(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Return a function that starts the checkout's program from some other folder."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(checkout / "scripts/run.py"), *arguments]
        environment = os.environ | {"PIP_NO_INDEX": "1"} | variables
        return subprocess.run(command, capture_output=True, text=True, cwd=elsewhere, env=environment, check=False)

    return run


def test_first_start_installs_and_later_ones_say_nothing(checkout: Path, start: Start) -> None:
    first = start("7", "two words")
    assert first.stdout == "in tiny ['7', 'two words']\n"
    assert first.returncode == 7
    assert "Making .venv" in first.stderr
    assert "Installing the packages of requirements/run.txt" in first.stderr

    second = start("0")
    assert (second.stdout, second.stderr, second.returncode) == ("in tiny ['0']\n", "", 0)

    (checkout / "requirements/run.txt").open("a", encoding="ascii").write("# changed\n")
    third = start("0")
    assert "Making" not in third.stderr
    assert "Installing" in third.stderr
    assert third.returncode == 0


def test_half_made_environment_is_made_again(checkout: Path, start: Start) -> None:
    shutil.rmtree(checkout / ".venv", ignore_errors=True)
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/python").symlink_to("gone")
    started = start("0")
    assert started.stdout == "in tiny ['0']\n"
    assert "Making .venv" in started.stderr


def test_wrong_package_is_refused_in_a_sentence(checkout: Path, start: Start) -> None:
    lock(checkout, "0" * 64)
    started = start("0")
    lock(checkout)
    assert started.returncode == 1
    assert "The packages could not be installed; pip says why above." in started.stderr
    assert "Traceback" not in started.stderr
    assert started.stdout == ""
    assert start("0").returncode == 0


def test_python_without_venv_is_told_in_a_sentence(checkout: Path, start: Start, tmp_path: Path) -> None:
    shutil.rmtree(checkout / ".venv", ignore_errors=True)
    (tmp_path / "venv.py").write_text('raise SystemExit("No module named venv")\n', encoding="ascii")
    started = start("0", PYTHONPATH=str(tmp_path))
    assert started.returncode == 1
    assert "A virtual environment cannot be made" in started.stderr
    assert "No module named venv" in started.stderr
    assert "Traceback" not in started.stderr


@pytest.mark.parametrize("script", ENTRY_SCRIPTS)
@pytest.mark.parametrize("version", [(2, 7, 18), (3, 10, 13)])
def test_old_python_is_told_in_a_sentence(script: str, version: tuple[int, int, int]) -> None:
    code = f"import runpy, sys; sys.version_info = {version}; runpy.run_path({str(ROOT / 'scripts' / script)!r})"
    started = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert started.returncode == 1
    assert started.stderr.startswith(f"Python 3.11 or newer is needed; this is Python {version[0]}.{version[1]}.")


@pytest.mark.parametrize("script", ENTRY_SCRIPTS)
def test_entry_scripts_use_nothing_an_old_python_cannot_read(script: str) -> None:
    newer = ("f'", 'f"', "->", ":=", "match ", "async ", "*,")
    source = (ROOT / "scripts" / script).read_text(encoding="utf-8")
    assert [mark for mark in newer if mark in source] == []
    assert source.isascii()
