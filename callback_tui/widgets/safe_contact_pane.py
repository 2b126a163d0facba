"""What may be done with this patient's numbers, pinned above the call: four lines, or one where room is short."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from callback_tui.views.queue import SafeContactCard
from callback_tui.widgets.plain import dots, fit, plain_line
from callback_tui.widgets.titled_pane import ScrollPane

_LABEL_CELLS = 12
_NOT_ASKED = "not asked yet"


class SafeContactPane(ScrollPane):
    """The card as a pane."""

    def compose(self) -> ComposeResult:
        """One block of text; the pane scrolls it."""
        yield Static(id="safe-text", markup=False)

    def show(self, card: SafeContactCard, zone: str, *, curtained: bool) -> None:
        """Draw the card anew."""
        self.set_titles("Safe contact", _asked(card.asked_at, zone))
        lines = [
            Content.assemble(
                (f"{label:<{_LABEL_CELLS}}", "$dim"), plain_line(value, "bold" if label == "may leave" else "")
            )
            for label, value in _rows(card, curtained=curtained)
        ]
        self.query_one("#safe-text", Static).update(Content("\n").join(lines))


class SafeContactLine(Static):
    """The card on one line: only what was asked."""

    def show(self, card: SafeContactCard, *, curtained: bool) -> None:
        """Draw the line anew, cut to its width."""
        parts: list[Content] = [Content.styled("safe contact", "$dim")]
        for label, value in _rows(card, curtained=curtained):
            if label == "may leave":
                parts.append(plain_line(value, "bold"))
            elif value != _NOT_ASKED and label != "language":
                parts.append(Content.assemble((f"{label} ", "$dim"), plain_line(value)))
        self.update(Content("  ").join(parts).truncate(self.content_size.width, ellipsis=True))


def _rows(card: SafeContactCard, *, curtained: bool) -> Iterator[tuple[str, str]]:
    hears = dots(card.may_hear, 8) if curtained else card.may_hear
    yield "may leave", fit(card.may_leave or _NOT_ASKED, 200)
    yield "never", fit(card.never or _NOT_ASKED, 200)
    yield "may hear", fit(hears or _NOT_ASKED, 200)
    if card.prefers:
        yield "prefers", fit(card.prefers, 200)
    yield "language", fit(card.language or _NOT_ASKED, 200)


def _asked(asked_at: datetime | None, zone: str) -> str:
    if asked_at is None:
        return "never asked"
    day = asked_at.astimezone(ZoneInfo(zone))
    return f"asked {day.day} {day:%b %Y}"
