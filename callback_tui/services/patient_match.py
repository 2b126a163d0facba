"""Finds the patient of each message at intake, or makes a provisional one: record number, then number and name."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from callback_tui.models.vocabulary import ContactKind, LeavePermission, NumberQuality, ReviewFlag
from callback_tui.rules.match_name import folded, names_agree
from callback_tui.views.intake import ParsedMessage

if TYPE_CHECKING:
    from sqlalchemy import Connection


class _Candidate(NamedTuple):
    patient_id: int
    folded_name: str
    date_of_birth: date | None
    record_number: str


class PatientMatcher:
    """Matches messages to patients chunk by chunk and remembers what the chunks before it made.

    Households share numbers, so a number alone matches nobody who has a name: same number and same folded name is the
    same patient, same number and no name on either side is the same unknown caller. A different date of birth or record
    number is a different patient, and so is another name under one record number; where a number and a name fit several
    patients and nothing tells which, it is nobody of them until a nurse says so. A number that was only heard in the
    words of a message tells nobody by itself. Two charts for one person are mended by merging, one chart for two
    people harms both.
    """

    def __init__(self, now: datetime) -> None:
        """`now` becomes the creation time of new patients."""
        self._now = now
        self._by_record: dict[str, tuple[_Candidate, ...]] = {}
        self._by_number: dict[str, tuple[_Candidate, ...]] = {}
        self._asked_records: set[str] = set()
        self._asked_numbers: set[str] = set()
        self.births: dict[int, date] = {}
        """Dates of birth the messages gave of patients, to be kept where the card has none."""

    def note_birth(self, message: ParsedMessage, patient_id: int) -> None:
        """Remember the date of birth that a message of this patient gave."""
        if message.date_of_birth is not None:
            self.births.setdefault(patient_id, message.date_of_birth)

    def match(self, connection: "Connection", messages: Sequence[ParsedMessage]) -> list[int]:
        """Return the patient id of each message; new patients are inserted, each with the number it called from.

        What a message tells of a patient who is there already waits until the message is published.
        """
        from callback_tui.store import intake
        from callback_tui.store.tables import contact_point, patient

        self._look_up(connection, messages)
        self._next_id = intake.next_id(connection, patient)
        self._new_patients: list[tuple[Any, ...]] = []
        self._new_points: list[tuple[Any, ...]] = []
        ids = [self._patient_of(message) for message in messages]
        intake.add_values(connection, patient, _PATIENT_COLUMNS, self._new_patients)
        intake.add_values(connection, contact_point, _POINT_COLUMNS, self._new_points)
        return ids

    def known(self, connection: "Connection", messages: Sequence[ParsedMessage]) -> list[int | None]:
        """Return the id of each message's patient where it is one the desk has, for a run that writes nothing."""
        self._look_up(connection, messages)
        return [self._found(message, folded(message.patient_name or message.caller_name)) for message in messages]

    def _look_up(self, connection: "Connection", messages: Sequence[ParsedMessage]) -> None:
        from callback_tui.store import patient_match

        records = {message.record_number for message in messages if message.record_number} - self._asked_records
        self._asked_records |= records
        for known in patient_match.patients_by_record(connection, sorted(records)):
            _keep(self._by_record, known.record_number, _Candidate(*known[:4]))
        numbers = {message.phone.e164 for message in messages if message.phone.e164} - self._asked_numbers
        self._asked_numbers |= numbers
        for known in patient_match.patients_by_number(connection, sorted(numbers)):
            _keep(self._by_number, _caller(known.e164, known.folded_name), _Candidate(*known[:4]))

    def _patient_of(self, message: ParsedMessage) -> int:
        folded_name = folded(message.patient_name or message.caller_name)
        patient_id = self._found(message, folded_name)
        return self._make(message, folded_name) if patient_id is None else patient_id

    def _found(self, message: ParsedMessage, folded_name: str) -> int | None:
        patient_id = self._by_record_number(message, folded_name) if message.record_number else None
        if patient_id is None and message.phone.e164 and _may_tell(message, folded_name):
            patient_id = self._by_number_and_name(message, folded_name)
        return patient_id

    def _by_record_number(self, message: ParsedMessage, folded_name: str) -> int | None:
        for candidate in self._by_record.get(message.record_number, ()):
            born_on = self._born_on(candidate)
            if born_on is None or message.date_of_birth is None:
                is_same = names_agree(folded_name, candidate.folded_name)
            else:
                is_same = born_on == message.date_of_birth
            if is_same:
                return self._known(candidate, message)
        return None

    def _by_number_and_name(self, message: ParsedMessage, folded_name: str) -> int | None:
        fitting: dict[int, _Candidate] = {}
        for candidate in self._by_number.get(_caller(message.phone.e164 or "", folded_name), ()):
            births = {message.date_of_birth, self._born_on(candidate)} - {None}
            records = {message.record_number, candidate.record_number} - {""}
            if len(births) <= 1 and len(records) <= 1:
                fitting.setdefault(candidate.patient_id, candidate)
        if len(fitting) > 1:
            fitting = {each.patient_id: each for each in fitting.values() if self._says_the_same(each, message)}
        return self._known(next(iter(fitting.values())), message) if fitting else None

    def _says_the_same(self, candidate: _Candidate, message: ParsedMessage) -> bool:
        """Return whether a detail that tells namesakes of a household apart is shared, or both sides have none."""
        known, told = (
            (self._born_on(candidate), candidate.record_number),
            (message.date_of_birth, message.record_number),
        )
        return any(one and one == other for one, other in zip(known, told, strict=True)) or not any((*known, *told))

    def _known(self, candidate: _Candidate, message: ParsedMessage) -> int:
        if candidate.date_of_birth is None:
            self.note_birth(message, candidate.patient_id)
        return candidate.patient_id

    def _born_on(self, candidate: _Candidate) -> date | None:
        return candidate.date_of_birth or self.births.get(candidate.patient_id)

    def _make(self, message: ParsedMessage, folded_name: str) -> int:
        patient_id = self._next_id
        self._next_id += 1
        name = message.patient_name or message.caller_name
        self._new_patients.append(_patient_values(patient_id, name, folded_name, message, self._now))
        candidate = _Candidate(patient_id, folded_name, message.date_of_birth, message.record_number)
        if message.record_number:
            _keep(self._by_record, message.record_number, candidate)
        e164 = message.phone.e164
        if e164:
            if _may_tell(message, folded_name):
                _keep(self._by_number, _caller(e164, folded_name), candidate)
            self._new_points.append(_point_values(patient_id, e164, message))
        return patient_id


def _may_tell(message: ParsedMessage, folded_name: str) -> bool:
    """Return whether the number may find the patient: with a name, or when it is the one they rang from."""
    return bool(folded_name) or _HEARD_FLAG not in message.flags


def _caller(e164: str, folded_name: str) -> str:
    return f"{e164} {folded_name}"


def _keep(known: dict[str, tuple[_Candidate, ...]], key: str, candidate: _Candidate) -> None:
    # Most keys find one patient, and a large file brings a hundred thousand: tuples hold them in the least memory.
    known[key] = (*known.get(key, ()), candidate)


def provisional_patient(patient_id: int, message: ParsedMessage, now: datetime) -> dict[str, Any]:
    """Return the stored columns of somebody known only by a message."""
    name = message.patient_name or message.caller_name
    return dict(zip(_PATIENT_COLUMNS, _patient_values(patient_id, name, folded(name), message, now), strict=True))


def called_from(patient_id: int, e164: str, message: ParsedMessage) -> dict[str, Any]:
    """Return the stored columns of a number known only because a message came from it."""
    return dict(zip(_POINT_COLUMNS, _point_values(patient_id, e164, message), strict=True))


_PATIENT_COLUMNS = (
    *("id", "name", "folded_name", "provisional", "date_of_birth", "record_number", "address", "zone", "language"),
    *("needs_interpreter", "uses_tty", "last_visit_with", "created_at"),
)
_POINT_COLUMNS = ("patient_id", "kind", "value", "raw", "extension", "rank", "leave_permission", "quality", "on_file")
# an enum member costs a slow look-up each time it is named
_OTHER_PHONE, _MINIMUM, _UNPROVEN = ContactKind.OTHER_PHONE, LeavePermission.MINIMUM, NumberQuality.UNPROVEN
_HEARD, _HEARD_FLAG = NumberQuality.HEARD, ReviewFlag.NUMBER_HEARD


def _patient_values(
    patient_id: int, name: str, folded_name: str, message: ParsedMessage, now: datetime
) -> tuple[Any, ...]:
    born_on, record = message.date_of_birth, message.record_number
    return (patient_id, name, folded_name, True, born_on, record, "", "", "en", False, False, "", now)


def _point_values(patient_id: int, e164: str, message: ParsedMessage) -> tuple[Any, ...]:
    raw, _, extension, _ = message.phone
    quality = _HEARD if _HEARD_FLAG in message.flags else _UNPROVEN
    return (patient_id, _OTHER_PHONE, e164, raw, extension, 0, _MINIMUM, quality, False)
