"""`callback-tui` with no command: the desk on the screen."""

import sys
from pathlib import Path

from callback_tui.errors import DeskError


def open_tui(desk: Path | None = None) -> None:
    """Open the desk's screen; signing in, or setting up, happens there. Raises DeskError without a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise DeskError("no_terminal", "This needs a terminal.", "For text use callback-tui queue --plain.")
    from callback_tui.app import CallbackApp
    from callback_tui.clock import SystemClock
    from callback_tui.config import desk_folder

    CallbackApp(desk=None, folder=desk_folder(desk), clock=SystemClock()).run()
