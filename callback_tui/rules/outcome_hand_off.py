"""What a clinician is handed: the context of a call, and an item that already waits for one."""

from dataclasses import replace
from datetime import datetime

from callback_tui.models.vocabulary import ClockEventKind, ItemState, Outcome, Role
from callback_tui.rules.outcome_plan import CallSituation, OutcomePlan, clock_event, time_words
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.clock import ClockEvent

_KEPT_AWAKE = (ItemState.OPEN, ItemState.ASLEEP)


def keep_hand_off(plan: OutcomePlan, due_at: datetime, situation: CallSituation) -> OutcomePlan:
    """Return the plan with the item still handed over, due at `due_at`, when the call settled nothing.

    A nurse who rings in vain takes no message away from the clinician it waits for (domain section 1, escalated), not
    even with the last try, after which somebody writes. A time the patient named and a final outcome stand as planned.
    """
    rung_out = plan.state is ItemState.FOLLOWING_UP and not plan.contact
    if not (plan.state in _KEPT_AWAKE or rung_out) or plan.promise_due_at is not None:
        return plan
    kept: tuple[ClockEvent, ...] = tuple(event for event in plan.events if event.kind is not ClockEventKind.RETRY_SET)
    again = clock_event(ClockEventKind.ESCALATED, situation.now, situation, due_at, "still handed over")
    said = plan.sentence.split(". ")[0].rstrip(".")
    return replace(
        plan,
        state=ItemState.ESCALATED,
        events=(*kept, again),
        next_at=due_at,
        sentence=f"{said}. A clinician still has it, due {time_words(due_at, situation)}.",
    )


def with_context(entry: OutcomeEntry, plan: OutcomePlan) -> OutcomeEntry:
    """Return the entry with what a clinician must know, where its outcome has no form to write it in.

    Nobody is handed a message without context: how the call ended, what was noted, and what is asked for.
    """
    if entry.situation.strip():
        return entry
    situation = plan.sentence
    if entry.outcome is Outcome.EMERGENCY:
        situation = f"Sent to 911; where they are: {entry.location}; who was told: {entry.told}"
    asked = next((each.text for each in plan.follow_ups if each.owner_role is Role.CLINICIAN), "")
    return replace(
        entry, situation=situation, background=entry.background or entry.note, request=entry.request or asked
    )
