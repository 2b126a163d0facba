"""Why a message stands where it stands, in plain words."""

from collections.abc import Sequence

from textual.content import Content

from callback_tui.screens.confirm import SentenceScreen
from callback_tui.widgets.plain import plain_line


class WhyScreen(SentenceScreen):
    """The reasons of one message's place, most telling first."""

    def __init__(self, who: str, reasons: Sequence[str], due: str) -> None:
        """Show the reasons; `due` is the time left as said aloud."""
        lines = [Content.assemble(("· ", "$accent"), plain_line(reason)) for reason in reasons]
        text = Content("\n").join([plain_line(due, "bold"), Content(""), *lines])
        super().__init__(f"Why first: {who}", text)
