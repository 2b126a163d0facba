"""Why a row cannot be imported at all: a stable word for scripts, a sentence for people."""

from callback_tui.intake.encoding import UNDECODABLE
from callback_tui.views.intake import RowProblem

_LONGEST_RAW = 10_000
_REASONS = {
    "nul": "The row holds NUL characters, so its text cannot be trusted.",
    "undecodable": "The row holds bytes that are no text in the file's encoding.",
    "oversize": "A cell of the row is longer than 64 kB.",
    "broken_quote": "A quote in the row is opened and not closed, or stands where none may.",
    "columns": "The row does not have the columns of the header.",
}


def rejection(row: int, code: str, raw: str) -> RowProblem:
    """Return the problem of a rejected row; `code` is one of nul, undecodable, oversize, broken_quote, columns."""
    return RowProblem(row, code, _REASONS[code], raw.rstrip("\r\n").replace(UNDECODABLE, "\ufffd")[:_LONGEST_RAW])
