"""The verb that ends a call: its outcome, what follows from it, and taking it back within the minute."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    AttemptState,
    ClockEventKind,
    IdentityResult,
    ItemState,
    Role,
    WhoAnswered,
)
from callback_tui.rules.outcomes import CallSituation, OutcomePlan, plan_outcome
from callback_tui.rules.sla import derive
from callback_tui.rules.tries import unanswered_tries
from callback_tui.services.call_sheet import attempt_and_item, gather_for
from callback_tui.services.call_step import claim_lost
from callback_tui.services.desk import OpenDesk, Work, verb
from callback_tui.store import calls, claims, queue
from callback_tui.store import policy as policies
from callback_tui.views.call import OutcomeEntry, OutcomeResult
from callback_tui.views.clock import ClockEvent
from callback_tui.views.policy import Policy, SitePolicy


def log_outcome(desk: OpenDesk, attempt_id: int, token: int, entry: OutcomeEntry) -> OutcomeResult:
    """Log how a call ended and everything that follows from it, in one transaction (table of domain section 4).

    Raises CallRefused when the outcome does not fit the call, a note or a time is missing, the claim was lost, or
    the call already has its outcome.
    """
    with verb(desk, "outcome_logged", "call_attempt", attempt_id) as work:
        attempt, item = attempt_and_item(desk, work.connection, attempt_id)
        if attempt.state is AttemptState.LOGGED:
            raise CallRefused("call_over", "This call already has its outcome.", "Go back to the queue.")
        if not claims.holds(work.connection, attempt.patient_id, token, clock=desk.clock):
            raise claim_lost()
        policy_version_id, policy, _ = policies.current(work.connection)
        site = policy.site_of(item.site_name)
        entry = _with_typed_note(work, attempt_id, entry)
        plan = plan_outcome(
            entry,
            CallSituation(
                tier=attempt.tier,
                policy=policy,
                site=site,
                identity=attempt.identity,
                who_answered=attempt.who_answered,
                number_on_file=attempt.number_on_file or attempt.number_dialled == item.phone_e164,
                earlier_tries=unanswered_tries(queue.clock_events(work.connection, attempt.item_id)),
                alternates_left=gather_for(work.connection, item, policy, site, work.now).alternates(
                    attempt.contact_point_id
                ),
                started_at=attempt.started_at,
                now=work.now,
                verb_id=work.verb_id,
            ),
        )
        merged_into_id = _merge_target(work, entry, item) if plan.state is ItemState.MERGED else None
        _write_attempt(work, attempt, entry, plan)
        _raise_follow_on(desk, work, attempt, entry, plan)
        _write_item(
            desk,
            work,
            item,
            plan.events,
            state=plan.state,
            attempts=item.attempts + (plan.state is not ItemState.MERGED),
            merged_into_id=merged_into_id,
            site=site,
            policy=policy,
            policy_version_id=policy_version_id,
        )
        claims.release(work.connection, attempt.patient_id, token)
        work.facts.update(
            item_id=attempt.item_id,
            outcome=entry.outcome.value,
            state=plan.state.value,
            qualifies=plan.qualifies,
            contact=plan.contact,
        )
        return OutcomeResult(
            attempt_id=attempt_id,
            item_id=attempt.item_id,
            verb_id=work.verb_id,
            sentence=plan.sentence,
            next_at=plan.next_at,
            undo_until=work.now + timedelta(seconds=policy.desk.undo_seconds),
        )


def undo(desk: OpenDesk, verb_id: str) -> str:
    """Take the person's own outcome back within the policy's seconds; the call then waits for the right outcome.

    Nothing is deleted: what the outcome raised is withdrawn, facts get the fact that ends them. Raises CallRefused
    when it is too late, somebody worked on the item since, or is ringing the patient now.
    """
    with verb(desk, "outcome_undone", "call_attempt", "") as work:
        attempt = calls.attempt_of_verb(work.connection, desk.actor.staff_id, verb_id)
        if attempt is None or attempt.state is not AttemptState.LOGGED:
            raise CallRefused("nothing_to_undo", "There is nothing of yours to take back.", "Go on with the queue.")
        policy_version_id, policy, _ = policies.current(work.connection)
        if work.now > attempt.outcome_at + timedelta(seconds=policy.desk.undo_seconds):
            raise CallRefused("too_late", "The minute to take it back is over.", "Add a note to the call instead.")
        newest = queue.last_verb_id(work.connection, attempt.item_id)
        if newest != verb_id or attempt.patient_id in claims.holders(work.connection, desk.clock):
            raise CallRefused("worked_since", "Somebody has worked on this since.", "Add a note to the call instead.")
        attempt, item = attempt_and_item(desk, work.connection, attempt.id)
        calls.take_back_outcome(
            work.connection,
            attempt,
            verb_id,
            logged_at=attempt.outcome_at,
            at=work.now,
            staff_id=desk.actor.staff_id,
        )
        calls.change_attempt(
            work.connection,
            attempt.id,
            {
                "state": AttemptState.OUTCOME_MISSING,
                "outcome": None,
                "outcome_at": None,
                "outcome_verb_id": None,
                "ended_at": None,
                "qualifies": False,
                "voicemail_wording": "",
            },
        )
        _write_item(
            desk,
            work,
            item,
            (ClockEvent(ClockEventKind.UNDONE, work.now, work.verb_id, undoes_verb_id=verb_id),),
            state=None,
            attempts=item.attempts - (item.state is not ItemState.MERGED),
            merged_into_id=None,
            site=policy.site_of(item.site_name),
            policy=policy,
            policy_version_id=policy_version_id,
        )
        work.entity_id = attempt.id
        work.facts.update(item_id=attempt.item_id, undone_verb=verb_id, outcome=attempt.outcome.value)
        return "Taken back. The call waits for its outcome."


def last_undoable(desk: OpenDesk) -> OutcomeResult | None:
    """Return the person's newest outcome while it can still be taken back, or None."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        undo_for = timedelta(seconds=policy.desk.undo_seconds)
        row = calls.newest_logged(connection, desk.actor.staff_id, now - undo_for)
    if row is None:
        return None
    words = row.outcome.value.replace("_", " ").capitalize()
    return OutcomeResult(row.id, row.item_id, row.outcome_verb_id, f"{words} logged.", None, row.outcome_at + undo_for)


def _with_typed_note(work: Work, attempt_id: int, entry: OutcomeEntry) -> OutcomeEntry:
    if entry.note.strip():
        return entry
    typed = calls.note(work.connection, attempt_id)
    return entry if typed is None else replace(entry, note=typed.text)


def _merge_target(work: Work, entry: OutcomeEntry, item: Any) -> int | None:
    if entry.duplicate_of_item_id is None:
        return None
    target = queue.item(work.connection, entry.duplicate_of_item_id)
    if target is None or target.id == item.id or target.patient_id != item.patient_id:
        raise CallRefused(
            "no_twin", "That is not another message of the same patient.", "Choose the message it repeats."
        )
    return int(target.id)


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


def _raise_follow_on(desk: OpenDesk, work: Work, attempt: Any, entry: OutcomeEntry, plan: OutcomePlan) -> None:
    connection, now, staff_id = work.connection, work.now, desk.actor.staff_id
    shared = {"patient_id": attempt.patient_id, "item_id": attempt.item_id, "attempt_id": attempt.id}
    calls.keep_promises(connection, attempt.item_id, at=now, verb_id=work.verb_id)
    calls.add_follow_ups(
        connection,
        plan.follow_ups,
        {**shared, "raised_by_id": staff_id, "raised_verb_id": work.verb_id},
        at=now,
    )
    if plan.promise_due_at is not None:
        calls.add_promise(
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
        calls.add_hand_off(
            connection,
            {
                "item_id": attempt.item_id,
                "attempt_id": attempt.id,
                "to_role": Role.CLINICIAN,
                "situation": entry.situation,
                "background": entry.background,
                "assessment": entry.assessment,
                "request": entry.request,
                "made_at": now,
                "made_by_id": staff_id,
                "due_at": plan.hand_off_due_at,
            },
        )
    if plan.opt_out:
        calls.add_opt_out(connection, attempt.patient_id, attempt.id, at=now, staff_id=staff_id)
    if plan.number_quality is not None and attempt.number_dialled:
        calls.mark_dead(connection, attempt.number_dialled, now)
    elif attempt.who_answered is WhoAnswered.PATIENT and attempt.identity is IdentityResult.PASSED:
        calls.mark_good(connection, attempt.contact_point_id, now)
    if plan.incident:
        _keep_incident(work, attempt, entry, staff_id)


def _keep_incident(work: Work, attempt: Any, entry: OutcomeEntry, staff_id: int) -> None:
    told = {"location": entry.location, "told": entry.told, "note": entry.note}
    opened = calls.open_incident(work.connection, attempt.id)
    if opened is None:
        calls.add_incident(
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
        calls.change_incident(work.connection, opened.id, told)


def _write_item(
    desk: OpenDesk,
    work: Work,
    item: Any,
    events: tuple[ClockEvent, ...],
    *,
    state: ItemState | None,
    attempts: int,
    merged_into_id: int | None,
    site: SitePolicy,
    policy: Policy,
    policy_version_id: int,
) -> None:
    queue.add_clock_events(
        work.connection, item.id, events, staff_id=desk.actor.staff_id, policy_version_id=policy_version_id
    )
    clock = derive(queue.clock_events(work.connection, item.id), site, policy)
    if state is None:
        state = ItemState.ASLEEP if clock.asleep_until is not None else ItemState.OPEN
        if calls.hand_off_waits(work.connection, item.id):
            state = ItemState.ESCALATED
    if not queue.write_state(
        work.connection,
        item.id,
        item.version,
        state=state,
        clock=clock,
        attempts=attempts,
        merged_into_id=merged_into_id,
    ):
        raise claim_lost()
