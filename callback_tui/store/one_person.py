"""SQL of which cards are one person's: what was asked of us on one of them holds on all."""

from typing import Any

from sqlalchemy import CTE, ColumnElement, Select, exists, literal, select

from callback_tui.store.tables import patient, same_person_answer


def cards_of(patient_id: int) -> Select[tuple[int]]:
    """Return the query for the ids of a patient's cards: this one, what it was merged with, what was said to be it.

    A reading, not a copy: merging drops nothing that was asked on either card, and parting them again undoes it.
    """
    start: Any = select(literal(patient_id).label("root"), literal(patient_id).label("id"))
    return select(joined_cards(start).c.id)


def joined_cards(start: Select[Any]) -> CTE:
    """Return for each `root` that `start` names, with itself as `id`, the `id` of every card of the same person."""
    card = start.cte("card", recursive=True)
    newer = same_person_answer.alias("newer")
    said = same_person_answer.c
    is_newest = ~exists().where(
        newer.c.patient_id == said.patient_id,
        newer.c.other_patient_id == said.other_patient_id,
        newer.c.id > said.id,
    )
    is_same: tuple[ColumnElement[bool], ...] = (said.same.is_(True), is_newest)
    return card.union(
        select(card.c.root, patient.c.merged_into_id)
        .join(patient, patient.c.id == card.c.id)
        .where(patient.c.merged_into_id.is_not(None)),
        select(card.c.root, patient.c.id).join(patient, patient.c.merged_into_id == card.c.id),
        select(card.c.root, said.other_patient_id)
        .join(same_person_answer, said.patient_id == card.c.id)
        .where(*is_same),
        select(card.c.root, said.patient_id)
        .join(same_person_answer, said.other_patient_id == card.c.id)
        .where(*is_same),
    )
