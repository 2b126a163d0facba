"""What an outcome leads to: the item's next state, its clock events, follow-ups and the sentence (domain section 4)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    ClockEventKind,
    FollowUpKind,
    IdentityResult,
    ItemState,
    Outcome,
    Role,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.due import due_at
from callback_tui.rules.later import check_time, time_to_call
from callback_tui.rules.outcome_choices import legal_outcomes
from callback_tui.rules.outcome_entry import check_entry, note_required
from callback_tui.rules.outcome_plan import CallSituation, OutcomePlan, base_plan, clock_event, hand_off, time_words
from callback_tui.rules.outcome_unanswered import UNANSWERED_WORDS, plan_dead_number, plan_unanswered
from callback_tui.rules.ring_time import check_ring_time
from callback_tui.rules.speak import outside_hours
from callback_tui.views.call import NewFollowUp, OutcomeEntry
from callback_tui.views.clock import ClockEvent

__all__ = ["CallSituation", "OutcomePlan", "note_required", "plan_outcome"]

_NEVER_QUALIFIES = frozenset({Outcome.WRONG_NUMBER, Outcome.DISCONNECTED, Outcome.OPENED_IN_ERROR, Outcome.DUPLICATE})
_CONTACT_WHEN_KNOWN = frozenset({Outcome.RESOLVED, Outcome.FOLLOW_UP, Outcome.ESCALATED, Outcome.ANOTHER_TIME})
_NOT_THE_PATIENT = frozenset(
    {
        WhoAnswered.SOMEONE_ELSE,
        WhoAnswered.VOICEMAIL,
        WhoAnswered.NOBODY,
        WhoAnswered.BUSY,
        WhoAnswered.WRONG_NUMBER,
        WhoAnswered.DISCONNECTED,
    }
)


def plan_outcome(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    """Return what the outcome leads to (table of outcomes, domain section 4).

    Raises CallRefused when the outcome does not go with who answered or with the identity gate, or when something it
    needs is missing.
    """
    legal = legal_outcomes(situation.who_answered, situation.identity, situation.tier, came_in=situation.came_in)
    if entry.outcome not in legal:
        raise _illegal(entry.outcome, situation.identity)
    check_entry(entry, situation.now, detail_permitted=situation.detail_permitted)
    contact = _is_contact(entry.outcome, situation)
    qualifies = _qualifies(entry.outcome, situation, contact=contact)
    unanswered = _plan_as_it_was if situation.came_in else plan_unanswered
    plan = _PLANNERS.get(entry.outcome, unanswered)(entry, situation)
    events: tuple[ClockEvent, ...] = ()
    if qualifies:
        events += (clock_event(ClockEventKind.ATTEMPTED, situation.started_at, situation),)
    if contact:
        events += (clock_event(ClockEventKind.CONTACTED, situation.started_at, situation),)
    return replace(
        plan,
        events=events + plan.events,
        qualifies=qualifies,
        contact=contact,
        follow_ups=entry.follow_ups + plan.follow_ups,
    )


def _illegal(outcome: Outcome, identity: IdentityResult) -> CallRefused:
    if outcome is Outcome.REFUSED and identity is not IdentityResult.PASSED:
        return CallRefused("no_calls_unverified")
    if identity is not IdentityResult.PASSED and outcome in _CONTACT_WHEN_KNOWN:
        return CallRefused("identity_needed")
    return CallRefused("outcome_does_not_fit")


def _is_contact(outcome: Outcome, situation: CallSituation) -> bool:
    if situation.who_answered in _NOT_THE_PATIENT:
        return False
    if outcome in _CONTACT_WHEN_KNOWN:
        general = situation.identity is IdentityResult.GENERAL_ONLY and outcome is Outcome.RESOLVED
        return general or situation.identity is IdentityResult.PASSED
    return outcome in (Outcome.REFUSED, Outcome.EMERGENCY)


def _qualifies(outcome: Outcome, situation: CallSituation, *, contact: bool) -> bool:
    if situation.came_in:
        return contact
    wrong = situation.who_answered in (WhoAnswered.WRONG_NUMBER, WhoAnswered.DISCONNECTED)
    return outcome not in _NEVER_QUALIFIES and not wrong and (situation.number_on_file or contact)


def _plan_as_it_was(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    """Leave the message where it stands: they rang us in vain, which is no try of ours."""
    logged = UNANSWERED_WORDS[entry.outcome].split(". ")[0].rstrip(".")
    return base_plan(situation.state, f"{logged}. The message waits as it did.")


def _plan_resolved(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    completed = clock_event(ClockEventKind.COMPLETED, situation.now, situation, reason=entry.outcome.value)
    general = situation.identity is IdentityResult.GENERAL_ONLY
    sentence = "General information given; closed." if general else "Resolved and closed."
    return base_plan(ItemState.CLOSED, sentence, events=(completed,))


def _plan_follow_up(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    raised: tuple[NewFollowUp, ...] = ()
    if not entry.follow_ups:
        due = due_at(situation.site.targets[Tier.ROUTINE], situation.site.hours, situation.now)
        raised = (NewFollowUp(FollowUpKind.OTHER, entry.note.strip(), due),)
    reminders = [each.due_at for each in entry.follow_ups if each.kind is FollowUpKind.REMINDER_CALL]
    if reminders:
        return _plan_reminder(min(reminders), entry, situation)
    next_at = min(follow_up.due_at for follow_up in entry.follow_ups + raised)
    return base_plan(
        ItemState.FOLLOWING_UP,
        f"Follow-up logged, due {time_words(next_at, situation)}.",
        follow_ups=raised,
        next_at=next_at,
    )


def _plan_reminder(at: datetime, entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    """Let the message sleep until its reminder call, so that it comes back to the queue by itself (article row A6)."""
    _check_ring_time(at, entry, situation)
    again = clock_event(ClockEventKind.RETRY_SET, situation.now, situation, at, FollowUpKind.REMINDER_CALL.value)
    sentence = f"Reminder call set for {time_words(at, situation)}."
    return base_plan(ItemState.ASLEEP, sentence, events=(again,), next_at=at)


def _check_ring_time(at: datetime, entry: OutcomeEntry, situation: CallSituation) -> None:
    """Refuse a time at which they may not be rung; the note is the reason with which an urgent one stands."""
    if situation.ringing is not None:
        check_ring_time(situation.ringing, situation.tier, situation.policy, at, situation.now, reason=entry.note)


def _plan_escalated(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    due = due_at(situation.site.hand_off_targets[situation.tier], situation.site.hours, situation.now)
    return hand_off(f"Handed to a clinician, due {time_words(due, situation)}.", due, situation, entry.outcome)


def _plan_emergency(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    due = due_at(situation.site.hand_off_targets[Tier.EMERGENT], situation.site.hours, situation.now)
    review = NewFollowUp(FollowUpKind.INCIDENT_REVIEW, "Write the incident note.", due, Role.CLINICIAN)
    plan = hand_off("Emergency logged. A clinician is told.", due, situation, entry.outcome)
    return replace(plan, incident=True, follow_ups=(review,))


def _plan_another_time(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    asked = check_time(entry.call_again_at, situation.now)
    at, note = time_to_call(
        asked, situation.tier, situation.site, situation.policy, situation.now, ringing=situation.ringing
    )
    reason = note or "asked for another time"
    _check_ring_time(at, entry, situation)
    scheduled = clock_event(ClockEventKind.SCHEDULED, situation.now, situation, at, reason)
    decide: tuple[NewFollowUp, ...] = ()
    if situation.tier is Tier.EMERGENT:
        due = due_at(situation.site.hand_off_targets[situation.tier], situation.site.hours, situation.now)
        text = "An emergency message; the call was put off. Can it wait?"
        decide = (NewFollowUp(FollowUpKind.CLINICIAN_DECISION, text, due, Role.CLINICIAN),)
    outside = outside_hours(at, situation.site.hours)
    moved = ", the earliest we may call" if at > asked else f", {outside}" if outside else ""
    sentence = f"Promised to call again {time_words(at, situation)}{moved}."
    plan = base_plan(ItemState.ASLEEP, sentence, events=(scheduled,), follow_ups=decide, next_at=at)
    return replace(plan, promise_due_at=at)


def _plan_refused(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    sentence = "Asked not to be called, logged. No more calls."
    if situation.tier.always_on:
        due = due_at(situation.site.hand_off_targets[situation.tier], situation.site.hours, situation.now)
        plan = hand_off(
            f"{sentence} A clinician decides by {time_words(due, situation)}.", due, situation, entry.outcome
        )
        decide = NewFollowUp(
            FollowUpKind.CLINICIAN_DECISION, "Asked not to be called; the message is urgent.", due, Role.CLINICIAN
        )
        return replace(plan, follow_ups=(decide,), opt_out=True)
    letters = tuple(each.due_at for each in entry.follow_ups if each.kind is FollowUpKind.LETTER)
    if letters:
        plan = base_plan(ItemState.FOLLOWING_UP, f"{sentence} A letter follows.", next_at=min(letters))
    else:
        completed = clock_event(ClockEventKind.COMPLETED, situation.now, situation, reason=entry.outcome.value)
        plan = base_plan(ItemState.CLOSED, sentence, events=(completed,))
    return replace(plan, opt_out=True)


def _plan_merged(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    merged = clock_event(ClockEventKind.MERGED, situation.now, situation, reason=entry.outcome.value)
    joined = entry.outcome is Outcome.DUPLICATE
    return base_plan(
        ItemState.MERGED, "Joined to the other message." if joined else "Taken off the queue.", events=(merged,)
    )


_PLANNERS: dict[Outcome, Callable[[OutcomeEntry, CallSituation], OutcomePlan]] = {
    Outcome.RESOLVED: _plan_resolved,
    Outcome.FOLLOW_UP: _plan_follow_up,
    Outcome.ESCALATED: _plan_escalated,
    Outcome.ANOTHER_TIME: _plan_another_time,
    Outcome.WRONG_NUMBER: plan_dead_number,
    Outcome.DISCONNECTED: plan_dead_number,
    Outcome.REFUSED: _plan_refused,
    Outcome.EMERGENCY: _plan_emergency,
    Outcome.OPENED_IN_ERROR: _plan_merged,
    Outcome.DUPLICATE: _plan_merged,
}
