"""The emergency in a call: the message, 911, 988 and Poison Help, the location first, who was told."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Input, Static

from callback_tui.commands import EMERGENCY, WINDOW
from callback_tui.rules.heard import VERIFY
from callback_tui.screens.call_modal import CallModal
from callback_tui.screens.form import FormAnswer
from callback_tui.views.call import CallSheet
from callback_tui.widgets.call_message_pane import message_notes
from callback_tui.widgets.key_footer import bindings_of, key_of
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.quoted_message import quoted

_ASK = Content.assemble(
    ("Ask the location first.\n", "bold"),
    '"Where are you right now?"\n',
    ("Is anyone with you? Can they ring 911? Stay on the line.", "$dim"),
)
_LINES = Content.assemble(
    ("988", "bold"), ("  suicide and crisis        ", "$dim"), ("1-800-222-1222", "bold"), ("  Poison Help", "$dim")
)
_NEEDED = {
    "location": 'Nothing is logged yet: write where they are, or "unknown".',
    "told": 'Nothing is logged yet: write who was told and when, or "unknown".',
}


class EmergencyScreen(CallModal[FormAnswer]):
    """Fills the screen; shows the numbers at once and the message as soon as the sheet with it is there."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(EMERGENCY)]
    commands = (*EMERGENCY, *WINDOW)

    def __init__(self, sheet: CallSheet, values: dict[str, str], on_emergency: Callable[[], None]) -> None:
        """Begin with the newest sheet and with what was written before."""
        super().__init__(on_emergency)
        self._sheet = sheet
        self._values = values

    def compose(self) -> ComposeResult:
        """The band, who, the words, the numbers, two fields."""
        with Container(id="band"):
            yield Static("!!  EMERGENCY", markup=False)
        with VerticalScroll(id="emergency", can_focus=False):
            yield Static(id="emergency-who", markup=False)
            with VerticalScroll(id="emergency-message"):
                yield Static(id="emergency-words", markup=False)
            yield Static(id="emergency-fired", markup=False)
            with Horizontal(id="numbers"):
                yield Digits("911")
                yield Static(_ASK, markup=False)
            yield Static(_LINES, id="lines", markup=False)
            yield Static(Content.styled("Where they are", "$dim"), markup=False)
            yield Input(self._values.get("location", ""), id="location", select_on_focus=False)
            yield Static(Content.styled("Who was told, and when", "$dim"), markup=False)
            yield Input(self._values.get("told", ""), id="told", select_on_focus=False)
            yield Static(classes="trouble", markup=False)
            keys = Content.assemble(
                (key_of("emergency.log_it", self.app), "bold $accent"),
                " log: sent to 911   ",
                (key_of("window.go_back", self.app), "bold $accent"),
                (" back to the call   Enter logs nothing", "$dim"),
            )
            yield Static(keys, id="emergency-keys", markup=False)

    def on_mount(self) -> None:
        """Wait for the location."""
        self.trouble("")
        self._draw()
        self.query_one("#location", Input).focus()

    def show(self, sheet: CallSheet) -> None:
        """Show who it is and, once the sheet holds it, the message; before the window is built, build it with that."""
        self._sheet = sheet
        if self.query("#emergency-fired"):
            self._draw()

    def _draw(self) -> None:
        sheet = self._sheet
        who = Content.assemble(
            plain_line(sheet.who, "bold"),
            "   ",
            (sheet.number.national, "bold"),
            (f" {VERIFY if sheet.number.heard else sheet.number.kind}   ", "$dim"),
            plain_line(_facts(sheet), "$dim"),
        )
        self.query_one("#emergency-who", Static).update(who)
        words, fired = Content.styled("The message is being opened.", "$dim"), ""
        if sheet.message is not None:
            words = quoted(sheet.message.body, sheet.message.hits)
            fired = message_notes(sheet.message)
        self.query_one("#emergency-words", Static).update(words)
        self.query_one("#emergency-fired", Static).update(plain_line(fired, "$dim"))

    def action_emergency(self) -> None:
        """F7 again changes nothing."""

    def action_log_it(self) -> None:
        """Give location and told back, to be logged; neither may be empty."""
        for name, sentence in _NEEDED.items():
            field = self.query_one(f"#{name}", Input)
            if not field.value.strip():
                self.trouble(sentence)
                field.focus()
                return
        self.dismiss(FormAnswer(self._written(), ready=True))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes to the next field and never logs."""
        if event.input.id == "location":
            self.query_one("#told", Input).focus()

    def unfinished(self) -> FormAnswer:
        """Return what was written so far."""
        return FormAnswer(self._written(), ready=False)

    def _written(self) -> dict[str, str]:
        return {name: self.query_one(f"#{name}", Input).value for name in ("location", "told")}


def _facts(sheet: CallSheet) -> str:
    """Return the age, which 911 asks for, and the site; no age before the message is there or where none is known."""
    years = None if sheet.message is None else sheet.message.age_years
    age = "" if years is None else "under 1 year" if years == 0 else f"{years} year{'' if years == 1 else 's'}"
    return " · ".join(filter(None, (age, sheet.site)))
