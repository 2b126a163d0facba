"""Signs in ASCII: one cell for one cell, bars that can still be read, other people's letters left alone."""

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from callback_tui.widgets.glyphs import ASCII_OF_GLYPH, AsciiGlyphs

BLACK = Color.parse("#000000")
BAR = Style(color="#F07B35")
REST = Style(color="#3D4653")


def drawn(*texts: str, encoding: str = "utf-8") -> str:
    """Return a line of segments as it leaves the filter."""
    segments = [Segment(text, BAR if at % 2 else REST) for at, text in enumerate(texts)]
    shown = AsciiGlyphs(encoding).apply(segments, BLACK)
    assert [segment.style for segment in shown] == [segment.style for segment in segments]
    return "".join(segment.text for segment in shown)


def test_a_sign_takes_the_room_it_had() -> None:
    for glyph, sign in ASCII_OF_GLYPH.items():
        assert (cell_len(glyph), len(sign), sign.isascii()) == (1, 1, True), glyph


def test_states_keep_their_word_and_their_sign() -> None:
    shown = [drawn(state) for state in ("!! NOW ", "▲ LATE", "● SOON", "· ok", "✓ done", "✗ missed")]
    assert shown == ["!! NOW ", "^ LATE", "* SOON", ". ok", "x done", "! missed"]


def test_a_bar_shows_how_much_of_it_is_used() -> None:
    """Used, half, rest; a dash elsewhere stays a dash."""
    assert drawn("━━━╸", "──", " ─ ") == "===-.. - "
    assert drawn(" ", "──────", " ") == " ------ "
    assert drawn("╭─", " Queue ", "──╮") == "+- Queue --+"


def test_the_weeks_of_a_figure_keep_their_six_heights() -> None:
    assert drawn("▁▂▃▄▅", "▆") == "123456"


def test_limits_keep_their_meaning_and_their_room() -> None:
    assert drawn("≤ 2 h ", "≥ 80 %", " ≥3 h") == "<=2 h >=80 % >3 h"


def test_letters_stay_as_they_are() -> None:
    assert drawn("Ana Núñez 你好 …") == "Ana Núñez 你好 ~"
    assert drawn("plain") == "plain"


def test_letters_the_terminal_has_not_take_the_room_they_had() -> None:
    """Without their accents where that leaves a letter, else as question marks, so that no column moves."""
    assert drawn("Ana Núñez 你好 …", encoding="ascii") == "Ana Nunez ???? ~"
    assert drawn("Ana Núñez 你好 …", encoding="iso8859-1") == "Ana Núñez ???? ~"
    assert drawn("Łukasz e\u0301", encoding="ascii") == "?ukasz e"
