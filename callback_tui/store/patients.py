"""SQL of patients' cards: facts, numbers on file, opt-outs, safe-contact instructions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from callback_tui.models.vocabulary import NumberQuality
from callback_tui.store.intake import slices
from callback_tui.store.one_person import cards_of
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


def dead_numbers(connection: Connection, numbers: Sequence[str]) -> dict[str, datetime | None]:
    """Return which of these numbers the desk knows as dead, on whatever card, and since when."""
    point = contact_point.c
    dead: dict[str, datetime | None] = {}
    for some in slices(numbers):
        rows = connection.execute(
            select(point.value, func.max(point.quality_set_at))
            .where(point.value.in_(some), point.quality == NumberQuality.DEAD)
            .group_by(point.value)
        )
        dead.update({row[0]: row[1] for row in rows})
    return dead


def put_number(connection: Connection, patient_id: int, values: Mapping[str, Any], *, new: Mapping[str, Any]) -> int:
    """Write `values` of a number that a patient has, else add it as `new`; return the id of the contact point.

    A dead one stays dead, whatever `values` say.
    """
    mine = (contact_point.c.patient_id == patient_id, contact_point.c.value == values["value"])
    known = connection.execute(select(contact_point.c.id, contact_point.c.quality).where(*mine)).one_or_none()
    if known is not None:
        is_dead = known.quality == NumberQuality.DEAD
        written = {name: value for name, value in values.items() if not (is_dead and name.startswith("quality"))}
        connection.execute(update(contact_point).where(*mine).values(**written))
        return int(known.id)
    added = insert(contact_point).values(patient_id=patient_id, **new).returning(contact_point.c.id)
    return int(connection.execute(added).scalar_one())


def add_opt_out(connection: Connection, values: Mapping[str, Any]) -> int:
    """Append an opt-out fact and return its id."""
    return int(connection.execute(insert(opt_out_fact).values(**values).returning(opt_out_fact.c.id)).scalar_one())


def opt_out(connection: Connection, opt_out_id: int) -> Row[Any] | None:
    """Return one opt-out fact, or None."""
    return connection.execute(select(opt_out_fact).where(opt_out_fact.c.id == opt_out_id)).one_or_none()


def reopen_number(connection: Connection, contact_point_id: int, at: datetime) -> int:
    """Make a dead number unproven on every card of the person who has it; return on how many cards it was dead."""
    point = contact_point.c
    asked = connection.execute(select(point.patient_id, point.value).where(point.id == contact_point_id)).one_or_none()
    if asked is None:
        return 0
    return connection.execute(
        update(contact_point)
        .where(
            point.patient_id.in_(cards_of(connection, asked.patient_id)),
            point.value == asked.value,
            point.quality == NumberQuality.DEAD,
        )
        .values(quality_before=point.quality, quality=NumberQuality.UNPROVEN, quality_set_at=at)
    ).rowcount


def add_instruction(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert a safe-contact instruction and return its id."""
    return int(connection.execute(insert(safe_contact).values(**values).returning(safe_contact.c.id)).scalar_one())
