"""The desk as a terminal program: themes, the first screen, and what a crash may show. No business logic."""

import contextlib
from collections.abc import Iterable
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from callback_tui.clock import Clock
from callback_tui.commands import APP, Command
from callback_tui.crash_report import write_crash_report
from callback_tui.errors import DeskError
from callback_tui.services.desk import OpenDesk
from callback_tui.widgets.key_footer import bindings_of
from callback_tui.widgets.theme import CONTRAST_THEME, DARK, DEFAULT_THEME, PALETTES, themes

if TYPE_CHECKING:
    from callback_tui.screens.sign_in import SignedIn

_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-w80"), (100, "-w100"), (120, "-w120"), (140, "-w140")]
_STYLES: list[str | PurePath] = [
    Path(__file__).with_name("styles") / name for name in ("desk.tcss", "queue.tcss", "sign_in.tcss")
]


class CallbackApp(App[None]):
    """Opens the queue of a desk; without an open desk it asks who is there first."""

    TITLE = "callback-tui"
    CSS_PATH = _STYLES
    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(APP)]

    def __init__(self, desk: OpenDesk | None, folder: Path | None, clock: Clock, *, is_demo: bool = False) -> None:
        """`desk` stays the caller's to close; a desk signed in to here is signed off when the program ends."""
        super().__init__()
        for theme in themes():
            self.register_theme(theme)
        self.theme = DEFAULT_THEME
        self.folder = folder
        self.clock = clock
        self.is_demo = is_demo
        self.last_input_at = clock.now()
        self._desk = desk
        self._signed_in_here: OpenDesk | None = None

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our tokens for themes that are not ours, so that a switch never meets an unknown name."""
        return DARK.variables()

    def on_mount(self) -> None:
        """Show the first screen."""
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self.open_first_screen()

    def open_first_screen(self) -> None:
        """Go to the queue of the desk that was handed over, else ask who is there."""
        if self._desk is not None:
            self.open_queue(self._desk)
            return
        from callback_tui.screens.sign_in import SignInScreen

        self.push_screen(SignInScreen(self.folder, self.clock), self._signed_in)

    def open_queue(self, desk: OpenDesk) -> None:
        """Show the queue of an open desk."""
        from callback_tui.screens.queue import QueueScreen
        from callback_tui.screens.queue_source import DeskSource

        self.push_screen(QueueScreen(DeskSource(desk), is_demo=self.is_demo))

    async def on_event(self, event: events.Event) -> None:
        """Remember when a person last touched the desk, for the curtain."""
        if isinstance(event, (events.Key, events.MouseEvent)):
            self.last_input_at = self.clock.now()
        await super().on_event(event)

    async def on_unmount(self) -> None:
        """Sign off whom this program signed in."""
        if self._signed_in_here is not None:
            from callback_tui.services.sign_in import sign_off

            with contextlib.suppress(DeskError):
                sign_off(self._signed_in_here)

    def next_theme(self) -> None:
        """Change to the next of our themes."""
        names = list(PALETTES)
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer the commands of the screen in the palette, and none that writes pictures of patients to the disk."""
        commands: tuple[Command, ...] = getattr(screen, "commands", ())
        for command in commands:
            yield SystemCommand(command.label.capitalize(), command.help, partial(screen.run_action, command.run))

    def report_crash(self, error: BaseException) -> str:
        """Keep what may be kept of an error and return its id."""
        return write_crash_report(self.folder, error, self.clock.now())

    def _signed_in(self, signed_in: "SignedIn | None") -> None:
        if signed_in is None:
            self.exit()
            return
        desk = self._signed_in_here = signed_in.desk
        if signed_in.asks_for_code:
            from callback_tui.screens.recovery_code import RecoveryCodeScreen

            self.push_screen(RecoveryCodeScreen(desk), lambda _closed: self.open_queue(desk))
        else:
            self.open_queue(desk)

    def _theme_changed(self, _theme: object) -> None:
        self.set_class(self.theme == CONTRAST_THEME, "-contrast")

    def _handle_exception(self, error: Exception) -> None:
        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
            self._exit_renderables.append(Text(_crash_words(self.report_crash(error))))
        self._close_messages_no_wait()

    def _fatal_error(self) -> None:
        self._exit_renderables.append(Text(_crash_words(self.report_crash(RuntimeError()))))
        self._close_messages_no_wait()


def _crash_words(error_id: str) -> str:
    return (
        f"callback-tui had to stop (error {error_id}). What was saved is kept; a call under way is offered again "
        "at the next sign-in. Tell your admin the number."
    )
