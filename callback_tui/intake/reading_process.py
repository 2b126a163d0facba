"""Reads a file in a process of its own, so that it is read and tagged while what was read before is being stored."""

import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from typing import IO, Any, cast

from callback_tui.errors import DeskError
from callback_tui.intake.file_rows import Chunk, ChunksHere, FileSource, Row
from callback_tui.intake.validate import plain_tag, tagger_of
from callback_tui.views.intake import ParsedMessage, PhoneReading
from callback_tui.views.triage import Hit, Triage

_PHONE = ParsedMessage._fields.index("phone")
_HITS = Triage._fields.index("hits")


class ChunksBeside:
    """The chunks of a file, as another process tells them; `told` and `asked` are the two pipes to it."""

    share = 0.7
    """Reading takes 40 us a row, a tag 140 and storing 105: so shared, both processes end together."""

    def __init__(self, told: IO[bytes], asked: IO[bytes], tag: Callable[[str, int | None], Triage] = plain_tag) -> None:
        """Keep our ends of the pipes; `tag` makes the tags that are not asked for."""
        self._told = told
        self._asked = asked
        self._tag = tag

    def take(self) -> Chunk:
        """Return the next chunk, and the tags asked for of the one before it. Raises OSError."""
        try:
            told = pickle.load(self._told)  # noqa: S301 - from our own process, by a pipe nobody else has
        except (EOFError, pickle.UnpicklingError) as error:
            raise OSError("the process that reads the file has ended") from error
        if isinstance(told, Exception):
            raise told
        rows, tags = told
        return [_unpacked(row, self._tag) for row in rows], [_unpacked_tag(tag) for tag in tags]

    def ask(self, wanted: Sequence[int]) -> None:
        """Ask for the tags of these rows of the chunk taken last. Raises OSError."""
        _tell(self._asked, wanted)


@contextmanager
def chunks_beside(source: FileSource) -> Iterator[ChunksBeside]:
    """Start a process that reads the file, and end it when the chunks are no longer needed."""
    # By the name of this module: `multiprocessing` would run the caller's main program once more.
    flags = ["-P"] if sys.flags.safe_path else []
    process = subprocess.Popen(  # noqa: S603 - this program itself
        [sys.executable, *flags, "-m", "callback_tui.intake.reading_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    told, asked = cast(IO[bytes], process.stdout), cast(IO[bytes], process.stdin)
    try:
        _tell(asked, source)
        yield ChunksBeside(told, asked, tagger_of(source.own_rules))
    finally:
        process.kill()
        process.wait()
        told.close()
        with suppress(OSError):
            asked.close()


def serve(asked: IO[bytes], told: IO[bytes]) -> None:
    """Read the file that the first word asks for and tell its chunks, until the other end is gone."""
    source: FileSource = pickle.load(asked)  # noqa: S301 - from the desk that started this process
    with closing(ChunksHere(source)) as reader:
        try:
            _tell_chunks(asked, told, reader)
        except (EOFError, BrokenPipeError):
            return
        except (OSError, UnicodeError, DeskError):
            _tell(told, OSError("the file cannot be read to its end"))
        except Exception as error:  # noqa: BLE001 - raised again at the other end, without what a patient wrote
            _tell(told, RuntimeError(type(error).__name__))


def _tell_chunks(asked: IO[bytes], told: IO[bytes], reader: ChunksHere) -> None:
    while True:
        rows, tags = reader.take()
        _tell(told, ([_packed(row) for row in rows], [_packed_tag(tag) for tag in tags]))
        if not rows:
            return
        reader.ask(pickle.load(asked))  # noqa: S301 - from the desk that started this process


def _tell(stream: IO[bytes], words: object) -> None:
    pickle.dump(words, stream, pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _packed(row: Row) -> Any:
    """Return a message as a plain tuple, which takes a third of the time on its way."""
    return (*row[:_PHONE], tuple(row.phone), *row[_PHONE + 1 : -1]) if isinstance(row, ParsedMessage) else row


def _unpacked(row: Any, tag: Callable[[str, int | None], Triage]) -> Row:
    if type(row) is not tuple:
        return cast(Row, row)
    return ParsedMessage._make((*row[:_PHONE], PhoneReading._make(row[_PHONE]), *row[_PHONE + 1 :], tag))


def _packed_tag(tag: Triage) -> Any:
    return (*tag[:_HITS], tuple(map(tuple, tag.hits)), *tag[_HITS + 1 :])


def _unpacked_tag(tag: Any) -> Triage:
    return Triage._make((*tag[:_HITS], tuple(map(Hit._make, tag[_HITS])), *tag[_HITS + 1 :]))


if __name__ == "__main__":
    # The key that interrupts reaches both processes; the desk hears it and ends this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(sys.stdin.buffer, sys.stdout.buffer)
