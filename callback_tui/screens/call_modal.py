"""What every window above a call or the queue has: F7 for an emergency, Esc to go back, what stands in the way."""

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType
from textual.screen import ModalScreen, ScreenResultType
from textual.widgets import Input, Static, TextArea

from callback_tui.command import Command
from callback_tui.commands import WINDOW
from callback_tui.screens.help import HelpScreen
from callback_tui.widgets.call_header import BREAKPOINTS
from callback_tui.widgets.key_footer import bindings_of
from callback_tui.widgets.plain import plain_line

_STYLE = Path(__file__).parents[1] / "styles" / "window.tcss"


class CallModal(ModalScreen[ScreenResultType | None]):
    """A window of the call or the queue; closing it never ends the call."""

    CSS_PATH = _STYLE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(WINDOW)]
    commands: tuple[Command, ...] = WINDOW
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS

    def __init__(self, on_emergency: Callable[[], None]) -> None:
        """`on_emergency` is what F7 does on the screen below."""
        super().__init__()
        self._on_emergency = on_emergency

    def action_go_back(self) -> None:
        """Close without an answer."""
        self.dismiss(self.unfinished())

    def action_help(self) -> None:
        """Show the keys of this window."""
        self.app.push_screen(HelpScreen(self.commands, with_legend=False))

    def action_emergency(self) -> None:
        """Close, then open the emergency screen."""
        self.dismiss(self.unfinished())
        self._on_emergency()

    def unfinished(self) -> ScreenResultType | None:
        """Return what was written so far, so that it can be shown again; None where nothing is written."""
        return None

    def trouble(self, sentence: str) -> None:
        """Say what stands in the way."""
        line = self.query_one(".trouble", Static)
        line.update(plain_line(sentence, "bold $late"))
        line.display = bool(sentence)

    @property
    def is_writing(self) -> bool:
        """Whether a field has the focus, so that letters are text."""
        return isinstance(self.focused, Input | TextArea)
