"""Runs the app on a queue of hostile texts in whatever terminal it is started in; for the test in a real terminal.

`--call` opens a real desk with one hostile message, to be called.
`--raw` shows one payload past our cleaning, so that the test can prove that it would see an escape.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from callback_tui.app import CallbackApp
from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Channel, Role
from callback_tui.services.demo import open_demo
from callback_tui.services.intake import take_message
from callback_tui.services.sign_in import sign_off
from callback_tui.views.intake import NewMessage
from tests.screens.drive import AppOfSource
from tests.screens.made_up import MadeUpQueue
from tests.screens.payloads import PAYLOADS

LONG = 1_000


class RawApp(App[None]):
    """Shows the clipboard payload as it came."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "leave")]

    def compose(self) -> ComposeResult:
        """One text, not cleaned."""
        yield Static(Content(PAYLOADS["clipboard"], strip_control_codes=False), markup=False)


def run_real_desk() -> None:
    """Show a desk whose only message has a payload as its name and all payloads as its text."""
    clock = FixedClock(datetime(2026, 11, 23, 15, 42, tzinfo=UTC))
    with TemporaryDirectory() as folder:
        desk = open_demo(clock, role=Role.NURSE, messages=0, seed=7, folder=Path(folder) / "desk")
        short = [text for text in PAYLOADS.values() if len(text) < LONG]
        take_message(
            desk,
            NewMessage(
                channel=Channel.VOICEMAIL,
                body="\n".join(short),
                received_at=clock.now(),
                caller_name=PAYLOADS["closing markup"],
                phone="(212) 555-0147",
            ),
        )
        CallbackApp(desk, None, clock).run()
        sign_off(desk)


def main() -> None:
    """Run until somebody presses q."""
    if "--raw" in sys.argv:
        RawApp().run()
        return
    if "--call" in sys.argv:
        run_real_desk()
        return
    texts = tuple(PAYLOADS.values())
    clock = FixedClock(datetime(2026, 11, 23, 15, 42, tzinfo=UTC))
    AppOfSource(MadeUpQueue(clock, names=texts, bodies=texts)).run()


if __name__ == "__main__":
    main()
