"""The wheel holds what the program reads at run time, and nothing else of the repository."""

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "callback_tui"
DATA_SUFFIXES = {".tcss", ".toml", ".json", ".mako", ".txt", ".sql", ".csv"}


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> frozenset[str]:
    """Build the wheel without a network and return the names in it."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", str(folder), str(ROOT)], check=True, capture_output=True)
    (wheel,) = folder.glob("callback_tui-*-py3-none-any.whl")
    return frozenset(zipfile.ZipFile(wheel).namelist())


def files_of_the_package() -> frozenset[str]:
    """Return every module and data file of the package, as paths in the repository."""
    paths = (path for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return frozenset(path.relative_to(ROOT).as_posix() for path in paths if path.suffix in DATA_SUFFIXES | {".py"})


def test_every_module_and_data_file_is_inside(wheel_names: frozenset[str]) -> None:
    assert files_of_the_package() - wheel_names == frozenset()


@pytest.mark.parametrize(
    ("folder", "suffix"),
    [
        ("styles", ".tcss"),
        ("services/demo_practice", ".json"),
        ("store/migrations", ".py"),
        ("intake/profiles", ".json"),
        ("rules/triage", ".json"),
    ],
)
def test_what_is_read_at_run_time_is_inside(wheel_names: frozenset[str], folder: str, suffix: str) -> None:
    assert [name for name in wheel_names if name.startswith(f"callback_tui/{folder}/") and name.endswith(suffix)] != []


def test_nothing_else_is_inside(wheel_names: frozenset[str]) -> None:
    tops = {name.split("/")[0] for name in wheel_names}
    assert tops == {"callback_tui", f"callback_tui-{project()['version']}.dist-info"}
    assert any(name.endswith("/LICENSE") for name in wheel_names)


def project() -> dict[str, object]:
    """Return the project table of pyproject.toml."""
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


def test_the_version_is_said_once() -> None:
    import callback_tui

    assert project()["version"] == callback_tui.__version__


@pytest.mark.parametrize("name", ["run.txt", "dev.txt"])
def test_locks_are_hashed_and_name_no_address(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="ascii")
    packages = [block for block in text.replace("\\\n", "").splitlines() if block[:1].isalpha()]
    assert len(packages) > 20
    assert [package for package in packages if "--hash=sha256:" not in package or "==" not in package] == []
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text


def test_both_locks_agree() -> None:
    pins = [
        {
            line.split()[0]
            for line in (ROOT / "requirements" / name).read_text(encoding="ascii").splitlines()
            if "==" in line
        }
        for name in ("run.txt", "dev.txt")
    ]
    assert pins[0] - pins[1] == set()
