"""Why a row cannot be imported at all: a stable word for scripts, a sentence for people."""

from callback_tui.intake.encoding import UNDECODABLE
from callback_tui.views.intake import RowProblem

_LONGEST_RAW = 10_000
_NOTHING_LEFT = "and no number, record number or text is left in it."
_REASONS = {
    "nul": f"The row holds NUL characters, {_NOTHING_LEFT}",
    "undecodable": f"The row holds bytes that are no text in the file's encoding, {_NOTHING_LEFT}",
    "oversize": f"The row is longer than a megabyte, {_NOTHING_LEFT}",
    "broken_quote": f"A quote in the row is opened and not closed, or stands where none may, {_NOTHING_LEFT}",
    "columns": f"The row does not have the columns of the header, {_NOTHING_LEFT}",
}


def rejection(row: int, code: str, raw: str) -> RowProblem:
    """Return the problem of a rejected row; `code` is one of nul, undecodable, oversize, broken_quote, columns.

    Damage alone rejects nothing: only a damaged row that leaves nobody to ring and nothing to read does.
    """
    return RowProblem(row, code, _REASONS[code], raw.rstrip("\r\n").replace(UNDECODABLE, "\ufffd")[:_LONGEST_RAW])
