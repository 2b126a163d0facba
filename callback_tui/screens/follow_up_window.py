"""One window for every follow-up: what it is about, and keys that say what will be recorded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from callback_tui.commands import FOLLOW_UP
from callback_tui.widgets.choice_list import ChoiceList, ChoiceRow
from callback_tui.widgets.key_footer import bindings_of
from callback_tui.widgets.plain import plain_block, plain_line
from callback_tui.widgets.titled_pane import TitledPane

_NOTE_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """The key of the way that was chosen, and the note where one was written."""

    key: str
    note: str = ""


class TaskWindow(ModalScreen[TaskAnswer | None]):
    """Gives back what was chosen, None when it is left as it is. Enter chooses nothing, so that a held key does not.

    `a` asks for a note where `note_wanted`. F9 gives back "f9": the curtain hides the window too.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(FOLLOW_UP)]
    commands = FOLLOW_UP

    def __init__(
        self, heading: str, text: str, rows: Sequence[ChoiceRow], *, note_wanted: bool = False, copied: str = ""
    ) -> None:
        """Show `text`, which may be anybody's, above the rows; `copied` is what the row `c` copies."""
        super().__init__()
        self._heading = heading
        self._text = text
        self._rows = tuple(rows)
        self._note_wanted = note_wanted
        self._copied = copied

    def compose(self) -> ComposeResult:
        """One pane: the text, which scrolls, below it the ways and a field for a note, which are always in sight."""
        with TitledPane(classes="overlay"):
            with VerticalScroll(id="follow-up-text"):
                yield Static(plain_block(self._text), classes="label", markup=False)
            yield ChoiceList("follow-up-choices")
            yield Input(id="follow-up-note", placeholder="what was done; enter records it", max_length=_NOTE_CHARACTERS)
            yield Static(id="follow-up-trouble", markup=False)

    def on_mount(self) -> None:
        """Fill the rows in."""
        self.query_one("#follow-up-text").focus()
        self.query_one(ChoiceList).show(self._rows)
        self.query_one("#follow-up-trouble").display = False
        titles = (self._heading, "", "press a key · esc leaves it as it is")
        self.call_after_refresh(self.query_one(TitledPane).set_titles, *titles)

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        """A click is the row's key."""
        event.stop()
        self._choose(event.key)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the note back; an empty one is none."""
        event.stop()
        self.dismiss(TaskAnswer("a", event.value.strip()))

    def action_yes(self) -> None:
        """Record it."""
        self._choose("y")

    def action_other(self) -> None:
        """Take the other way, or write a note first."""
        self._choose("a")

    def action_ring(self) -> None:
        """Ring."""
        self._choose("r")

    def action_copy(self) -> None:
        """Copy the text, as was asked for."""
        if self._copied:
            self.app.copy_to_clipboard(self._copied)
            self._say("Copied. The clipboard holds it until something else is copied.", "$done")

    def action_hide(self) -> None:
        """Go back and draw the curtain."""
        self.dismiss(TaskAnswer("f9"))

    def action_leave_it(self) -> None:
        """Close; a note that was begun is put away first."""
        note = self.query_one("#follow-up-note", Input)
        if note.has_focus:
            note.display = False
            self.query_one("#follow-up-text").focus()
        else:
            self.dismiss(None)

    def _choose(self, key: str) -> None:
        row = next((row for row in self._rows if row.key == key), None)
        if row is None:
            return
        if not row.enabled:
            self._say(f"Not now: {row.consequence}.", "bold $late")
        elif key == "c":
            self.action_copy()
        elif key == "n":
            self.dismiss(None)
        elif key == "a" and self._note_wanted:
            note = self.query_one("#follow-up-note", Input)
            note.display = True
            note.focus()
        else:
            self.dismiss(TaskAnswer(key))

    def _say(self, sentence: str, style: str) -> None:
        line = self.query_one("#follow-up-trouble", Static)
        line.update(Content.assemble("\n", plain_line(sentence, style)))
        line.display = True
