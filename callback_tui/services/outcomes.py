"""The verb that ends a call: its outcome and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    AttemptState,
    FollowUpKind,
    IdentityResult,
    ItemState,
    Outcome,
    Role,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.bundle import SAME_FOR_ALL
from callback_tui.rules.outcome_hand_off import keep_hand_off, with_context
from callback_tui.rules.outcome_plan import CallSituation, OutcomePlan
from callback_tui.rules.outcomes import plan_outcome
from callback_tui.services.bundle import along_with
from callback_tui.services.call_sheet import attempt_and_item, gather_for, tier_now, tries_so_far
from callback_tui.services.call_step import claim_lost
from callback_tui.services.desk import OpenDesk, Work, verb
from callback_tui.services.item_state import counts_as_try, join, merge_target, write_item
from callback_tui.services.queue_row import item_tier
from callback_tui.store import calls, claims, follow_on, queue
from callback_tui.store import policy as policies
from callback_tui.views.call import OutcomeEntry, OutcomeResult
from callback_tui.views.policy import Policy

_HANDED_OVER = (Outcome.ESCALATED, Outcome.EMERGENCY)
_FINISHED = (ItemState.CLOSED, ItemState.FOLLOWING_UP, ItemState.MERGED)
_NO_OTHERS: Mapping[int, OutcomeEntry] = {}
_PATIENT_FOR_SURE = (WhoAnswered.PATIENT, IdentityResult.PASSED)


def log_outcome(
    desk: OpenDesk, attempt_id: int, token: int, entry: OutcomeEntry, others: Mapping[int, OutcomeEntry] = _NO_OTHERS
) -> OutcomeResult:
    """Log how a call ended and everything that follows from it, in one transaction (table of domain section 4).

    `others` are the outcomes of the patient's further messages that were talked about, by item; a dial that reached
    nobody was about all of them, whether named or not.

    Where somebody else finished the message meanwhile, the message stays finished: a vain try is kept for the record,
    and what was agreed or handed over on the call is raised all the same. What is only followed up waits again once a
    clinician is handed it.
    Raises CallRefused when the outcome does not fit the call, a note or a time is missing, the claim was lost, or
    the call already has its outcome.
    """
    with verb(desk, "outcome_logged", "call_attempt", attempt_id) as work:
        attempt, item = attempt_and_item(desk, work.connection, attempt_id)
        if attempt.state is AttemptState.LOGGED:
            raise CallRefused("outcome_logged")
        if not claims.holds(work.connection, attempt.patient_id, token, clock=desk.clock):
            raise claim_lost()
        policy = policies.current(work.connection)[1]
        entry = _with_typed_note(work, attempt_id, entry)
        along = along_with(desk, work.connection, item, queue.waiting_of_patient(work.connection, item.patient_id))
        plan, sentence = _log_one(desk, work, attempt, attempt, item, entry, policy)
        _keep_wishes_and_numbers(desk, work, attempt, plan)
        if entry.outcome in SAME_FOR_ALL:
            others = {} if attempt.dialled_at is None else {other.id: entry for other in along}
        logged = _log_others(desk, work, attempt, [other for other in along if other.id in others], others, policy)
        if logged:
            sentence = f"{sentence} Logged for {len(logged) + 1} messages."
        claims.release(work.connection, attempt.patient_id, token)
        work.facts.update(
            item_id=attempt.item_id,
            also=logged,
            outcome=entry.outcome.value,
            state=plan.state.value,
            qualifies=plan.qualifies,
            contact=plan.contact,
        )
        return OutcomeResult(
            attempt_id=attempt_id,
            item_id=attempt.item_id,
            verb_id=work.verb_id,
            sentence=sentence,
            next_at=plan.next_at,
            undo_until=work.now + timedelta(seconds=policy.desk.undo_seconds),
        )


def _log_others(
    desk: OpenDesk, work: Work, lead: Any, along: Sequence[Any], others: Mapping[int, OutcomeEntry], policy: Policy
) -> list[int]:
    for other in along:
        values = {"item_id": other.id, "patient_id": other.patient_id, "tier": item_tier(other)}
        attempt = calls.attempt(work.connection, calls.ride_along(work.connection, lead, values))
        entry = replace(others[other.id], survey_score=None)
        _log_one(desk, work, lead, attempt, queue.item(work.connection, other.id), entry, policy)
    return [other.id for other in along]


def _log_one(
    desk: OpenDesk, work: Work, lead: Any, attempt: Any, item: Any, entry: OutcomeEntry, policy: Policy
) -> tuple[OutcomePlan, str]:
    """Log the outcome of one message; `lead` is the attempt that was dialled, or taken, for all of them."""
    plan = _plan(desk, work, lead, attempt, item, entry, policy)
    _write_attempt(work, attempt, entry, plan)
    sentence = plan.sentence
    handed_over = entry.outcome in _HANDED_OVER
    comes_back = item.state is ItemState.FOLLOWING_UP and (lead.dialled_at is None or handed_over)
    waits = item.state in queue.IN_QUEUE or comes_back
    if waits or plan.contact or handed_over:
        _raise_follow_on(desk, work, attempt, entry, plan, policy)
    else:
        sentence = "Kept for the record."
    if waits:
        _write_item_of(desk, work, lead, item, entry, plan)
    else:
        sentence = f"{sentence} Somebody else finished this message meanwhile."
    return plan, sentence


def _plan(
    desk: OpenDesk, work: Work, lead: Any, attempt: Any, item: Any, entry: OutcomeEntry, policy: Policy
) -> OutcomePlan:
    site = policy.site_of(item.site_name)
    dialling = gather_for(work.connection, item, policy, site, work.now)
    tier = tier_now(attempt, item)
    situation = CallSituation(
        tier=tier,
        policy=policy,
        site=site,
        identity=attempt.identity,
        who_answered=attempt.who_answered,
        number_on_file=lead.number_on_file or lead.number_dialled == item.phone_e164,
        earlier_tries=tries_so_far(work.connection, attempt.item_id),
        alternates_left=dialling.alternates(attempt.contact_point_id),
        started_at=attempt.started_at,
        now=work.now,
        verb_id=work.verb_id,
        detail_permitted=dialling.voicemail(attempt.contact_point_id).code == "detail",
        welfare_check_open=tier is Tier.EMERGENT
        and follow_on.has_open(work.connection, item.id, FollowUpKind.WELFARE_CHECK),
        ringing=dialling.ringing,
        number_dialled=lead.number_dialled,
        came_in=lead.dialled_at is None,
        state=item.state,
    )
    plan = plan_outcome(entry, situation)
    if lead.id != attempt.id and plan.state is not ItemState.FOLLOWING_UP:
        # The patient's number is looked for once, not once for each message.
        raised = tuple(each for each in plan.follow_ups if each.kind is not FollowUpKind.DEMOGRAPHICS)
        plan = replace(plan, follow_ups=raised)
    due_at = follow_on.hand_off_due(work.connection, item.id)
    takes_it = desk.actor.role is Role.CLINICIAN
    return plan if due_at is None or takes_it else keep_hand_off(plan, due_at, situation)


def _write_item_of(desk: OpenDesk, work: Work, lead: Any, item: Any, entry: OutcomeEntry, plan: OutcomePlan) -> None:
    if not plan.events:
        return
    target = None
    if plan.state is ItemState.MERGED and entry.duplicate_of_item_id is not None:
        target = merge_target(work, item, entry.duplicate_of_item_id)
        join(desk, work, target, item)
    write_item(
        desk,
        work,
        item,
        plan.events,
        state=plan.state,
        attempts=item.attempts + counts_as_try(lead, plan.state),
        merged_into_id=None if target is None else target.id,
        outcome=entry.outcome,
    )


def _with_typed_note(work: Work, attempt_id: int, entry: OutcomeEntry) -> OutcomeEntry:
    if entry.note.strip():
        return entry
    typed = calls.note(work.connection, attempt_id)
    return entry if typed is None else replace(entry, note=typed.text)


def _write_attempt(work: Work, attempt: Any, entry: OutcomeEntry, plan: OutcomePlan) -> None:
    if entry.note.strip():
        calls.write_note(work.connection, attempt.id, entry.note, at=work.now, staff_id=attempt.staff_id)
    calls.change_attempt(
        work.connection,
        attempt.id,
        {
            "state": AttemptState.LOGGED,
            "outcome": entry.outcome,
            "outcome_at": work.now,
            "outcome_verb_id": work.verb_id,
            "ended_at": work.now,
            "qualifies": plan.qualifies,
            "voicemail_wording": entry.voicemail_wording,
            "spoke_with": entry.spoke_with or attempt.spoke_with,
            "teach_back": entry.teach_back,
            "survey_score": entry.survey_score,
        },
    )


def _raise_follow_on(
    desk: OpenDesk, work: Work, attempt: Any, entry: OutcomeEntry, plan: OutcomePlan, policy: Policy
) -> None:
    connection, now, staff_id = work.connection, work.now, desk.actor.staff_id
    shared = {"patient_id": attempt.patient_id, "item_id": attempt.item_id, "attempt_id": attempt.id}
    if plan.qualifies:
        grace = timedelta(minutes=policy.retries.promise_minutes)
        follow_on.judge_promises(connection, attempt, grace=grace, at=now, verb_id=work.verb_id)
    if plan.contact:
        follow_on.end_reminders(connection, attempt.item_id, at=now, staff_id=staff_id)
    joins = entry.outcome is Outcome.DUPLICATE
    takes_over = desk.actor.role is Role.CLINICIAN or plan.state in _FINISHED
    if takes_over and plan.events and not joins:
        follow_on.take_hand_offs(connection, attempt.item_id, at=now, staff_id=staff_id)
    follow_on.add_follow_ups(
        connection,
        plan.follow_ups,
        {**shared, "raised_by_id": staff_id, "raised_verb_id": work.verb_id},
        at=now,
    )
    if plan.promise_due_at is not None:
        follow_on.add_promise(
            connection,
            {
                **shared,
                "promised_by_id": staff_id,
                "words": entry.promise_words,
                "due_at": plan.promise_due_at,
                "made_at": now,
                "made_verb_id": work.verb_id,
            },
        )
    if plan.hand_off_due_at is not None:
        told = with_context(entry, plan)
        follow_on.add_hand_off(
            connection,
            {
                "item_id": attempt.item_id,
                "attempt_id": attempt.id,
                "to_role": Role.CLINICIAN,
                "situation": told.situation,
                "background": told.background,
                "assessment": told.assessment,
                "request": told.request,
                "made_at": now,
                "made_by_id": staff_id,
                "due_at": plan.hand_off_due_at,
            },
        )
    if plan.incident:
        _keep_incident(work, attempt, entry, staff_id)


def _keep_wishes_and_numbers(desk: OpenDesk, work: Work, attempt: Any, plan: OutcomePlan) -> None:
    connection, now, staff_id = work.connection, work.now, desk.actor.staff_id
    if plan.opt_out:
        follow_on.add_opt_out(connection, attempt.patient_id, attempt.id, at=now, staff_id=staff_id)
    if plan.number_quality is not None and attempt.number_dialled:
        follow_on.mark_dead(connection, attempt.number_dialled, now)
    elif attempt.contact_point_id and (attempt.who_answered, attempt.identity) == _PATIENT_FOR_SURE:
        follow_on.mark_good(connection, attempt.contact_point_id, now)


def _keep_incident(work: Work, attempt: Any, entry: OutcomeEntry, staff_id: int) -> None:
    told = {"location": entry.location, "told": entry.told, "note": entry.note}
    opened = follow_on.open_incident(work.connection, attempt.id)
    if opened is None:
        follow_on.add_incident(
            work.connection,
            {
                "item_id": attempt.item_id,
                "attempt_id": attempt.id,
                "opened_at": work.now,
                "opened_by_id": staff_id,
                **told,
            },
        )
    else:
        follow_on.change_incident(work.connection, opened.id, told)
