"""docs/architecture.md cannot lie: every room is drawn, every import goes down in the drawing, every name exists."""

import ast
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from page_architecture import PAGE, contracts, drawn, imports, layers_of, room_of, rooms

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "callback_tui"
TEXT = PAGE.read_text(encoding="utf-8")


def going_up(reached: Mapping[str, set[str]], places: Mapping[str, int]) -> list[str]:
    """Return the imports that lead upwards in the drawing."""
    return [f"{room} imports {other}" for room in reached for other in reached[room] if places[other] < places[room]]


def out_of_order(layers: Sequence[Sequence[str]], places: Mapping[str, int]) -> list[str]:
    """Return the neighbours of a contract's layers that the drawing has the other way round."""
    return [
        f"{above} is not above {below}"
        for upper, lower in pairwise(layers)
        for above in upper
        for below in lower
        if places[above] >= places[below]
    ]


def problem_of(name: str) -> str:
    """Return what is wrong with a name in backticks: a path or a dotted name that is not in the package, or nothing."""
    if re.fullmatch(r"[a-z_]+(/[a-z_]+)*(/|\.py|\.json)", name):
        return "" if any((place / name).exists() for place in (PACKAGE, ROOT)) else f"there is no {name}"
    if not re.fullmatch(r"[a-z_]+(\.\w+)+", name) or room_of("callback_tui." + name) not in rooms():
        return ""
    place, *inside = name.split(".")
    path = PACKAGE / place
    while inside and path.is_dir() and ((path / inside[0]).is_dir() or (path / (inside[0] + ".py")).is_file()):
        path /= inside.pop(0)
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return "" if _defines(ast.parse(file.read_text(encoding="utf-8")).body, inside) else f"there is no {name}"


def _defines(body: Sequence[ast.stmt], names: Sequence[str]) -> bool:
    if not names:
        return True
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name == names[0]:
            return _defines(node.body, names[1:])
        if isinstance(node, ast.Assign) and any(isinstance(at, ast.Name) and at.id == names[0] for at in node.targets):
            return len(names) == 1
    return False


def test_every_room_is_drawn_and_no_other() -> None:
    assert set(drawn(TEXT)) == rooms()


def test_every_import_goes_down_in_the_drawing() -> None:
    reached = imports()
    assert {"screens/", "store/", "rules/"} <= {other for others in reached.values() for other in others}
    assert going_up(reached, drawn(TEXT)) == []


def test_the_drawing_has_the_order_of_the_contracts() -> None:
    layered = [layers_of(contract) for contract in contracts() if layers_of(contract)]
    assert len(layered) >= 2
    assert [problem for layers in layered for problem in out_of_order(layers, drawn(TEXT))] == []


def test_every_name_in_the_page_exists() -> None:
    names = set(re.findall(r"`([^`\n]+)`", TEXT.replace("```", "")))
    assert "services.outcomes.log_outcome" in names
    assert [problem for name in sorted(names) if (problem := problem_of(name))] == []


def test_a_lying_drawing_is_seen() -> None:
    places = drawn(TEXT) | {"rules/": 0}
    assert "rules/ imports views/" not in going_up({"rules/": {"views/"}}, places)
    assert going_up({"services/": {"rules/"}}, places) == ["services/ imports rules/"]
    assert out_of_order([["store/", "intake/"], ["rules/"]], places) == [
        "store/ is not above rules/",
        "intake/ is not above rules/",
    ]


@pytest.mark.parametrize("name", ["rules/guesses.py", "services.calls.hang_up", "services.calling.start_call"])
def test_a_name_that_is_gone_is_seen(name: str) -> None:
    assert problem_of(name) == f"there is no {name}"


@pytest.mark.parametrize("name", ["rules/", "rules.triage.tag", "errors.DeskError", "commands.SCREENS", "now", "enter"])
def test_a_name_that_exists_or_means_no_code_is_left_alone(name: str) -> None:
    assert problem_of(name) == ""
