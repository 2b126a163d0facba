"""What is installed: the version is said once; locks are hashed, whole and in step with pyproject.toml and its page."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCKS = {"run": (), "dev": ("dev",), "bench": ("dev", "bench"), "pictures": ("dev", "pictures")}
"""Each lock with the groups it holds beside what the program needs."""

MODULES = {"python-dateutil": "dateutil"}
"""What a package is imported as, where that is not its name."""


def pyproject() -> dict[str, Any]:
    """Return pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def wanted(groups: tuple[str, ...]) -> dict[str, Requirement]:
    """Return the direct dependencies of the program and of some groups, by name."""
    project = pyproject()
    lines = [*project["project"]["dependencies"]]
    for group in groups:
        lines += [line for line in project["dependency-groups"][group] if isinstance(line, str)]
    return {requirement.name: requirement for requirement in map(Requirement, lines)}


def lock_text(name: str) -> str:
    """Return a lock."""
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="ascii")


def pins(text: str) -> dict[str, str]:
    """Return the packages of a lock with their versions."""
    return dict(re.findall(r"^([a-z0-9.-]+)==([^ ;]+)", text, re.MULTILINE))


def problems_of(text: str, direct: dict[str, Requirement]) -> list[str]:
    """Return what is wrong with a lock: no hash, an address, or not what pyproject.toml asks for."""
    found = [f"{word} names an address" for word in ("://", "--index", "--find-links") if word in text]
    packages = [block for block in text.replace("\\\n", "").splitlines() if block[:1].isalpha()]
    found += [f"{block.split()[0]} has no hash" for block in packages if "--hash=sha256:" not in block]
    pinned = pins(text)
    found += [f"{block.split()[0]} is not pinned" for block in packages if block.split("==")[0] not in pinned]
    asked = {
        block.split("==")[0]
        for block in re.split(r"\n(?=[a-z])", text)
        if re.search(r"callback-tui \(pyproject\.toml", block)
    }
    found += [f"{name} stands in one of lock and pyproject.toml" for name in sorted(asked ^ set(direct))]
    return found + [
        f"{name} {pinned[name]} is not {requirement.specifier}"
        for name, requirement in direct.items()
        if name in pinned and pinned[name] not in requirement.specifier
    ]


def test_the_version_is_said_once() -> None:
    import callback_tui

    assert pyproject()["project"]["version"] == callback_tui.__version__


def test_every_group_has_its_lock() -> None:
    assert {path.stem for path in (ROOT / "requirements").iterdir()} == set(LOCKS)
    assert {group for groups in LOCKS.values() for group in groups} == set(pyproject()["dependency-groups"])


@pytest.mark.parametrize("name", LOCKS)
def test_locks_are_hashed_and_hold_what_is_asked_for(name: str) -> None:
    text = lock_text(name)
    assert len(pins(text)) > 20
    assert problems_of(text, wanted(LOCKS[name])) == []


def test_all_locks_agree() -> None:
    packages = {name: pins(lock_text(name)) for name in LOCKS}
    assert packages["run"].items() <= packages["dev"].items()
    assert packages["dev"].items() <= packages["bench"].items()
    assert packages["dev"].items() <= packages["pictures"].items()


HASH = "    --hash=sha256:00\n"
ASKED = "    # via callback-tui (pyproject.toml)\n"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"rich==14.1 \\\n{HASH}{ASKED}", ""),
        (f"rich==14.1\n{ASKED}", "rich==14.1 has no hash"),
        (f"rich>=14.1 \\\n{HASH}{ASKED}", "rich>=14.1 is not pinned"),
        (f"rich==13.0 \\\n{HASH}{ASKED}", "rich 13.0 is not <16,>=14"),
        (f"rich==14.1 \\\n{HASH}    # via textual\n", "rich stands in one of lock and pyproject.toml"),
        (f"--index-url x\nrich==14.1 \\\n{HASH}{ASKED}", "--index names an address"),
    ],
)
def test_a_wrong_lock_is_told(text: str, problem: str) -> None:
    found = problems_of(text, {"rich": Requirement("rich>=14,<16")})
    assert problem in found if problem else found == []


def rows_of_the_page() -> dict[str, str]:
    """Return the packages that docs/dependencies.md names with the rest of their rows."""
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| ([a-z0-9-]+) \| (.+) \|$", page, re.MULTILINE))


def test_every_direct_dependency_has_its_line() -> None:
    assert set(rows_of_the_page()) - {"package"} == set(wanted(("dev", "bench", "pictures")))


def test_packages_are_imported_where_the_page_says() -> None:
    rows = rows_of_the_page()
    wrong = []
    for name in wanted(()):
        for place in re.findall(r"`([a-z_/]+(?:/|\.py))`", rows[name]):
            path = ROOT / "callback_tui" / place
            sources = [file.read_text(encoding="utf-8") for file in (path.rglob("*.py") if path.is_dir() else [path])]
            imported = re.compile(rf"^ *(?:from|import) {MODULES.get(name, name)}\b", re.MULTILINE)
            if not any(imported.search(source) for source in sources):
                wrong.append(f"{place} does not import {name}")
    assert wrong == []
