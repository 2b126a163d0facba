"""The guided call: what to say, who answered, identity, notes, and how it ended."""

from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static, TextArea

from callback_tui.commands import CALL
from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import CallStep, IdentityResult, WhoAnswered
from callback_tui.rules.script import step_after
from callback_tui.rules.sla import countdown
from callback_tui.screens.call_choices import (
    KIND_OF_KEY,
    RECORDING_OF_KEY,
    Asking,
    asking,
    step_choices,
)
from callback_tui.screens.call_ending import CallEnding
from callback_tui.screens.emergency import EmergencyScreen
from callback_tui.screens.form import FormAnswer, FormField
from callback_tui.screens.identifiers import IdentifiersScreen
from callback_tui.views.call import CallSheet, ExpectedIdentifiers
from callback_tui.widgets.call_header import BREAKPOINTS, CallHeader, saved_words
from callback_tui.widgets.call_message_pane import CallMessagePane
from callback_tui.widgets.choice_list import ChoiceList
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.notes_pane import NotesPane
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.safe_contact_pane import SafeContactLine, SafeContactPane
from callback_tui.widgets.say_pane import SayPane
from callback_tui.widgets.steps_bar import STEP_NAMES, StepsBar

_SPEAKS_FOR = (
    FormField("name", "Name of the person speaking"),
    FormField("relationship", "Relationship to the patient"),
    FormField("authority", "By what right", hint="named on the card, patient agreed on this call, parent of a child"),
)
_OPEN_GATE = (IdentityResult.PASSED, IdentityResult.GENERAL_ONLY)


class CallScreen(CallEnding):
    """One call from dial to outcome; dismisses with the outcome, or None when it was parked."""

    CSS_PATH = "../styles/call.tcss"
    HORIZONTAL_BREAKPOINTS = BREAKPOINTS
    # The text area has keys of its own on F6 and F7, so the call's F-keys come first.
    BINDINGS: ClassVar[list[BindingType]] = [
        *(replace(binding, priority=True) for binding in bindings_of(CALL)),
        Binding("escape", "leave_field", "back to the script", show=False, id="leave_field"),
        Binding("tab", "switch_pane", "notes", show=False, id="switch_pane"),
    ]
    commands = CALL

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
            self.say_status("This call was cut off. Notes and step are as you left them.")
        self.call_after_refresh(self.draw)

    def on_resize(self) -> None:
        """Lay everything out for the new width."""
        self.call_after_refresh(self.draw)

    # Drawing

    def draw(self) -> None:
        """Show the newest sheet."""
        sheet = self.sheet
        self.draw_header()
        self.query_one(SafeContactPane).show(sheet.safe_contact, self.zone, curtained=self.curtained)
        self.query_one(SafeContactLine).show(sheet.safe_contact, curtained=self.curtained)
        self.query_one(CallMessagePane).show(sheet, self.zone, curtained=self.curtained)
        in_talk = self._asking is Asking.TALK
        self.set_class(in_talk and sheet.message is not None and not self.curtained, "-message-shown")
        self.set_class(self.curtained, "-curtained")
        accepted = self.policy.identity_kinds if self.policy else tuple(KIND_OF_KEY.values())
        choices = step_choices(sheet, self._asking, accepted, self.ticks)
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
        hidden_here = self.has_class("-narrow") and sheet.message is None
        say.set_titles("Say", "message hidden until identity passes" if hidden_here else step, choices.bottom)

    def draw_header(self) -> None:
        """Show the time that went by and when the notes were saved."""
        now = self.desk.clock.now()
        saved = saved_words(self.saved_at, self.zone)
        left = None
        if self.policy is not None:
            left = countdown(self.sheet.clock, self.policy.site(self.sheet.site), self.policy, now)
        self.query_one(CallHeader).show(self.sheet, left, now=now, saved=saved, curtained=self.curtained)
        answered = (CallStep.WHO,) if self.sheet.who_answered else ()
        self.query_one(StepsBar).show(self.sheet.step, (*self.sheet.done_steps, *answered), saved)

    def sheet_was_changed(self, sheet: CallSheet) -> None:
        """Show the newest sheet; a refusal said before is over."""
        self.who_again = False
        self.say_status("")
        super().sheet_was_changed(sheet)
        if isinstance(self.app.screen, EmergencyScreen):
            self.app.screen.show(sheet)

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
        if isinstance(self.app.screen, EmergencyScreen):
            self.app.screen.trouble(str(error))

    def _put(self, place: str, sentence: str, style: str) -> None:
        line = self.query_one(place, Static)
        line.update(plain_line(sentence, style))
        line.display = bool(sentence)

    def _curtain(self, text: str) -> str:
        return "".join("·" if mark.isalnum() else mark for mark in text) if self.curtained else text

    # Letters and digits

    @property
    def _asking(self) -> Asking:
        return asking(self.sheet, who_again=self.who_again)

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

    def choose(self, key: str) -> None:
        """Do what a key means at this step."""
        match self._asking:
            case Asking.WHO:
                self._choose_who(key)
            case Asking.IDENTITY:
                self._choose_identity(key)
            case Asking.TALK:
                self._choose_in_talk(key)
            case Asking.OUTCOME:
                self.choose_ending(key)

    def _choose_who(self, key: str) -> None:
        choice = next((each for each in self.sheet.who_choices if each.key == key), None)
        if choice is None or choice.who is None:
            return
        if not choice.enabled:
            self.say_status(f"Not now: {choice.consequence}.")
        elif choice.who is WhoAnswered.REPRESENTATIVE:
            self._ask_who_speaks()
        elif choice.who in (WhoAnswered.WRONG_NUMBER, WhoAnswered.DISCONNECTED):
            self.confirm_dead_number(choice.who)
        else:
            then = self.voicemail_was_answered if choice.who is WhoAnswered.VOICEMAIL else self.sheet_was_changed
            self.ask("who answered", partial(self.verbs.answer, choice.who), then)

    def _choose_identity(self, key: str) -> None:
        if kind := KIND_OF_KEY.get(key):
            if self.policy is not None and kind not in self.policy.identity_kinds:
                self.say_status("The practice's policy does not count that kind. Ask for another.")
            else:
                self.change_sheet("identity matched", partial(self.verbs.match, kind), may_wait=True)
        elif key == "x":
            self.change_sheet("identity did not match", self.verbs.mismatch)
        elif key == "r":
            self.ask("show what is on file", self.verbs.reveal, self._identifiers_were_revealed)
        elif key == "g":
            self.change_sheet("general information only", self.verbs.general_only)
        else:
            self._choose_in_talk(key)

    def _choose_in_talk(self, key: str) -> None:
        if key in RECORDING_OF_KEY and self.sheet.records_calls:
            self.change_sheet("recording", partial(self.verbs.set_recording, RECORDING_OF_KEY[key]))
        elif key == "f" and self.sheet.who_answered is not WhoAnswered.REPRESENTATIVE:
            self._ask_who_speaks()
        elif key == "n":
            self.action_next_step()
        elif key == "b" and self.sheet.step in (CallStep.CLARIFY, CallStep.ACTION):
            steps = list(CallStep)
            self.change_sheet("back", partial(self.verbs.enter, steps[steps.index(self.sheet.step) - 1]))

    def _identifiers_were_revealed(self, expected: ExpectedIdentifiers) -> None:
        self.app.push_screen(IdentifiersScreen(expected, self.action_emergency), lambda key: self.choose(key or ""))

    def _ask_who_speaks(self) -> None:
        self.push_form("Speaks for the patient", _SPEAKS_FOR, "speaks_for", self._who_speaks_was_written, "go on")

    def _who_speaks_was_written(self, answer: FormAnswer) -> None:
        spoke_with = ", ".join(answer.values[field.name].strip() for field in _SPEAKS_FOR)
        self.change_sheet("who answered", partial(self.verbs.answer, WhoAnswered.REPRESENTATIVE, spoke_with))

    # F-keys

    def action_next_step(self) -> None:
        """Go to the next step, or say what is missing for it."""
        sheet = self.sheet
        match self._asking:
            case Asking.WHO if sheet.step is CallStep.GREETING and sheet.who_answered is None:
                self.change_sheet("next step", partial(self.verbs.enter, CallStep.WHO))
            case Asking.WHO:
                self.say_status("Say who answered first: press a number.")
            case Asking.IDENTITY:
                missing = sheet.identity.needed - len(sheet.identity.matched)
                self.say_status(f"{missing} more to match first. Or press g for general information only.")
            case Asking.OUTCOME:
                self.say_status("Press the key of how it ended.")
            case Asking.TALK:
                step = step_after(sheet.step, who=sheet.who_answered, identity=sheet.identity.result)
                self.change_sheet("next step", partial(self.verbs.enter, step))

    def action_who_answered(self) -> None:
        """Ask again who answered."""
        self.who_again = True
        if self.sheet.step is CallStep.WHO:
            self.draw()
        else:
            self.ask("who answered", partial(self.verbs.enter, CallStep.WHO), self._who_is_asked_again)
        self.action_leave_field()

    def _who_is_asked_again(self, sheet: CallSheet) -> None:
        self.sheet_was_changed(sheet)
        self.who_again = True
        self.draw()

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
