"""The wheel holds what the program reads at run time; a wheel that lacks something is told in one sentence."""

import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from wheel_check import WheelError, built_wheel, check_demo, check_queue, left_out


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this checkout."""
    return built_wheel(tmp_path_factory.mktemp("wheel"))


def names_in(wheel: Path) -> list[str]:
    """Return the names of a wheel's files."""
    with zipfile.ZipFile(wheel) as opened:
        return opened.namelist()


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
def test_what_is_read_at_run_time_is_inside(wheel: Path, folder: str, suffix: str) -> None:
    inside = [name for name in names_in(wheel) if name.startswith(f"callback_tui/{folder}/") and name.endswith(suffix)]
    assert inside != []


def test_nothing_but_the_package_and_its_licence_is_inside(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in names_in(wheel)}
    assert tops == {"callback_tui", wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"}
    assert any(name.endswith("/LICENSE") for name in names_in(wheel))


def test_a_file_that_is_left_out_is_named(wheel: Path, tmp_path: Path) -> None:
    assert left_out(wheel) == []
    poorer = tmp_path / wheel.name
    gone = ["callback_tui/rules/triage/rules.json", "callback_tui/store/migrations/v0001_everything.py"]
    with zipfile.ZipFile(wheel) as whole, zipfile.ZipFile(poorer, "w") as kept:
        for name in set(whole.namelist()) - set(gone):
            kept.writestr(name, whole.read(name))
    assert left_out(poorer) == gone


@pytest.mark.parametrize(
    ("without", "seen"), [("styles", "callback-tui had to stop"), ("rules/triage", "Something unexpected went wrong")]
)
def test_a_demo_that_lacks_something_fails(wheel: Path, tmp_path: Path, without: str, seen: str) -> None:
    """Run by this Python; `scripts/wheel_check.py` itself is the proof that the whole wheel passes."""
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path)
    shutil.rmtree(tmp_path / "callback_tui" / without)
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); from callback_tui.__main__ import main; main()"
    with pytest.raises(WheelError, match=rf"never showed 'demo: made-up people'; last seen: .*{seen}"):
        check_demo([sys.executable, "-P", "-c", code], tmp_path)


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([("routine", "24"), ("routine", "23")], "The queue is not in calling order"),
        ([("routine", "23"), ("urgent", "24")], "The queue is not in calling order"),
        ([("routine", "23")], "Of 2 rows 2 were imported and 1 are in the queue"),
    ],
)
def test_a_queue_that_is_not_as_imported_is_told(rows: list[tuple[str, str]], problem: str) -> None:
    shown = [{"emergent": False, "priority": priority, "due_at": due_at} for priority, due_at in rows]
    with pytest.raises(WheelError, match=problem):
        check_queue(shown, imported=2, expected=2)
