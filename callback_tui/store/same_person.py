"""SQL of whether two cards are one person: which pair is still to be asked about, and the answers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, insert, or_, select

from callback_tui.store.one_person import cards_of
from callback_tui.store.queue import IN_QUEUE
from callback_tui.store.tables import contact_point, patient, queue_item, same_person_answer


def unanswered_neighbours(connection: Connection, patient_id: int) -> Sequence[Row[Any]]:
    """Return the cards that share a phone number with a person and have messages in the queue, without an answer yet.

    An answer is whether they are the same person, whichever it was.
    """
    cards = cards_of(connection, patient_id)
    mine, theirs, said = contact_point.alias("mine"), contact_point.c, same_person_answer.c
    answered = exists().where(
        or_(
            (said.patient_id == patient_id) & (said.other_patient_id == patient.c.id),
            (said.other_patient_id == patient_id) & (said.patient_id == patient.c.id),
        )
    )
    waits = exists().where(queue_item.c.patient_id == patient.c.id, queue_item.c.state.in_(IN_QUEUE))
    numbers = select(mine.c.value).where(mine.c.patient_id.in_(cards), mine.c.value.startswith("+"))
    with_number = select(theirs.patient_id).where(theirs.value.in_(numbers))
    return connection.execute(
        select(patient)
        .where(patient.c.id.in_(with_number), patient.c.id.not_in(cards), ~answered, waits)
        .order_by(patient.c.id)
    ).all()


def add_answer(
    connection: Connection, patient_id: int, other_patient_id: int, *, same: bool, at: datetime, staff_id: int
) -> None:
    """Keep whether two cards are one person; the newest answer about a pair counts."""
    smaller, larger = sorted((patient_id, other_patient_id))
    connection.execute(
        insert(same_person_answer).values(
            patient_id=smaller, other_patient_id=larger, same=same, said_at=at, said_by_id=staff_id
        )
    )
