"""Choices as "key, verb, consequence", one a line; a click does what the key does."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from callback_tui.widgets.plain import fit

_WIDEST_LABEL = 26


@dataclass(frozen=True, slots=True)
class ChoiceRow:
    """One choice. `mark` is a tick or a dot before the verb; `good` says the consequence is a success already."""

    key: str
    label: str
    consequence: str = ""
    mark: str = ""
    good: bool = False
    enabled: bool = True


class ChoiceList(Static):
    """Draws rows and says which was clicked; keys are the screen's."""

    class Clicked(Message):
        """A row was clicked."""

        def __init__(self, key: str) -> None:
            """Name the row by its key."""
            self.key = key
            super().__init__()

    def __init__(self, name_in_styles: str) -> None:
        """Begin empty."""
        super().__init__(id=name_in_styles, markup=False)
        self._rows: tuple[ChoiceRow, ...] = ()

    def show(self, rows: Sequence[ChoiceRow]) -> None:
        """Replace the rows."""
        self._rows = tuple(rows)
        self._draw()

    def on_resize(self) -> None:
        """Cut the consequences anew."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Turn a click into the row's key."""
        offset = event.get_content_offset(self)
        if offset is not None and 0 <= offset.y < len(self._rows):
            self.post_message(self.Clicked(self._rows[offset.y].key))

    def _draw(self) -> None:
        labels = max((min(cell_len(row.label), _WIDEST_LABEL) for row in self._rows), default=0)
        marked = any(row.mark for row in self._rows)
        room = self.content_size.width - labels - (9 if marked else 6)
        self.update(Content("\n").join([_line(row, labels, max(room, 8), marked=marked) for row in self._rows]))


def _line(row: ChoiceRow, labels: int, room: int, *, marked: bool) -> Content:
    mark = f"{row.mark:<3}" if marked else ""
    label = fit(row.label, labels)
    return Content.assemble(
        (f" {row.key:<3}", "bold $accent" if row.enabled else "$dim"),
        (mark, "bold $done" if row.good else "$dim"),
        (label + " " * (labels - cell_len(label) + 2), "" if row.enabled else "$dim"),
        (fit(row.consequence, room), "$done" if row.good else "$dim"),
    )
