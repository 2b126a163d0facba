"""The signs of the desk in ASCII, for terminals and fonts that have no others: one table, one cell for one cell."""

import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from textual.scrollbar import ScrollBarRender

ASCII_OF_GLYPH = {
    "▲": "^",
    "▼": "v",
    "●": "*",
    "·": ".",
    "•": "*",
    "✓": "x",
    "✗": "!",
    "▌": ">",
    "▎": "|",
    "▊": "|",
    "…": "~",
    "━": "=",
    "╸": "-",
    "╺": "-",
    "╴": "-",
    "╶": "-",
    "─": "-",
    "│": "|",
    "┃": "|",
    "┼": "+",
    "≤": "<",
    "≥": ">",
    "±": "+",
    "×": "x",
    "→": ">",
    "←": "<",
    "↑": "^",
    "↓": "v",
    "–": "-",
    "—": "-",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    **dict.fromkeys("╭╮╰╯┌┐└┘├┤┬┴┏┓┗┛┣┫┳┻╋╒╕", "+"),
    **dict(zip("▁▂▃▄▅▆▇", "1234567", strict=True)),
    **dict.fromkeys("█▉▀▐▛▜▙▟░▒▓▔▕▏", "#"),
}
_TABLE = str.maketrans(ASCII_OF_GLYPH)
_REST = "─"
_USED = "━╸"


class AsciiGlyphs(LineFilter):
    """Stands last before the terminal, so that no widget can draw past it.

    The unused end of a bar becomes dots, every other level line dashes; a limit takes its blank, "<=2 h". Letters, a
    patient's too, stay as they are where the terminal has them; else they lose their accents, or a question mark
    stands for them.
    """

    def __init__(self, encoding: str = "utf-8") -> None:
        """Draw for a terminal of that encoding."""
        super().__init__()
        self._encoding = encoding

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the line in ASCII."""
        del background
        return list(self._in_ascii(segments))

    def _in_ascii(self, segments: list[Segment]) -> Iterator[Segment]:
        after_bar = False
        for segment in segments:
            text, style, control = segment
            if control is not None or text.isascii():
                after_bar = False
                yield segment
                continue
            rest = after_bar and not text.strip(_REST)
            shown = "." * len(text) if rest else text.replace("≤ ", "<=").replace("≥ ", ">=").translate(_TABLE)
            after_bar = text[-1:] in _USED
            yield Segment("".join(map(self._letter, shown)), style, control)

    def _letter(self, letter: str) -> str:
        try:
            letter.encode(self._encoding)
        except UnicodeEncodeError:
            plain = unicodedata.normalize("NFKD", letter)[0]
            cells = cell_len(letter)
            return plain if plain.isascii() and cells == 1 else "?" * cells
        return letter


class WholeCellScrollBar(ScrollBarRender):
    """A scrollbar whose ends are whole cells; its eighths of a cell are in few fonts."""

    VERTICAL_BARS = [" "] * 8
    HORIZONTAL_BARS = [" "] * 8
