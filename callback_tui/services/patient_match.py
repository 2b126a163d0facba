"""Finds the patient of each message at intake, or makes a provisional one: record number, then number and name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from callback_tui.models.vocabulary import ContactKind, LeavePermission, NumberQuality
from callback_tui.rules.match_name import folded
from callback_tui.views.intake import ParsedMessage

if TYPE_CHECKING:
    from sqlalchemy import Connection


class _Candidate(NamedTuple):
    patient_id: int
    date_of_birth: date | None
    record_number: str


class PatientMatcher:
    """Matches messages to patients chunk by chunk and remembers what the chunks before it made.

    Households share numbers, so a number alone matches nobody who has a name: same number and same folded name is the
    same patient, same number and no name on either side is the same unknown caller. A different date of birth or record
    number is a different patient.
    """

    def __init__(self, now: datetime) -> None:
        """`now` becomes the creation time of new patients."""
        self._now = now
        self._by_record: dict[str, int] = {}
        self._by_number: dict[tuple[str, str], list[_Candidate]] = {}
        self._has_number: set[tuple[int, str]] = set()
        self._asked: set[str] = set()

    def match(self, connection: "Connection", messages: Sequence[ParsedMessage]) -> list[int]:
        """Return the patient id of each message; new patients and contact points are inserted."""
        from callback_tui.store import intake
        from callback_tui.store.tables import contact_point, patient

        self._look_up(connection, messages)
        self._next_id = intake.next_id(connection, patient)
        self._new_patients: list[dict[str, Any]] = []
        self._new_points: list[dict[str, Any]] = []
        ids = [self._patient_of(message) for message in messages]
        intake.add(connection, patient, self._new_patients)
        intake.add(connection, contact_point, self._new_points)
        return ids

    def _look_up(self, connection: "Connection", messages: Sequence[ParsedMessage]) -> None:
        from callback_tui.store import intake

        records = {message.record_number for message in messages if message.record_number} - self._by_record.keys()
        self._by_record.update(intake.patients_by_record(connection, sorted(records)))
        numbers = {message.phone.e164 for message in messages if message.phone.e164} - self._asked
        self._asked |= numbers
        for known in intake.patients_by_number(connection, sorted(numbers)):
            self._has_number.add((known.patient_id, known.e164))
            candidate = _Candidate(known.patient_id, known.date_of_birth, known.record_number)
            self._by_number.setdefault((known.e164, known.folded_name), []).append(candidate)

    def _patient_of(self, message: ParsedMessage) -> int:
        name = message.patient_name or message.caller_name
        folded_name = folded(name)
        patient_id = self._by_record.get(message.record_number) if message.record_number else None
        if patient_id is None and message.phone.e164:
            patient_id = self._by_number_and_name(message, folded_name)
        if patient_id is None:
            patient_id = self._make(message, name, folded_name)
        self._note_number(message, patient_id)
        return patient_id

    def _by_number_and_name(self, message: ParsedMessage, folded_name: str) -> int | None:
        for candidate in self._by_number.get((message.phone.e164 or "", folded_name), ()):
            births = {message.date_of_birth, candidate.date_of_birth} - {None}
            records = {message.record_number, candidate.record_number} - {""}
            if len(births) <= 1 and len(records) <= 1:
                return candidate.patient_id
        return None

    def _make(self, message: ParsedMessage, name: str, folded_name: str) -> int:
        patient_id = self._next_id
        self._next_id += 1
        self._new_patients.append(
            {
                "id": patient_id,
                "name": name,
                "folded_name": folded_name,
                "provisional": True,
                "date_of_birth": message.date_of_birth,
                "record_number": message.record_number,
                "address": "",
                "zone": "",
                "language": "en",
                "needs_interpreter": False,
                "uses_tty": False,
                "last_visit_with": "",
                "created_at": self._now,
            }
        )
        if message.record_number:
            self._by_record[message.record_number] = patient_id
        if message.phone.e164:
            candidate = _Candidate(patient_id, message.date_of_birth, message.record_number)
            self._by_number.setdefault((message.phone.e164, folded_name), []).append(candidate)
        return patient_id

    def _note_number(self, message: ParsedMessage, patient_id: int) -> None:
        e164 = message.phone.e164
        if e164 is None or (patient_id, e164) in self._has_number:
            return
        self._has_number.add((patient_id, e164))
        self._new_points.append(
            {
                "patient_id": patient_id,
                "kind": ContactKind.OTHER_PHONE,
                "value": e164,
                "raw": message.phone.raw,
                "extension": message.phone.extension,
                "rank": 0,
                "leave_permission": LeavePermission.MINIMUM,
                "quality": NumberQuality.UNPROVEN,
                "on_file": False,
            }
        )
