"""Runs the app on a queue of hostile texts in whatever terminal it is started in; for the test in a real terminal.

`--raw` shows one payload past our cleaning, so that the test can prove that it would see an escape.
"""

import sys
from datetime import UTC, datetime
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from callback_tui.clock import FixedClock
from tests.screens.drive import AppOfSource
from tests.screens.made_up import MadeUpQueue
from tests.screens.payloads import PAYLOADS


class RawApp(App[None]):
    """Shows the clipboard payload as it came."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "leave")]

    def compose(self) -> ComposeResult:
        """One text, not cleaned."""
        yield Static(Content(PAYLOADS["clipboard"], strip_control_codes=False), markup=False)


def main() -> None:
    """Run until somebody presses q."""
    if "--raw" in sys.argv:
        RawApp().run()
        return
    texts = tuple(PAYLOADS.values())
    clock = FixedClock(datetime(2026, 11, 23, 15, 42, tzinfo=UTC))
    AppOfSource(MadeUpQueue(clock, names=texts, bodies=texts)).run()


if __name__ == "__main__":
    main()
