"""The app around the screens: colours that can be read, themes, what a crash shows, what the palette offers."""

import dataclasses
import stat
from pathlib import Path

import pytest
from textual.theme import BUILTIN_THEMES

from callback_tui.app import CallbackApp
from callback_tui.clock import FixedClock
from callback_tui.widgets.theme import (
    CONTRAST_THEME,
    DEFAULT_THEME,
    PALETTES,
    TEXT_TOKENS,
    contrast,
    offered_themes,
    palette_named,
    palette_of,
)
from tests.screens.drive import SMALL, WIDE, AppOfSource, opened
from tests.screens.made_up import MadeUpQueue

READABLE = 4.5
SECRET = "Rosa Delgado 212 555 0147"


@pytest.mark.parametrize("name", offered_themes())
def test_text_can_be_read_on_every_ground(name: str) -> None:
    """At least 4.5 : 1 for every text token on ground, selected row and raised lines, recomputed; chips too."""
    palette = palette_named(name)
    tokens = dataclasses.asdict(palette)
    pairs = [(token, ground) for token in TEXT_TOKENS for ground in ("ground", "select", "raised")]
    unreadable = [pair for pair in pairs if contrast(tokens[pair[0]], tokens[pair[1]]) < READABLE]
    assert unreadable == []
    assert contrast(palette.on_alarm, palette.alarm) >= READABLE
    assert contrast(palette.ground, palette.accent) >= READABLE
    assert min(contrast(palette.text, ground) for ground in palette.heat()) >= READABLE


def test_a_token_that_cannot_be_read_would_be_found() -> None:
    """The resting border is no text, and solarized's own text needs more lightness: both fall under 4.5 : 1."""
    assert contrast(palette_named(DEFAULT_THEME).line, palette_named(DEFAULT_THEME).ground) < READABLE
    assert contrast("#839496", palette_named("solarized-dark").select) < READABLE


def test_no_theme_takes_unknown_colours_from_the_terminal() -> None:
    """All of ours and Textual's own are offered, except those whose ground nobody can know."""
    assert set(offered_themes()) == {*PALETTES, *(name for name in BUILTIN_THEMES if not name.startswith("ansi"))}


def test_contrast_is_the_known_ratio() -> None:
    """Black on white is 21, a colour on itself 1, and the order does not matter."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#808080", "#808080") == 1


async def test_themes_change_the_cells_too(clock: FixedClock) -> None:
    """Dark is the default; `t` goes round; a theme that is not ours still works."""
    async with opened(AppOfSource(MadeUpQueue(clock)), SMALL) as session:
        seen = []
        for _ in PALETTES:
            seen.append(session.app.theme)
            style = session.table.cell("1", "who")[0][1]
            assert palette_of(session.app).text in style
            assert session.app.has_class("-contrast") is (session.app.theme == CONTRAST_THEME)
            await session.press("t")
        assert seen[0] == session.app.theme == DEFAULT_THEME
        assert sorted(seen) == sorted(PALETTES)
        session.app.theme = "nord"
        await session.settle()
        assert session.app.is_running
        assert "Rosa Delgado" in session.text()


async def test_the_title_of_the_terminal_names_nobody(clock: FixedClock) -> None:
    """Whatever is selected, the title is the program's name."""
    async with opened(AppOfSource(MadeUpQueue(clock)), WIDE) as session:
        session.select(2)
        await session.settle()
        assert (session.app.title, session.app.sub_title) == ("callback-tui", "")
        assert session.queue.title is None


@pytest.mark.parametrize("has_folder", [True, False])
async def test_a_crash_shows_an_id_and_nothing_else(
    tmp_path: Path, clock: FixedClock, capsys: pytest.CaptureFixture[str], has_folder: bool
) -> None:
    """Neither the screen nor the log holds the text of the error or a local variable; the log has the place."""
    app = CallbackApp(None, tmp_path if has_folder else None, clock)

    def fail_with(secret: str) -> None:
        raise ValueError(secret)

    with pytest.raises(ValueError, match="Rosa"):
        async with opened(app, SMALL):
            app.call_later(fail_with, SECRET)
    shown = capsys.readouterr().err
    assert "callback-tui had to stop (error " in shown
    error_id = shown.split("(error ")[1].split(")")[0]
    log = tmp_path / "log" / "crashes.log"
    kept = log.read_text(encoding="utf-8") if has_folder else ""
    for text in (shown, kept):
        assert "Rosa" not in text
        assert "0147" not in text
        assert "secret" not in text
    assert log.exists() is has_folder
    if has_folder:
        assert error_id in kept
        assert "ValueError" in kept
        assert "fail_with" in kept
        assert stat.S_IMODE(log.stat().st_mode) == 0o600


async def test_the_palette_offers_our_commands_and_no_pictures(clock: FixedClock) -> None:
    """A screenshot would write patients to the disk."""
    async with opened(AppOfSource(MadeUpQueue(clock)), WIDE) as session:
        titles = [command.title for command in session.app.get_system_commands(session.queue)]
        assert "Why first" in titles
        assert "More colours" in titles
        assert set(session.app.available_themes) == set(offered_themes())
        assert [title for title in titles if "screenshot" in title.casefold()] == []
        assert len(titles) == len(session.queue.commands) + 1
