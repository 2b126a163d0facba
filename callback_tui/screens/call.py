"""The guided call: what to say, who answered, identity, notes, and how it ended."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from callback_tui.commands import CALL
from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import CallStep
from callback_tui.rules.sla import countdown
from callback_tui.screens.call_choices import (
    KIND_OF_KEY,
    Asking,
    step_choices,
)
from callback_tui.screens.call_steps import CallSteps
from callback_tui.screens.emergency import EmergencyScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.views.call import CallSheet
from callback_tui.widgets.call_header import BREAKPOINTS, CallHeader, saved_words
from callback_tui.widgets.call_message_pane import CallMessagePane
from callback_tui.widgets.choice_list import ChoiceList
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.notes_pane import NotesPane
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.safe_contact_pane import SafeContactLine, SafeContactPane
from callback_tui.widgets.say_pane import SayPane
from callback_tui.widgets.steps_bar import STEP_NAMES, StepsBar

if TYPE_CHECKING:
    from callback_tui.app import CallbackApp

# Domain section 7: a minute's warning, so that nobody is blanked in mid-sentence.
_WARNING_SECONDS = 60
_STYLE = Path(__file__).parents[1] / "styles" / "call.tcss"
# Behind the curtain nobody sees what a key would do; an emergency needs no look.
_BEHIND_THE_CURTAIN = ("curtain", "emergency", "help")
_WHO_NOW = "Somebody else came to the phone? Say who it is before you say anything more."


class CallScreen(CallSteps):
    """One call from dial to outcome; dismisses with the outcome, or None when it was parked."""

    CSS_PATH = _STYLE
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(CALL)]
    commands = CALL
    _warned = False

    def compose(self) -> ComposeResult:
        """Header, steps, what stands in the way, the panes, the keys."""
        yield CallHeader(classes="call-line", markup=False)
        yield StepsBar(classes="call-line", markup=False)
        yield Static(id="claim-trouble", classes="call-line trouble", markup=False)
        yield SafeContactLine(classes="call-line", markup=False)
        with Horizontal(id="panes"):
            yield SayPane(id="say")
            with Vertical(id="beside"):
                yield SafeContactPane(id="safe")
                yield CallMessagePane(id="message")
                yield NotesPane(self.sheet.notes)
        yield Static(id="note-trouble", classes="call-line trouble", markup=False)
        yield Static(id="status", classes="call-line", markup=False)
        yield KeyFooter(CALL)

    def on_mount(self) -> None:
        """Begin at the script, with the keys meaning choices."""
        super().on_mount()
        self.query_one(SayPane).focus()
        for place in ("#claim-trouble", "#note-trouble", "#status"):
            self.query_one(place).display = False
        if self.sheet.resumed:
            self.say_status("This call goes on. Notes and step are as you left them.")
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self.call_after_refresh(self.draw)

    def on_screen_suspend(self) -> None:
        """Take the message off the screen while a window stands above it."""
        self.draw()

    def on_screen_resume(self) -> None:
        """Show the call as it is once the window is gone."""
        if self.is_on_top and self.is_mounted:
            self.call_after_refresh(self.draw)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind the curtain only the curtain, the emergency and the keys of the call answer."""
        del parameters
        return not self.curtained or action in _BEHIND_THE_CURTAIN

    def draw(self) -> None:
        """Show the newest sheet; of the message nothing while it is not known who hears or a window is open."""
        if self not in self.app.screen_stack:
            return
        sheet = self.sheet
        if self.who_again or not self.is_on_top:
            sheet = replace(sheet, message=None)
        if self.who_again:
            sheet = replace(sheet, script=replace(sheet.script, say="", advice=_WHO_NOW))
        self.draw_header()
        self.query_one(SafeContactPane).show(sheet.safe_contact, self.zone, curtained=self.curtained)
        self.query_one(SafeContactLine).show(sheet.safe_contact, curtained=self.curtained)
        self.query_one(CallMessagePane).show(sheet, self.zone, self.desk_zone, curtained=self.curtained)
        in_talk = self.asking is Asking.TALK
        self.set_class(in_talk and sheet.message is not None and not self.curtained, "-message-shown")
        self.set_class(self.curtained, "-curtained")
        accepted = self.policy.identity_kinds if self.policy else tuple(KIND_OF_KEY.values())
        choices = step_choices(sheet, self.asking, accepted, self.ticks)
        say = self.query_one(SayPane)
        say.show(
            self._curtain(f'"{sheet.script.say}"' if sheet.script.say else ""),
            self._curtain(sheet.script.advice),
            choices.heading,
            choices.count,
            choices.rows,
            choices.hint,
        )
        step = f"step {list(STEP_NAMES).index(sheet.step) + 1} of {len(STEP_NAMES)}"
        hidden_here = self.has_class("-narrow") and self.sheet.message is None
        right = "message hidden until identity passes" if hidden_here else step
        say.set_titles("Say", right, "the curtain is drawn · F9 opens it" if self.curtained else choices.bottom)

    def draw_header(self) -> None:
        """Show the time that went by and when the notes were saved; nobody's screen is left open for long."""
        now = self.desk.clock.now()
        self._draw_curtain_when_idle(now)
        saved = saved_words(self.saved_at, self.desk_zone)
        left = None
        if self.policy is not None:
            left = countdown(self.sheet.clock, self.policy.site(self.sheet.site), self.policy, now)
        self.query_one(CallHeader).show(self.sheet, left, now=now, saved=saved, curtained=self.curtained)
        answered = (CallStep.WHO,) if self.sheet.who_answered else ()
        done = (*self.sheet.done_steps, *answered)
        self.query_one(StepsBar).show(self.sheet.step, done, self.sheet.identity.result, saved)

    def _draw_curtain_when_idle(self, now: datetime) -> None:
        if self.policy is None or self.curtained:
            return
        idle_seconds = (now - cast("CallbackApp", self.app).last_input_at).total_seconds()
        left = self.policy.desk.lock_in_call_after_seconds - idle_seconds
        if left <= 0:
            self.action_curtain()
        elif left <= _WARNING_SECONDS:
            self._warned = True
            self.say_status(f"Nobody touched the desk for a while: the curtain is drawn in {int(left)} s. Press a key.")
        elif self._warned:
            self._warned = False
            self.say_status("")

    def sheet_was_changed(self, sheet: CallSheet) -> None:
        """Show the newest sheet; a refusal said before is over."""
        self.who_again = False
        self.say_status("")
        super().sheet_was_changed(sheet)
        for window in self._emergency_windows():
            window.show(sheet)

    def show_claim_trouble(self, sentence: str) -> None:
        """Show a red line under the header, or take it away."""
        self._put("#claim-trouble", sentence, "bold $late")

    def show_note_trouble(self, sentence: str) -> None:
        """Show a red line under the notes, or take it away."""
        self._put("#note-trouble", sentence, "bold $late")

    def say_status(self, sentence: str) -> None:
        """Show what was done, or why not; an empty sentence takes the line away."""
        self._put("#status", sentence, "")

    def refused(self, error: DeskError) -> None:
        """Show a refusal and what now."""
        self._put("#status", str(error), "bold $late")
        for window in self._emergency_windows():
            window.trouble(str(error))

    def _emergency_windows(self) -> list[EmergencyScreen]:
        # The keys may stand above the window for a moment.
        return [screen for screen in self.app.screen_stack if isinstance(screen, EmergencyScreen)]

    def _put(self, place: str, sentence: str, style: str) -> None:
        line = self.query_one(place, Static)
        line.update(plain_line(sentence, style))
        line.display = bool(sentence)
        self.set_class(self.query_one("#status").display, "-status")

    def _curtain(self, text: str) -> str:
        return "".join("·" if mark.isalnum() else mark for mark in text) if self.curtained else text

    def on_key(self, event: events.Key) -> None:
        """Read letters and digits as choices while nobody writes; the desk's own letters do not reach a call."""
        if isinstance(self.focused, Input | TextArea):
            return
        if event.key == "enter":
            event.stop()
            self.action_next_step()
        elif event.character and event.character.isprintable() and event.character != "?":
            event.stop()
            self.choose(event.character)

    def on_choice_list_clicked(self, event: ChoiceList.Clicked) -> None:
        """A click is the row's key."""
        self.choose(event.key)

    def action_help(self) -> None:
        """Show the keys of the call."""
        self.app.push_screen(HelpScreen(self.commands))

    def action_card(self) -> None:
        """Go to the safe-contact card, which grows from its one line where room is short; and back."""
        self.toggle_class("-card")
        self.query_one(SafeContactPane if self.has_class("-card") else SayPane).focus()
        self.call_after_refresh(self.draw)

    def action_copy_number(self) -> None:
        """Copy the number as it is dialled."""
        self.app.copy_to_clipboard(self.sheet.number.e164)
        self.say_status("Number copied.")

    def action_curtain(self) -> None:
        """Hide or show names, numbers and texts; the clock runs on."""
        self.curtained = not self.curtained
        self.action_leave_field()
        self.draw()

    def action_leave_field(self) -> None:
        """Go back to the script; what was typed is saved now."""
        self.query_one(SayPane).focus()
        self.save_notes()

    def action_switch_pane(self) -> None:
        """Go to the notes, and from there back to the script."""
        if isinstance(self.focused, TextArea) or self.curtained:
            self.action_leave_field()
        else:
            self.query_one("#notes-text", TextArea).focus()
