"""What every file keeps to: a first line that says what it is for, no machine paths, nothing left for later."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for room in ("callback_tui", "scripts", "tests") for path in (ROOT / room).rglob("*.py"))
TEXT_SUFFIXES = {".py", ".md", ".toml", ".txt", ".tcss", ".json", ".csv", ".mako", ".yml", ""}
MOST_LINES = 350
IS_CHECKOUT = (ROOT / ".git").exists()

# The words are put together here so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?:^|[^A-Za-z0-9_.])/(?:{})/".format("|".join(("work", "farm", "ro" + "ot"))))
REGISTRY = re.compile(r"(?:{})\.(?:org|com)".format("|".join(("py" + "pi", "python" + "hosted", "npm" + "js"))))
LATER = re.compile(r"\b(?:{})\b".format("|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "HA" + "CK"))))

BARE_EXCEPTION = re.compile(r"#\s*(?:noqa(?::[A-Z0-9, ]+)?|type:\s*ignore(?:\[[a-z, -]+\])?)\s*$", re.MULTILINE)


def problems_of_text(text: str) -> list[str]:
    """Return what a file of the repository must not hold."""
    rules = {"a path of this machine": MACHINE_PATH, "a package registry": REGISTRY, "left for later": LATER}
    return [name for name, pattern in rules.items() if pattern.search(text)]


def problems_of_module(source: str, name: str, *, is_test: bool = False) -> list[str]:
    """Return what is wrong with a Python file beyond its text; a file of tests may be as long as its subject needs."""
    if name == "__init__" and not source:
        return []
    found = []
    docstring = ast.get_docstring(ast.parse(source))
    if docstring is None or not source.startswith('"""') or not docstring.splitlines()[0].endswith((".", "?")):
        found.append("no first line that says what it is for")
    if len(source.splitlines()) > MOST_LINES and not is_test:
        found.append("too long")
    if re.search(r"(?:^|_)(?:helpers?|utils?|manager|common|misc)(?:$|_)", name):
        found.append("a name that says nothing")
    if BARE_EXCEPTION.search(source):
        found.append("an exception without a reason")
    return found


def kept_files() -> list[Path]:
    """Return the text files under version control, or all of them where there is no repository."""
    git = shutil.which("git")
    names = (
        subprocess.check_output([git, "ls-files", "-z"], text=True, cwd=ROOT).split("\0") if git and IS_CHECKOUT else []
    )
    paths = [ROOT / name for name in names if name] or [path for path in SOURCES if path.is_file()]
    return [path for path in paths if path.is_file() and path.suffix in TEXT_SUFFIXES]


def test_files_hold_nothing_of_this_machine() -> None:
    paths = kept_files()
    assert len(paths) > 20
    found = {str(path.relative_to(ROOT)): problems_of_text(path.read_text(encoding="utf-8")) for path in paths}
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_modules_say_what_they_are_for() -> None:
    found = {
        str(path.relative_to(ROOT)): problems_of_module(
            path.read_text(encoding="utf-8"), path.stem, is_test=path.is_relative_to(ROOT / "tests")
        )
        for path in SOURCES
    }
    assert {name: problems for name, problems in found.items() if problems} == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("open('/ro" + "ot/x')", "a path of this machine"),
        ("see /wo" + "rk/main/x", "a path of this machine"),
        ("--index-url https://py" + "pi.org/simple", "a package registry"),
        ("# TO" + "DO: later", "left for later"),
    ],
)
def test_offending_text_is_found(text: str, problem: str) -> None:
    assert problems_of_text(text) == [problem]


@pytest.mark.parametrize("text", ["the/work/of", "at work/home", "https://example.org/", "a methodological hack"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert problems_of_text(text) == []


@pytest.mark.parametrize(
    ("source", "name", "problem"),
    [
        ("x = 1\n", "clock", "no first line that says what it is for"),
        ("", "clock", "no first line that says what it is for"),
        ('"""A clock."""\n' + "x = 1\n" * 400, "clock", "too long"),
        ('"""Things."""\n', "clock_helpers", "a name that says nothing"),
        ('"""A clock."""\nx = 1  # no' + "qa: S101\n", "clock", "an exception without a reason"),
        ('"""A clock."""\nx = 1  # type: ' + "ignore[arg-type]\n", "clock", "an exception without a reason"),
    ],
)
def test_offending_modules_are_found(source: str, name: str, problem: str) -> None:
    assert problems_of_module(source, name) == [problem]


def test_a_plain_module_is_left_alone() -> None:
    assert problems_of_module('"""A clock."""\nx = 1  # no' + "qa: S101  # its reason\n", "clock") == []
