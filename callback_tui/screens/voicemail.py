"""Writes the voicemail with the nurse: the minimum message to begin with, a warning on words about health."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from callback_tui.commands import VOICEMAIL, WINDOW
from callback_tui.rules.voicemail import health_words
from callback_tui.screens.call_modal import CallModal
from callback_tui.views.call import DialDecision, DialVerdict
from callback_tui.widgets.key_footer import bindings_of, hint
from callback_tui.widgets.plain import plain_block
from callback_tui.widgets.titled_pane import ScrollPane


@dataclass(frozen=True, slots=True)
class VoicemailAnswer:
    """The wording, word for word, the reason where one was asked for, and whether it was left."""

    wording: str
    reason: str
    left: bool


class VoicemailScreen(CallModal[VoicemailAnswer]):
    """F4 says that exactly this was left."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(VOICEMAIL)]
    commands = (*VOICEMAIL, *WINDOW)

    def __init__(self, wording: str, may_leave: str, decision: DialDecision, on_emergency: Callable[[], None]) -> None:
        """Begin with a wording; `may_leave` is the patient's own instruction, `decision` may ask for a reason."""
        super().__init__(on_emergency)
        self._first_wording = wording
        self._may_leave = may_leave
        self._decision = decision

    def compose(self) -> ComposeResult:
        """What may be left, the wording, what it gives away, and a reason if one is needed."""
        with ScrollPane(classes="overlay"):
            allowed = Content.assemble(("may leave   ", "$dim"), (self._may_leave or "not asked yet", "bold"))
            yield Static(allowed, markup=False)
            yield Static(plain_block("Read it out after the tone, change it if you must:", "$dim"), markup=False)
            yield TextArea(self._first_wording, id="wording", compact=True)
            yield Static(id="warnings", markup=False)
            if self._decision.verdict is DialVerdict.ALLOWED and self._decision.next_step:
                yield Static(plain_block(self._decision.next_step, "bold $late"), markup=False)
            if self._needs_reason:
                yield Static(plain_block(self._decision.sentence), markup=False)
                yield Input(placeholder="why it has to be left all the same", id="reason", select_on_focus=False)
            yield Static(classes="trouble", markup=False)

    def on_mount(self) -> None:
        """Put the caret after the last word."""
        pane = self.query_one(ScrollPane)
        pane.can_focus = False
        area = self.query_one("#wording", TextArea)
        area.focus()
        area.move_cursor(area.document.end)
        self.trouble("")
        self._warn()
        bottom = hint(
            self.app, ("voicemail.left_it", "left exactly this"), ("window.go_back", "back, nothing is logged")
        )
        self.call_after_refresh(pane.set_titles, "Voicemail", "", bottom)

    def on_text_area_changed(self) -> None:
        """Look at the words again."""
        self._warn()

    def action_left_it(self) -> None:
        """Give the wording back as left."""
        answer = self._answer(left=True)
        if not answer.wording.strip():
            self.trouble("There is no wording. Write what you left, or press esc.")
        elif self._needs_reason and not answer.reason.strip():
            self.trouble("Write why it has to be left.")
            self.query_one("#reason", Input).focus()
        else:
            self.dismiss(answer)

    def unfinished(self) -> VoicemailAnswer:
        """Return the wording as it stands."""
        return self._answer(left=False)

    @property
    def _needs_reason(self) -> bool:
        return self._decision.verdict is DialVerdict.REASON_NEEDED

    def _answer(self, *, left: bool) -> VoicemailAnswer:
        reason = self.query_one("#reason", Input).value if self._needs_reason else ""
        return VoicemailAnswer(self.query_one("#wording", TextArea).text, reason, left)

    def _warn(self) -> None:
        text = self.query_one("#wording", TextArea).text
        found = dict.fromkeys((text[start:end], category) for start, end, category in health_words(text))
        words = ", ".join(f"{word} ({category})" for word, category in found)
        warning = f"▲ Says something about health: {words}. Leave it out." if words else "No word about health found."
        self.query_one("#warnings", Static).update(plain_block(warning, "bold $late" if words else "$dim"))
