"""The verbs of a call from the dial key to its last step; the outcome has its own room."""

from datetime import datetime
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    AttemptState,
    CallStep,
    FollowUpKind,
    IdentityResult,
    RecordingAnswer,
    Role,
    WhoAnswered,
)
from callback_tui.rules.day_lists import next_day_opening
from callback_tui.rules.script import step_after, step_after_answer, steps_open
from callback_tui.services.bundle import along_with, keep_answer, pressing_tier
from callback_tui.services.call_sheet import (
    attempt_and_item,
    build_sheet,
    gather_for,
)
from callback_tui.services.call_step import call_step, change, claim_lost, enter
from callback_tui.services.desk import OpenDesk, Work, verb
from callback_tui.services.queue_row import item_tier
from callback_tui.store import calls, claims, follow_on, queue
from callback_tui.store import policy as policies
from callback_tui.views.call import CallSheet, DialVerdict, NewFollowUp, NumberChoice, UnfinishedCall
from callback_tui.views.policy import SitePolicy


def start_call(desk: OpenDesk, item_id: int, *, contact_point_id: int | None = None, reason: str = "") -> CallSheet:
    """Claim the patient, open an attempt and return its sheet; the person's own cut-off call of the item is resumed.

    Raises CallRefused: code "reason_needed" when `reason` must be written first, else what stands in the way.
    """
    with desk.store.read() as connection:
        cut_off = calls.unfinished(connection, desk.actor.staff_id, item_id)
    if cut_off is not None:
        return _resume(desk, cut_off.id, rings_again=cut_off.dialled_at is not None, reason=reason)
    with verb(desk, "call_started", "call_attempt", item_id) as work:
        item = queue.item(work.connection, item_id)
        if item is None or item.state not in queue.IN_QUEUE:
            raise CallRefused("not_waiting")
        policy = policies.current(work.connection)[1]
        site = policy.site_of(item.site_name)
        along = along_with(desk, work.connection, item, queue.waiting_of_patient(work.connection, item.patient_id))
        tier = pressing_tier(item, along)
        dialling = gather_for(work.connection, item, policy, site, work.now, tier=tier)
        chosen = _allowed(dialling.best(contact_point_id, reason))
        token = claims.take(
            work.connection,
            patient_id=item.patient_id,
            item_id=item_id,
            number=chosen.e164,
            holder_id=desk.actor.staff_id,
            session_id=desk.actor.session_id,
            clock=desk.clock,
            lease_seconds=policy.desk.lease_seconds,
        )
        attempt_id = calls.add_attempt(
            work.connection,
            {
                "item_id": item_id,
                "patient_id": item.patient_id,
                "staff_id": desk.actor.staff_id,
                "contact_point_id": chosen.contact_point_id,
                "number_dialled": chosen.e164,
                "number_on_file": chosen.on_file,
                "tier": item_tier(item),
                "started_at": work.now,
                "dialled_at": work.now,
            },
        )
        calls.add_step_time(work.connection, attempt_id, CallStep.GREETING, work.now)
        work.entity_id = attempt_id
        work.facts.update(item_id=item_id, patient_id=item.patient_id, contact_point_id=chosen.contact_point_id)
        _keep_override(desk, work, attempt_id, item, site, chosen, reason)
        return build_sheet(desk, work.connection, attempt_id, token)


def _allowed(chosen: NumberChoice | None) -> NumberChoice:
    if chosen is None:
        raise CallRefused("no_number")
    decision = chosen.decision
    if decision.verdict is DialVerdict.REASON_NEEDED:
        raise CallRefused("reason_needed", why=decision.sentence, what_now=decision.next_step)
    if decision.verdict is DialVerdict.BLOCKED:
        raise CallRefused("may_not_ring", why=decision.sentence, what_now=decision.next_step)
    return chosen


def _add_to_note(desk: OpenDesk, work: Work, attempt_id: int, text: str) -> None:
    written = calls.note(work.connection, attempt_id)
    if text.strip() and (written is None or text != written.text):
        calls.add_note(work.connection, attempt_id, text, at=work.now, staff_id=desk.actor.staff_id, addendum=True)


def _keep_override(
    desk: OpenDesk, work: Work, attempt_id: int, item: Any, site: SitePolicy, chosen: NumberChoice, reason: str
) -> None:
    """Keep the reason for ringing past a rule, beside one written earlier in the same call (domain section 3)."""
    code = chosen.decision.code
    if not code:
        return
    attempt, _ = attempt_and_item(desk, work.connection, attempt_id)
    reasons = (attempt.override_reason, reason.strip())
    change(work, attempt_id, override_reason="; ".join(each for each in reasons if each))
    work.facts.update(override=code, reason_written=True)
    if "opt_out" in code:
        _raise_override_review(desk, work, attempt_id, item, site)


def _raise_override_review(desk: OpenDesk, work: Work, attempt_id: int, item: Any, site: SitePolicy) -> None:
    review = NewFollowUp(
        FollowUpKind.OVERRIDE_REVIEW,
        "Rung for an urgent reason although they asked not to be called: was that right?",
        next_day_opening(site, work.now),
        Role.SUPERVISOR,
    )
    follow_on.add_follow_ups(
        work.connection,
        (review,),
        {
            "patient_id": item.patient_id,
            "item_id": item.id,
            "attempt_id": attempt_id,
            "raised_by_id": desk.actor.staff_id,
            "raised_verb_id": work.verb_id,
        },
        at=work.now,
    )


def sheet(desk: OpenDesk, attempt_id: int, token: int) -> CallSheet:
    """Return the sheet of a running call as it stands."""
    with desk.store.read() as connection:
        return build_sheet(desk, connection, attempt_id, token)


def answer(desk: OpenDesk, attempt_id: int, token: int, who: WhoAnswered, spoke_with: str = "") -> CallSheet:
    """Keep who answered and go to the step that follows; another voice on the line starts the identity gate anew.

    Failures count for the whole call: a gate that has shut stays shut (domain section 4).
    """
    with call_step(desk, "call_answered", attempt_id, token) as (work, _, attempt):
        same_voice = who is WhoAnswered.CUT_OFF or (who, spoke_with) == (attempt.who_answered, attempt.spoke_with)
        has_failed = attempt.identity is IdentityResult.FAILED
        step = step_after_answer(who)
        if has_failed and step is CallStep.IDENTITY:
            step = step_after(step, who=who, identity=IdentityResult.FAILED)
        change(
            work,
            attempt_id,
            who_answered=who,
            spoke_with=spoke_with,
            answered_at=attempt.answered_at or work.now,
            step=step,
        )
        if not same_voice and not has_failed:
            change(work, attempt_id, identity=IdentityResult.NOT_ASKED, identity_kinds="", compared_with=None)
        calls.add_step_time(work.connection, attempt_id, step, work.now)
        work.facts["who"] = who.value
        return build_sheet(desk, work.connection, attempt_id, token)


def enter_step(desk: OpenDesk, attempt_id: int, token: int, step: CallStep) -> CallSheet:
    """Go to a step of the script. Raises CallRefused for the steps behind the identity gate while it is shut."""
    with call_step(desk, "call_step_entered", attempt_id, token) as (work, _, attempt):
        if step not in steps_open(attempt.who_answered, attempt.identity):
            raise CallRefused("step_shut")
        enter(work, attempt_id, step)
        work.facts["step"] = step.value
        return build_sheet(desk, work.connection, attempt_id, token)


def answer_same_person(desk: OpenDesk, attempt_id: int, token: int, other_patient_id: int, *, same: bool) -> CallSheet:
    """Keep whether another card with this number is the same person; its messages go along only if it is.

    Asked once for each pair. Raises CallRefused before identity passed, and for a card that is not alike.
    """
    with call_step(desk, "same_person_answered", attempt_id, token) as (work, item, attempt):
        keep_answer(desk, work.connection, item, attempt, other_patient_id, same=same)
        work.facts.update(patient_id=item.patient_id, other_patient_id=other_patient_id, same=same)
        return build_sheet(desk, work.connection, attempt_id, token)


def set_recording(desk: OpenDesk, attempt_id: int, token: int, said: RecordingAnswer) -> CallSheet:
    """Keep the answer to the recording question; a refusal goes on unrecorded."""
    with call_step(desk, "recording_answered", attempt_id, token) as (work, _, _attempt):
        change(work, attempt_id, recording=said)
        work.facts["answer"] = said.value
        return build_sheet(desk, work.connection, attempt_id, token)


def save_note(desk: OpenDesk, attempt_id: int, token: int, text: str) -> datetime:
    """Keep what was typed so far and return when; saved even when the claim was lost meanwhile."""
    with verb(desk, "note_saved", "call_attempt", attempt_id) as work:
        attempt, _ = attempt_and_item(desk, work.connection, attempt_id)
        if attempt.state is AttemptState.LOGGED:
            _add_to_note(desk, work, attempt_id, text)
        else:
            calls.write_note(work.connection, attempt_id, text, at=work.now, staff_id=desk.actor.staff_id)
        holds_claim = claims.holds(work.connection, attempt.patient_id, token, clock=desk.clock)
        work.facts.update(characters=len(text), holds_claim=holds_claim)
        return work.now


def heartbeat(desk: OpenDesk, attempt_id: int, token: int) -> int:
    """Prolong the claim and return how many seconds it runs. Raises CallRefused when somebody else took over."""
    with desk.store.write() as connection:
        attempt, _ = attempt_and_item(desk, connection, attempt_id)
        lease_seconds = policies.current(connection)[1].desk.lease_seconds
        if not claims.renew(connection, attempt.patient_id, token, clock=desk.clock, lease_seconds=lease_seconds):
            raise claim_lost()
        return lease_seconds


def open_emergency(desk: OpenDesk, attempt_id: int, token: int) -> CallSheet:
    """Open the emergency path: the message is shown whatever the identity gate says, and that is audited."""
    with call_step(desk, "emergency_opened", attempt_id, token) as (work, item, attempt):
        if follow_on.open_incident(work.connection, attempt_id) is None:
            follow_on.add_incident(
                work.connection,
                {
                    "item_id": attempt.item_id,
                    "attempt_id": attempt_id,
                    "opened_at": work.now,
                    "opened_by_id": desk.actor.staff_id,
                },
            )
        work.facts.update(patient_id=item.patient_id, identity=attempt.identity.value)
        return build_sheet(desk, work.connection, attempt_id, token)


def park(desk: OpenDesk, attempt_id: int, token: int) -> None:
    """Leave the call without an outcome: the patient is given back, the attempt waits for its outcome."""
    with verb(desk, "call_parked", "call_attempt", attempt_id) as work:
        attempt, _ = attempt_and_item(desk, work.connection, attempt_id)
        if attempt.state is AttemptState.IN_CALL:
            change(work, attempt_id, state=AttemptState.OUTCOME_MISSING)
        claims.release(work.connection, attempt.patient_id, token)


def unfinished_call(desk: OpenDesk) -> UnfinishedCall | None:
    """Return the person's newest call without an outcome, by initials, or None."""
    with desk.store.read() as connection:
        row = calls.unfinished(connection, desk.actor.staff_id)
    if row is None:
        return None
    initials = " ".join(f"{word[0].upper()}." for word in row.patient_name.split()) or "an unknown caller"
    return UnfinishedCall(row.id, row.item_id, initials, row.started_at)


def resume_call(desk: OpenDesk, attempt_id: int) -> CallSheet:
    """Take the patient again and go on with a cut-off call. Raises CallRefused while somebody else has them."""
    return _resume(desk, attempt_id)


def _resume(desk: OpenDesk, attempt_id: int, *, rings_again: bool = False, reason: str = "") -> CallSheet:
    with verb(desk, "call_resumed", "call_attempt", attempt_id) as work:
        attempt, item = attempt_and_item(desk, work.connection, attempt_id)
        if attempt.state is AttemptState.LOGGED:
            raise CallRefused("outcome_logged")
        policy = policies.current(work.connection)[1]
        if rings_again:
            site = policy.site_of(item.site_name)
            waiting = queue.waiting_of_patient(work.connection, item.patient_id)
            tier = pressing_tier(item, along_with(desk, work.connection, item, waiting))
            dialling = gather_for(work.connection, item, policy, site, work.now, tier=tier)
            chosen = _allowed(dialling.best(attempt.contact_point_id, reason))
            _keep_override(desk, work, attempt_id, item, site, chosen, reason)
        token = claims.take(
            work.connection,
            patient_id=attempt.patient_id,
            item_id=attempt.item_id,
            number=attempt.number_dialled,
            holder_id=desk.actor.staff_id,
            session_id=desk.actor.session_id,
            clock=desk.clock,
            lease_seconds=policy.desk.lease_seconds,
            take_over_own=True,
        )
        change(work, attempt_id, state=AttemptState.IN_CALL)
        return build_sheet(desk, work.connection, attempt_id, token, resumed=True)
