"""Small questions above the desk: yes or no, a reason to write, a refusal to read."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from callback_tui.command import Command
from callback_tui.commands import CONFIRM, REASON, REFUSAL, SENTENCE
from callback_tui.errors import DeskError
from callback_tui.widgets.key_footer import bindings_of, hint, key_of
from callback_tui.widgets.plain import plain_block
from callback_tui.widgets.titled_pane import ScrollPane, TitledPane

_REASON_CHARACTERS = 400
_REFUSED = "This call cannot start"


class ConfirmScreen(ModalScreen[bool]):
    """A question answered with y or n; Enter and Esc mean no, so that a held key confirms nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(CONFIRM)]
    commands = CONFIRM

    def __init__(self, question: str, yes: str, no: str, *, heading: str = "Please confirm") -> None:
        """Ask `question`; `yes` and `no` say what follows from each answer."""
        super().__init__()
        self._question = question
        self._answers = (yes, no)
        self._heading = heading

    def compose(self) -> ComposeResult:
        """One pane: the question and the two answers."""
        yes, no = self._answers
        keys = [f"{key_of(name, self.app):<2} " for name in ("confirm.yes", "confirm.no")]
        with TitledPane(classes="overlay") as pane:
            pane.can_focus = True
            yield Static(plain_block(self._question), classes="label", markup=False)
            answers = Content.assemble("\n", (keys[0], "bold $accent"), f"{yes}\n", (keys[1], "bold $accent"), no)
            yield Static(answers, classes="label", markup=False)

    def on_mount(self) -> None:
        """Name the pane."""
        pane = self.query_one(TitledPane)
        pane.focus()
        bottom = " or ".join(key_of(name, self.app) for name in ("confirm.yes", "confirm.no"))
        self.call_after_refresh(pane.set_titles, left=self._heading, bottom=bottom)

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)

    def action_no(self) -> None:
        """Answer no."""
        self.dismiss(False)


class ReasonScreen(ModalScreen[str | None]):
    """A refusal that a written reason may pass; gives the reason back, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(REASON)]
    commands = REASON

    def __init__(self, refusal: DeskError) -> None:
        """Show what was refused and why."""
        super().__init__()
        self._refusal = refusal

    def compose(self) -> ComposeResult:
        """The sentence, what now, and one field."""
        with TitledPane(classes="overlay"):
            yield Static(plain_block(self._refusal.sentence), classes="label", markup=False)
            yield Static(plain_block(f"{self._refusal.next_step}\n", "$dim"), classes="label", markup=False)
            yield Input(placeholder="why this call is needed now", max_length=_REASON_CHARACTERS, id="reason")

    def on_mount(self) -> None:
        """Name the pane and wait for words."""
        self.query_one(Input).focus()
        pane = self.query_one(TitledPane)
        bottom = hint(self.app, ("reason.ring", "ring with this reason"), ("reason.give_up", "leave it"))
        self.call_after_refresh(pane.set_titles, left="A reason is needed", bottom=bottom)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the reason back; an empty one is no reason."""
        event.stop()
        if event.value.strip():
            self.dismiss(event.value.strip())

    def action_give_up(self) -> None:
        """Leave the call alone."""
        self.dismiss(None)


class SentenceScreen(ModalScreen[None]):
    """Something to read: a heading and lines; any of the usual keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(SENTENCE)]
    commands: tuple[Command, ...] = SENTENCE

    def __init__(self, heading: str, text: Content, *, right: str = "") -> None:
        """Show `text`, which is already plain, under `heading`."""
        super().__init__()
        self._heading = heading
        self.text = text
        self._right = right

    def compose(self) -> ComposeResult:
        """One pane that scrolls."""
        with ScrollPane(classes="overlay"):
            yield Static(self.text, classes="label", markup=False)

    def on_mount(self) -> None:
        """Name the pane and let arrow keys scroll it."""
        pane = self.query_one(ScrollPane)
        pane.focus()
        self.call_after_refresh(pane.set_titles, left=self._heading, right=self._right, bottom=self.bottom())

    def bottom(self) -> str:
        """Return what the lower edge says of the keys."""
        return hint(self.app, ("sentence.close", "close"), "arrows scroll")

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


class RefusalScreen(SentenceScreen):
    """A call that was refused for what stands on the patient's card; one key leads to what would settle it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(REFUSAL)]
    commands = REFUSAL

    def __init__(self, error: DeskError, settle: Callable[[], None]) -> None:
        """Say what was refused and what now; `settle` is what the key does."""
        super().__init__(_REFUSED, _refusal_text(error))
        self._settle = settle

    def bottom(self) -> str:
        """Return what the lower edge says of the keys."""
        return hint(self.app, ("sentence.close", "close"), ("refusal.settle", "they may be rung after all"))

    def action_settle(self) -> None:
        """Close and go on to what would settle it."""
        self.dismiss(None)
        self._settle()


def refusal_screen(error: DeskError) -> SentenceScreen:
    """Return a screen that says what was refused and what now."""
    return SentenceScreen(_REFUSED, _refusal_text(error))


def _refusal_text(error: DeskError) -> Content:
    return Content.assemble(plain_block(error.sentence), "\n\n", plain_block(error.next_step, "$dim"))
