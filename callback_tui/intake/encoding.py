"""Chooses how a file's bytes become text: its byte order mark, strict UTF-8, then cp1252; never statistics."""

import codecs
import io
from typing import BinaryIO

from callback_tui.errors import ImportRefused
from callback_tui.rules.clean import clean_line

UNDECODABLE = "\udcff"
"""Stands where bytes could not be read; no decoder gives it, and a row that holds it is rejected."""

_MARK_ERRORS = "callback-tui-mark"
_BLOCK = 1 << 20
_LONGEST_NAME = 40
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def choose_encoding(stream: BinaryIO, wanted: str | None = None) -> str:
    """Return the codec name for a stream, which is left at its start; `wanted` wins. Raises ImportRefused.

    Source: ref-formats section 0.5 (detectors take cp1252 for other code pages).
    """
    stream.seek(0)
    head = stream.read(_BLOCK)
    stream.seek(0)
    if wanted is not None:
        name = check_encoding(wanted)
        if not _is_text_in(name, stream):
            raise ImportRefused("not_in_encoding", name=name)
        return "utf-8-sig" if name == "utf-8" and head.startswith(codecs.BOM_UTF8) else name
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    if head[:400].count(0) > len(head[:400]) // 4:
        raise ImportRefused("utf_16_unmarked")
    return "utf-8" if _is_text_in("utf-8", stream) else "cp1252"


def check_encoding(wanted: str) -> str:
    """Return the codec's own name for an encoding a person asked for. Raises ImportRefused for an unknown one."""
    try:
        b"a".decode(wanted, "replace")
        return codecs.lookup(wanted).name
    except (LookupError, ValueError):
        raise ImportRefused("encoding", name=clean_line(wanted, limit=_LONGEST_NAME)) from None


def open_text(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    """Return the stream as text with its line ends kept; unreadable bytes become `UNDECODABLE`."""
    stream.seek(0)
    return io.TextIOWrapper(stream, encoding=encoding, errors=_MARK_ERRORS, newline="")


def _is_text_in(encoding: str, stream: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        while block := stream.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    finally:
        stream.seek(0)
    return True


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return UNDECODABLE, error.end


codecs.register_error(_MARK_ERRORS, _mark)
