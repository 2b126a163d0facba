"""The desk as a terminal program: themes, the first screen, and what a crash may show. No business logic."""

import contextlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.console import RenderableType
from rich.text import Text
from textual import events
from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.geometry import Size
from textual.screen import Screen
from textual.scrollbar import ScrollBar

from callback_tui.clock import Clock
from callback_tui.command import Command
from callback_tui.commands import APP, QUIT
from callback_tui.crash_report import write_crash_report
from callback_tui.errors import DeskError
from callback_tui.preferences import Preferences, remember_theme
from callback_tui.widgets.glyphs import WholeCellScrollBar
from callback_tui.widgets.key_footer import bindings_of
from callback_tui.widgets.theme import CONTRAST_THEME, DARK, DEFAULT_THEME, PALETTES, offered_themes, palette_of, themes
from callback_tui.widgets.too_small import TooSmall, is_too_small

if TYPE_CHECKING:
    from callback_tui.screens.queue_source import News
    from callback_tui.screens.sign_in import SignedIn
    from callback_tui.services.desk import OpenDesk

_BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-w80"), (100, "-w100"), (120, "-w120"), (140, "-w140")]
_STYLES: list[str | PurePath] = [Path(__file__).with_name("styles") / name for name in ("desk.tcss", "sign_in.tcss")]
_NO_PREFERENCES = Preferences()
ScrollBar.renderer = WholeCellScrollBar


class CallbackApp(App[None]):
    """Opens the queue of a desk; without an open desk it asks who is there first."""

    TITLE = "callback-tui"
    CSS_PATH = _STYLES
    HORIZONTAL_BREAKPOINTS = _BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(APP)]

    def __init__(
        self,
        desk: "OpenDesk | None",
        folder: Path | None,
        clock: Clock,
        *,
        is_demo: bool = False,
        preferences: Preferences = _NO_PREFERENCES,
        signs: LineFilter | None = None,
        first: "News | None" = None,
    ) -> None:
        """`desk` stays the caller's to close; a desk signed in to here is signed off when the program ends.

        `first` is a look at the desk's queue that was taken already.
        `signs` changes what is drawn for terminals that cannot show all of it.
        """
        # With the terminal's own colours Textual takes NO_COLOR at its word; otherwise it would paint greys.
        super().__init__(ansi_color=True if "NO_COLOR" in os.environ else None)
        if signs is not None:
            self._filters.append(signs)
        for theme in themes():
            self.register_theme(theme)
        for name in set(self.available_themes) - set(offered_themes()):
            self.unregister_theme(name)
        self.preferences = preferences
        self.theme = preferences.theme or DEFAULT_THEME
        self.set_keymap(preferences.keys)
        self.folder = folder
        self.clock = clock
        self.is_demo = is_demo
        self.last_input_at = clock.now()
        self._desk, self._first = desk, first
        self._signed_in_here: OpenDesk | None = None
        self._open_desk: OpenDesk | None = None

    @property
    def keymap(self) -> Mapping[str, str]:
        """The keys this person chose, by command id."""
        return self.preferences.keys

    def get_css_variables(self) -> dict[str, str]:
        """Return the variables of the theme in force, our tokens among them, also for a theme that is not ours."""
        self.theme_variables = {**super().get_css_variables(), **self._tokens()}
        return self.theme_variables

    def _tokens(self) -> dict[str, str]:
        if self.theme not in offered_themes():
            return DARK.variables()
        return palette_of(self).variables()

    def on_mount(self) -> None:
        """Show the first screen."""
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        self._mark_contrast()
        self.screen_change_signal.subscribe(self, lambda _screen: self._cover_or_show(self.size))
        self.open_first_screen()

    def open_first_screen(self) -> None:
        """Go to the queue of the desk that was handed over, else ask who is there."""
        if self._desk is not None:
            self.open_queue(self._desk, self._first)
            return
        from callback_tui.screens.sign_in import SignInScreen

        self.push_screen(SignInScreen(self.folder, self.clock), self._signed_in)

    def open_queue(self, desk: "OpenDesk", first: "News | None" = None) -> None:
        """Show the queue of an open desk, at once when a `first` look at it was taken."""
        from callback_tui.screens.queue import QueueScreen
        from callback_tui.screens.queue_source import DeskSource

        self._open_desk = desk
        queue = QueueScreen(DeskSource(desk), is_demo=self.is_demo, first=first)
        self.push_screen(queue)
        if self.preferences.problems:
            queue.call_after_refresh(queue.say, " ".join(self.preferences.problems))

    def action_show_queue(self) -> None:
        """Go back to the queue from the home screen above it."""
        back: Callable[[], None] | None = getattr(self.screen, "action_back", None)
        if back is not None:
            back()

    def action_calling_back(self) -> None:
        """Find the message of somebody who rings back, from every home screen; the call is opened by the queue."""
        offers = (getattr(screen, "offer_callers", None) for screen in self.screen_stack)
        offer: Callable[[], None] | None = next(filter(None, offers), None)
        if offer is not None:
            offer()

    def action_show_follow_ups(self) -> None:
        """Go to the follow-ups."""
        from callback_tui.screens.follow_ups import FollowUpsScreen

        self._show_above_queue(FollowUpsScreen)

    def action_show_scorecard(self) -> None:
        """Go to the scorecard."""
        from callback_tui.screens.scorecard import ScorecardScreen

        self._show_above_queue(ScorecardScreen)

    @property
    def is_leaving(self) -> bool:
        """Whether the desk is being closed: a window opened now would never be built, and bring the desk down."""
        return self._exit

    @property
    def _background_screens(self) -> list[Screen[Any]]:
        # Textual counts a screen below an opaque one as visible, and writes the upper one whole for each change below.
        return super()._background_screens if self.screen.is_modal else []

    def _show_above_queue(self, kind: Callable[..., Screen[Any]]) -> None:
        if self._open_desk is not None and type(self.screen) is not kind:
            self.action_show_queue()
            self.push_screen(kind(self._open_desk, is_demo=self.is_demo))

    async def on_event(self, event: events.Event) -> None:
        """Remember when a person last touched the desk, for the curtain; nothing is typed at what cannot be seen."""
        if isinstance(event, (events.Key, events.MouseEvent)):
            self.last_input_at = self.clock.now()
        leaves = isinstance(event, events.Key) and event.key in self.keymap.get(QUIT.id, QUIT.key).split(",")
        if isinstance(event, (events.InputEvent, events.Paste)) and is_too_small(self.size) and not leaves:
            return
        await super().on_event(event)

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave as soon as every window stands: a half-built one would end the desk with an error."""
        if all(screen.is_mounted for screen in self.screen_stack):
            super().exit(result, return_code, message)
        else:
            self.call_later(self.exit, result, return_code, message)

    def on_resize(self, event: events.Resize) -> None:
        """Cover a screen that no longer fits, and show it again when it does."""
        self._cover_or_show(event.size)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let no cursor blink, whichever field it is in."""
        if hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    def _cover_or_show(self, size: Size) -> None:
        for screen in self.screen_stack:
            covers = screen.query(TooSmall)
            if not is_too_small(size):
                covers.remove()
            elif covers:
                covers.first().say(size)
            elif screen is self.screen:
                screen.mount(TooSmall(size))

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
            if not command.fixed and command not in APP:
                yield SystemCommand(command.label.capitalize(), command.help, partial(screen.run_action, command.run))
        yield SystemCommand("More colours", "Choose among all colours there are.", self.search_themes)

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
            self.open_queue(desk, signed_in.first)

    def _theme_changed(self, _theme: object) -> None:
        self._mark_contrast()
        if self.preferences.path is not None and self.theme != (self.preferences.theme or DEFAULT_THEME):
            remember_theme(self.preferences.path, self.theme)
            self.preferences = replace(self.preferences, theme=self.theme)

    def _mark_contrast(self) -> None:
        # Without colours the focus shows in the weight of a border, as it does in high contrast.
        self.set_class(self.no_color or self.theme == CONTRAST_THEME, "-contrast")

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
