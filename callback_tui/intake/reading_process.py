"""Reads a file in a process of its own, so that it is read and tagged while what was read before is being stored."""

import pickle
import signal
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, cast

from callback_tui.errors import DeskError
from callback_tui.intake.file_rows import Chunk, ChunksHere, FileSource, Row
from callback_tui.intake.validate import plain_tag
from callback_tui.views.intake import ParsedMessage, PhoneReading
from callback_tui.views.triage import Hit, Triage

_PHONE = ParsedMessage._fields.index("phone")
_HITS = Triage._fields.index("hits")


class ChunksBeside:
    """The chunks of a file, read by another process at the other end of a pipe."""

    def __init__(self, connection: "Connection[Any, Any]") -> None:
        """Keep our end of the pipe."""
        self._connection = connection

    def take(self) -> Chunk:
        """Return the next chunk, and the tags asked for of the one before it. Raises OSError."""
        try:
            told = _received(self._connection)
        except EOFError as error:
            raise OSError("the process that reads the file has ended") from error
        if isinstance(told, Exception):
            raise told
        rows, tags = told
        return [_unpacked(row) for row in rows], [_tag(tag) for tag in tags]

    def ask(self, wanted: Sequence[int]) -> None:
        """Ask for the tags of these rows of the chunk taken last. Raises OSError."""
        _send(self._connection, wanted)


@contextmanager
def chunks_beside(source: FileSource) -> Iterator[ChunksBeside]:
    """Start a process that reads the file, and end it when the chunks are no longer needed."""
    # Started anew, not forked: a desk has threads and open files, and not every system can fork.
    spawn = get_context("spawn")
    ours, theirs = spawn.Pipe()
    process = spawn.Process(target=_serve, args=(theirs, source), name="import", daemon=True)
    process.start()
    theirs.close()
    try:
        yield ChunksBeside(ours)
    finally:
        ours.close()
        process.terminate()
        process.join()


def _serve(connection: "Connection[Any, Any]", source: FileSource) -> None:
    # The key that interrupts reaches both processes; the desk hears it and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with closing(ChunksHere(source)) as reader, connection:
        try:
            _send_chunks(connection, reader)
        except (EOFError, BrokenPipeError):
            return
        except (OSError, UnicodeError, DeskError):
            _send(connection, OSError("the file cannot be read to its end"))
        except Exception as error:  # noqa: BLE001 - raised again at the other end, without what a patient wrote
            _send(connection, RuntimeError(type(error).__name__))


def _send_chunks(connection: "Connection[Any, Any]", reader: ChunksHere) -> None:
    rows: list[Row] | None = None
    while rows is None or rows:
        if rows is not None:
            reader.ask(_received(connection))
        rows, tags = reader.take()
        _send(connection, ([_packed(row) for row in rows], [_packed_tag(tag) for tag in tags]))


def _send(connection: "Connection[Any, Any]", told: object) -> None:
    connection.send_bytes(pickle.dumps(told, pickle.HIGHEST_PROTOCOL))


def _received(connection: "Connection[Any, Any]") -> Any:
    return pickle.loads(connection.recv_bytes())  # noqa: S301 - by our own process, through a pipe nobody else has


def _packed(row: Row) -> Any:
    """Return a message as a plain tuple, which takes a third of the time on its way."""
    return (*row[:_PHONE], tuple(row.phone), *row[_PHONE + 1 : -1]) if isinstance(row, ParsedMessage) else row


def _unpacked(row: Any) -> Row:
    if type(row) is not tuple:
        return cast(Row, row)
    return ParsedMessage._make((*row[:_PHONE], PhoneReading._make(row[_PHONE]), *row[_PHONE + 1 :], plain_tag))


def _packed_tag(tag: Triage) -> Any:
    return (*tag[:_HITS], tuple(map(tuple, tag.hits)), *tag[_HITS + 1 :])


def _tag(tag: Any) -> Triage:
    return Triage._make((*tag[:_HITS], tuple(map(Hit._make, tag[_HITS])), *tag[_HITS + 1 :]))
