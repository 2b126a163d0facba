"""The chunks of a file on their way in, with the tags they need; the next one is read meanwhile."""

from collections.abc import Iterator
from itertools import compress

from callback_tui.intake.file_rows import ChunkReader, Row
from callback_tui.services.arrivals import Arrivals
from callback_tui.services.desk import OpenDesk
from callback_tui.views.intake import ParsedMessage


def tagged_chunks(desk: OpenDesk, arrivals: Arrivals, chunks: ChunkReader) -> Iterator[list[Row]]:
    """Yield the chunks in turn; whatever is likely to be new has its tag, so that none is made while others wait."""
    rows, _ = chunks.take()
    asked, left = _ask(desk, arrivals, chunks, rows)
    while rows:
        following, tags = chunks.take()
        for message, tag in zip(asked, tags, strict=True):
            message.triage = tag
        ours = left
        asked, left = _ask(desk, arrivals, chunks, following)
        for message in ours:
            _ = message.triage
        yield rows
        rows = following


def _ask(
    desk: OpenDesk, arrivals: Arrivals, chunks: ChunkReader, rows: list[Row]
) -> tuple[list[ParsedMessage], list[ParsedMessage]]:
    """Ask for the tags of what is likely to be new; return whose tags will come, and whose are left to us."""
    if not rows:
        return [], []
    placed = [(number, row) for number, row in enumerate(rows) if isinstance(row, ParsedMessage)]
    with desk.store.read() as connection:
        worth = arrivals.worth_a_tag(connection, [message for _, message in placed])
        wanted = list(compress(placed, worth))
    theirs = round(len(wanted) * chunks.share)
    chunks.ask([number for number, _ in wanted[:theirs]])
    return [message for _, message in wanted[:theirs]], [message for _, message in wanted[theirs:]]
