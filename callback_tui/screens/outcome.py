"""What each outcome still needs from a person, as fields, and the entry that is made of what they wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from callback_tui.models.vocabulary import FollowUpKind, Outcome
from callback_tui.rules.outcomes import note_required
from callback_tui.rules.when import EXAMPLES, parse_when
from callback_tui.screens.call_choices import CloseTicks
from callback_tui.screens.form import FieldKind, FormField
from callback_tui.views.call import NewFollowUp, OutcomeEntry
from callback_tui.widgets.choice_list import ChoiceRow

FOLLOW_UP_OF_KEY = {
    "1": FollowUpKind.PRESCRIPTION,
    "2": FollowUpKind.LABS,
    "3": FollowUpKind.IMAGING,
    "4": FollowUpKind.APPOINTMENT,
    "5": FollowUpKind.FORM,
    "6": FollowUpKind.LETTER,
    "7": FollowUpKind.TEXT_OR_PORTAL,
    "8": FollowUpKind.REMINDER_CALL,
    "9": FollowUpKind.OTHER,
}
CONFIRMED_TWICE = frozenset({Outcome.WRONG_NUMBER, Outcome.DISCONNECTED})

_ESCALATION = (
    FormField("situation", "Situation: what is happening now", FieldKind.TEXT),
    FormField("background", "Background", required=False),
    FormField("assessment", "What you think it is", required=False),
    FormField("request", "What you ask the clinician for"),
)
_TO_DO = (FormField("text", "What is to be done"), FormField("due", "By when", FieldKind.WHEN, hint=EXAMPLES))
_FIELDS_OF_KIND = {
    FollowUpKind.LETTER: (
        FormField("text", "What the letter says"),
        FormField("due", "Sent by when", FieldKind.WHEN, hint=EXAMPLES),
    )
}
_FIELDS: dict[Outcome, tuple[FormField, ...]] = {
    Outcome.ESCALATED: _ESCALATION,
    Outcome.ANOTHER_TIME: (
        FormField("when", "When do they want the call", FieldKind.WHEN, hint=EXAMPLES),
        FormField("promise", "What you promised, in your words", required=False),
    ),
    Outcome.MESSAGE_WITH_PERSON: (
        FormField("spoke_with", "Who took it"),
        FormField("wording", "What you asked them to pass on", FieldKind.TEXT),
    ),
}
_NOTE = FormField("note", "Note: what was said or why", FieldKind.TEXT)


@dataclass(frozen=True, slots=True)
class WrittenAt:
    """What an entry is made with besides the fields: now and zone for times, the notes pane, the ticks of the close."""

    now: datetime
    zone: str
    notes: str
    ticks: CloseTicks


def outcome_fields(outcome: Outcome, kind: FollowUpKind | None = None, *, has_notes: bool) -> tuple[FormField, ...]:
    """Return the fields this outcome, or the follow-up of that kind raised with it, needs.

    A note is asked for only where the outcome needs one and the notes pane is empty.
    """
    fields = _FIELDS.get(outcome, ()) if kind is None else _FIELDS_OF_KIND.get(kind, _TO_DO)
    return fields if has_notes or not note_required(outcome) else (*fields, _NOTE)


def outcome_entry(
    outcome: Outcome, values: Mapping[str, str], written: WrittenAt, kind: FollowUpKind | None = None
) -> OutcomeEntry:
    """Return the entry for the service. Raises DeskError when a time cannot be read.

    A note written at the end is put under the notes typed during the call, which are kept as they are.
    """
    note = "\n".join(part for part in (written.notes.strip(), values.get("note", "").strip()) if part)
    entry = OutcomeEntry(
        outcome=outcome,
        note=note,
        promise_words=values.get("promise", ""),
        situation=values.get("situation", ""),
        background=values.get("background", ""),
        assessment=values.get("assessment", ""),
        request=values.get("request", ""),
        voicemail_wording=values.get("wording", ""),
        spoke_with=values.get("spoke_with", ""),
        location=values.get("location", ""),
        told=values.get("told", ""),
        teach_back=written.ticks.teach_back,
        survey_score=written.ticks.survey_score,
    )
    if outcome is Outcome.ANOTHER_TIME:
        return replace(entry, call_again_at=parse_when(values["when"], written.now, written.zone))
    if kind is not None:
        due = parse_when(values["due"], written.now, written.zone)
        return replace(entry, follow_ups=(NewFollowUp(kind, values["text"], due),))
    return entry


def follow_up_rows() -> tuple[ChoiceRow, ...]:
    """Return the kinds of follow-up a person raises, as rows."""
    return tuple(ChoiceRow(key, kind.value.replace("_", " ")) for key, kind in FOLLOW_UP_OF_KEY.items())
