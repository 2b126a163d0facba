"""The made part of docs/architecture.md: rooms with what they really import, and the rules of pyproject.toml."""

import ast
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parent.parent
PAGE = _ROOT / "docs/architecture.md"
_PACKAGE = _ROOT / "callback_tui"
_VOCABULARY = "models/vocabulary.py"
_BEGIN, _END = "<!-- made by scripts/pages.py -->", "<!-- end -->"
_WITHOUT_A_FIRST_LINE = {"models/": "Tables, a file per noun.", "styles/": "The looks of the screens, as Textual CSS."}


def architecture_page() -> str:
    """Return docs/architecture.md with its made part renewed."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    made = "\n".join([_BEGIN, "", *_room_table(text), "", *_rules(), "", _END])
    return before + made + after


def rooms() -> set[str]:
    """Return the rooms of the package: folders with a slash behind, single files, and the vocabulary by itself."""
    found = {path.name + "/" for path in _PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    return found | {path.name for path in _PACKAGE.glob("*.py") if path.name != "__init__.py"} | {_VOCABULARY}


def imports() -> dict[str, set[str]]:
    """Return which other rooms each room really imports, types in signatures aside."""
    import grimp

    graph = grimp.build_graph("callback_tui", exclude_type_checking_imports=True, cache_dir=None)
    found: dict[str, set[str]] = {room: set() for room in rooms()}
    for module in graph.modules:
        if room := room_of(module):
            reached = {room_of(other) for other in graph.find_modules_directly_imported_by(module)}
            found[room] |= reached - {room, ""}
    return found


def room_of(module: str) -> str:
    """Return the room of a dotted module name; nothing for the package itself."""
    parts = module.split(".")[1:]
    if parts[:2] == ["models", "vocabulary"]:
        return _VOCABULARY
    if not parts:
        return ""
    return parts[0] + ("/" if (_PACKAGE / parts[0]).is_dir() else ".py")


def drawn(page: str) -> dict[str, int]:
    """Return the line on which each room stands in the drawing, the page's first block of code."""
    drawing = page.split("```")[1]
    return {
        name: number
        for number, line in enumerate(drawing.splitlines())
        for name in re.findall(r"[a-z_]+/[a-z_]+\.py|[a-z_]+\.py|[a-z_]+/", line)
    }


def contracts() -> list[Mapping[str, Any]]:
    """Return the import contracts of pyproject.toml."""
    project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    found: list[Mapping[str, Any]] = project["tool"]["importlinter"]["contracts"]
    return found


def layers_of(contract: Mapping[str, Any]) -> list[list[str]]:
    """Return the layers of a contract from the top, each as its rooms; none when it is no contract of layers."""
    return [[room_of(name.strip(" ()")) for name in layer.split("|")] for layer in contract.get("layers", [])]


def _room_table(page: str) -> list[str]:
    places, imported = drawn(page), imports()

    def place(room: str) -> tuple[int, str]:
        return places.get(room, len(page)), room

    rows = ["| room | what it holds | imports |", "|---|---|---|"]
    for room in sorted(rooms(), key=place):
        others = " ".join(f"`{other}`" for other in sorted(imported[room], key=place))
        rows.append(f"| `{room}` | {_first_line(room)} | {others} |")
    return rows


def _rules() -> list[str]:
    lines = ["What the imports keep to (`pyproject.toml`; checked by `scripts/test.py`):", ""]
    for contract in contracts():
        order = " > ".join(", ".join(f"`{room}`" for room in layer) for layer in layers_of(contract))
        lines.append(f"- {contract['name']}" + (f": {order}." if order else "."))
    return lines


def _first_line(room: str) -> str:
    path = _PACKAGE / room
    if room in _WITHOUT_A_FIRST_LINE:
        return _WITHOUT_A_FIRST_LINE[room]
    source = (path / "__init__.py" if path.is_dir() else path).read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").splitlines()[0]
