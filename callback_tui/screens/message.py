"""One message full width, for terminals without the message pane beside the queue."""

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from callback_tui.commands import MESSAGE
from callback_tui.views.queue import MessageView
from callback_tui.widgets.key_footer import bindings_of, hint
from callback_tui.widgets.message_pane import contact_words, earlier_content, message_content
from callback_tui.widgets.titled_pane import ScrollPane

_BODY_CHARACTERS = 64_000
_WORDS_CELLS = 60


class MessageScreen(ModalScreen[str | None]):
    """Shows a message; gives back "call" when Enter asks for the call, "curtain" when F9 asks to hide it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(MESSAGE)]
    commands = MESSAGE

    def __init__(self, view: MessageView, zone: str, now: datetime, desk_zone: str = "") -> None:
        """Show `view` as it is at `now`; the site's `zone` is named where it is not the desk's."""
        super().__init__()
        self._view, self._now = view, now
        self._text = message_content(
            view, zone, now, body_limit=_BODY_CHARACTERS, desk_zone=desk_zone, words_cells=_WORDS_CELLS
        )
        earlier = earlier_content(view, desk_zone or zone)
        if earlier:
            self._text = Content.assemble(self._text, "\n\n", ("Earlier", "bold $foreground"), "\n", earlier)

    def compose(self) -> ComposeResult:
        """One pane that scrolls."""
        with ScrollPane(id="message-full"):
            yield Static(self._text, markup=False)

    def on_mount(self) -> None:
        """Name the pane."""
        pane = self.query_one(ScrollPane)
        pane.focus()
        bottom = hint(self.app, ("message.ring", "call"), ("message.close", "close"))
        titles = {"left": self._view.who, "right": contact_words(self._view, self._now), "bottom": bottom}
        self.call_after_refresh(pane.set_titles, **titles)

    def action_close(self) -> None:
        """Go back to the queue."""
        self.dismiss(None)

    def action_ring(self) -> None:
        """Go back and ring."""
        self.dismiss("call")

    def action_hide(self) -> None:
        """Go back and draw the curtain."""
        self.dismiss("curtain")
