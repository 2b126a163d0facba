"""SQL of matching messages to patients: whom a number or record number finds, what messages tell of patients."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Insert, Update, bindparam, case, exists, func, literal, or_, select, update
from sqlalchemy.dialects import sqlite

from callback_tui.models.vocabulary import ContactKind, LeavePermission, NumberQuality, ReviewFlag
from callback_tui.store.arrivals import Those
from callback_tui.store.intake import slices
from callback_tui.store.tables import contact_point, message, patient


class KnownPatient(NamedTuple):
    """What matching needs to know of a patient; `e164` is the number it was found by, if by one."""

    patient_id: int
    folded_name: str
    date_of_birth: Any
    record_number: str
    e164: str = ""


def patients_by_number(connection: Connection, numbers: Sequence[str]) -> list[KnownPatient]:
    """Return the patients who have one of these numbers, oldest first; a merged one as the patient it became.

    A number that was only heard finds nobody without a name.
    """
    found: list[KnownPatient] = []
    for some in slices(numbers):
        rows = connection.execute(
            select(
                func.coalesce(patient.c.merged_into_id, patient.c.id),
                patient.c.folded_name,
                patient.c.date_of_birth,
                patient.c.record_number,
                contact_point.c.value,
            )
            .join(contact_point, contact_point.c.patient_id == patient.c.id)
            .where(
                contact_point.c.value.in_(some),
                or_(patient.c.folded_name != "", contact_point.c.quality != NumberQuality.HEARD),
            )
            .order_by(patient.c.id)
        )
        found.extend(KnownPatient(*row) for row in rows)
    return found


def patients_by_record(connection: Connection, record_numbers: Sequence[str]) -> list[KnownPatient]:
    """Return the patients with these record numbers, oldest first; a merged one as the patient it became."""
    found: list[KnownPatient] = []
    for some in slices(record_numbers):
        rows = connection.execute(
            select(
                func.coalesce(patient.c.merged_into_id, patient.c.id),
                patient.c.folded_name,
                patient.c.date_of_birth,
                patient.c.record_number,
            )
            .where(patient.c.record_number.in_(some))
            .order_by(patient.c.id)
        )
        found.extend(KnownPatient(*row) for row in rows)
    return found


def note_numbers(connection: Connection, which: Those, at: datetime) -> None:
    """Keep the numbers that messages came from with their patients; `which` tells the messages.

    A number that was only heard in their words is kept as such. A dead number from which a message was left since it
    was marked is unproven again (domain section 3), and so is a heard one from which a message came.
    """
    addition, change = _number_notes(which.column)
    connection.execute(addition, {"those": which.number})
    connection.execute(change, {"those": which.number, "now": at})


@cache
def _number_notes(column: str) -> tuple[Insert, Update]:
    point = contact_point.c
    same = (point.patient_id == message.c.patient_id) & (point.value == message.c.phone_e164)
    is_newer = (message.c.imported_at > point.quality_set_at) & (
        message.c.received_at.is_(None) | (message.c.received_at > point.quality_set_at)
    )
    fixed = {
        "kind": ContactKind.OTHER_PHONE,
        "rank": 0,
        "leave_permission": LeavePermission.MINIMUM,
        "on_file": False,
    }
    values = [literal(value, type_=contact_point.c[name].type) for name, value in fixed.items()]
    is_heard = message.c.flags.contains(ReviewFlag.NUMBER_HEARD.value)
    qualities = (literal(each, type_=point.quality.type) for each in (NumberQuality.HEARD, NumberQuality.UNPROVEN))
    quality = case((is_heard, next(qualities)), else_=next(qualities))
    own = (message.c.patient_id, message.c.phone_e164, message.c.phone_raw, message.c.phone_extension)
    called = Those.by(column) & message.c.phone_e164.is_not(None)
    is_known = exists().where(same)
    addition = (
        sqlite.insert(contact_point)
        .from_select(
            ["patient_id", "value", "raw", "extension", *fixed, "quality"],
            select(*own, *values, quality).where(called, ~is_known).order_by(message.c.id),
        )
        .on_conflict_do_nothing()
    )
    is_due = ((point.quality == NumberQuality.DEAD) & is_newer) | (point.quality == NumberQuality.HEARD)
    came_back = select(point.id).join(message, same).where(called, ~is_heard, is_due)
    change = (
        update(contact_point)
        .where(point.id.in_(came_back))
        .values(quality_before=point.quality, quality=NumberQuality.UNPROVEN, quality_set_at=bindparam("now"))
    )
    return addition, change


def note_births(connection: Connection, births: Mapping[int, date]) -> None:
    """Keep dates of birth that messages gave with patients nobody has confirmed and whose card has none."""
    if not births:
        return
    connection.execute(
        update(patient)
        .where(patient.c.id == bindparam("known_id"), patient.c.provisional, patient.c.date_of_birth.is_(None))
        .values(date_of_birth=bindparam("born_on")),
        [{"known_id": patient_id, "born_on": born_on} for patient_id, born_on in births.items()],
    )
