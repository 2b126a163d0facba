"""The desk on poor terminals: ASCII only, no colours, too small; and keys and colours a person chose."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations
from math import dist
from pathlib import Path

import pytest
from rich.style import Style
from textual.widgets import Input

from callback_tui.app import CallbackApp
from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError
from callback_tui.preferences import Preferences, read_preferences
from callback_tui.screens.call import CallScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.queue import QueueScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.views.clock import Urgency
from callback_tui.widgets.glyphs import AsciiGlyphs
from callback_tui.widgets.queue_cells import state_cell
from callback_tui.widgets.theme import PALETTES, Palette
from callback_tui.widgets.too_small import TooSmall
from tests.screens.drive import SMALL, WIDE, AppOfSource, Session, opened
from tests.screens.made_up import MadeUpQueue

_LEAST_APART = 0.08


def not_ascii(text: str) -> set[str]:
    """Return what a terminal without Unicode could not show."""
    return {sign for sign in text if not sign.isascii()}


@pytest.mark.usefixtures("four")
async def test_nothing_but_ascii_is_drawn(desk: OpenDesk, clock: FixedClock) -> None:
    """Home screens, help, palette, call and emergency; without the choice the same queue is full of other signs."""
    async with opened(CallbackApp(desk, None, clock), WIDE) as session:
        assert {"▲", "─", "│", "╭", "·"} <= not_ascii(session.text())
    async with opened(CallbackApp(desk, None, clock, signs=AsciiGlyphs()), WIDE) as session:
        assert "^ LATE" in session.text()
        seen = [session.text()]
        for keys in (
            ("f4",),
            ("f5",),
            ("f3", "question_mark"),
            ("escape", "ctrl+p"),
            ("escape", "enter"),
            ("5",),
            ("f7",),
        ):
            await session.press(*keys)
            seen.append(session.text())
        assert "911" in seen[-1]
        await session.pilot.resize_terminal(*SMALL)
        await session.press("escape")
        seen.append(session.text())
        assert [(at, signs) for at, text in enumerate(seen) if (signs := not_ascii(text))] == []


def colours(session: Session) -> set[str]:
    """Return the colours a terminal is asked for."""
    strips = session.app.screen._compositor.render_strips()
    styles = [segment.style or Style() for strip in strips for segment in strip]
    named = [colour for style in styles for colour in (style.color, style.bgcolor) if colour is not None]
    return {colour.name for colour in named} - {"default"}


@pytest.mark.usefixtures("four")
async def test_without_colours_every_state_has_its_word_and_sign(
    desk: OpenDesk, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """NO_COLOR asks for none at all; the row that is selected and the pane with the focus can still be told."""
    async with opened(CallbackApp(desk, None, clock), WIDE) as session:
        assert colours(session)
        assert not session.app.has_class("-contrast")
        coloured = session.text()
    monkeypatch.setenv("NO_COLOR", "1")
    async with opened(CallbackApp(desk, None, clock), WIDE) as session:
        assert colours(session) == set()
        assert [state.strip(" ▌?") for state in session.column("state")] == ["!! NOW", "▲ LATE", "· ok", "· ok"]
        text = session.text()
        assert "▌!! NOW" in text
        assert "▲ 1 late" in text
        assert "┏" in text
        assert "┏" not in coloured


def seen_without_green(colour: str) -> tuple[float, float, float]:
    """Return a colour as somebody with deuteranopia sees it (Vienot, Brettel and Mollon 1999), in linear light."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    yellow = 0.29275 * red + 0.70725 * green
    return yellow, yellow, -0.02234 * red + 0.02234 * green + blue


def too_alike(palette: Palette) -> set[frozenset[str]]:
    """Return the pairs of state colours that look nearly the same without green."""
    seen = {token: seen_without_green(getattr(palette, token)) for token in ("late", "soon", "ok", "mine")}
    return {frozenset(pair) for pair in combinations(seen, 2) if dist(seen[pair[0]], seen[pair[1]]) < _LEAST_APART}


@pytest.mark.parametrize("name", PALETTES)
def test_states_differ_without_green_or_by_more_than_colour(name: str) -> None:
    """Only late and soon may come close in hue; their sign, word and weight differ."""
    palette = PALETTES[name]
    assert too_alike(palette) <= {frozenset(("late", "soon"))}
    assert too_alike(replace(palette, mine=palette.ok)) == {frozenset(("ok", "mine")), *too_alike(palette)}
    cells = {urgency: state_cell(urgency, palette, check=False)[0] for urgency in Urgency}
    words = {urgency: words.split() for urgency, (words, _) in cells.items()}
    for one, other in combinations((Urgency.NOW, Urgency.LATE, Urgency.SOON, Urgency.OK), 2):
        assert not set(words[one]) & set(words[other])
    assert ["bold" in cells[urgency][1] for urgency in Urgency] == [True, True, False, False, False]


async def test_a_window_too_small_says_so_and_comes_back(clock: FixedClock) -> None:
    """One sentence with both sizes instead of a broken screen; keys wait until somebody sees what they do."""
    async with opened(AppOfSource(MadeUpQueue(clock)), SMALL) as session:
        whole = session.text()
        for width, height in ((59, 15), (80, 14), (20, 5)):
            await session.pilot.resize_terminal(width, height)
            await session.settle()
            text = " ".join(session.text().split())
            assert str(DeskError("too_small", width=width, height=height, least="60x15")) in text
            assert "Rosa" not in text
        await session.press("question_mark")
        session.top(QueueScreen)
        await session.pilot.resize_terminal(60, 15)
        await session.settle()
        assert "too small" not in session.text()
        assert "Rosa" in session.text()
        assert "why           try" in session.text()
        await session.pilot.resize_terminal(*SMALL)
        await session.settle()
        assert session.text() == whole
        assert not session.queue.query(TooSmall)


async def test_a_screen_that_opens_while_the_window_is_too_small_is_covered_too(
    desk_folder: Path, clock: FixedClock
) -> None:
    """The sign-in as well, and what was typed into it before is still there afterwards."""
    async with opened(CallbackApp(None, desk_folder, clock), (50, 10)) as session:
        assert "This window is too small: 50x10" in session.text()
        await session.press("n")
        await session.pilot.resize_terminal(*SMALL)
        await session.press("u")
        assert session.app.screen.query_one("#name", Input).value == "u"


def with_keys(desk: OpenDesk, clock: FixedClock, keys: Mapping[str, str]) -> CallbackApp:
    """Return the program of a person who chose keys."""
    return CallbackApp(desk, None, clock, preferences=Preferences(keys=keys))


async def test_a_chosen_key_works_and_is_shown(desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]) -> None:
    """In footer and help, on the list as well as on a screen; the old key is dead."""
    chosen = {"queue.call": "c", "queue.why": "m", "queue.message": "x,y", "call.park": "f10", "window.go_back": "f3"}
    async with opened(with_keys(desk, clock, chosen), WIDE) as session:
        session.select(four[1])
        footer = session.lines()[-1]
        assert "c call" in footer
        assert "m why first" in footer
        await session.press("enter")
        session.top(QueueScreen)
        await session.press("question_mark")
        session.top(HelpScreen)
        assert f"{'c':<8}call" in session.text()
        await session.press("escape", "c")
        session.top(CallScreen)
        await session.press("f12")
        session.top(CallScreen)
        assert "F10 park" in session.lines()[-1]
        await session.press("f8")
        assert "F3 back to the call" in session.text()
        await session.press("f3", "f10")
        session.top(QueueScreen)


async def test_what_is_wrong_with_the_preferences_is_said(desk: OpenDesk, clock: FixedClock, tmp_path: Path) -> None:
    """In the status line of the queue; the key that was to be changed works as before."""
    path = tmp_path / "preferences.toml"
    path.write_text('[keys]\n"queue.why" = "f11"\n', encoding="utf-8")
    async with opened(CallbackApp(desk, None, clock, preferences=read_preferences(path)), WIDE) as session:
        assert "f11 cannot be the key of queue.why: the terminal changes its size with it." in session.status()


async def test_the_chosen_theme_is_remembered(desk: OpenDesk, clock: FixedClock, tmp_path: Path) -> None:
    """By `t` and by the palette; the next start has it, and a name that means nothing leaves the first theme."""
    path = tmp_path / "preferences.toml"

    def app() -> CallbackApp:
        return CallbackApp(desk, None, clock, preferences=read_preferences(path))

    async with opened(app(), SMALL) as session:
        assert not path.exists()
        await session.press("t")
        assert 'theme = "desk-light"' in path.read_text(encoding="utf-8")
        session.app.theme = "nord"
        await session.settle()
    async with opened(app(), SMALL) as session:
        assert session.app.theme == "nord"
        await session.press("t")
    path.write_text('theme = "ansi-dark"\n', encoding="utf-8")
    async with opened(app(), SMALL) as session:
        assert session.app.theme == "desk-dark"
        assert path.read_text(encoding="utf-8") == 'theme = "ansi-dark"\n'
        assert "There are no colours called ansi-dark" in session.status()
