"""Reads a file by the chunk and tags the messages that are asked for; large files in a process beside this one."""

import os
from collections.abc import Generator, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import islice
from pathlib import Path
from typing import Protocol
from zoneinfo import ZoneInfo

from callback_tui.intake.dedupe import KeyMaker
from callback_tui.intake.mapping import Mapper
from callback_tui.intake.profile import known_columns, profiles
from callback_tui.intake.readers.csv_file import CsvFile
from callback_tui.intake.site_words import SiteWords
from callback_tui.intake.validate import MappedRow, Reading, read_message, tag_remembering
from callback_tui.views.intake import ParsedMessage, RowProblem, SkippedRow
from callback_tui.views.triage import NO_OWN_RULES, OwnRules, Triage

Row = ParsedMessage | SkippedRow | RowProblem
Chunk = tuple[list[Row], list[Triage]]

BYTES_WORTH_A_PROCESS = 2 << 20
"""A process takes half a second to start; reading a file of this size takes some seconds."""

_TEXTS_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file and how it is read, fit to be handed to another process. `zones` are those of the sites, in order."""

    path: Path
    profile: str
    encoding: str | None
    region: str
    zones: tuple[str, ...]
    sites: SiteWords
    now: datetime
    chunk_rows: int
    own_rules: OwnRules = NO_OWN_RULES


class ChunkReader(Protocol):
    """Gives the chunks of a file in turn; an empty one is the last.

    `share` is the part of the tags worth asking for: the rest is best made by whoever asks.
    """

    share: float

    def take(self) -> Chunk:
        """Return the next chunk, and the tags asked for of the one before it.

        Raises OSError and UnicodeError, and ImportRefused when the file has changed.
        """
        ...

    def ask(self, wanted: Sequence[int]) -> None:
        """Ask for the tags of these rows of the chunk taken last; each is of a message. They come with the next."""
        ...


def chunks_of(source: FileSource) -> AbstractContextManager[ChunkReader]:
    """Return the reader of a file: beside this process when the file is large and there is a second processor."""
    if source.path.stat().st_size < BYTES_WORTH_A_PROCESS or (os.cpu_count() or 1) < 2:
        return closing(ChunksHere(source))
    from callback_tui.intake.reading_process import chunks_beside

    return chunks_beside(source)


class ChunksHere:
    """The chunks of a file, read in this process."""

    share = 1.0

    def __init__(self, source: FileSource) -> None:
        """Nothing is opened before the first chunk is taken."""
        self._rows = _rows_of(source)
        self._chunk_rows = source.chunk_rows
        self._last: list[Row] = []
        self._wanted: Sequence[int] = ()

    def take(self) -> Chunk:
        """Return the next chunk, and the tags asked for of the one before it."""
        asked = [self._last[number] for number in self._wanted]
        tags = [row.triage for row in asked if isinstance(row, ParsedMessage)]
        self._last, self._wanted = list(islice(self._rows, self._chunk_rows)), ()
        return self._last, tags

    def ask(self, wanted: Sequence[int]) -> None:
        """Ask for the tags of these rows of the chunk taken last."""
        self._wanted = wanted

    def close(self) -> None:
        """Close the file."""
        self._rows.close()


def _rows_of(source: FileSource) -> Generator[Row]:
    profile = profiles()[source.profile]
    reader = CsvFile(known_columns(), encoding=source.encoding)
    zones = [ZoneInfo(zone) for zone in source.zones]

    def zone_of(site_name: str) -> tzinfo:
        return zones[source.sites.number(site_name)]

    with source.path.open("rb") as stream:
        mapper = Mapper(profile, reader.header(stream))
        reading = Reading(
            profile.source,
            source.region,
            zone_of,
            source.now,
            date_order=profile.order_of_dates(source.region),
            date_formats=profile.date_formats,
            names_from_caller_id=profile.names_from_caller_id,
            machine_transcript=mapper.machine_transcript,
            tag=tag_remembering(_TEXTS_REMEMBERED, source.own_rules),
        )
        keys = KeyMaker(ids_are_stable=profile.ids_are_stable)
        with closing(reader.rows(stream)) as raw_rows:
            for raw in raw_rows:
                mapped = mapper.map(raw)
                yield read_message(mapped, reading, keys) if isinstance(mapped, MappedRow) else mapped
