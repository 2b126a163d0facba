"""Reads delimited text row by row; a damaged row is repaired as far as it goes and never takes the next ones along."""

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
from callback_tui.views.intake import RawRow

LONGEST_LINE = 1 << 20
"""Of a longer line the middle is left out, so that no file fills the memory; the last `END_KEPT` characters stay."""

END_KEPT = 1 << 16
MOST_LINES_OF_A_ROW = 1000
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
            raise ImportRefused("no_known_columns", encoding=self.encoding)
        self._names = _unique(found)
        return self._names

    def rows(self, stream: BinaryIO) -> Generator[RawRow]:
        """Yield the rows after the header; a row's number is its line in a spreadsheet, where the header is 1."""
        self.header(stream)
        text = open_text(stream, self.encoding)
        try:
            for _ in range(self._lines_before + self._header_lines):
                text.readline()
            yield from self._rows(text)
        finally:
            text.detach()

    def _rows(self, text: io.TextIOWrapper) -> Iterator[RawRow]:
        names, width = self._names, len(self._names)
        number = self._lines_before + 1
        for cells, raw, damage in self._records(text):
            number += 1
            if "\0" in raw:
                # NUL characters at the end of a cell only fill it up; others may stand for what was lost.
                damage = damage or ("nul" if any("\0" in cell.rstrip("\0") for cell in cells) else "")
                cells = [cell.replace("\0", "") for cell in cells]
            if UNDECODABLE in raw:
                damage = damage or "undecodable"
                cells = [cell.replace(UNDECODABLE, "\ufffd") for cell in cells]
            if len(cells) == width:
                yield RawRow(number, dict(zip(names, cells, strict=True)), raw, damage)
            elif cells:
                yield self._uneven(number, cells, raw, damage)

    def _uneven(self, number: int, cells: list[str], raw: str, damage: str) -> RawRow:
        row = dict(zip(self._names, cells, strict=False))
        surplus = cells[len(self._names) :]
        if any(cell.strip() for cell in surplus):
            row[SURPLUS] = self.delimiter + self.delimiter.join(surplus)
        if len(row) < len(self._names):
            damage = damage or "columns"
        return RawRow(number, row, raw, damage)

    def _records(self, text: io.TextIOWrapper) -> Iterator[tuple[list[str], str, str]]:
        """Yield cells, raw text and damage of each record; a damaged one never takes more than its first line."""
        put_back: deque[str] = deque()
        taken: list[str] = []
        room = LONGEST_LINE

        def lines() -> Iterator[str]:
            nonlocal room
            while line := put_back.popleft() if put_back else _line(text):
                taken.append(line)
                room -= len(line)
                if len(taken) > 1 and (room < 0 or len(taken) > MOST_LINES_OF_A_ROW):
                    raise csv.Error("too long for one row")
                yield line

        # A cell that is too long is cut when it is cleaned; the default limit would end the row instead.
        csv.field_size_limit(2 * LONGEST_LINE)
        while True:
            reader = csv.reader(lines(), delimiter=self.delimiter, strict=True)
            while True:
                taken.clear()
                room = LONGEST_LINE
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    break
                if len(taken) == 1:
                    yield cells, taken[0], "oversize" if len(taken[0]) > LONGEST_LINE else ""
                elif len(cells) == len(self._names):
                    yield cells, "".join(taken), ""
                else:
                    # A quote left open may find its end in a later row by chance; then the columns do not fit.
                    break
            put_back.extendleft(reversed(taken[1:]))
            cells, is_closed = split_leniently(taken[0], self.delimiter)
            whole = is_closed and len(cells) == len(self._names)
            yield cells, taken[0], "" if whole else "broken_quote"


def _line(text: io.TextIOWrapper) -> str:
    # Files put together keep the byte order mark of each.
    line = text.readline(LONGEST_LINE).removeprefix("\ufeff")
    if len(line) < LONGEST_LINE or line.endswith(("\n", "\r")):
        return line
    before = end = ""
    while rest := text.readline(LONGEST_LINE):
        before, end = end, rest
        if rest.endswith(("\n", "\r")):
            break
    return line + (before + end)[-END_KEPT:]


def _header_row(lines: list[str], delimiter: str) -> tuple[list[str], int]:
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        names = next(reader)
    except csv.Error:
        return [], 1
    return names, reader.line_num


def _unique(names: list[str]) -> tuple[str, ...]:
    kept: dict[str, int] = {}
    for position, name in enumerate(names, 1):
        plain = name.replace(UNDECODABLE, "\ufffd").strip().lstrip("\ufeff").strip('"') or f"column {position}"
        unique = plain
        while unique in kept:
            kept[plain] += 1
            unique = f"{plain} ({kept[plain]})"
        kept[unique] = 1
    return tuple(kept)
