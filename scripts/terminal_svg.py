"""Draws what a terminal shows as SVG: a line of the file per row, every run of signs at the cell it belongs to."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import Color, blend_rgb
from rich.segment import Segment
from rich.style import Style

CELL_WIDTH = 9
CELL_HEIGHT = 19
FONTS = ("DejaVu Sans Mono", "Menlo", "Consolas", "Liberation Mono", "Courier New")
"""The first of these that a machine has is used; each is as wide as the cells, or is stretched to them."""

_FONT_SIZE = 14.95
_BASELINE = 14.5
_MARGIN = 10
_MIDDLE = 9
_CENTRE = 4
_THIN, _HEAVY = 1, 3
_NO_COLOUR = "#000000"
_DIM_SHARE = 0.5
_EIGHTHS = "▁▂▃▄▅▆▇█"
_ACROSS = {"─": _THIN, "━": _HEAVY}
_HALF_ACROSS = {"╸": _HEAVY}
_CORNERS = {"╭": (1, 1), "╮": (-1, 1), "╰": (1, -1), "╯": (-1, -1)}
_HEAVY_CORNERS = {"┏": (1, 1), "┓": (-1, 1), "┗": (1, -1), "┛": (-1, -1)}


class Run(NamedTuple):
    """Signs of one look, from the cell `at` on."""

    at: int
    text: str
    ink: str
    ground: str
    bold: bool
    underlined: bool

    @property
    def cells(self) -> int:
        """How many cells it takes."""
        return cell_len(self.text)


def terminal_svg(rows: Sequence[Iterable[Segment]], columns: int, title: str) -> str:
    """Return the SVG of rows of segments, as wide as `columns` cells."""
    drawn = [list(_runs(row, columns)) for row in rows]
    ground = _most_used_ground(drawn)
    width, height = columns * CELL_WIDTH + 2 * _MARGIN, len(rows) * CELL_HEIGHT + 2 * _MARGIN
    families = ", ".join(f"'{font}'" if " " in font else font for font in FONTS)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="{families}, monospace" font-size="{_FONT_SIZE}" role="img">'
    )
    page = f'<rect width="{width}" height="{height}" rx="6" fill="{ground}"/>'
    lines = [_row(runs, number, ground) for number, runs in enumerate(drawn)]
    body = f'<g transform="translate({_MARGIN} {_MARGIN})">'
    return "\n".join([head, f"<title>{escape(title)}</title>", page, body, *lines, "</g>", "</svg>", ""])


def _runs(row: Iterable[Segment], columns: int) -> Iterator[Run]:
    at = 0
    for segment in row:
        if segment.control or not segment.text:
            continue
        style = segment.style or Style()
        ink, ground = _hex(style.color), _hex(style.bgcolor)
        if style.reverse:
            ink, ground = ground, ink
        if style.dim:
            ink = _between(ink, ground)
        if at < columns:
            yield Run(at, segment.text, ink, ground, bool(style.bold), bool(style.underline))
        at += cell_len(segment.text)


def _row(runs: Sequence[Run], number: int, page: str) -> str:
    top = number * CELL_HEIGHT
    words = "".join(run.text for run in runs).rstrip()
    parts = [_ground(ground, group, top) for ground, group in _grounds(runs) if ground != page]
    for run in runs:
        parts.extend(_signs(run, top))
    return f'<g aria-label="{escape(words)}">{"".join(parts)}</g>'


def _grounds(runs: Sequence[Run]) -> Iterator[tuple[str, list[Run]]]:
    for ground, group in groupby(runs, key=lambda run: run.ground):
        yield ground, list(group)


def _ground(colour: str, group: Sequence[Run], top: int) -> str:
    cells = group[-1].at + group[-1].cells - group[0].at
    return _rect(group[0].at * CELL_WIDTH, top, cells * CELL_WIDTH, CELL_HEIGHT, colour)


def _signs(run: Run, top: int) -> Iterator[str]:
    at = run.at
    for kind, group in groupby(run.text, key=lambda sign: sign if sign in _SHAPES else None):
        text = "".join(group)
        left = at * CELL_WIDTH
        at += cell_len(text)
        if kind is not None:
            yield _SHAPES[kind](kind, left, top, len(text), run.ink)
        elif text.strip():
            yield from _words(run, text, left, top)


def _words(run: Run, text: str, left: int, top: int) -> Iterator[str]:
    """Yield a text element for what stands between wide gaps, so that no renderer can drop or widen them."""
    look = f' fill="{run.ink}"' + (' font-weight="bold"' if run.bold else "")
    look += ' text-decoration="underline"' if run.underlined else ""
    offset = 0
    for words in text.split("  "):
        shown = words.strip(" ")
        if shown:
            x = left + (offset + cell_len(words[: len(words) - len(words.lstrip(" "))])) * CELL_WIDTH
            wide = cell_len(shown) * CELL_WIDTH
            yield (
                f'<text x="{x}" y="{top + _BASELINE:g}" textLength="{wide}" '
                f'lengthAdjust="spacingAndGlyphs"{look}>{escape(shown)}</text>'
            )
        offset += cell_len(words) + 2


def _rect(left: float, top: float, width: float, height: float, colour: str) -> str:
    return f'<rect x="{left:g}" y="{top:g}" width="{width:g}" height="{height:g}" fill="{colour}"/>'


def _across(sign: str, left: int, top: int, count: int, ink: str) -> str:
    thick = _ACROSS[sign]
    return _rect(left, top + _MIDDLE - thick // 2, count * CELL_WIDTH, thick, ink)


def _half_across(sign: str, left: int, top: int, count: int, ink: str) -> str:
    thick = _HALF_ACROSS[sign]
    cells = (_rect(left + at * CELL_WIDTH, top + _MIDDLE - thick // 2, 5, thick, ink) for at in range(count))
    return "".join(cells)


def _upright(sign: str, left: int, top: int, count: int, ink: str) -> str:
    thick = _HEAVY if sign == "┃" else _THIN
    return "".join(
        _rect(left + at * CELL_WIDTH + _CENTRE - thick // 2, top, thick, CELL_HEIGHT, ink) for at in range(count)
    )


def _cross(_sign: str, left: int, top: int, count: int, ink: str) -> str:
    return _across("─", left, top, count, ink) + _upright("│", left, top, count, ink)


def _corner(sign: str, left: int, top: int, count: int, ink: str) -> str:
    right, down = _CORNERS[sign]
    x, y = left + _CENTRE + 0.5, top + _MIDDLE + 0.5
    side = left + CELL_WIDTH if right > 0 else left
    end = top + CELL_HEIGHT if down > 0 else top
    bend = 4
    path = f"M{side:g} {y:g}H{x + right * bend:g}Q{x:g} {y:g} {x:g} {y + down * bend:g}V{end:g}"
    return f'<path d="{path}" fill="none" stroke="{ink}"/>' * count


def _heavy_corner(sign: str, left: int, top: int, count: int, ink: str) -> str:
    right, down = _HEAVY_CORNERS[sign]
    middle_x, middle_y = left + _CENTRE - 1, top + _MIDDLE - 1
    level = (middle_x, left + CELL_WIDTH - middle_x) if right > 0 else (left, middle_x + _HEAVY - left)
    upright = (middle_y, top + CELL_HEIGHT - middle_y) if down > 0 else (top, middle_y + _HEAVY - top)
    drawn = _rect(level[0], middle_y, level[1], _HEAVY, ink) + _rect(middle_x, upright[0], _HEAVY, upright[1], ink)
    return drawn * count


def _block(sign: str, left: int, top: int, count: int, ink: str) -> str:
    height = round(CELL_HEIGHT * (_EIGHTHS.index(sign) + 1) / len(_EIGHTHS))
    return _rect(left, top + CELL_HEIGHT - height, count * CELL_WIDTH, height, ink)


def _left_half(_sign: str, left: int, top: int, count: int, ink: str) -> str:
    return "".join(_rect(left + at * CELL_WIDTH, top, CELL_WIDTH // 2, CELL_HEIGHT, ink) for at in range(count))


_SHAPES: dict[str, Callable[[str, int, int, int, str], str]] = {
    **dict.fromkeys(_ACROSS, _across),
    **dict.fromkeys(_HALF_ACROSS, _half_across),
    **dict.fromkeys("│┃", _upright),
    **dict.fromkeys(_CORNERS, _corner),
    **dict.fromkeys(_HEAVY_CORNERS, _heavy_corner),
    **dict.fromkeys(_EIGHTHS, _block),
    "┼": _cross,
    "▌": _left_half,
}
"""Lines and blocks are drawn as terminals draw them: to the edge of the cell, whatever the font."""


def _most_used_ground(drawn: Sequence[Sequence[Run]]) -> str:
    cells: dict[str, int] = {}
    for run in (run for runs in drawn for run in runs):
        cells[run.ground] = cells.get(run.ground, 0) + run.cells
    return max(cells, key=lambda ground: (cells[ground], ground), default=_NO_COLOUR)


def _hex(colour: Color | None) -> str:
    return _NO_COLOUR if colour is None else colour.get_truecolor().hex


def _between(ink: str, ground: str) -> str:
    mixed = blend_rgb(Color.parse(ground).get_truecolor(), Color.parse(ink).get_truecolor(), _DIM_SHARE)
    return mixed.hex
