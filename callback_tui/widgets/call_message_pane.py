"""The message while its patient is on the line: hidden as dots and a sentence, or shown with its evidence."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from callback_tui.models.vocabulary import IdentityResult
from callback_tui.rules.speak import clock_time
from callback_tui.views.call import CallSheet
from callback_tui.views.queue import MessageView
from callback_tui.widgets.plain import DOT, plain_line
from callback_tui.widgets.quoted_message import fired_words, quoted
from callback_tui.widgets.titled_pane import ScrollPane

_DOT_ROWS = 2


class CallMessagePane(ScrollPane):
    """What the sheet lets be seen, nothing else: a sheet without a message leaves nothing of it on the screen."""

    def compose(self) -> ComposeResult:
        """One block of text; the pane scrolls it."""
        yield Static(id="message-text", markup=False)

    def show(self, sheet: CallSheet, zone: str, desk_zone: str, *, curtained: bool) -> None:
        """Draw the pane anew; `zone` is the site's, named where it is not the desk's."""
        text = self.query_one("#message-text", Static)
        if sheet.message is None or curtained:
            self.set_titles("Message", "hidden")
            text.update(self._hidden("curtain is drawn" if curtained else hidden_because(sheet)))
        else:
            self.set_titles("Message", _when(sheet.message, zone, desk_zone))
            text.update(message_text(sheet.message))

    def _hidden(self, sentence: str) -> Content:
        cells = max(self.content_size.width, len(sentence) + 2)
        row = Content.styled((DOT + " ") * (cells // 2 - 1), "$line")
        middle = Content.styled(sentence.center(cells).rstrip(), "$dim")
        return Content("\n").join([*[row] * _DOT_ROWS, middle, *[row] * _DOT_ROWS])


def hidden_because(sheet: CallSheet) -> str:
    """Return why the message is not on the screen, in a few words."""
    check = sheet.identity
    if check.result is IdentityResult.PASSED:
        return "hidden while a window is open"
    if check.result is IdentityResult.FAILED:
        return "hidden: identity did not pass"
    if check.result is IdentityResult.GENERAL_ONLY:
        return "hidden: general information only"
    if check.matched and (missing := check.needed - len(check.matched)) > 0:
        return "hidden until one more detail matches" if missing == 1 else f"hidden until {missing} more details match"
    return "hidden from pick-up until identity passes"


def message_text(message: MessageView) -> Content:
    """Return subject, the quoted words, what fired and how far it can be trusted."""
    lines: list[Content] = []
    if message.subject:
        lines.append(plain_line(message.subject, "bold"))
    lines.append(quoted(message.body, message.hits) if message.body else Content.styled("There is no text.", "$dim"))
    if notes := message_notes(message):
        lines.append(plain_line(notes, "$dim"))
    lines += [plain_line(f"also: {other}", "$dim") for other in message.bundled]
    return Content("\n").join(lines)


def message_notes(message: MessageView) -> str:
    """Return which words fired and how far a transcript can be trusted; empty when there is nothing to say."""
    machine = "heard by machine, not checked" if message.machine_transcript else ""
    return " · ".join(filter(None, (fired_words(message.hits), machine)))


def _when(message: MessageView, zone: str, desk_zone: str) -> str:
    if message.received_at is None:
        return f"{message.channel.value}, time unknown"
    return f"{message.channel.value} {clock_time(message.received_at, zone, desk_zone)}"
