"""Reads delimited text row by row; a row that cannot be read is reported and never takes the rows after it along."""

import csv
import io
import re
from collections import deque
from collections.abc import Collection, Generator, Iterator
from typing import BinaryIO

from callback_tui.errors import ImportRefused
from callback_tui.intake.encoding import UNDECODABLE, choose_encoding, open_text
from callback_tui.intake.profile import fold_column
from callback_tui.intake.readers import SURPLUS
from callback_tui.intake.readers.quotes import split_leniently
from callback_tui.intake.rejections import rejection
from callback_tui.views.intake import RawRow, RowProblem

LONGEST_CELL = 65_536
LONGEST_LINE = 1 << 20
MOST_LINES_OF_A_ROW = 200
_DELIMITERS = ",;\t|"
_HEAD = 1 << 16
_LINES_BEFORE_HEADER = 10
_OTHER_FORMATS = (b"PK\x03\x04", b"%PDF", b"\x1f\x8b", b"\xd0\xcf\x11\xe0", b"MSH|", b"SQLite format 3")
_SEPARATOR_LINE = re.compile(r"sep=.\s*", re.IGNORECASE)


class CsvFile:
    """A CSV, semicolon, tab or pipe file with a header line."""

    format = "csv"

    def __init__(self, known_columns: Collection[str], *, encoding: str | None = None) -> None:
        """`known_columns` are folded names of columns worth having: they tell the header and its delimiter."""
        self._known = frozenset(known_columns)
        self._wanted_encoding = encoding
        self.encoding = ""
        self.delimiter = ","

    def sniff(self, head: bytes) -> bool:
        """Return whether the bytes may be delimited text."""
        return not head.startswith(_OTHER_FORMATS) and head.lstrip()[:1] not in (b"{", b"[", b"<")

    def header(self, stream: BinaryIO) -> tuple[str, ...]:
        """Return the column names as they stand, made unique. Raises ImportRefused when no line can be a header."""
        self.encoding = choose_encoding(stream, self._wanted_encoding)
        text = open_text(stream, self.encoding)
        try:
            head = text.read(_HEAD)
        finally:
            text.detach()
        lines = list(io.StringIO(head, newline=""))
        best: tuple[int, int, int] = (0, 0, 0)
        found: list[str] = []
        for start, line in enumerate(lines[:_LINES_BEFORE_HEADER]):
            if not line.strip() or _SEPARATOR_LINE.fullmatch(line):
                continue
            for delimiter in _DELIMITERS:
                names, used = _header_row(lines[start:], delimiter)
                score = (len({fold_column(name) for name in names} & self._known), len(names), -start)
                if score[0] and score > best:
                    best, found = score, names
                    self.delimiter, self._lines_before, self._header_lines = delimiter, start, used
        if not found:
            raise ImportRefused(
                "no_columns",
                "No column of the file is known here.",
                "Its first line must name the columns, such as Phone, Name, Received and Message.",
            )
        self._names = _unique(found)
        return self._names

    def rows(self, stream: BinaryIO) -> Generator[RawRow | RowProblem]:
        """Yield the rows after the header; a row's number is its line in a spreadsheet, where the header is 1."""
        self.header(stream)
        text = open_text(stream, self.encoding)
        try:
            for _ in range(self._lines_before + self._header_lines):
                text.readline()
            yield from self._rows(text)
        finally:
            text.detach()

    def _rows(self, text: io.TextIOWrapper) -> Iterator[RawRow | RowProblem]:
        names, width = self._names, len(self._names)
        number = self._lines_before + 1
        for cells, raw, code in self._records(text):
            number += 1
            if not code and ("\0" in raw or UNDECODABLE in raw):
                code = "nul" if "\0" in raw else "undecodable"
            if not code and len(raw) > LONGEST_CELL and max(map(len, cells)) > LONGEST_CELL:
                code = "oversize"
            if code:
                yield rejection(number, code, raw)
            elif len(cells) == width:
                yield RawRow(number, dict(zip(names, cells, strict=True)), raw)
            elif cells:
                yield self._uneven(number, cells, raw)

    def _uneven(self, number: int, cells: list[str], raw: str) -> RawRow:
        row = dict(zip(self._names, cells, strict=False))
        surplus = cells[len(self._names) :]
        if any(cell.strip() for cell in surplus):
            row[SURPLUS] = self.delimiter + self.delimiter.join(surplus)
        return RawRow(number, row, raw)

    def _records(self, text: io.TextIOWrapper) -> Iterator[tuple[list[str], str, str]]:
        """Yield cells, raw text and problem code of each record; a bad one costs its first line only."""
        put_back: deque[str] = deque()
        taken: list[str] = []

        def lines() -> Iterator[str]:
            while line := put_back.popleft() if put_back else _line(text):
                taken.append(line)
                if len(taken) > MOST_LINES_OF_A_ROW:
                    raise csv.Error("too many lines")
                yield line

        while True:
            reader = csv.reader(lines(), delimiter=self.delimiter, strict=True)
            while True:
                taken.clear()
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    code = "oversize" if "field limit" in str(error) else "broken_quote"
                else:
                    # A quote left open may find its end in a later row by chance; then the columns do not fit.
                    fits = len(taken) == 1 or len(cells) == len(self._names)
                    code = "" if fits else "broken_quote"
                if len(taken[0]) >= LONGEST_LINE:
                    code = "oversize"
                if not code:
                    yield cells, taken[0] if len(taken) == 1 else "".join(taken), ""
                    continue
                put_back.extendleft(reversed(taken[1:]))
                yield self._repaired(taken[0], code)
                break

    def _repaired(self, line: str, code: str) -> tuple[list[str], str, str]:
        cells = split_leniently(line, self.delimiter) if code == "broken_quote" else None
        if cells is not None and len(cells) == len(self._names):
            return cells, line, ""
        return [], line, code


def _line(text: io.TextIOWrapper) -> str:
    line = text.readline(LONGEST_LINE)
    if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
        while (rest := text.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
            pass
    return line


def _header_row(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        names = next(reader)
    except csv.Error:
        return [], 1
    return names, reader.line_num


def _unique(names: list[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for position, name in enumerate(names, 1):
        plain = name.replace(UNDECODABLE, "\ufffd").strip().lstrip("\ufeff").strip('"') or f"column {position}"
        again = sum(other == plain or other.startswith(f"{plain} (") for other in kept)
        kept.append(f"{plain} ({again + 1})" if again else plain)
    return tuple(kept)
