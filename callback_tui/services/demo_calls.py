"""Made-up calls in a made-up desk's book: from the dial key to the outcome, and what was done about it afterwards."""

from datetime import datetime, timedelta
from typing import Any

from callback_tui.models.vocabulary import (
    AttemptState,
    CallStep,
    ClockEventKind,
    ComparedWith,
    FollowUpState,
    IdentityKind,
    IdentityResult,
    ItemState,
    NumberQuality,
    OptOutScope,
    Outcome,
    PromiseState,
    RecordingAnswer,
    Role,
    WhoAnswered,
)
from callback_tui.rules.contact_kinds import PHONES
from callback_tui.rules.follow_up_next import follow_ups_after_sending
from callback_tui.rules.follow_up_words import is_sent
from callback_tui.rules.identity import check_identity
from callback_tui.rules.local_day import start_of_day
from callback_tui.rules.outcome_hand_off import keep_hand_off, with_context
from callback_tui.rules.outcome_plan import CallSituation, OutcomePlan
from callback_tui.rules.outcomes import plan_outcome
from callback_tui.rules.script import step_after, step_after_answer
from callback_tui.rules.tries import unanswered_tries
from callback_tui.services.demo_book import Book, MadeUpItem, Row, mark
from callback_tui.services.demo_people import MadeUpCall, Person
from callback_tui.services.dialling import Dialling
from callback_tui.services.queue_row import item_tier
from callback_tui.views.call import DialVerdict, NewFollowUp
from callback_tui.views.clock import ClockEvent
from callback_tui.views.dial import DialFacts, DialNumber, OptOut, SafeInstruction

IN_QUEUE = (ItemState.OPEN, ItemState.ASLEEP, ItemState.ESCALATED)
_FINISHED = (ItemState.CLOSED, ItemState.FOLLOWING_UP, ItemState.MERGED)
_NO_TRY = (Outcome.WRONG_NUMBER, Outcome.DISCONNECTED, Outcome.OPENED_IN_ERROR, Outcome.DUPLICATE)


def ring(book: Book, item: MadeUpItem, call: MadeUpCall) -> OutcomePlan:
    """Write a call into the book as the services of the call do. Raises ValueError where they would refuse it."""
    number = dialling_at(book, item, call.at).best(None, call.reason)
    if item.row.state not in IN_QUEUE or number is None or number.decision.verdict is not DialVerdict.ALLOWED:
        raise ValueError("a made-up call that the desk would refuse")
    attempt = book.add(
        "call_attempt",
        {
            "item_id": item.row.id,
            "patient_id": item.patient.row.id,
            "staff_id": call.by.staff_id,
            "contact_point_id": number.contact_point_id,
            "number_dialled": number.e164,
            "number_on_file": number.on_file,
            "tier": item_tier(item.row),
            "started_at": call.at,
            "dialled_at": call.at,
            "answered_at": call.at + call.answered_after,
            "who_answered": call.who,
            "identity": IdentityResult.NOT_ASKED,
            "identity_kinds": "",
            "identity_failures": 0,
            "compared_with": None,
            "recording": RecordingAnswer.NOT_ASKED,
            "override_reason": call.reason.strip() if number.decision.code else "",
            "outcome": None,
            "rehearsal": False,
            "in_chart_at": None,
        },
    )
    item.calls.append(call)
    item.attempts.append(attempt)
    item.patient.attempts.append(attempt)
    _enter(book, attempt, CallStep.GREETING, call.at)
    now = attempt.answered_at
    _enter(book, attempt, step_after_answer(call.who), now)
    if call.who is WhoAnswered.PATIENT and call.entry.outcome is not Outcome.NOT_VERIFIED:
        now = _identify(book, item, attempt, call, now)
    for step, after in call.steps:
        now += after
        _enter(book, attempt, step, now)
    return _log(book, item, attempt, call, now + call.ends_after)


def chart(attempt: Row, at: datetime) -> None:
    """Write that a call was put in the chart, as `services.follow_ups.mark_in_chart` does."""
    attempt.in_chart_at = at


def settle(book: Book, item: MadeUpItem, follow_up: Row, by: Person, at: datetime) -> None:
    """Write that a follow-up was done or sent, as `services.follow_ups` does; the last one closes the message."""
    verb_id = book.verb_id()
    item.settled.append((follow_up, by, at))
    follow_up.state, follow_up.ended_at, follow_up.ended_by_id = FollowUpState.DONE, at, by.staff_id
    if item.row.state is not ItemState.FOLLOWING_UP:
        return
    raised: tuple[NewFollowUp, ...] = ()
    if is_sent(follow_up.kind) and item.row.contact_at is None:
        raised = follow_ups_after_sending(follow_up.kind, item_tier(item.row), book.policy, item.site, at)
    _add_follow_ups(book, item, raised, follow_up.attempt_id, by, verb_id, at)
    if not any(each.state is FollowUpState.OPEN for each in item.follow_ups):
        completed = ClockEvent(ClockEventKind.COMPLETED, at, verb_id, reason=follow_up.kind.value)
        book.change(item, (completed,), by.staff_id, state=ItemState.CLOSED, attempts=item.row.attempts)


def _enter(book: Book, attempt: Row, step: CallStep, at: datetime) -> None:
    attempt.step = step
    book.add("call_step_time", {"attempt_id": attempt.id, "step": step, "entered_at": at})


def _identify(book: Book, item: MadeUpItem, attempt: Row, call: MadeUpCall, now: datetime) -> datetime:
    card = item.patient.row
    held = {
        IdentityKind.DATE_OF_BIRTH: card.date_of_birth,
        IdentityKind.ADDRESS: card.address,
        IdentityKind.RECORD_NUMBER: card.record_number,
    }
    on_file = tuple(kind for kind, value in held.items() if value)
    result = IdentityResult.NOT_ASKED
    check = check_identity(result=result, matched=(), failures=0, on_file=on_file, policy=book.policy)
    for count in range(1, len(check.asked) + 1):
        now += call.matched_after
        matched = check.asked[:count]
        attempt.identity_kinds = ",".join(matched)
        attempt.identity = check_identity(
            result=result, matched=matched, failures=0, on_file=on_file, policy=book.policy
        ).result
        attempt.compared_with = ComparedWith.CARD
    if attempt.identity is not IdentityResult.NOT_ASKED:
        _enter(book, attempt, step_after(CallStep.IDENTITY, who=call.who, identity=attempt.identity), now)
    return now


def _log(book: Book, item: MadeUpItem, attempt: Row, call: MadeUpCall, now: datetime) -> OutcomePlan:
    entry, verb_id = call.entry, book.verb_id()
    plan = _plan(book, item, attempt, call, verb_id, now)
    if entry.note.strip():
        note = {"attempt_id": attempt.id, "text": entry.note, "saved_at": now, "written_by_id": call.by.staff_id}
        book.add("call_note", {**note, "step": None, "addendum": False})
    attempt.__dict__.update(
        state=AttemptState.LOGGED,
        outcome=entry.outcome,
        outcome_at=now,
        outcome_verb_id=verb_id,
        ended_at=now,
        qualifies=plan.qualifies,
        voicemail_wording=entry.voicemail_wording,
        spoke_with=entry.spoke_with,
        teach_back=entry.teach_back,
        survey_score=entry.survey_score,
    )
    if plan.opt_out:
        said = {"scope": OptOutScope.ALL, "said_by": "", "how": "said on the call", "recorded_at": now}
        book.opt_out(item.patient, {**said, "recorded_by_id": call.by.staff_id, "attempt_id": attempt.id})
    if plan.number_quality is not None:
        book.mark_number(attempt.number_dialled, NumberQuality.DEAD, now)
    elif attempt.who_answered is WhoAnswered.PATIENT and attempt.identity is IdentityResult.PASSED:
        point = next(point for point in item.patient.points if point.id == attempt.contact_point_id)
        if point.quality is NumberQuality.UNPROVEN:
            mark(point, NumberQuality.GOOD, now)
    _raise_follow_on(book, item, attempt, call, plan, now)
    tried = plan.state is not ItemState.MERGED
    attempts = item.row.attempts + tried
    book.change(item, plan.events, call.by.staff_id, state=plan.state, attempts=attempts, outcome=entry.outcome)
    return plan


def _plan(book: Book, item: MadeUpItem, attempt: Row, call: MadeUpCall, verb_id: str, now: datetime) -> OutcomePlan:
    dialling = dialling_at(book, item, now)
    dials = [each.started_at for each in item.attempts if each.outcome is not None and each.outcome not in _NO_TRY]
    situation = CallSituation(
        tier=attempt.tier,
        policy=book.policy,
        site=item.site,
        identity=attempt.identity,
        who_answered=attempt.who_answered,
        number_on_file=attempt.number_on_file or attempt.number_dialled == item.message.phone_e164,
        earlier_tries=unanswered_tries(dials, item.events),
        alternates_left=dialling.alternates(attempt.contact_point_id),
        started_at=attempt.started_at,
        now=now,
        verb_id=verb_id,
        detail_permitted=dialling.voicemail(attempt.contact_point_id).code == "detail",
        ringing=dialling.ringing,
        number_dialled=attempt.number_dialled,
    )
    plan = plan_outcome(call.entry, situation)
    waiting = [each.due_at for each in item.hand_offs if each.taken_at is None]
    takes_it = call.by.role is Role.CLINICIAN
    return keep_hand_off(plan, min(waiting), situation) if waiting and not takes_it else plan


def _raise_follow_on(
    book: Book, item: MadeUpItem, attempt: Row, call: MadeUpCall, plan: OutcomePlan, now: datetime
) -> None:
    entry, staff_id, verb_id = call.entry, call.by.staff_id, attempt.outcome_verb_id
    if plan.qualifies:
        for promise in item.promises:
            if promise.state is PromiseState.OPEN:
                grace = timedelta(minutes=book.policy.retries.promise_minutes)
                in_time = promise.due_at + grace >= attempt.dialled_at
                promise.state = PromiseState.KEPT if in_time else PromiseState.BROKEN
                promise.ended_at = now
    if call.by.role is Role.CLINICIAN or plan.state in _FINISHED:
        for hand_off in item.hand_offs:
            if hand_off.taken_at is None:
                hand_off.taken_at, hand_off.taken_by_id = now, staff_id
    _add_follow_ups(book, item, plan.follow_ups, attempt.id, call.by, verb_id, now)
    of_item = {"item_id": item.row.id, "attempt_id": attempt.id}
    if plan.promise_due_at is not None:
        said = {"promised_by_id": staff_id, "words": entry.promise_words, "due_at": plan.promise_due_at}
        made = {"state": PromiseState.OPEN, "made_at": now, "made_verb_id": verb_id, "ended_at": None}
        of_patient = {"patient_id": item.patient.row.id}
        item.promises.append(book.add("promise", {**of_item, **of_patient, **said, **made}))
    if plan.hand_off_due_at is not None:
        handed = with_context(entry, plan)
        told = {name: getattr(handed, name) for name in ("situation", "background", "assessment", "request")}
        made = {"to_role": Role.CLINICIAN, "made_at": now, "made_by_id": staff_id, "due_at": plan.hand_off_due_at}
        not_taken = {"taken_at": None, "taken_by_id": None}
        item.hand_offs.append(book.add("hand_off", {**of_item, **told, **made, **not_taken}))
    if plan.incident:
        told = {name: getattr(entry, name) for name in ("location", "told", "note")}
        book.add("incident", {**of_item, **told, "opened_at": now, "opened_by_id": staff_id})


def _add_follow_ups(
    book: Book,
    item: MadeUpItem,
    raised: tuple[NewFollowUp, ...],
    attempt_id: int,
    by: Person,
    verb_id: str,
    at: datetime,
) -> None:
    for each in raised:
        values: dict[str, Any] = {
            "patient_id": item.patient.row.id,
            "item_id": item.row.id,
            "attempt_id": attempt_id,
            "kind": each.kind,
            "text": each.text,
            "due_at": each.due_at,
            "owner_role": each.owner_role,
            "state": FollowUpState.OPEN,
            "raised_at": at,
            "raised_by_id": by.staff_id,
            "raised_verb_id": verb_id,
            "ended_at": None,
            "ended_by_id": None,
        }
        item.follow_ups.append(book.add("follow_up", values))


def dialling_at(book: Book, item: MadeUpItem, now: datetime) -> Dialling:
    """Return what `services.dialling.gather` would have read of the patient at that moment, in their card's zone.

    Calls written earlier may be later ones: only those of the same day and before count.
    """
    patient = item.patient
    numbers = tuple(
        DialNumber(
            point.id,
            point.value,
            point.kind,
            point.quality,
            point.leave_permission,
            point.on_file,
            point.quality_set_at,
        )
        for point in sorted(patient.points, key=lambda point: (point.rank, point.id))
        if point.kind in PHONES
    )
    today = start_of_day(now, patient.row.zone)
    since = [each for each in patient.attempts if today <= each.dialled_at < now]
    facts = DialFacts(
        opt_outs=tuple(
            OptOut(fact.id, fact.scope, fact.number, fact.channel, fact.revokes_id, fact.recorded_at)
            for fact in patient.opt_outs
        ),
        instructions=tuple(SafeInstruction(wish.kind, wish.value, wish.asked_at) for wish in patient.wishes),
        zones=(patient.row.zone,),
        dialled_at=tuple(each.dialled_at for each in since if each.outcome is not Outcome.OPENED_IN_ERROR),
        voicemails_today=sum(each.outcome is Outcome.VOICEMAIL_LEFT for each in since),
    )
    return Dialling(facts=facts, numbers=numbers, tier=item_tier(item.row), policy=book.policy, now=now)
