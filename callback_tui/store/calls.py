"""SQL of the call: attempts, notes, step times, and what decides about the next one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, bindparam, func, insert, or_, select, update

from callback_tui.models.vocabulary import (
    AttemptState,
    CallStep,
    Outcome,
)
from callback_tui.store import tables as t
from callback_tui.store.one_person import cards_of

_ATTEMPT = t.call_attempt.c
_NOTE = t.call_note.c
_STEP_TIME = t.call_step_time.c
_OF_CARDS: BindParameter[Any] = bindparam("cards")
_one = cache(lambda: select(t.call_attempt).where(_ATTEMPT.id == bindparam("attempt_id")))
_addition = cache(lambda: insert(t.call_attempt).returning(_ATTEMPT.id))
_change = cache(lambda: update(t.call_attempt).where(_ATTEMPT.id == bindparam("attempt_id")))
_unfinished = cache(
    lambda: (
        select(t.call_attempt, t.patient.c.name.label("patient_name"))
        .join(t.patient, t.patient.c.id == _ATTEMPT.patient_id)
        # A sum, so that the few unfinished calls are gone through, and not all that the person ever made.
        .where(t.unfinished, _ATTEMPT.staff_id + 0 == bindparam("staff_id"), _ATTEMPT.lead_attempt_id.is_(None))
        .order_by(_ATTEMPT.started_at.desc(), _ATTEMPT.id.desc())
        .limit(1)
    )
)
_unfinished_of_item = cache(lambda: _unfinished().where(_ATTEMPT.item_id == bindparam("item_id")))
_dials_since = cache(
    lambda: (
        select(_ATTEMPT.dialled_at)
        .where(
            _ATTEMPT.patient_id.in_(_OF_CARDS),
            _ATTEMPT.dialled_at >= bindparam("since"),
            _ATTEMPT.lead_attempt_id.is_(None),
            func.coalesce(_ATTEMPT.outcome, "") != Outcome.OPENED_IN_ERROR.value,
        )
        .order_by(_ATTEMPT.dialled_at)
    )
)
_count_voicemails = cache(
    lambda: select(func.count()).where(
        _ATTEMPT.patient_id.in_(_OF_CARDS),
        _ATTEMPT.dialled_at >= bindparam("since"),
        _ATTEMPT.state == AttemptState.LOGGED,
        _ATTEMPT.outcome == Outcome.VOICEMAIL_LEFT,
        _ATTEMPT.lead_attempt_id.is_(None),
    )
)
_count_of_item = cache(
    lambda: select(func.count()).where(
        _ATTEMPT.item_id == bindparam("item_id"),
        or_(_ATTEMPT.lead_attempt_id.is_(None), _ATTEMPT.state == AttemptState.LOGGED),
    )
)
_numbers = cache(
    lambda: (
        select(t.contact_point)
        .where(t.contact_point.c.patient_id.in_(_OF_CARDS))
        .order_by(t.contact_point.c.patient_id != bindparam("first_card"), t.contact_point.c.rank, t.contact_point.c.id)
    )
)
_opt_outs = cache(
    lambda: (
        select(t.opt_out_fact)
        .where(t.opt_out_fact.c.patient_id.in_(_OF_CARDS))
        .order_by(t.opt_out_fact.c.recorded_at, t.opt_out_fact.c.id)
    )
)
_instructions = cache(
    lambda: (
        select(t.safe_contact)
        .where(t.safe_contact.c.patient_id.in_(_OF_CARDS), t.safe_contact.c.revoked_at.is_(None))
        .order_by(t.safe_contact.c.asked_at)
    )
)
_note = cache(lambda: select(t.call_note).where(_NOTE.attempt_id == bindparam("call_id"), ~_NOTE.addendum))
_note_change = cache(lambda: update(t.call_note).where(_NOTE.attempt_id == bindparam("call_id"), ~_NOTE.addendum))
_note_addition = cache(lambda: insert(t.call_note))
_step_addition = cache(lambda: insert(t.call_step_time))
_steps = cache(
    lambda: select(_STEP_TIME.step).where(_STEP_TIME.attempt_id == bindparam("attempt_id")).order_by(_STEP_TIME.id)
)


def add_attempt(connection: Connection, values: Mapping[str, Any]) -> int:
    """Store a new attempt and return its id."""
    return int(connection.execute(_addition(), dict(values)).scalar_one())


def attempt(connection: Connection, attempt_id: int) -> Row[Any] | None:
    """Return one attempt, or None."""
    return connection.execute(_one(), {"attempt_id": attempt_id}).one_or_none()


def change_attempt(connection: Connection, attempt_id: int, values: Mapping[str, Any]) -> None:
    """Write columns of one attempt."""
    connection.execute(_change(), {"attempt_id": attempt_id, **values})


def unfinished(connection: Connection, staff_id: int, item_id: int | None = None) -> Row[Any] | None:
    """Return the person's newest attempt without an outcome, of one item or of any, with the patient's name."""
    query = _unfinished() if item_id is None else _unfinished_of_item()
    return connection.execute(query, {"staff_id": staff_id, "item_id": item_id}).one_or_none()


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
    asked = {"cards": cards or cards_of(connection, patient_id), "since": since}
    return tuple(connection.execute(_dials_since(), asked).scalars())


def voicemails_since(connection: Connection, patient_id: int, since: datetime, cards: Sequence[int] = ()) -> int:
    """Return how many voicemails were left for the patient at or after `since`."""
    asked = {"cards": cards or cards_of(connection, patient_id), "since": since}
    return connection.execute(_count_voicemails(), asked).scalar_one()


def attempts_of_item(connection: Connection, item_id: int) -> int:
    """Return how many attempts of an item there are, the running one included."""
    return connection.execute(_count_of_item(), {"item_id": item_id}).scalar_one()


def numbers(connection: Connection, patient_id: int, cards: Sequence[int] = ()) -> Sequence[Row[Any]]:
    """Return the contact points of a patient, of the card itself first, in the order to try them."""
    asked = {"cards": cards or cards_of(connection, patient_id), "first_card": patient_id}
    return connection.execute(_numbers(), asked).all()


def opt_outs(connection: Connection, patient_id: int, cards: Sequence[int] = ()) -> Sequence[Row[Any]]:
    """Return every opt-out fact of the patient, oldest first."""
    return connection.execute(_opt_outs(), {"cards": cards or cards_of(connection, patient_id)}).all()


def instructions(connection: Connection, patient_id: int, cards: Sequence[int] = ()) -> Sequence[Row[Any]]:
    """Return the patient's safe-contact instructions in force."""
    return connection.execute(_instructions(), {"cards": cards or cards_of(connection, patient_id)}).all()


def note(connection: Connection, attempt_id: int) -> Row[Any] | None:
    """Return the note typed during a call, or None."""
    return connection.execute(_note(), {"call_id": attempt_id}).one_or_none()


def write_note(connection: Connection, attempt_id: int, text: str, *, at: datetime, staff_id: int) -> None:
    """Keep the whole text typed so far during a call."""
    if note(connection, attempt_id) is None:
        add_note(connection, attempt_id, text, at=at, staff_id=staff_id, addendum=False)
    else:
        connection.execute(_note_change(), {"call_id": attempt_id, "text": text, "saved_at": at})


def add_note(
    connection: Connection, attempt_id: int, text: str, *, at: datetime, staff_id: int, addendum: bool
) -> None:
    """Add a note of its own; what was written before stays as it is."""
    values = {"attempt_id": attempt_id, "text": text, "saved_at": at, "written_by_id": staff_id, "addendum": addendum}
    connection.execute(_note_addition(), values)


def add_step_time(connection: Connection, attempt_id: int, step: CallStep, at: datetime) -> None:
    """Keep when a step was entered."""
    connection.execute(_step_addition(), {"attempt_id": attempt_id, "step": step, "entered_at": at})


def steps_entered(connection: Connection, attempt_id: int) -> tuple[CallStep, ...]:
    """Return the steps entered so far, in order, with repeats."""
    return tuple(connection.execute(_steps(), {"attempt_id": attempt_id}).scalars())
