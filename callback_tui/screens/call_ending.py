"""The half of the call screen that ends a call: outcome, voicemail, emergency, park."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import FollowUpKind, Outcome, WhoAnswered
from callback_tui.screens.call_bundle import CallBundle, Others
from callback_tui.screens.call_choices import SURVEY_KEYS, choice_rows, may_close_ticks
from callback_tui.screens.emergency import EmergencyScreen
from callback_tui.screens.form import FormAnswer
from callback_tui.screens.outcome import (
    CONFIRMED_TWICE,
    FOLLOW_UP_OF_KEY,
    WrittenAt,
    follow_up_rows,
    outcome_entry,
    outcome_fields,
)
from callback_tui.screens.pick_one import PickOne
from callback_tui.screens.voicemail import VoicemailAnswer, VoicemailScreen
from callback_tui.views.call import CallSheet, DialVerdict, OutcomeEntry, OutcomeResult
from callback_tui.widgets.choice_list import ChoiceRow

_OUTCOME_OF = {WhoAnswered.WRONG_NUMBER: Outcome.WRONG_NUMBER, WhoAnswered.DISCONNECTED: Outcome.DISCONNECTED}
_SURE = (ChoiceRow("y", "yes, stop this number", "nobody rings it again"), ChoiceRow("n", "no", "back to the call"))
_LETTER_KEY = "2"
_LETTER_OR_NOT = "Nobody rings them again. Is there something they still have to be told?"
_LETTER_ROWS = (
    ChoiceRow("1", "no more calls", "closes it"),
    ChoiceRow(_LETTER_KEY, "a letter", "stays open until it was sent"),
)


class CallEnding(CallBundle):
    """Asks only for what an outcome needs; what was written stays if it is refused or the window is closed."""

    curtained = False
    who_again = False
    _ended: tuple[OutcomeResult | None, ...] = ()

    def action_outcome(self) -> None:
        """Offer the outcomes that fit this call."""
        if self.after_this(self.action_outcome) or not self.is_current:
            return
        window = PickOne("How did it end?", "", choice_rows(self.sheet.outcome_choices), self.action_emergency)
        self.app.push_screen(window, lambda key: self.choose_ending(key or ""))

    def choose_ending(self, key: str) -> None:
        """Do what a key of the list of outcomes means."""
        choice = next((each for each in self.sheet.outcome_choices if each.key == key), None)
        if choice is not None and choice.outcome is not None:
            if choice.enabled:
                self.begin_outcome(choice.outcome)
            else:
                self.say_status(f"Not now: {choice.consequence}.")
        elif may_close_ticks(self.sheet) and key == "t":
            self.ticks = replace(self.ticks, teach_back=not self.ticks.teach_back)
            self.draw()
        elif may_close_ticks(self.sheet) and key == "s":
            rows = [ChoiceRow(score, "of 5") for score in SURVEY_KEYS]
            self.app.push_screen(
                PickOne("Survey", "How satisfied are they, in their words?", rows, self.action_emergency),
                self._survey_was_answered,
            )

    def _survey_was_answered(self, key: str | None) -> None:
        if key:
            self.ticks = replace(self.ticks, survey_score=int(key))
            self.draw()

    def begin_outcome(self, outcome: Outcome) -> None:
        """Ask for what the outcome needs, or log it at once when it needs nothing."""
        if outcome is Outcome.VOICEMAIL_LEFT:
            self.action_voicemail()
        elif outcome is Outcome.EMERGENCY:
            self.action_emergency()
        elif outcome is Outcome.DUPLICATE:
            self._ask_which_message()
        elif outcome is Outcome.FOLLOW_UP:
            window = PickOne("Follow-up", "What is to be done?", follow_up_rows(), self.action_emergency)
            self.app.push_screen(window, self._follow_up_was_picked)
        elif outcome is Outcome.REFUSED and not self.sheet.tier.always_on:
            window = PickOne("Asked not to be called", _LETTER_OR_NOT, _LETTER_ROWS, self.action_emergency)
            self.app.push_screen(window, self._letter_was_decided)
        elif outcome in CONFIRMED_TWICE:
            self._ask_twice(partial(self._write_outcome, outcome))
        else:
            self._write_outcome(outcome)

    def confirm_dead_number(self, who: WhoAnswered) -> None:
        """Ask once more, then keep who answered and log it: it stops the number for the whole desk."""
        entry = OutcomeEntry(_OUTCOME_OF[who])
        self._ask_twice(lambda: self._log(entry, before=partial(self.verbs.answer, who)))

    def _ask_twice(self, then: Callable[[], None]) -> None:
        sentence = "This stops the number for the whole desk, and somebody has to find another one. Is that so?"
        self.app.push_screen(
            PickOne("Once more", sentence, _SURE, self.action_emergency), lambda key: then() if key == "y" else None
        )

    def _follow_up_was_picked(self, key: str | None) -> None:
        if key:
            self._write_outcome(Outcome.FOLLOW_UP, FOLLOW_UP_OF_KEY[key])

    def _letter_was_decided(self, key: str | None) -> None:
        if key:
            self._write_outcome(Outcome.REFUSED, FollowUpKind.LETTER if key == _LETTER_KEY else None)

    def _ask_which_message(self) -> None:
        others = self.sheet.bundled_item_ids
        if not others:
            self.say_status("This patient has no other message waiting. Choose another outcome.")
        elif len(others) == 1:
            self._log(OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=others[0]))
        else:
            rows = [ChoiceRow(str(at), f"message {item_id}") for at, item_id in enumerate(others[:9], start=1)]
            window = PickOne("Repeats another message", "Which one?", rows, self.action_emergency)
            self.app.push_screen(window, partial(self._twin_was_picked, others))

    def _twin_was_picked(self, others: Sequence[int], key: str | None) -> None:
        if key:
            self._log(OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=others[int(key) - 1]))

    def _write_outcome(self, outcome: Outcome, kind: FollowUpKind | None = None) -> None:
        fields = outcome_fields(outcome, kind, has_notes=bool(self.typed.strip()))
        if not fields:
            self._log_written(outcome, kind, FormAnswer({}, ready=True))
            return
        heading = next(each.label for each in self.sheet.outcome_choices if each.outcome is outcome)
        if kind is not None:
            heading = f"follow-up: {kind.value.replace('_', ' ')}"
        self.push_form(heading.capitalize(), fields, outcome.value, partial(self._log_written, outcome, kind), "log it")

    def _log_written(self, outcome: Outcome, kind: FollowUpKind | None, answer: FormAnswer) -> None:
        written = WrittenAt(self.desk.clock.now(), self.zone, self.typed, self.ticks)
        try:
            entry = outcome_entry(outcome, answer.values, written, kind)
        except DeskError as refusal:
            self.refused(refusal)
        else:
            self._log(entry, may_wait=outcome is Outcome.EMERGENCY)

    # Voicemail

    def voicemail_was_answered(self, sheet: CallSheet) -> None:
        """Show the sheet and open the composer at once."""
        self.sheet_was_changed(sheet)
        self.action_voicemail()

    def action_voicemail(self) -> None:
        """Write the voicemail, or say why none may be left."""
        if self.after_this(self.action_voicemail) or not self.is_current:
            return
        decision = self.sheet.voicemail_allowed
        if decision.verdict is DialVerdict.BLOCKED:
            self.say_status(f"{decision.sentence} {decision.next_step}".strip())
            return
        wording = self.drafts.get("voicemail", {}).get("wording", self.sheet.voicemail_text)
        window = VoicemailScreen(wording, self.sheet.safe_contact.may_leave, decision, self.action_emergency)
        self.app.push_screen(window, self._voicemail_was_written)

    def _voicemail_was_written(self, answer: VoicemailAnswer | None) -> None:
        if answer is None:
            return
        self.drafts["voicemail"] = {"wording": answer.wording}
        if answer.left:
            values = {"wording": answer.wording, "note": answer.reason}
            written = WrittenAt(self.desk.clock.now(), self.zone, self.typed, self.ticks)
            known = self.sheet.who_answered is WhoAnswered.VOICEMAIL
            before = None if known else partial(self.verbs.answer, WhoAnswered.VOICEMAIL)
            self._log(outcome_entry(Outcome.VOICEMAIL_LEFT, values, written), before=before)

    # Emergency

    def action_emergency(self) -> None:
        """Show the numbers at once, and the message as soon as the service has opened it."""
        if not self.is_current:
            return
        window = EmergencyScreen(self.sheet, self.drafts.get("emergency", {}), self.action_emergency)
        self.app.push_screen(window, self._emergency_was_left)
        self.change_sheet("open emergency", self.verbs.open_emergency, may_wait=True)

    def _emergency_was_left(self, answer: FormAnswer | None) -> None:
        if answer is not None:
            self.drafts["emergency"] = answer.values
            if answer.ready:
                self._log_written(Outcome.EMERGENCY, None, answer)

    # The end

    def _log(
        self, entry: OutcomeEntry, before: Callable[[], CallSheet] | None = None, *, may_wait: bool = False
    ) -> None:
        def work(others: Others) -> OutcomeResult:
            self.keep_notes()
            if before is not None:
                before()
            return self.verbs.log(entry, others)

        self.ask_about_others(
            entry, lambda others: self.ask("log the outcome", partial(work, others), self._end, may_wait=may_wait)
        )

    def action_park(self) -> None:
        """Leave the call for later; the notes are kept first."""

        def work() -> None:
            self.keep_notes()
            self.verbs.park()

        self.ask("park the call", work, self._end)

    def _end(self, result: OutcomeResult | None) -> None:
        if self.is_on_top:
            self.dismiss(result)
        else:
            self._ended = (result,)

    def on_screen_resume(self) -> None:
        """End a call whose end arrived while another screen stood above it."""
        if self._ended:
            self.dismiss(self._ended[0])

    def say_status(self, sentence: str) -> None:
        """Show what was done, or why not."""
        raise NotImplementedError
