"""SQL of the call: attempts, notes, step times, and what decides about the next one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from callback_tui.models.vocabulary import (
    AttemptState,
    CallStep,
    Outcome,
)
from callback_tui.store import tables as t
from callback_tui.store.one_person import cards_of

_ATTEMPT = t.call_attempt.c


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
        .where(t.unfinished, _ATTEMPT.staff_id == staff_id, _ATTEMPT.lead_attempt_id.is_(None))
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
            _ATTEMPT.lead_attempt_id.is_(None),
            _ATTEMPT.outcome_at >= since,
        )
        .order_by(_ATTEMPT.outcome_at.desc(), _ATTEMPT.id.desc())
        .limit(1)
    ).one_or_none()


def attempt_of_verb(connection: Connection, staff_id: int, verb_id: str) -> Row[Any] | None:
    """Return the person's attempt whose outcome was logged by `verb_id`, or None."""
    return connection.execute(
        select(t.call_attempt).where(
            _ATTEMPT.staff_id == staff_id, _ATTEMPT.outcome_verb_id == verb_id, _ATTEMPT.lead_attempt_id.is_(None)
        )
    ).one_or_none()


def along_of(connection: Connection, lead: Row[Any]) -> Sequence[Row[Any]]:
    """Return the attempts on further messages that were logged with a call, in the order they were."""
    return connection.execute(
        select(t.call_attempt)
        .where(
            _ATTEMPT.patient_id.in_(cards_of(connection, lead.patient_id)),
            _ATTEMPT.lead_attempt_id == lead.id,
            _ATTEMPT.state == AttemptState.LOGGED,
        )
        .order_by(_ATTEMPT.id)
    ).all()


def ride_along(connection: Connection, lead: Row[Any], values: Mapping[str, Any]) -> int:
    """Store what a call was on a further message, whose columns `values` are, and return the attempt's id.

    It dialled nothing itself, so that no count of dials takes it for one. One that was taken back is used again.
    """
    shared = (
        *("staff_id", "contact_point_id", "number_on_file", "started_at", "answered_at", "who_answered"),
        *("spoke_with", "identity", "identity_kinds", "identity_failures", "compared_with", "recording"),
    )
    columns = {
        **{name: getattr(lead, name) for name in shared},
        "lead_attempt_id": lead.id,
        "step": lead.step,
        "rehearsal": lead.rehearsal,
        "state": AttemptState.OUTCOME_MISSING,
        **values,
    }
    known = connection.execute(
        select(_ATTEMPT.id).where(_ATTEMPT.item_id == values["item_id"], _ATTEMPT.lead_attempt_id == lead.id)
    ).scalar_one_or_none()
    if known is None:
        return add_attempt(connection, columns)
    change_attempt(connection, known, columns)
    return int(known)


def dials_since(
    connection: Connection, patient_id: int, since: datetime, cards: Sequence[int] = ()
) -> tuple[datetime, ...]:
    """Return when the patient was rung at or after `since`, oldest first; one call about many messages is one dial."""
    rows = connection.execute(
        select(_ATTEMPT.dialled_at)
        .where(
            _ATTEMPT.patient_id.in_(cards or cards_of(connection, patient_id)),
            _ATTEMPT.dialled_at >= since,
            _ATTEMPT.lead_attempt_id.is_(None),
            func.coalesce(_ATTEMPT.outcome, "") != Outcome.OPENED_IN_ERROR.value,
        )
        .order_by(_ATTEMPT.dialled_at)
    )
    return tuple(rows.scalars())


def voicemails_since(connection: Connection, patient_id: int, since: datetime, cards: Sequence[int] = ()) -> int:
    """Return how many voicemails were left for the patient at or after `since`."""
    return connection.execute(
        select(func.count()).where(
            _ATTEMPT.patient_id.in_(cards or cards_of(connection, patient_id)),
            _ATTEMPT.dialled_at >= since,
            _ATTEMPT.state == AttemptState.LOGGED,
            _ATTEMPT.outcome == Outcome.VOICEMAIL_LEFT,
            _ATTEMPT.lead_attempt_id.is_(None),
        )
    ).scalar_one()


def attempts_of_item(connection: Connection, item_id: int) -> int:
    """Return how many attempts of an item there are, the running one included."""
    counted = or_(_ATTEMPT.lead_attempt_id.is_(None), _ATTEMPT.state == AttemptState.LOGGED)
    return connection.execute(select(func.count()).where(_ATTEMPT.item_id == item_id, counted)).scalar_one()


def numbers(connection: Connection, patient_id: int, cards: Sequence[int] = ()) -> Sequence[Row[Any]]:
    """Return the contact points of a patient, of the card itself first, in the order to try them."""
    point = t.contact_point.c
    return connection.execute(
        select(t.contact_point)
        .where(point.patient_id.in_(cards or cards_of(connection, patient_id)))
        .order_by(point.patient_id != patient_id, point.rank, point.id)
    ).all()


def opt_outs(connection: Connection, patient_id: int, cards: Sequence[int] = ()) -> Sequence[Row[Any]]:
    """Return every opt-out fact of the patient, oldest first."""
    fact = t.opt_out_fact.c
    return connection.execute(
        select(t.opt_out_fact)
        .where(fact.patient_id.in_(cards or cards_of(connection, patient_id)))
        .order_by(fact.recorded_at, fact.id)
    ).all()


def instructions(connection: Connection, patient_id: int, cards: Sequence[int] = ()) -> Sequence[Row[Any]]:
    """Return the patient's safe-contact instructions in force."""
    wish = t.safe_contact.c
    return connection.execute(
        select(t.safe_contact)
        .where(wish.patient_id.in_(cards or cards_of(connection, patient_id)), wish.revoked_at.is_(None))
        .order_by(wish.asked_at)
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
