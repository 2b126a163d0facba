"""SQL of patients' cards: facts, numbers on file, opt-outs, safe-contact instructions."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from callback_tui.store.tables import contact_point, opt_out_fact, patient, safe_contact


def add(connection: Connection, patients: Sequence[Mapping[str, Any]], numbers: Sequence[Mapping[str, Any]]) -> None:
    """Insert patients, ids included, and the numbers on their cards."""
    if patients:
        connection.execute(insert(patient), list(patients))
    if numbers:
        connection.execute(insert(contact_point), list(numbers))


def exists(connection: Connection, patient_id: int) -> bool:
    """Say whether there is such a patient."""
    return connection.execute(select(patient.c.id).where(patient.c.id == patient_id)).first() is not None


def next_rank(connection: Connection, patient_id: int) -> int:
    """Return the place after the patient's last contact point."""
    ranks = select(func.coalesce(func.max(contact_point.c.rank) + 1, 0)).where(contact_point.c.patient_id == patient_id)
    return int(connection.execute(ranks).scalar_one())


def put_number(connection: Connection, patient_id: int, values: Mapping[str, Any], *, if_new: Mapping[str, Any]) -> int:
    """Write a number of a patient and return the id of the contact point; of a known one `if_new` stays as it is."""
    mine = (contact_point.c.patient_id == patient_id, contact_point.c.value == values["value"])
    known = connection.execute(select(contact_point.c.id).where(*mine)).scalar_one_or_none()
    if known is not None:
        connection.execute(update(contact_point).where(*mine).values(**values))
        return int(known)
    added = insert(contact_point).values(patient_id=patient_id, **{**if_new, **values}).returning(contact_point.c.id)
    return int(connection.execute(added).scalar_one())


def add_opt_out(connection: Connection, values: Mapping[str, Any]) -> int:
    """Append an opt-out fact and return its id."""
    return int(connection.execute(insert(opt_out_fact).values(**values).returning(opt_out_fact.c.id)).scalar_one())


def add_instruction(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert a safe-contact instruction and return its id."""
    return int(connection.execute(insert(safe_contact).values(**values).returning(safe_contact.c.id)).scalar_one())
