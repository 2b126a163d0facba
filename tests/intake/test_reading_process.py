"""A file read beside the desk gives what the same file gives when it is read here, and its end is told as a failure."""

import pickle
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from callback_tui.intake import file_rows
from callback_tui.intake.file_rows import ChunkReader, ChunksHere, FileSource, Row, chunks_of
from callback_tui.intake.reading_process import ChunksBeside, chunks_beside, serve
from callback_tui.intake.site_words import site_words
from callback_tui.rules.triage.own import own_rules
from callback_tui.views.intake import ParsedMessage
from callback_tui.views.triage import Triage

ROWS = (
    "Message ID,Phone,Patient Name,DOB,Received,Site,Message\n"
    "1,(212) 555-0147 x12,Ana Q,1980-02-03,2026-11-23 09:00,Main,I have chest pain and my arm is numb\n"
    "2,,,,3/4,East - Annex,\n"
    "3,\0?,Bo,,x,,\n"
    "\n"
    '4,+1 212 555 0148,"Q, Cy",,2026-11-23T10:00:00Z,East,"Hola, necesito una cita, gracias"\n'
    "5,12125550149,Di Q,,2026-11-23 11:00,,no fever\n"
)


@pytest.fixture
def source(tmp_path: Path) -> FileSource:
    path = tmp_path / "export.csv"
    path.write_text(ROWS, encoding="utf-8")
    return FileSource(
        path,
        "generic",
        None,
        "US",
        ("America/New_York", "America/Chicago"),
        site_words(["Main", "East"]),
        datetime(2026, 11, 23, 18, 0, tzinfo=UTC),
        3,
        own_rules(frozenset(), {"kill_self": frozenset({"necesito una cita"})}),
    )


def told(reader: ChunkReader) -> list[tuple[list[Row], list[Triage]]]:
    """Take every chunk, asking for the tag of each message."""
    rows, tags = reader.take()
    chunks = [(rows, tags)]
    while rows:
        reader.ask([number for number, row in enumerate(rows) if isinstance(row, ParsedMessage)])
        rows, tags = reader.take()
        chunks.append((rows, tags))
    return chunks


def plain(chunks: list[tuple[list[Row], list[Triage]]]) -> list[object]:
    """Leave out who tags a message, which differs from process to process."""
    return [([row[:-1] if isinstance(row, ParsedMessage) else row for row in rows], tags) for rows, tags in chunks]


def test_a_file_is_read_beside_the_desk_as_it_is_here(source: FileSource) -> None:
    with chunks_beside(source) as beside:
        there = told(beside)
    with closing(ChunksHere(source)) as reader:
        here = told(reader)
    assert plain(there) == plain(here)
    assert [len(rows) for rows, _ in there] == [3, 2, 0]
    messages = [row for rows, _ in there for row in rows if isinstance(row, ParsedMessage)]
    tags = [tag for _, tags in there for tag in tags]
    assert [message.triage for message in messages] == tags
    assert [tag.emergent for tag in tags] == [True, False, True, False]


def test_a_process_that_ended_is_a_file_that_cannot_be_read(source: FileSource) -> None:
    with pytest.raises(OSError, match="has ended"):
        ChunksBeside(BytesIO(), BytesIO()).take()
    with chunks_beside(source) as beside:
        beside.take()
    with pytest.raises((OSError, ValueError)):
        beside.ask([])


def test_what_fails_in_the_process_is_told_without_words_of_the_file(source: FileSource) -> None:
    source.path.unlink()
    answer = BytesIO()
    serve(BytesIO(pickle.dumps(source)), answer)
    answer.seek(0)
    with pytest.raises(OSError, match="cannot be read to its end"):
        ChunksBeside(answer, BytesIO()).take()


def test_only_a_large_file_is_worth_a_process(source: FileSource, monkeypatch: pytest.MonkeyPatch) -> None:
    with chunks_of(source) as small:
        assert isinstance(small, ChunksHere)
    monkeypatch.setattr(file_rows, "BYTES_WORTH_A_PROCESS", len(ROWS))
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    with chunks_of(source) as large:
        assert isinstance(large, ChunksBeside)
