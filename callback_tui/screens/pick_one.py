"""A window with numbered choices: the outcome of the call, the kind of follow-up, a question asked once more."""

from collections.abc import Callable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from callback_tui.screens.call_modal import CallModal
from callback_tui.widgets.choice_list import ChoiceList, ChoiceRow
from callback_tui.widgets.key_footer import hint
from callback_tui.widgets.plain import plain_block
from callback_tui.widgets.titled_pane import ScrollPane


class PickOne(CallModal[str]):
    """Answers with the key of the choice. Enter picks nothing, so that a held key decides nothing."""

    def __init__(
        self,
        heading: str,
        sentence: str,
        rows: Sequence[ChoiceRow],
        on_emergency: Callable[[], None],
        *,
        back: str = "back to the call",
    ) -> None:
        """Show the rows under a sentence; `back` says where Esc leads."""
        super().__init__(on_emergency)
        self._heading = heading
        self._sentence = sentence
        self._rows = tuple(rows)
        self._back = back

    def compose(self) -> ComposeResult:
        """One pane."""
        with ScrollPane(classes="overlay"):
            yield Static(plain_block(self._sentence), classes="sentence", markup=False)
            yield Static(classes="trouble", markup=False)
            yield ChoiceList("pick-choices")

    def on_mount(self) -> None:
        """Fill the rows in."""
        pane = self.query_one(ScrollPane)
        pane.focus()
        self.query_one(ChoiceList).show(self._rows)
        self.query_one(".sentence").display = bool(self._sentence)
        self.trouble("")
        bottom = hint(self.app, "press a key", ("window.go_back", self._back))
        self.call_after_refresh(pane.set_titles, self._heading, "", bottom)

    def on_key(self, event: events.Key) -> None:
        """Take a row's key as the answer."""
        if event.character and event.character.isprintable():
            event.stop()
            self._pick(event.character)

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        """A click is the row's key."""
        self._pick(event.key)

    def _pick(self, key: str) -> None:
        row = next((row for row in self._rows if row.key == key), None)
        if row is not None and row.enabled:
            self.dismiss(row.key)
        elif row is not None:
            self.trouble(f"Not now: {row.consequence}.")
