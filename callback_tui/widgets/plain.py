"""Outside text on its way to the screen: cleaned, never read as markup, cut to cells."""

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual.content import Content

from callback_tui.rules.clean import clean, clean_line

CUT = "…"
DOT = "·"


def plain(text: str, style: str = "") -> Text:
    """Return one line of outside text for a table cell; markup in it stays literal."""
    return Text(clean_line(text), style=style, end="", no_wrap=True)


def plain_line(text: str, style: str = "") -> Content:
    """Return one line of outside text for a `Static` or a title; `style` may name theme tokens ("bold $late")."""
    return Content.styled(clean_line(text), style)


def plain_block(text: str, style: str = "") -> Content:
    """Return outside text with its line ends kept."""
    return Content.styled(clean(text), style)


def fit(text: str, cells: int) -> str:
    """Return `text` as one clean line of at most `cells` cells, an ellipsis where it was cut."""
    line = clean_line(text, limit=cells * 4)
    if cell_len(line) <= cells:
        return line
    return set_cell_size(line, cells - 1).rstrip() + CUT


def dots(text: str, cells: int) -> str:
    """Return what the curtain shows instead of `text`: dots that tell no length."""
    return DOT * cells if text else ""
