"""`callback-tui` with no command: the desk on the screen."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from callback_tui.errors import DeskError

if TYPE_CHECKING:
    from callback_tui.clock import Clock
    from callback_tui.screens.queue_source import News
    from callback_tui.services.desk import OpenDesk


def open_tui(desk: Path | None = None) -> None:
    """Open the desk's screen; signing in, or setting up, happens there. Raises DeskError without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise DeskError("no_terminal")
    from callback_tui.clock import SystemClock
    from callback_tui.config import desk_folder

    run_app(None, desk_folder(desk), SystemClock())


def run_app(
    desk: "OpenDesk | None",
    folder: Path | None,
    clock: "Clock",
    *,
    is_demo: bool = False,
    first: "News | None" = None,
) -> None:
    """Run the screen with this person's preferences, of which a demo changes nothing.

    `first` is a look at the desk's queue that was taken already.
    What is wrong with them is written to stderr and shown on the screen.
    """
    from callback_tui.app import CallbackApp
    from callback_tui.config import preferences_file
    from callback_tui.preferences import ascii_only, read_preferences
    from callback_tui.widgets.glyphs import AsciiGlyphs

    preferences = read_preferences(preferences_file())
    for problem in preferences.problems:
        sys.stderr.write(f"{problem}\n")
    if is_demo:
        preferences = replace(preferences, path=None)
    # The screen is drawn on stderr.
    encoding = sys.stderr.encoding
    signs = AsciiGlyphs(encoding) if ascii_only(preferences.glyphs, encoding, os.environ.get("TERM")) else None
    CallbackApp(desk, folder, clock, is_demo=is_demo, preferences=preferences, signs=signs, first=first).run()
