"""Maps the columns of a file to our own fields, by the names a profile knows for them, never by position."""

from collections.abc import Mapping, Sequence

from callback_tui.errors import ImportRefused
from callback_tui.intake.profile import FIELDS, Profile, fold_column
from callback_tui.intake.readers import SURPLUS
from callback_tui.intake.rejections import rejection
from callback_tui.intake.validate import MappedRow
from callback_tui.views.intake import RawRow, RowProblem, SkippedRow

_ABSENT = "\0absent"
"""Stands for the column of a field that the file does not have; no cell is found under it."""

_WHO_OR_WHAT = ("phone", "body", "transcript", "caller_name", "patient_name", "last_name")
_WITH_DIGITS = ("phone", "received", "date", "time")
_FEWEST_DIGITS = 7


class Mapper:
    """Turns the rows of one file into mapped ones; made once per file, since the header decides."""

    def __init__(self, profile: Profile, header: Sequence[str]) -> None:
        """Bind the profile's fields to the file's columns. Raises ImportRefused when nothing would say who or what."""
        by_folded: dict[str, str] = {}
        for name in header:
            by_folded.setdefault(fold_column(name), name)
        found = {
            field: next((by_folded[name] for name in profile.columns.get(field, ()) if name in by_folded), _ABSENT)
            for field in FIELDS
        }
        if all(found[field] is _ABSENT for field in _WHO_OR_WHAT):
            raise ImportRefused("no_columns")
        self._profile = profile
        self._skip = tuple(
            (
                rule.code,
                tuple((by_folded[column], words) for column, words in rule.words.items() if column in by_folded),
            )
            for rule in profile.skip
            if rule.words.keys() <= by_folded.keys()
        )
        channels = (by_folded[column] for column in profile.channel_columns if column in by_folded)
        self._channel_column = next(channels, _ABSENT)
        self._columns = found
        self._second_body = found["body"]
        self._body = found["transcript"] if found["transcript"] is not _ABSENT else self._second_body
        self._names = tuple(header)
        self._header = dict(zip(header, header, strict=True))
        self.machine_transcript = found["transcript"] is not _ABSENT

    def map(self, row: RawRow) -> MappedRow | SkippedRow | RowProblem:
        """Return the row by our fields, or why it is no message, or that its damage leaves nobody to ring."""
        cells, damage = row.cells, row.damage
        if SURPLUS in cells:
            cells, is_plain = self._rejoined(cells)
            damage = damage if is_plain else damage or "columns"
        if not any(map(str.strip, cells.values())):
            return SkippedRow(row.number, "empty")
        if cells == self._header:
            return SkippedRow(row.number, "header")
        for code, conditions in self._skip:
            if all(column in cells and cells[column].strip().casefold() in words for column, words in conditions):
                return SkippedRow(row.number, code)
        if damage and not self._is_worth_a_call(cells):
            return rejection(row.number, damage, row.raw)
        column = self._columns
        get = cells.get
        name = get(column["patient_name"], "") or f"{get(column['first_name'], '')} {get(column['last_name'], '')}"
        return MappedRow(
            row=row.number,
            channel=self._profile.channel_words.get(
                get(self._channel_column, "").strip().casefold(), self._profile.channel
            ),
            source_id=get(column["source_id"], ""),
            received=get(column["received"], "") or f"{get(column['date'], '')} {get(column['time'], '')}",
            phone=get(column["phone"], ""),
            caller_name=get(column["caller_name"], ""),
            patient_name=name,
            date_of_birth=get(column["date_of_birth"], ""),
            record_number=get(column["record_number"], ""),
            site_name=get(column["site"], ""),
            subject=get(column["subject"], ""),
            body=get(self._body, "") or get(self._second_body, ""),
            duration=get(column["duration"], ""),
            is_repaired=bool(damage),
        )

    def _rejoined(self, cells: Mapping[str, str]) -> tuple[Mapping[str, str], bool]:
        """Return a row of too many cells as one of the header's columns, and whether it can only be read that way.

        Commas of an unquoted text are the text's own, unless number and time would then stand in wrong columns.
        """
        named = {name: cells[name] for name in self._names}
        surplus = cells[SURPLUS]
        if self._body is _ABSENT:
            return named, False
        if self._body == self._names[-1]:
            return {**named, self._body: named[self._body] + surplus}, True
        delimiter = surplus[0]
        values = [*named.values(), *surplus[1:].split(delimiter)]
        start = self._names.index(self._body)
        end = start + 1 + len(values) - len(named)
        moved = dict(zip(self._names, [*values[:start], delimiter.join(values[start:end]), *values[end:]], strict=True))
        behind = {self._columns[field] for field in _WITH_DIGITS} & set(self._names[start + 1 :])
        if all(not moved[name].strip() or any(map(str.isdigit, moved[name])) for name in behind):
            return moved, False
        return {**named, self._body: named[self._body] + surplus}, False

    def _is_worth_a_call(self, cells: Mapping[str, str]) -> bool:
        words = (self._body, self._second_body, self._columns["subject"], self._columns["record_number"])
        if any(any(map(str.isalnum, cells.get(name, ""))) for name in words):
            return True
        return sum(map(str.isdigit, cells.get(self._columns["phone"], ""))) >= _FEWEST_DIGITS
