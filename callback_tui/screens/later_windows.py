"""The windows of the verbs on a waiting message without a call: which priority, until when, what a clinician needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import ItemState, PauseReason, Tier
from callback_tui.rules.later import PAUSE_WORDS, check_pause
from callback_tui.rules.priority import TIER_WORDS
from callback_tui.rules.when import EXAMPLES
from callback_tui.screens.form import FieldKind, FormField, FormScreen
from callback_tui.screens.pick_one import PickOne
from callback_tui.views.queue import QueueRow
from callback_tui.widgets.choice_list import ChoiceRow

TIER_OF_KEY = {str(number): tier for number, tier in enumerate(Tier, start=1)}
PAUSE_OF_KEY = {"2": PauseReason.ASKED_FOR_LATER, "3": PauseReason.OWES_INFORMATION}
_TIER_ROWS = {
    Tier.EMERGENT: ("Emergency", "call now; every desk is told"),
    Tier.URGENT: ("Urgent", "clinicians and nurses, day and night"),
    Tier.ROUTINE: ("Routine", "within the desk's hours"),
    Tier.INFORMATIONAL: ("Information only", "by the next open day"),
}
_CALL_AT_A_TIME = ChoiceRow("1", "Call at a time", "the patient named it; it becomes your promise")
_BACK = "back to the queue"


@dataclass(frozen=True, slots=True)
class Form:
    """A window with fields: its heading, its fields, what saving them does."""

    heading: str
    fields: tuple[FormField, ...]
    verb: str


_WHEN = FormField("when", "When", FieldKind.WHEN, hint=EXAMPLES)
LOWER = Form(
    "Lower the priority", (FormField("reason", "Why it can wait", hint="what the message does not say"),), "lower it"
)
AT_A_TIME = Form("Call at a time", (_WHEN, FormField("words", "What you promised", required=False)), "promise it")
PAUSES = {reason: Form(f"Pause: {words}", (_WHEN,), "pause it") for reason, words in PAUSE_WORDS.items()}
HAND_OVER = Form(
    "Hand to a clinician",
    (FormField("situation", "What it is about", FieldKind.TEXT), FormField("request", "What you ask for")),
    "hand over",
)


def priority_window(row: QueueRow, on_emergency: Callable[[], None]) -> PickOne:
    """Return the window with the four priorities, the present one marked."""
    now = row.clock.tier
    return PickOne("Priority", f"{row.who}: {TIER_WORDS[now]} now.", priority_rows(now), on_emergency, back=_BACK)


def priority_rows(now: Tier) -> list[ChoiceRow]:
    """Return the four priorities to choose from, the present one marked."""
    return [ChoiceRow(key, *_TIER_ROWS[tier], mark="•" if tier is now else "") for key, tier in TIER_OF_KEY.items()]


def later_window(row: QueueRow, now: datetime, on_emergency: Callable[[], None]) -> PickOne:
    """Return the window with a time to call at, and the two reasons for a pause, shut where nothing may be paused."""
    shut = ""
    try:
        check_pause(row.clock, now, waits_for_clinician=row.state is ItemState.ESCALATED)
    except CallRefused as refusal:
        shut = refusal.sentence.rstrip(".")
    pauses = [
        ChoiceRow(key, "Pause", shut or f"{PAUSE_WORDS[reason]}; its time stands still", enabled=not shut)
        for key, reason in PAUSE_OF_KEY.items()
    ]
    return PickOne("Later", row.who, (_CALL_AT_A_TIME, *pauses), on_emergency, back=_BACK)


def form_window(
    form: Form,
    values: dict[str, str],
    *,
    now: Callable[[], datetime],
    zone: str,
    on_emergency: Callable[[], None],
    say_back: Callable[[datetime], str],
) -> FormScreen:
    """Return the window of a form with what was written in it before; times in it are read in `zone`."""
    return FormScreen(
        form.heading,
        form.fields,
        values,
        now=now,
        zone=zone,
        on_emergency=on_emergency,
        verb=form.verb,
        say_back=say_back,
    )
