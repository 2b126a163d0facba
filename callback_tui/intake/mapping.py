"""Maps the columns of a file to our own fields, by the names a profile knows for them, never by position."""

from collections.abc import Sequence

from callback_tui.errors import ImportRefused
from callback_tui.intake.profile import Profile, fold_column
from callback_tui.intake.readers import SURPLUS
from callback_tui.intake.rejections import rejection
from callback_tui.intake.validate import MappedRow
from callback_tui.views.intake import RawRow, RowProblem, SkippedRow


class Mapper:
    """Turns the rows of one file into mapped ones; made once per file, since the header decides."""

    def __init__(self, profile: Profile, header: Sequence[str]) -> None:
        """Bind the profile's fields to the file's columns. Raises ImportRefused when nothing would say who or what."""
        by_folded: dict[str, str] = {}
        for name in header:
            by_folded.setdefault(fold_column(name), name)
        self._column: dict[str, str] = {}
        for field, names in profile.columns.items():
            found = next((by_folded[name] for name in names if name in by_folded), None)
            if found is not None:
                self._column[field] = found
        if not self._column.keys() & {"phone", "body", "transcript", "caller_name", "patient_name", "last_name"}:
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
        self._channel_column = next(channels, "")
        self._body = self._column.get("transcript") or self._column.get("body", "")
        self._second_body = self._column.get("body", "")
        self._needed = {self._body} - {""} | {
            column for field, column in self._column.items() if field in ("phone", "caller_name", "patient_name")
        }
        self._last = header[-1]
        self._header = dict(zip(header, header, strict=True))
        self.machine_transcript = "transcript" in self._column

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
        get = self._cell
        name = get(row, "patient_name") or f"{get(row, 'first_name')} {get(row, 'last_name')}"
        return MappedRow(
            row=row.number,
            channel=self._profile.channel_words.get(
                cells.get(self._channel_column, "").strip().casefold(), self._profile.channel
            ),
            source_id=get(row, "source_id"),
            received=get(row, "received") or f"{get(row, 'date')} {get(row, 'time')}",
            phone=get(row, "phone"),
            caller_name=get(row, "caller_name"),
            patient_name=name,
            date_of_birth=get(row, "date_of_birth"),
            record_number=get(row, "record_number"),
            site_name=get(row, "site"),
            subject=get(row, "subject"),
            # Commas of an unquoted text in the last column are the text's own.
            body=(cells.get(self._body) or cells.get(self._second_body, "")) + surplus,
            duration=get(row, "duration"),
        )

    def _cell(self, row: RawRow, field: str) -> str:
        column = self._column.get(field)
        return "" if column is None else row.cells.get(column, "")
