"""`callback-tui` with no command: the desk on the screen."""

from pathlib import Path


def open_tui(desk: Path | None = None) -> None:
    """Open the desk's screen; signing in, or setting up, happens there."""
    from callback_tui.app import CallbackApp
    from callback_tui.clock import SystemClock
    from callback_tui.config import desk_folder

    CallbackApp(desk=None, folder=desk_folder(desk), clock=SystemClock()).run()
