"""The half of the call screen that goes through the script: who answered, identity, and from step to step."""

from functools import partial

from callback_tui.models.vocabulary import CallStep, IdentityResult, WhoAnswered
from callback_tui.rules.script import step_after
from callback_tui.screens.call_choices import KIND_OF_KEY, RECORDING_OF_KEY, Asking, asking
from callback_tui.screens.call_ending import CallEnding
from callback_tui.screens.form import FormAnswer, FormField
from callback_tui.screens.identifiers import IdentifiersScreen
from callback_tui.views.call import CallSheet, ExpectedIdentifiers

_SPEAKS_FOR = (
    FormField("name", "Name of the person speaking"),
    FormField("relationship", "Relationship to the patient"),
    FormField("authority", "By what right", hint="named on the card, patient agreed on this call, parent of a child"),
)


class CallSteps(CallEnding):
    """Letters and digits mean the choices of the step; the next step says what is missing for it."""

    @property
    def asking(self) -> Asking:
        """What letters and digits mean now."""
        return asking(self.sheet, who_again=self.who_again)

    def choose(self, key: str) -> None:
        """Do what a key means at this step; nothing behind the curtain."""
        if self.curtained:
            return
        match self.asking:
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
            self.ask("identity did not match", self._mismatched, self._miss_was_counted)
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
        self.change_sheet(
            "who answered", partial(self.verbs.answer, WhoAnswered.REPRESENTATIVE, spoke_with), may_wait=True
        )

    def action_next_step(self) -> None:
        """Go to the next step, or say what is missing for it."""
        if self.after_this(self.action_next_step):
            return
        sheet = self.sheet
        match self.asking:
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
        self.draw()
        if self.sheet.step is not CallStep.WHO:
            self.ask("who answered", partial(self.verbs.enter, CallStep.WHO), self._who_is_asked_again)
        self.action_leave_field()

    def _who_is_asked_again(self, sheet: CallSheet) -> None:
        self.sheet_was_changed(sheet)
        self.who_again = True
        self.draw()

    def _mismatched(self) -> CallSheet:
        sheet = self.verbs.mismatch()
        return self.verbs.enter(CallStep.CLOSE) if sheet.identity.result is IdentityResult.FAILED else sheet

    def _miss_was_counted(self, sheet: CallSheet) -> None:
        self.sheet_was_changed(sheet)
        left = sheet.identity.failures_allowed - sheet.identity.failures
        if left == 1:
            self.say_status("First miss noted; the next one ends the check.")
        elif left > 1:
            self.say_status(f"Miss noted; {left} more end the check.")

    def action_leave_field(self) -> None:
        """Go back to the script."""
        raise NotImplementedError
