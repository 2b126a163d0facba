"""The part of the call screen that asks about the patient's other messages: whose they are, and how each ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import IdentityResult, Outcome
from callback_tui.rules.bundle import ASKED_FOR_EACH
from callback_tui.screens.call_choices import CloseTicks, choice_rows
from callback_tui.screens.call_work import CallWork
from callback_tui.screens.form import FormAnswer, FormField, FormScreen
from callback_tui.screens.outcome import WrittenAt, outcome_entry, outcome_fields
from callback_tui.screens.pick_one import PickOne
from callback_tui.views.call import AlikeCard, AlongMessage, CallSheet, OutcomeEntry
from callback_tui.widgets.choice_list import ChoiceRow

Others = Mapping[int, OutcomeEntry]
Logging = Callable[[Others], None]

_SAME = "s"
_WAITS = "k"
_GATE_OPEN = (IdentityResult.PASSED, IdentityResult.GENERAL_ONLY)
_PERSON_ROWS = (
    ChoiceRow("y", "the same person", "their messages go along"),
    ChoiceRow("n", "not the same", "never asked again"),
)


class CallBundle(CallWork):
    """Asks once per pair of cards and, after a talk, once for all messages or one by one; then logs."""

    ticks = CloseTicks()

    def ask_about_others(self, entry: OutcomeEntry, then: Logging) -> None:
        """Ask what this outcome means for the patient's other messages, and go on with what was said."""
        in_talk = entry.outcome in ASKED_FOR_EACH and self.sheet.identity.result in _GATE_OPEN
        if in_talk and self.sheet.alike:
            self._ask_same_person(self.sheet.alike[0], partial(self.ask_about_others, entry, then))
        elif in_talk and self.sheet.along:
            self._ask_for_all(entry, then)
        else:
            then({})

    def _ask_same_person(self, card: AlikeCard, then: Callable[[], None]) -> None:
        def answered(key: str | None) -> None:
            if key is not None:
                verb = partial(self.verbs.same_person, card.patient_id, same=key == "y")
                self.ask("same person", verb, partial(self._went_on, then))

        question = f"{self.sheet.who} and {card.who} have the same number: the same person?"
        self.app.push_screen(PickOne("The same person?", question, _PERSON_ROWS, self.action_emergency), answered)

    def _went_on(self, then: Callable[[], None], sheet: CallSheet) -> None:
        self.sheet_was_changed(sheet)
        then()

    def _ask_for_all(self, entry: OutcomeEntry, then: Logging) -> None:
        along = self.sheet.along
        count = len(along) + 1
        rows = [
            ChoiceRow("1", f"the same for all {count}", "one outcome for each of them"),
            ChoiceRow("2", "one by one", "an outcome for each", enabled=all(each.words for each in along)),
            ChoiceRow("3", "only this message", "the others wait as they did"),
        ]

        def answered(key: str | None) -> None:
            if key == "1":
                then({each.item_id: entry for each in along})
            elif key == "2":
                self._ask_for_each(entry, along, {}, then)
            elif key == "3":
                then({})

        sentence = "\n".join(f"also: {each.words}" for each in along if each.words)
        heading = f"{count} messages from this patient"
        self.app.push_screen(PickOne(heading, sentence, rows, self.action_emergency), answered)

    def _ask_for_each(self, entry: OutcomeEntry, left: tuple[AlongMessage, ...], said: Others, then: Logging) -> None:
        if not left:
            then(said)
            return
        message, rest = left[0], left[1:]
        offered = [
            each
            for each in self.sheet.outcome_choices
            if each.outcome in ASKED_FOR_EACH - {Outcome.REFUSED} and each.enabled
        ]
        rows = (
            ChoiceRow(_SAME, "the same as the first", "the same outcome and note"),
            *choice_rows(offered),
            ChoiceRow(_WAITS, "not talked about", "waits as it did"),
        )

        def answered(key: str | None) -> None:
            outcome = next((each.outcome for each in offered if each.key == key), None)
            if key == _SAME:
                self._ask_for_each(entry, rest, {**said, message.item_id: entry}, then)
            elif key == _WAITS:
                self._ask_for_each(entry, rest, said, then)
            elif outcome is not None:
                self._write_for(message, outcome, lambda own: go_on({**said, message.item_id: own}))

        def go_on(now_said: Others) -> None:
            self._ask_for_each(entry, rest, now_said, then)

        at = len(self.sheet.along) - len(rest) + 1
        heading = f"Message {at} of {len(self.sheet.along) + 1}"
        self.app.push_screen(PickOne(heading, message.words, rows, self.action_emergency), answered)

    def _write_for(self, message: AlongMessage, outcome: Outcome, then: Callable[[OutcomeEntry], None]) -> None:
        fields = outcome_fields(outcome, has_notes=bool(self.typed.strip()))

        def written(answer: FormAnswer) -> None:
            at = WrittenAt(self.desk.clock.now(), self.zone, self.typed, self.ticks)
            try:
                entry = outcome_entry(outcome, answer.values, at)
            except DeskError as refusal:
                self.refused(refusal)
            else:
                then(replace(entry, survey_score=None))

        if not fields:
            written(FormAnswer({}, ready=True))
            return
        heading = next(each.label for each in self.sheet.outcome_choices if each.outcome is outcome)
        self.push_form(heading.capitalize(), fields, f"{outcome.value} {message.item_id}", written, "go on")

    def push_form(
        self,
        heading: str,
        fields: Sequence[FormField],
        draft: str,
        then: Callable[[FormAnswer], None],
        verb: str,
    ) -> None:
        """Open a form filled with what was written in it before; `then` runs when it is meant to be saved."""

        def closed(answer: FormAnswer | None) -> None:
            if answer is not None:
                self.drafts[draft] = answer.values
                if answer.ready:
                    then(answer)

        form = FormScreen(
            heading,
            fields,
            self.drafts.get(draft, {}),
            now=self.desk.clock.now,
            zone=self.zone,
            on_emergency=self.action_emergency,
            verb=verb,
            say_back=self.say_time_back,
        )
        self.app.push_screen(form, closed)

    def action_emergency(self) -> None:
        """Show the emergency numbers and the message."""
        raise NotImplementedError
