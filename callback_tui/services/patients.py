"""Patients' cards as verbs: facts from the chart, numbers on file, what patients asked of us."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import Channel, LeavePermission, NumberQuality, OptOutScope, SafeContactKind
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.views.patient import CardNumber, PatientCard

if TYPE_CHECKING:
    from sqlalchemy import Connection

_UNSAID = {"leave_permission": LeavePermission.MINIMUM, "quality": NumberQuality.GOOD}


def save_cards(desk: OpenDesk, cards: Sequence[PatientCard]) -> tuple[int, ...]:
    """Bring in the cards of new patients, all or none, and return their ids in the same order.

    Raises DeskError when a number on a card cannot be read.
    """
    from callback_tui.store import intake, patients
    from callback_tui.store.tables import patient

    with verb(desk, "cards_saved", "patient", "") as work:
        region = _region(work.connection)
        first_id = intake.next_id(work.connection, patient)
        rows: list[dict[str, Any]] = []
        numbers: list[dict[str, Any]] = []
        for patient_id, card in enumerate(cards, start=first_id):
            row, points = card_rows(card, patient_id, region, work.now)
            rows.append(row)
            numbers += points
        dead = patients.dead_numbers(work.connection, [point["value"] for point in numbers])
        patients.add(work.connection, rows, [point | _quality(point, dead, work.now) for point in numbers])
        work.facts["cards"] = len(rows)
    return tuple(row["id"] for row in rows)


def card_rows(
    card: PatientCard, patient_id: int, region: str, now: datetime
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the stored columns of a new patient and of the numbers on the card. Raises DeskError as `save_cards`."""
    from callback_tui.rules.match_name import folded

    facts = {field.name: getattr(card, field.name) for field in fields(card) if field.name != "numbers"}
    made = {"id": patient_id, "folded_name": folded(card.name), "provisional": False, "created_at": now}
    points: dict[str, dict[str, Any]] = {}
    for rank, number in enumerate(card.numbers):
        point = {"patient_id": patient_id, **_UNSAID, **_contact_point(number, region, rank)}
        # A number written twice is one number; the first one says how it may be used.
        points.setdefault(point["value"], point)
    return facts | made, list(points.values())


def add_number(desk: OpenDesk, patient_id: int, number: CardNumber) -> int:
    """Put a further number on the card, to be tried after the others; a number known already becomes one on file.

    What may be left at a known number stays unless `number` says otherwise. One that the desk knows as dead stays
    dead: `services.take_back.reopen_number` asks why it should work.
    Returns the id of the contact point. Raises DeskError when the number cannot be read or the patient is not known.
    """
    from callback_tui.store import patients

    with verb(desk, "number_added", "patient", patient_id) as work:
        _require(work.connection, patient_id)
        rank = patients.next_rank(work.connection, patient_id)
        point = _contact_point(number, _region(work.connection), rank)
        dead = patients.dead_numbers(work.connection, [point["value"]])
        new = _UNSAID | point
        new |= _quality(new, dead, work.now)
        if "quality" in point:
            point.update(quality_set_at=work.now, quality_before=None)
        point_id = patients.put_number(work.connection, patient_id, point, new=new)
        work.facts.update(contact_point=point_id, kind=number.kind.value)
    return point_id


def add_opt_out(
    desk: OpenDesk,
    patient_id: int,
    scope: OptOutScope,
    *,
    number: str = "",
    channel: Channel | None = None,
    said_by: str = "",
    how: str = "",
) -> int:
    """Append that the patient asked not to be called, and how far that reaches (domain section 3); return its id.

    `number` and `channel` are for the scopes that need them; without one every number or channel is meant. Raises
    DeskError for an unknown patient and for a number that cannot be read.
    """
    from callback_tui.store import patients

    with verb(desk, "opt_out_added", "patient", patient_id) as work:
        _require(work.connection, patient_id)
        fact_id = patients.add_opt_out(
            work.connection,
            {
                "patient_id": patient_id,
                "scope": scope,
                "number": _read(work.connection, number) if number.strip() else "",
                "channel": channel,
                "said_by": said_by,
                "how": how,
                "recorded_at": work.now,
                "recorded_by_id": desk.actor.staff_id,
            },
        )
        work.facts.update(opt_out=fact_id, scope=scope.value)
    return fact_id


def add_instruction(desk: OpenDesk, patient_id: int, kind: SafeContactKind, value: str = "") -> int:
    """Add a confidential-communication instruction to the card and return its id (45 CFR 164.522(b)).

    `value` is a number, a `ContactKind` word, a wall time such as "17:00" or words, by kind. Raises DeskError for an
    unknown patient and for a number that cannot be read.
    """
    from callback_tui.store import patients

    with verb(desk, "instruction_added", "patient", patient_id) as work:
        _require(work.connection, patient_id)
        instruction_id = patients.add_instruction(
            work.connection,
            {
                "patient_id": patient_id,
                "kind": kind,
                "value": _read(work.connection, value) if kind is SafeContactKind.NEVER_NUMBER else value,
                "asked_at": work.now,
                "recorded_by_id": desk.actor.staff_id,
            },
        )
        work.facts.update(instruction=instruction_id, kind=kind.value)
    return instruction_id


def _require(connection: "Connection", patient_id: int) -> None:
    from callback_tui.store import patients

    if not patients.exists(connection, patient_id):
        raise DeskError("no_patient")


def _region(connection: "Connection") -> str:
    from callback_tui.store import policy

    return policy.current(connection)[1].region


def _read(connection: "Connection", raw: str) -> str:
    from callback_tui.rules.phone import read_phone

    # A request is about one number: with a second one unread it would be kept at half its reach.
    reading = read_phone(raw, _region(connection))
    if reading.e164 is None or reading.note:
        raise DeskError("number_unreadable")
    return reading.e164


def _quality(
    point: Mapping[str, Any], dead: Mapping[str, datetime | None], now: datetime
) -> dict[str, NumberQuality | datetime | None]:
    """Return what is kept of how far a number can be trusted, and since when: dead for one is dead for the desk."""
    if point["value"] in dead:
        return {"quality": NumberQuality.DEAD, "quality_set_at": dead[point["value"]]}
    is_dead = point["quality"] is NumberQuality.DEAD
    return {"quality": point["quality"], "quality_set_at": now if is_dead else None}


def _contact_point(number: CardNumber, region: str, rank: int) -> dict[str, Any]:
    from callback_tui.rules.phone import read_phone

    reading = read_phone(number.raw, region)
    if reading.e164 is None:
        raise DeskError("card_number_unreadable")
    point = {
        "value": reading.e164,
        "kind": number.kind,
        "raw": reading.raw,
        "extension": reading.extension,
        "rank": rank,
        "on_file": True,
    }
    said = {"leave_permission": number.leave_permission, "quality": number.quality}
    return point | {name: value for name, value in said.items() if value is not None}
