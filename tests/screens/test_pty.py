"""In a real terminal: of all escapes that reach it, each one is Textual's own, none comes out of a message."""

import re
import sys
from pathlib import Path

import pytest

from terminal import Terminal

ROOT = Path(__file__).resolve().parents[2]
# Styles, cursor moves, screen and mouse modes, keyboard protocol, questions about modes: what Textual 8 writes itself.
OWN_ESCAPES = re.compile(
    r"\x1b\[[0-9;:]*m"
    r"|\x1b\[[0-9;]*[HJK]"
    r"|\x1b\[\?(?:25|7|1049|1000|1002|1003|1004|1006|1015|1016|2004|2026|2048)[hl]"
    r"|\x1b\[\?20(?:26|48)\$p"
    r"|\x1b\[[<>][0-9;]*u"
    r"|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"
)
STEERING = re.compile(
    "[\x00-\x06\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def foreign_signs(output: str) -> list[str]:
    """Return the control characters left once Textual's own escapes are taken out, each with its surroundings."""
    rest = OWN_ESCAPES.sub("", output)
    return [rest[max(hit.start() - 5, 0) : hit.end() + 25] for hit in STEERING.finditer(rest)]


def hostile_desk(*arguments: str) -> Terminal:
    """Return a terminal with `tests.screens.hostile_desk` in it."""
    return Terminal([sys.executable, "-m", "tests.screens.hostile_desk", *arguments], cwd=ROOT)


def test_no_escape_of_a_message_reaches_the_terminal() -> None:
    """The queue, every other message full width, why first and a refusal: only our own escapes come out."""
    with hostile_desk() as terminal:
        at = terminal.read_until("PWNED")
        for _ in range(12):
            terminal.press("m")
            at = terminal.read_until("esc close", at)
            terminal.press("q")
            at = terminal.read_until("search", at)
            terminal.press("\x1b[B\x1b[B")
        terminal.press("w")
        at = terminal.read_until("Why first", at)
        terminal.press("q")
        terminal.press("\r")
        at = terminal.read_until("cannot start", at)
        terminal.press("q")
        terminal.press("q")
        output = terminal.finish()
    assert "PWNED" in output
    assert foreign_signs(output) == []


def test_no_escape_reaches_the_terminal_from_the_call_screen() -> None:
    """Ringing with the message in sight, hidden after the answer, opened again by the emergency key."""
    with hostile_desk("--call") as terminal:
        at = terminal.read_until("PWNED")
        terminal.press("\r")
        at = terminal.read_until("Who answered?", at)
        terminal.press("1")
        at = terminal.read_until("Tick what matched", at)
        terminal.press("\x1b[18~")
        at = terminal.read_until("Poison Help", at)
        terminal.press("\x1b")
        at = terminal.read_until("Tick what matched", at)
        terminal.press("\x1b[24~")
        at = terminal.read_until("has no outcome yet", at)
        terminal.press("q")
        terminal.read_until("Leave all the same", at)
        terminal.press("y")
        output = terminal.finish()
    assert output.count("PWNED") > 1
    assert foreign_signs(output) == []


def test_an_escape_past_our_cleaning_would_be_seen() -> None:
    """The same look at a program that does not clean finds its escape."""
    with hostile_desk("--raw") as terminal:
        terminal.read_until("PWNED")
        terminal.press("q")
        output = terminal.finish()
    assert any("]52;c;" in sign for sign in foreign_signs(output))


@pytest.mark.parametrize(
    ("output", "is_foreign"),
    [
        ("\x1b[38;2;1;2;3mok\x1b[0m\x1b[1;1H\x1b[?25l", False),
        ("\x1b]0;title\x07", True),
        ("\x1b]52;c;eA==\x1b\\", True),
        ("\x1b]8;;http://x\x1b\\", True),
        ("\x1b[6n", True),
        ("\x9b31m", True),
        ("a\u202eb", True),
        ("a\x00b", True),
    ],
)
def test_the_list_of_our_own_escapes_lets_nothing_else_through(output: str, is_foreign: bool) -> None:
    """Titles, clipboard, links, requests, one-byte forms and hidden directions are foreign."""
    assert bool(foreign_signs(output)) is is_foreign
