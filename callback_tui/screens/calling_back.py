"""They are calling me back: one field, and who it may be, with what we tried and left so far."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input, Label, Static

from callback_tui.commands import CALLING_BACK
from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import ItemState
from callback_tui.screens.background import BackgroundScreen
from callback_tui.screens.confirm import ConfirmScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.views.calling_back import CallersFound
from callback_tui.widgets.caller_list import CallerList
from callback_tui.widgets.key_footer import bindings_of, hint, key_of
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.titled_pane import TitledPane

_STYLE = Path(__file__).parents[1] / "styles" / "calling_back.tcss"
_MOST_TYPED = 80
_ASK = "Four digits of any number, or three letters of a name."
_NOBODY = "Nobody who waits or was helped lately fits. {key} takes it down as a new message."
_OPENS = "Enter opens the call at identity; the reason stays hidden until it passes."
_CLOSED = "This one is closed. Do they ring about the same again?"


@dataclass(frozen=True, slots=True)
class CallerPicked:
    """The message to open the call with; a closed one is reopened first."""

    item_id: int
    reopen: bool = False


@dataclass(frozen=True, slots=True)
class NewCaller:
    """Somebody who is in no list; `known` is what they said so far, by the fields of a new message."""

    known: Mapping[str, str]


Answer = CallerPicked | NewCaller | str | None


class CallingBackScreen(BackgroundScreen[Answer], ModalScreen[Answer]):
    """Gives back who was picked, that it is somebody new, "curtain" when F9 asks to hide the window, or None."""

    CSS_PATH = _STYLE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(CALLING_BACK)]
    commands = CALLING_BACK

    def __init__(self, desk: OpenDesk) -> None:
        """Look among the messages of this desk."""
        super().__init__()
        self._desk = desk
        self._typed = ""

    def compose(self) -> ComposeResult:
        """One pane: the field, the list, a sentence."""
        with TitledPane(classes="overlay"):
            with Horizontal(id="they-say"):
                yield Label("They say")
                yield Input(id="said", max_length=_MOST_TYPED)
            yield CallerList()
            yield Static(id="advice", markup=False)

    def on_mount(self) -> None:
        """Wait for what they say."""
        self.query_one("#said", Input).focus()
        self.query_one(CallerList).display = False
        self._advise(_ASK)
        bottom = hint(
            self.app,
            ("calling_back.open", "open the call"),
            ("calling_back.take_down", "new message"),
            ("calling_back.close", "close"),
        )
        pane = self.query_one(TitledPane)
        self.call_after_refresh(pane.set_titles, left="They are calling me back", bottom=bottom)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look anew with every key; an earlier look that is not done is dropped."""
        event.stop()
        self._typed = event.value
        self.in_background("find callers", partial(self._find(), event.value), self._found, exclusive=True)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the call of the caller the cursor is on."""
        event.stop()
        caller = self.query_one(CallerList).selected
        if caller is None:
            return
        if caller.state is ItemState.CLOSED:
            screen = ConfirmScreen(_CLOSED, "yes, open it again", "no", heading="Closed lately")
            self.app.push_screen(screen, partial(self._reopening_answered, caller.item_id))
        else:
            self.dismiss(CallerPicked(caller.item_id))

    def _reopening_answered(self, item_id: int, wanted: bool | None) -> None:
        if wanted:
            self.dismiss(CallerPicked(item_id, reopen=True))

    def action_next(self) -> None:
        """Go to the next caller."""
        self.query_one(CallerList).action_cursor_down()

    def action_previous(self) -> None:
        """Go to the caller before."""
        self.query_one(CallerList).action_cursor_up()

    def action_take_down(self) -> None:
        """Give back what was typed as the beginning of a new message: a number, or a name."""
        typed = self._typed.strip()
        field = "phone" if sum(map(str.isdecimal, typed)) > sum(map(str.isalpha, typed)) else "caller"
        self.dismiss(NewCaller({field: typed} if typed else {}))

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)

    def action_hide(self) -> None:
        """Go back and draw the curtain."""
        self.dismiss("curtain")

    def refused(self, error: DeskError) -> None:
        """Say what stands in the way."""
        self._advise(str(error))

    def _find(self) -> Callable[[str], CallersFound]:
        from callback_tui.services.calling_back import find_callers

        return partial(find_callers, self._desk)

    def _found(self, found: CallersFound) -> None:
        callers = self.query_one(CallerList)
        callers.display = bool(found.callers)
        callers.show(found)
        if not found.enough:
            self._advise(_ASK)
        else:
            nobody = _NOBODY.format(key=key_of("calling_back.take_down", self.app))
            self._advise(_OPENS if found.callers else nobody)
        count = f"{len(found.callers)} found" if found.enough else ""
        self.query_one(TitledPane).set_titles(right=count)

    def _advise(self, sentence: str) -> None:
        self.query_one("#advice", Static).update(plain_line(sentence, "$dim"))
