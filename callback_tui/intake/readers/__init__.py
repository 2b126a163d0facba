"""Readers, one per file format; each turns a stream of bytes into rows and says which it had to repair."""

from collections.abc import Generator
from typing import BinaryIO, Protocol

from callback_tui.views.intake import RawRow

SURPLUS = ""
"""The key under which a row keeps what stands beyond the last column, delimiters included."""


class Reader(Protocol):
    """What every format offers. `encoding` is known once the header was read."""

    format: str
    encoding: str

    def sniff(self, head: bytes) -> bool:
        """Return whether a file that begins like this is in the reader's format."""
        ...

    def header(self, stream: BinaryIO) -> tuple[str, ...]:
        """Return the names of the columns, or of the fields of a record. Raises ImportRefused."""
        ...

    def rows(self, stream: BinaryIO) -> Generator[RawRow]:
        """Yield every record after the header, in file order; one bad record never ends the file."""
        ...
