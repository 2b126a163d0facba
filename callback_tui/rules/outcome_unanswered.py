"""What follows a call that reached nobody who counts: retries, dead numbers, decisions (domain section 4)."""

from dataclasses import replace

from callback_tui.models.vocabulary import (
    ClockEventKind,
    FollowUpKind,
    ItemState,
    NumberQuality,
    Outcome,
    Role,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.due import due_at
from callback_tui.rules.outcome_plan import CallSituation, OutcomePlan, base_plan, clock_event, hand_off, time_words
from callback_tui.rules.retries import NextTry, RetryStage, next_try
from callback_tui.views.call import NewFollowUp, OutcomeEntry

_LOGGED = {
    Outcome.VOICEMAIL_LEFT: "Voicemail logged.",
    Outcome.MESSAGE_WITH_PERSON: "Message with a person logged.",
    Outcome.NO_ANSWER: "No answer logged.",
    Outcome.BUSY: "Busy logged.",
    Outcome.MAILBOX_FULL: "Mailbox full logged.",
    Outcome.WRONG_NUMBER: "Wrong number logged; the number is stopped.",
    Outcome.DISCONNECTED: "Not in service logged; the number is stopped.",
    Outcome.SOMEONE_ELSE: "Someone else logged.",
    Outcome.NOT_VERIFIED: "Identity not verified, logged. Ring the number on file.",
}


def plan_dead_number(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    lookup = due_at(situation.site.targets[Tier.ROUTINE], situation.site.hours, situation.now)
    task = NewFollowUp(
        FollowUpKind.DEMOGRAPHICS, "The number is wrong or out of service: find one.", lookup, Role.STAFF
    )
    plan: OutcomePlan
    if situation.alternates_left:
        at = situation.now
        retry = clock_event(ClockEventKind.RETRY_SET, at, situation, at, entry.outcome.value)
        plan = base_plan(
            ItemState.OPEN, f"{_LOGGED[entry.outcome]} Ring the next number now.", events=(retry,), next_at=at
        )
    elif situation.tier.always_on:
        due = due_at(situation.site.hand_off_targets[situation.tier], situation.site.hours, situation.now)
        plan = _decision(
            entry,
            situation,
            NextTry(due, RetryStage.CLINICIAN_DECISION, f"A clinician decides by {time_words(due, situation)}."),
        )
    else:
        plan = plan_unanswered(entry, situation)
    return replace(plan, number_quality=NumberQuality.DEAD, follow_ups=(task, *plan.follow_ups))


def plan_unanswered(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    if situation.who_answered is WhoAnswered.CUT_OFF and entry.outcome is Outcome.NO_ANSWER:
        following = NextTry(situation.now, RetryStage.AGAIN, "Ring again now.")
    else:
        following = next_try(
            situation.tier,
            (*situation.earlier_tries, situation.started_at),
            situation.policy,
            situation.site,
            situation.now,
            busy=entry.outcome is Outcome.BUSY,
            alternates_left=situation.alternates_left,
        )
    if following.stage is RetryStage.CLINICIAN_DECISION:
        return _decision(entry, situation, following)
    sentence = f"{_LOGGED[entry.outcome]} {following.sentence}"
    if following.stage in (RetryStage.TEXT_OR_PORTAL, RetryStage.LETTER):
        is_letter = following.stage is RetryStage.LETTER
        kind = FollowUpKind.LETTER if is_letter else FollowUpKind.TEXT_OR_PORTAL
        text = (
            "Not reached by phone: send a letter."
            if is_letter
            else "Not reached by phone: send a text or portal message if permitted, else a letter."
        )
        follow_up = NewFollowUp(kind, text, following.at)
        return base_plan(ItemState.FOLLOWING_UP, sentence, follow_ups=(follow_up,), next_at=following.at)
    state = ItemState.ASLEEP if following.at > situation.now else ItemState.OPEN
    retry = clock_event(ClockEventKind.RETRY_SET, situation.now, situation, following.at, entry.outcome.value)
    return base_plan(state, sentence, events=(retry,), next_at=following.at)


def _decision(entry: OutcomeEntry, situation: CallSituation, following: NextTry) -> OutcomePlan:
    emergent = situation.tier is Tier.EMERGENT
    kind = FollowUpKind.WELFARE_CHECK if emergent else FollowUpKind.CLINICIAN_DECISION
    text = "Nobody reached: decide on a welfare check." if emergent else "Nobody reached: decide how to go on."
    plan = hand_off(f"{_LOGGED[entry.outcome]} {following.sentence}", following.at, situation, entry.outcome)
    return replace(plan, follow_ups=(NewFollowUp(kind, text, following.at, Role.CLINICIAN),))
