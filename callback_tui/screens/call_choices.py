"""Which choices the say pane offers at this moment of a call, as rows: pure functions of the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from textual.content import Content

from callback_tui.models.vocabulary import CallStep, IdentityKind, IdentityResult, RecordingAnswer, WhoAnswered
from callback_tui.views.call import CallSheet, Choice
from callback_tui.widgets.choice_list import ChoiceRow

KIND_OF_KEY = {
    "1": IdentityKind.DATE_OF_BIRTH,
    "2": IdentityKind.ADDRESS,
    "3": IdentityKind.RECORD_NUMBER,
    "4": IdentityKind.SSN_LAST_FOUR,
}
RECORDING_OF_KEY = {"y": RecordingAnswer.YES, "d": RecordingAnswer.NO}
SURVEY_KEYS = ("1", "2", "3", "4", "5")

_KIND_WORDS = {
    IdentityKind.DATE_OF_BIRTH: "date of birth",
    IdentityKind.ADDRESS: "address",
    IdentityKind.RECORD_NUMBER: "record number",
    IdentityKind.SSN_LAST_FOUR: "last four of SSN",
}
_GATE_OPEN = (IdentityResult.PASSED, IdentityResult.GENERAL_ONLY)
_AFTER_THE_GATE = (CallStep.PURPOSE, CallStep.CLARIFY, CallStep.ACTION)
_DANGER = Content.assemble(
    ("Anyone in danger? ", "$dim"), ("F7", "bold $accent"), (" at any moment, whoever is on the line.", "$dim")
)


class Asking(Enum):
    """What letters and digits mean now."""

    WHO = auto()
    IDENTITY = auto()
    TALK = auto()
    OUTCOME = auto()


@dataclass(frozen=True, slots=True)
class StepChoices:
    """The lower half of the say pane."""

    heading: str
    count: str
    rows: tuple[ChoiceRow, ...]
    hint: Content | str
    bottom: str


@dataclass(frozen=True, slots=True)
class CloseTicks:
    """What was ticked at the close, kept until the outcome is logged."""

    teach_back: bool = False
    survey_score: int | None = None


def asking(sheet: CallSheet, *, who_again: bool) -> Asking:
    """Return what is asked for; `who_again` brings back the question who answered."""
    if sheet.step in (CallStep.GREETING, CallStep.WHO):
        return Asking.WHO if sheet.who_answered is None or who_again else Asking.OUTCOME
    if sheet.step is CallStep.IDENTITY and sheet.identity.result not in (*_GATE_OPEN, IdentityResult.FAILED):
        return Asking.IDENTITY
    if sheet.step in _AFTER_THE_GATE or (sheet.step is CallStep.IDENTITY and sheet.identity.result in _GATE_OPEN):
        return Asking.TALK
    return Asking.OUTCOME


def step_choices(sheet: CallSheet, what: Asking, accepted: Sequence[IdentityKind], ticks: CloseTicks) -> StepChoices:
    """Return heading, rows and hints. `accepted` are the kinds of identifier the policy counts."""
    match what:
        case Asking.WHO:
            return StepChoices("Who answered?", "", choice_rows(sheet.who_choices), _DANGER, "press a key")
        case Asking.IDENTITY:
            return _identity(sheet, accepted)
        case Asking.TALK:
            return StepChoices("", "", (*_recording_rows(sheet), *_talk_rows(sheet)), _DANGER, "n or F4 goes on")
        case Asking.OUTCOME:
            rows = (*choice_rows(sheet.outcome_choices), *_close_rows(sheet, ticks))
            return StepChoices("How did it end?", "", rows, "", "press a key · nothing is logged before you do")


def choice_rows(choices: Sequence[Choice]) -> tuple[ChoiceRow, ...]:
    """Return a rule's choices as rows."""
    return tuple(ChoiceRow(each.key, each.label, each.consequence, enabled=each.enabled) for each in choices)


def may_close_ticks(sheet: CallSheet) -> bool:
    """Whether somebody was spoken to at length, so that teach-back and survey make sense."""
    return sheet.step is CallStep.CLOSE and sheet.identity.result is IdentityResult.PASSED


def _identity(sheet: CallSheet, accepted: Sequence[IdentityKind]) -> StepChoices:
    check = sheet.identity
    left = check.failures_allowed - check.failures
    rows = [_kind_row(key, kind, sheet, accepted) for key, kind in KIND_OF_KEY.items()]
    rows += [
        ChoiceRow("x", "did not match", _miss_words(left)),
        ChoiceRow("r", "show what is on file", "to compare; the look is kept"),
        ChoiceRow("g", "general information", "hours, directions; no record"),
    ]
    if sheet.who_answered is not WhoAnswered.REPRESENTATIVE:
        rows.append(ChoiceRow("f", "speaks for the patient", "who, and by what right"))
    count = f"{len(check.matched)} of {check.needed}"
    return StepChoices(
        "Tick what matched", count, (*_recording_rows(sheet), *rows), "", f"{_number(check.needed)} kinds must match"
    )


def _miss_words(left: int) -> str:
    if left <= 1:
        return "ends the check"
    return "a second one ends the check" if left == 2 else f"{left - 1} more end the check"


def _kind_row(key: str, kind: IdentityKind, sheet: CallSheet, accepted: Sequence[IdentityKind]) -> ChoiceRow:
    label = _KIND_WORDS[kind]
    if kind not in accepted:
        return ChoiceRow(key, label, "does not count here", mark="·", enabled=False)
    if kind in sheet.identity.matched:
        return ChoiceRow(key, label, "matched", mark="✓", good=True)
    held = kind in sheet.identity.on_file
    return ChoiceRow(key, label, "on file" if held else "not on file; use the chart", mark="·")


def _recording_rows(sheet: CallSheet) -> tuple[ChoiceRow, ...]:
    if not sheet.records_calls or sheet.recording is not RecordingAnswer.NOT_ASKED:
        return ()
    return (
        ChoiceRow("y", "recording: yes", "they agreed"),
        ChoiceRow("d", "recording: declined", "goes on unrecorded"),
    )


def _talk_rows(sheet: CallSheet) -> tuple[ChoiceRow, ...]:
    rows = [ChoiceRow("n", "go on", "to the next step")]
    if sheet.step not in (CallStep.IDENTITY, CallStep.PURPOSE):
        rows.append(ChoiceRow("b", "back", "to the step before"))
    if sheet.who_answered is not WhoAnswered.REPRESENTATIVE:
        rows.append(ChoiceRow("f", "speaks for the patient", "asks for two details again"))
    return tuple(rows)


def _close_rows(sheet: CallSheet, ticks: CloseTicks) -> tuple[ChoiceRow, ...]:
    if not may_close_ticks(sheet):
        return ()
    said_back = "said back in their own words" if ticks.teach_back else "tick when they said it back"
    score = f"{ticks.survey_score} of 5" if ticks.survey_score else "1 to 5, if they were asked"
    return (
        ChoiceRow("t", "teach-back", said_back, good=ticks.teach_back),
        ChoiceRow("s", "survey score", score, good=ticks.survey_score is not None),
    )


def _number(count: int) -> str:
    return {1: "one", 2: "two different", 3: "three different", 4: "four different"}.get(count, str(count))
