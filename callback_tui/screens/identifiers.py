"""What is on file to compare answers with; shown after an audited reveal, never to be read out."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from callback_tui.models.vocabulary import ComparedWith
from callback_tui.screens.call_modal import CallModal
from callback_tui.views.call import ExpectedIdentifiers
from callback_tui.widgets.key_footer import hint
from callback_tui.widgets.plain import plain_block
from callback_tui.widgets.titled_pane import ScrollPane

_LABEL_CELLS = 20


class IdentifiersScreen(CallModal[str]):
    """Closes on any letter or digit and gives it back, so that a tick is one key from here too."""

    def __init__(self, expected: ExpectedIdentifiers, on_emergency: Callable[[], None]) -> None:
        """Show what is on file."""
        super().__init__(on_emergency)
        self._expected = expected

    def compose(self) -> ComposeResult:
        """One line for each kind."""
        expected = self._expected
        lines = [plain_block("Compare, never read out.\n", "$dim")]
        for label, value in (
            ("1  date of birth", expected.date_of_birth),
            ("2  address", expected.address),
            ("3  record number", expected.record_number),
        ):
            lines.append(
                Content.assemble((f"{label:<{_LABEL_CELLS}}", "$dim"), plain_block(value or "not on file", "bold"))
            )
        if expected.compared_with is ComparedWith.NOTHING_ON_FILE:
            lines.append(plain_block("\nNothing is on file. Compare with the chart.", "$soon"))
        with ScrollPane(classes="overlay"):
            yield Static(Content("\n").join(lines), markup=False)
            yield Static(classes="trouble", markup=False)

    def on_mount(self) -> None:
        """Name the pane."""
        pane = self.query_one(ScrollPane)
        pane.focus()
        self.trouble("")
        bottom = hint(self.app, "1-3 matched", "x did not match", ("window.go_back", "back"))
        self.call_after_refresh(pane.set_titles, "On file", "this look was kept", bottom)

    def on_key(self, event: events.Key) -> None:
        """Give the key back."""
        if event.character and event.character.isprintable():
            event.stop()
            self.dismiss(event.character)
