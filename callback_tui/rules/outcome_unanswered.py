"""What follows a call that reached nobody who counts: retries, dead numbers, decisions (domain section 4)."""

from dataclasses import replace
from datetime import datetime

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
from callback_tui.rules.retries import RetryStage, may_ring_from, next_try
from callback_tui.views.call import NewFollowUp, OutcomeEntry

UNANSWERED_WORDS = {
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
"""What is said of a call that reached nobody who counts."""

_WRITTEN = {
    RetryStage.TEXT_OR_PORTAL: (
        FollowUpKind.TEXT_OR_PORTAL,
        "Not reached by phone: send a text or portal message if permitted, else a letter.",
    ),
    RetryStage.LETTER: (
        FollowUpKind.LETTER,
        "Not reached by phone or message: send a letter, and close only when it has had time to be answered.",
    ),
}


def plan_dead_number(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    """Return the plan for a number that is no good: the next number, now or when it may be, else another way.

    Never stops a clock; the item comes back when the number should have been found.
    """
    site, now = situation.site, situation.now
    found_by = due_at(site.targets[Tier.ROUTINE], site.hours, now)
    task = NewFollowUp(
        FollowUpKind.DEMOGRAPHICS, "The number is wrong or out of service: find one.", found_by, Role.STAFF
    )
    logged = UNANSWERED_WORDS[entry.outcome]
    next_number_from = _next_number_from(situation)
    if situation.alternates_left:
        plan = _retry(entry, situation, now, f"{logged} Ring the next number now.")
    elif situation.tier.always_on:
        due = due_at(site.hand_off_targets[situation.tier], site.hours, now)
        plan = _decision(situation, due, f"{logged} A clinician decides by {time_words(due, situation)}.", entry)
    elif next_number_from is not None:
        words = f"The next number may be rung from {time_words(next_number_from, situation)}."
        plan = _retry(entry, situation, next_number_from, f"{logged} {words}")
    else:
        plan = _retry(
            entry, situation, found_by, f"{logged} Next try {time_words(found_by, situation)}, once a number is found."
        )
        other_way = NewFollowUp(
            FollowUpKind.TEXT_OR_PORTAL, "No number left to ring: send a portal message or a letter.", found_by
        )
        plan = replace(plan, follow_ups=(other_way,))
    return replace(plan, number_quality=NumberQuality.DEAD, follow_ups=(task, *plan.follow_ups))


def _next_number_from(situation: CallSituation) -> datetime | None:
    """Return the first open instant at which a number other than the dead one may be rung, or None."""
    if situation.ringing is None:
        return None
    others = tuple(each for each in situation.ringing.numbers if each.e164 != situation.number_dialled)
    left = replace(situation.ringing, numbers=others)
    return may_ring_from(situation.now, left, situation.tier, situation.policy, situation.site)


def plan_unanswered(entry: OutcomeEntry, situation: CallSituation) -> OutcomePlan:
    """Return the plan of a try that reached nobody who counts: the retry ladder's next rung."""
    if situation.who_answered is WhoAnswered.CUT_OFF and entry.outcome is Outcome.NO_ANSWER:
        return _retry(entry, situation, situation.now, "Cut off, logged. Ring again now.")
    following = next_try(
        situation.tier,
        (*situation.earlier_tries, situation.started_at),
        situation.policy,
        situation.site,
        situation.now,
        busy=entry.outcome is Outcome.BUSY,
        alternates_left=situation.alternates_left,
        ringing=situation.ringing,
    )
    alone = situation.tier is Tier.EMERGENT and entry.outcome is Outcome.VOICEMAIL_LEFT
    logged = "Voicemail logged, never enough alone." if alone else UNANSWERED_WORDS[entry.outcome]
    sentence = f"{logged} {following.sentence}"
    if following.stage is RetryStage.CLINICIAN_DECISION:
        return _decision(situation, following.at, sentence, entry)
    written = _WRITTEN.get(following.stage)
    if written is not None:
        follow_up = NewFollowUp(*written, following.at)
        awake = clock_event(ClockEventKind.WOKEN, situation.now, situation, reason=entry.outcome.value)
        return base_plan(
            ItemState.FOLLOWING_UP, sentence, events=(awake,), follow_ups=(follow_up,), next_at=following.at
        )
    plan = _retry(entry, situation, following.at, sentence)
    if following.decide_by is None or situation.welfare_check_open:
        return plan
    return replace(plan, follow_ups=(_welfare_check(following.decide_by),))


def _retry(entry: OutcomeEntry, situation: CallSituation, at: datetime, sentence: str) -> OutcomePlan:
    state = ItemState.ASLEEP if at > situation.now else ItemState.OPEN
    retry = clock_event(ClockEventKind.RETRY_SET, situation.now, situation, at, entry.outcome.value)
    return base_plan(state, sentence, events=(retry,), next_at=at)


def _decision(situation: CallSituation, due: datetime, sentence: str, entry: OutcomeEntry) -> OutcomePlan:
    decide = NewFollowUp(FollowUpKind.CLINICIAN_DECISION, "Nobody reached: decide how to go on.", due, Role.CLINICIAN)
    if situation.tier is Tier.EMERGENT:
        decide = _welfare_check(due)
    plan = hand_off(sentence, due, situation, entry.outcome)
    return replace(plan, follow_ups=() if situation.welfare_check_open else (decide,))


def _welfare_check(due: datetime) -> NewFollowUp:
    text = "Nobody reached: decide on a welfare check."
    return NewFollowUp(FollowUpKind.WELFARE_CHECK, text, due, Role.CLINICIAN)
