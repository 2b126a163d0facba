"""Where notes are typed during the call; the pane says whether they are saved."""

from textual.app import ComposeResult
from textual.widgets import TextArea

from callback_tui.widgets.key_footer import hint
from callback_tui.widgets.titled_pane import TitledPane


class NotesPane(TitledPane):
    """A text area with no tricks: Tab leaves it, outside text in it stays literal."""

    def __init__(self, text: str) -> None:
        """Begin with the notes saved so far."""
        super().__init__(id="notes")
        self._first_text = text

    def compose(self) -> ComposeResult:
        """The text area alone."""
        yield TextArea(
            self._first_text,
            id="notes-text",
            tab_behavior="focus",
            compact=True,
            placeholder="Type at any step.",
            highlight_cursor_line=False,
        )

    def on_mount(self) -> None:
        """Name the pane and put the caret after what is there."""
        bottom = hint(self.app, ("call.switch_pane", "to write"), ("call.leave_field", "back to the script"))
        self.set_titles("Notes", "saved as you type", bottom)
        area = self.query_one(TextArea)
        area.move_cursor(area.document.end)

    @property
    def text(self) -> str:
        """What is written now."""
        return self.query_one(TextArea).text
