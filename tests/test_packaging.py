"""What is installed: the version is said once, and the locks are whole, hashed and in step with pyproject.toml."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
