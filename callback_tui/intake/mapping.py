"""Maps the columns of a file to our own fields, by the names a profile knows for them, never by position."""

from collections.abc import Sequence

from callback_tui.errors import ImportRefused
from callback_tui.intake.profile import FIELDS, Profile, fold_column
from callback_tui.intake.readers import SURPLUS
from callback_tui.intake.rejections import rejection
from callback_tui.intake.validate import MappedRow
from callback_tui.views.intake import RawRow, RowProblem, SkippedRow

_ABSENT = "\0absent"
"""Stands for the column of a field that the file does not have; no cell is found under it."""

_WHO_OR_WHAT = ("phone", "body", "transcript", "caller_name", "patient_name", "last_name")
_WHO = ("phone", "caller_name", "patient_name")


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
            raise ImportRefused(
                "no_columns",
                "No column of the file says who left a message or what it was.",
                "Its first line must name the columns, such as Phone, Name, Received and Message.",
            )
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
        self._needed = {self._body, *(found[field] for field in _WHO)} - {_ABSENT}
        self._last = header[-1]
        self._header = dict(zip(header, header, strict=True))
        self.machine_transcript = found["transcript"] is not _ABSENT

    def map(self, row: RawRow) -> MappedRow | SkippedRow | RowProblem:
        """Return the row by our fields, or why it is no message, or that its columns cannot be told apart."""
        cells = row.cells
        surplus = cells.get(SURPLUS, "")
        if surplus and self._last != self._body:
            return rejection(row.number, "columns", row.raw)
        if len(cells) < len(self._header) and not self._needed <= cells.keys():
            return rejection(row.number, "columns", row.raw)
        if not any(map(str.strip, cells.values())):
            return SkippedRow(row.number, "empty")
        if cells == self._header:
            return SkippedRow(row.number, "header")
        for code, conditions in self._skip:
            if all(cells.get(column, "").strip().casefold() in words for column, words in conditions):
                return SkippedRow(row.number, code)
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
            # Commas of an unquoted text in the last column are the text's own.
            body=(get(self._body, "") or get(self._second_body, "")) + surplus,
            duration=get(column["duration"], ""),
        )
