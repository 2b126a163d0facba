"""SQL of which cards are one person's: what was asked of us on one of them holds on all.

A reading, not a copy: merging cards drops nothing that was asked on either, and parting them again undoes it. Written
out, since building these queries anew costs ten times what it takes to run them.
"""

import json
from collections.abc import Collection

from sqlalchemy import Connection

_CARDS_OF = """
WITH RECURSIVE card(id) AS (
    SELECT ?
    UNION SELECT patient.merged_into_id FROM card JOIN patient ON patient.id = card.id
        WHERE patient.merged_into_id IS NOT NULL
    UNION SELECT patient.id FROM card JOIN patient ON patient.merged_into_id = card.id
    UNION SELECT said.other_patient_id FROM card JOIN same_person_answer AS said ON said.patient_id = card.id
        WHERE said.same = 1 AND said.id = (
            SELECT max(newest.id) FROM same_person_answer AS newest
            WHERE newest.patient_id = said.patient_id AND newest.other_patient_id = said.other_patient_id)
    UNION SELECT said.patient_id FROM card JOIN same_person_answer AS said ON said.other_patient_id = card.id
        WHERE said.same = 1 AND said.id = (
            SELECT max(newest.id) FROM same_person_answer AS newest
            WHERE newest.patient_id = said.patient_id AND newest.other_patient_id = said.other_patient_id)
)
SELECT id FROM card
"""
_OPTED_OUT = "SELECT DISTINCT patient_id FROM opt_out_fact"
_OPTED_OUT_AMONG = "SELECT DISTINCT patient_id FROM opt_out_fact WHERE patient_id IN (SELECT value FROM json_each(?))"
# From the few cards that are joined to another at all.
_JOINED_TO_OPTED_OUT = """
WITH RECURSIVE card(root, id) AS (
    SELECT DISTINCT patient_id, patient_id FROM opt_out_fact WHERE patient_id IN (
        SELECT id FROM patient WHERE merged_into_id > 0
        UNION ALL SELECT merged_into_id FROM patient WHERE merged_into_id > 0
        UNION ALL SELECT patient_id FROM same_person_answer
        UNION ALL SELECT other_patient_id FROM same_person_answer)
    UNION SELECT card.root, patient.merged_into_id FROM card JOIN patient ON patient.id = card.id
        WHERE patient.merged_into_id IS NOT NULL
    UNION SELECT card.root, patient.id FROM card JOIN patient ON patient.merged_into_id = card.id
    UNION SELECT card.root, said.other_patient_id FROM card JOIN same_person_answer AS said ON said.patient_id = card.id
        WHERE said.same = 1 AND said.id = (
            SELECT max(newest.id) FROM same_person_answer AS newest
            WHERE newest.patient_id = said.patient_id AND newest.other_patient_id = said.other_patient_id)
    UNION SELECT card.root, said.patient_id FROM card JOIN same_person_answer AS said ON said.other_patient_id = card.id
        WHERE said.same = 1 AND said.id = (
            SELECT max(newest.id) FROM same_person_answer AS newest
            WHERE newest.patient_id = said.patient_id AND newest.other_patient_id = said.other_patient_id)
)
SELECT root, id FROM card WHERE root <> id
"""


def cards_of(connection: Connection, patient_id: int) -> list[int]:
    """Return the ids of a patient's cards: this one, what it was merged with, what was said to be the same person."""
    return [row[0] for row in connection.exec_driver_sql(_CARDS_OF, (patient_id,))]


def opted_out_cards(connection: Connection, among: Collection[int] | None = None) -> list[tuple[int, int]]:
    """Return every card of everybody who has an opt-out fact: the card that has it, and one of the same person's.

    `among` names the cards asked about; None means all.
    """
    asked = () if among is None else (json.dumps(list(among)),)
    alone = connection.exec_driver_sql(_OPTED_OUT if among is None else _OPTED_OUT_AMONG, asked)
    joined = connection.exec_driver_sql(_JOINED_TO_OPTED_OUT)
    cards = [(row[0], row[0]) for row in alone]
    return cards + [(row[0], row[1]) for row in joined if among is None or row[1] in among]
