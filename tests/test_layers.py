"""Who may import whom, and where the time comes from; each check is shown to catch an offender."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "callback_tui"
DATABASE_AND_TERMINAL = ("textual", "sqlmodel", "sqlalchemy")
QUIET_ROOMS = ("rules", "views", "intake", "handoff")
WALL_CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
    ("time", "time_ns"),
}


def modules_of(room: str) -> list[str]:
    """Return the dotted names of a room's modules, the room itself first."""
    files = sorted((PACKAGE / room).rglob("*.py"))
    names = (".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files)
    return sorted(name.removesuffix(".__init__") for name in names)


def loaded_by(modules: list[str], unwanted: tuple[str, ...]) -> list[str]:
    """Import the modules in a new process and return which of the unwanted packages came with them."""
    code = f"import importlib, sys\nfor name in {modules!r}: importlib.import_module(name)\n"
    code += f"print(*[name for name in {unwanted!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.split()


def wall_clock_calls(source: str) -> list[int]:
    """Return the lines with a wall clock: `datetime.now`, `datetime.datetime.now`, `from time import time` ..."""
    lines = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute):
            owner = node.value
            name = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
            if (name, node.attr) in WALL_CLOCKS:
                lines.append(node.lineno)
        elif isinstance(node, ast.ImportFrom) and node.module == "time":
            lines.extend(node.lineno for alias in node.names if alias.name in {"time", "time_ns"})
    return lines


@pytest.mark.parametrize("room", QUIET_ROOMS)
def test_quiet_rooms_load_neither_terminal_nor_database(room: str) -> None:
    assert loaded_by(modules_of(room), DATABASE_AND_TERMINAL) == []


def test_vocabulary_loads_neither_terminal_nor_database() -> None:
    assert loaded_by(["callback_tui.models.vocabulary"], DATABASE_AND_TERMINAL) == []


def test_tables_are_seen_to_load_the_database() -> None:
    assert loaded_by(["callback_tui.models.patient"], DATABASE_AND_TERMINAL) == ["sqlmodel", "sqlalchemy"]


def test_command_line_starts_light() -> None:
    assert loaded_by(["callback_tui.cli.main"], ("textual", "sqlalchemy", "phonenumbers", "holidays", "tomlkit")) == []


def test_screens_somebody_waits_for_start_without_the_command_line_and_the_database() -> None:
    modules = ["callback_tui.cli.start", "callback_tui.cli.demo_desk", "callback_tui.cli.desk", "callback_tui.app"]
    modules += ["callback_tui.services.demo", "callback_tui.screens.queue", "callback_tui.screens.sign_in"]
    assert loaded_by(modules, ("typer", "pydantic", "sqlalchemy", "phonenumbers", "holidays", "tomlkit")) == []


def test_tables_load_no_other_database() -> None:
    assert loaded_by(["callback_tui.store.tables"], ("sqlalchemy.dialects.postgresql",)) == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_time_comes_through_the_clock(path: Path) -> None:
    lines = wall_clock_calls(path.read_text(encoding="utf-8"))
    assert bool(lines) == (path == PACKAGE / "clock.py")


@pytest.mark.parametrize(
    "source",
    [
        "from datetime import datetime\nat = datetime.now(UTC)",
        "import datetime\nat = datetime.datetime.now()",
        "import datetime as dates\nat = dates.datetime.utcnow()",
        "from datetime import date\nread = date.today",
        "import time\nat = time.time()",
        "from time import time\nat = time()",
    ],
)
def test_wall_clocks_are_found(source: str) -> None:
    assert wall_clock_calls(source) != []


def test_boot_clocks_are_left_alone() -> None:
    assert wall_clock_calls("import time\nat = time.monotonic_ns()\nnow = clock.now()") == []


OFFENDERS = {
    "rules/offender.py": "import sqlalchemy",
    "views/offender.py": "import callback_tui.rules.clean",
    "widgets/offender.py": "import callback_tui.services",
    "screens/offender.py": "import callback_tui.store.tables",
    "services/offender.py": "import sqlmodel\nimport callback_tui.screens.offender",
    "store/offender.py": "import callback_tui.intake",
    "handoff/offender.py": "import callback_tui.store",
}


def lint_imports(folder: Path) -> str:
    """Run the import contracts on a copy of the project and return what they print."""
    code = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    command = [sys.executable, "-c", code, "--no-logo", "--no-cache"]
    environment = {"PYTHONPATH": str(folder), "PATH": "", "COLUMNS": "200"}
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env=environment, check=False).stdout


def test_contracts_catch_offenders(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "callback_tui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for name, source in OFFENDERS.items():
        (tmp_path / "callback_tui" / name).write_text(f'"""Breaks the rules."""\n\n{source}\n', encoding="ascii")
    report = lint_imports(tmp_path)
    missing = [
        name for name in OFFENDERS if f"callback_tui.{name.removesuffix('.py').replace('/', '.')} ->" not in report
    ]
    assert missing == []
    assert "Neither screens nor widgets reach for the store BROKEN" in report
    assert "Widgets know views and rules BROKEN" in report
