"""SQL of the call: attempts, notes, step times, what an outcome raises."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from callback_tui.models.vocabulary import (
    AttemptState,
    CallStep,
    FollowUpState,
    NumberQuality,
    OptOutScope,
    Outcome,
    PromiseState,
)
from callback_tui.store import tables as t
from callback_tui.views.call import NewFollowUp

_ATTEMPT = t.call_attempt.c
_CUT_OFF = (AttemptState.IN_CALL, AttemptState.OUTCOME_MISSING)


def add_attempt(connection: Connection, values: Mapping[str, Any]) -> int:
    """Store a new attempt and return its id."""
    return int(connection.execute(insert(t.call_attempt).values(**values).returning(_ATTEMPT.id)).scalar_one())


def attempt(connection: Connection, attempt_id: int) -> Row[Any] | None:
    """Return one attempt, or None."""
    return connection.execute(select(t.call_attempt).where(_ATTEMPT.id == attempt_id)).one_or_none()


def change_attempt(connection: Connection, attempt_id: int, values: Mapping[str, Any]) -> None:
    """Write columns of one attempt."""
    connection.execute(update(t.call_attempt).where(_ATTEMPT.id == attempt_id).values(**values))


def unfinished(connection: Connection, staff_id: int, item_id: int | None = None) -> Row[Any] | None:
    """Return the person's newest attempt without an outcome, of one item or of any, with the patient's name."""
    query = (
        select(t.call_attempt, t.patient.c.name.label("patient_name"))
        .join(t.patient, t.patient.c.id == _ATTEMPT.patient_id)
        .where(_ATTEMPT.staff_id == staff_id, _ATTEMPT.state.in_(_CUT_OFF))
        .order_by(_ATTEMPT.started_at.desc(), _ATTEMPT.id.desc())
        .limit(1)
    )
    if item_id is not None:
        query = query.where(_ATTEMPT.item_id == item_id)
    return connection.execute(query).one_or_none()


def newest_logged(connection: Connection, staff_id: int, since: datetime) -> Row[Any] | None:
    """Return the attempt whose outcome the person logged last, not before `since`, or None."""
    return connection.execute(
        select(t.call_attempt)
        .where(
            _ATTEMPT.staff_id == staff_id,
            _ATTEMPT.state == AttemptState.LOGGED,
            _ATTEMPT.outcome_at >= since,
        )
        .order_by(_ATTEMPT.outcome_at.desc(), _ATTEMPT.id.desc())
        .limit(1)
    ).one_or_none()


def attempt_of_verb(connection: Connection, staff_id: int, verb_id: str) -> Row[Any] | None:
    """Return the person's attempt whose outcome was logged by `verb_id`, or None."""
    return connection.execute(
        select(t.call_attempt).where(_ATTEMPT.staff_id == staff_id, _ATTEMPT.outcome_verb_id == verb_id)
    ).one_or_none()


def dials_since(connection: Connection, patient_id: int, since: datetime) -> int:
    """Return how often the patient was rung at or after `since`."""
    return connection.execute(
        select(func.count()).where(
            _ATTEMPT.patient_id == patient_id,
            _ATTEMPT.dialled_at >= since,
            func.coalesce(_ATTEMPT.outcome, "") != Outcome.OPENED_IN_ERROR.value,
        )
    ).scalar_one()


def voicemails_since(connection: Connection, patient_id: int, since: datetime) -> int:
    """Return how many voicemails were left for the patient at or after `since`."""
    return connection.execute(
        select(func.count()).where(
            _ATTEMPT.patient_id == patient_id,
            _ATTEMPT.dialled_at >= since,
            _ATTEMPT.state == AttemptState.LOGGED,
            _ATTEMPT.outcome == Outcome.VOICEMAIL_LEFT,
        )
    ).scalar_one()


def attempts_of_item(connection: Connection, item_id: int) -> int:
    """Return how many attempts of an item there are, the running one included."""
    return connection.execute(select(func.count()).where(_ATTEMPT.item_id == item_id)).scalar_one()


def numbers(connection: Connection, patient_id: int) -> Sequence[Row[Any]]:
    """Return the patient's contact points in the order to try them."""
    point = t.contact_point.c
    return connection.execute(
        select(t.contact_point).where(point.patient_id == patient_id).order_by(point.rank, point.id)
    ).all()


def opt_outs(connection: Connection, patient_id: int) -> Sequence[Row[Any]]:
    """Return every opt-out fact of the patient, oldest first."""
    fact = t.opt_out_fact.c
    return connection.execute(
        select(t.opt_out_fact).where(fact.patient_id == patient_id).order_by(fact.recorded_at, fact.id)
    ).all()


def instructions(connection: Connection, patient_id: int) -> Sequence[Row[Any]]:
    """Return the patient's safe-contact instructions in force."""
    wish = t.safe_contact.c
    return connection.execute(
        select(t.safe_contact).where(wish.patient_id == patient_id, wish.revoked_at.is_(None)).order_by(wish.asked_at)
    ).all()


def note(connection: Connection, attempt_id: int) -> Row[Any] | None:
    """Return the note typed during a call, or None."""
    return connection.execute(
        select(t.call_note).where(t.call_note.c.attempt_id == attempt_id, ~t.call_note.c.addendum)
    ).one_or_none()


def write_note(connection: Connection, attempt_id: int, text: str, *, at: datetime, staff_id: int) -> None:
    """Keep the whole text typed so far during a call."""
    if note(connection, attempt_id) is None:
        add_note(connection, attempt_id, text, at=at, staff_id=staff_id, addendum=False)
    else:
        connection.execute(
            update(t.call_note)
            .where(t.call_note.c.attempt_id == attempt_id, ~t.call_note.c.addendum)
            .values(text=text, saved_at=at)
        )


def add_note(
    connection: Connection, attempt_id: int, text: str, *, at: datetime, staff_id: int, addendum: bool
) -> None:
    """Add a note of its own; what was written before stays as it is."""
    connection.execute(
        insert(t.call_note).values(
            attempt_id=attempt_id, text=text, saved_at=at, written_by_id=staff_id, addendum=addendum
        )
    )


def add_step_time(connection: Connection, attempt_id: int, step: CallStep, at: datetime) -> None:
    """Keep when a step was entered."""
    connection.execute(insert(t.call_step_time).values(attempt_id=attempt_id, step=step, entered_at=at))


def steps_entered(connection: Connection, attempt_id: int) -> tuple[CallStep, ...]:
    """Return the steps entered so far, in order, with repeats."""
    rows = connection.execute(
        select(t.call_step_time.c.step)
        .where(t.call_step_time.c.attempt_id == attempt_id)
        .order_by(t.call_step_time.c.id)
    )
    return tuple(rows.scalars())


def open_incident(connection: Connection, attempt_id: int) -> Row[Any] | None:
    """Return the emergency opened during a call and not withdrawn, or None."""
    return connection.execute(
        select(t.incident).where(t.incident.c.attempt_id == attempt_id, t.incident.c.withdrawn_at.is_(None))
    ).first()


def add_incident(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store an emergency."""
    connection.execute(insert(t.incident).values(**values))


def change_incident(connection: Connection, incident_id: int, values: Mapping[str, Any]) -> None:
    """Write columns of an emergency."""
    connection.execute(update(t.incident).where(t.incident.c.id == incident_id).values(**values))


def add_follow_ups(
    connection: Connection, follow_ups: Sequence[NewFollowUp], values: Mapping[str, Any], *, at: datetime
) -> None:
    """Store the follow-ups of one outcome; `values` are the columns they share."""
    for follow_up in follow_ups:
        connection.execute(
            insert(t.follow_up).values(
                kind=follow_up.kind,
                text=follow_up.text,
                due_at=follow_up.due_at,
                owner_role=follow_up.owner_role,
                state=FollowUpState.OPEN,
                raised_at=at,
                **values,
            )
        )


def add_promise(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store a promise to ring at a time."""
    connection.execute(insert(t.promise).values(state=PromiseState.OPEN, **values))


def judge_promises(connection: Connection, item_id: int, *, dialled_at: datetime, at: datetime, verb_id: str) -> None:
    """End the item's older promises: kept when it was dialled by the promised instant, else broken."""
    promise = t.promise.c
    older = (promise.item_id == item_id, promise.state == PromiseState.OPEN, promise.made_verb_id != verb_id)
    for state, in_time in (
        (PromiseState.KEPT, promise.due_at >= dialled_at),
        (PromiseState.BROKEN, promise.due_at < dialled_at),
    ):
        connection.execute(update(t.promise).where(*older, in_time).values(state=state, ended_at=at))


def add_hand_off(connection: Connection, values: Mapping[str, Any]) -> None:
    """Store an escalation with its context."""
    connection.execute(insert(t.hand_off).values(**values))


def take_hand_offs(connection: Connection, item_id: int, *, at: datetime, staff_id: int) -> None:
    """Mark the item's waiting escalations as taken."""
    hand_off = t.hand_off.c
    connection.execute(
        update(t.hand_off)
        .where(hand_off.item_id == item_id, hand_off.taken_at.is_(None), hand_off.withdrawn_at.is_(None))
        .values(taken_at=at, taken_by_id=staff_id)
    )


def hand_off_due(connection: Connection, item_id: int) -> datetime | None:
    """Return by when a clinician must take the item, or None when no escalation of it waits."""
    hand_off = t.hand_off.c
    due_times: Sequence[datetime] = (
        connection.execute(
            select(hand_off.due_at).where(
                hand_off.item_id == item_id, hand_off.taken_at.is_(None), hand_off.withdrawn_at.is_(None)
            )
        )
        .scalars()
        .all()
    )
    return min(due_times, default=None)


def add_opt_out(connection: Connection, patient_id: int, attempt_id: int, *, at: datetime, staff_id: int) -> None:
    """Append the fact that the patient asked on this call not to be called."""
    connection.execute(
        insert(t.opt_out_fact).values(
            patient_id=patient_id,
            scope=OptOutScope.ALL,
            how="said on the call",
            recorded_at=at,
            recorded_by_id=staff_id,
            attempt_id=attempt_id,
        )
    )


def mark_dead(connection: Connection, number: str, at: datetime) -> None:
    """Stop a number for the whole desk, keeping what it was before."""
    point = t.contact_point.c
    connection.execute(
        update(t.contact_point)
        .where(point.value == number, point.quality != NumberQuality.DEAD)
        .values(quality_before=point.quality, quality=NumberQuality.DEAD, quality_set_at=at)
    )


def mark_good(connection: Connection, contact_point_id: int, at: datetime) -> None:
    """Keep that the patient was reached at a number."""
    point = t.contact_point.c
    connection.execute(
        update(t.contact_point)
        .where(point.id == contact_point_id, point.quality == NumberQuality.UNPROVEN)
        .values(quality_before=point.quality, quality=NumberQuality.GOOD, quality_set_at=at)
    )


def take_back_outcome(
    connection: Connection, attempt_row: Row[Any], verb_id: str, *, logged_at: datetime, at: datetime, staff_id: int
) -> None:
    """Withdraw what one outcome raised; facts stay, each with the fact that ends it."""
    follow_up, promise = t.follow_up.c, t.promise.c
    connection.execute(
        update(t.follow_up)
        .where(follow_up.raised_verb_id == verb_id, follow_up.state == FollowUpState.OPEN)
        .values(state=FollowUpState.WITHDRAWN, ended_at=at, ended_by_id=staff_id)
    )
    connection.execute(
        update(t.promise).where(promise.made_verb_id == verb_id).values(state=PromiseState.WITHDRAWN, ended_at=at)
    )
    connection.execute(
        update(t.promise)
        .where(promise.item_id == attempt_row.item_id, promise.ended_at == logged_at, promise.made_verb_id != verb_id)
        .values(state=PromiseState.OPEN, ended_at=None)
    )
    connection.execute(
        update(t.hand_off)
        .where(t.hand_off.c.attempt_id == attempt_row.id, t.hand_off.c.made_at == logged_at)
        .values(withdrawn_at=at)
    )
    connection.execute(
        update(t.contact_point)
        .where(
            t.contact_point.c.value == attempt_row.number_dialled,
            t.contact_point.c.quality_set_at == logged_at,
        )
        .values(quality=t.contact_point.c.quality_before, quality_before=None, quality_set_at=at)
    )
    connection.execute(
        update(t.hand_off)
        .where(t.hand_off.c.item_id == attempt_row.item_id, t.hand_off.c.taken_at == logged_at)
        .values(taken_at=None, taken_by_id=None)
    )
    connection.execute(
        update(t.incident)
        .where(t.incident.c.attempt_id == attempt_row.id, t.incident.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at)
    )
    fact = t.opt_out_fact.c
    for opt_out in connection.execute(
        select(t.opt_out_fact).where(fact.attempt_id == attempt_row.id, fact.recorded_at == logged_at)
    ).all():
        connection.execute(
            insert(t.opt_out_fact).values(
                patient_id=opt_out.patient_id,
                scope=opt_out.scope,
                number=opt_out.number,
                channel=opt_out.channel,
                revokes_id=opt_out.id,
                how="logged by mistake, taken back within the minute",
                recorded_at=at,
                recorded_by_id=staff_id,
                attempt_id=attempt_row.id,
            )
        )
