"""Choices as "key, verb, consequence", one a line; a click does what the key does."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from callback_tui.rules.clean import clean_line
from callback_tui.widgets.plain import fit

_WIDEST_LABEL = 26
_NARROWEST_CONSEQUENCE = 10


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
        self._key_of_line: list[str] = []

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
        if offset is not None and 0 <= offset.y < len(self._key_of_line):
            self.post_message(self.Clicked(self._key_of_line[offset.y]))

    def _draw(self) -> None:
        labels = max((min(cell_len(row.label), _WIDEST_LABEL) for row in self._rows), default=0)
        marked = any(row.mark for row in self._rows)
        room = max(self.content_size.width - labels - (9 if marked else 6), _NARROWEST_CONSEQUENCE)
        lines: list[Content] = []
        self._key_of_line = []
        for row in self._rows:
            drawn = _lines(row, labels, room, marked=marked)
            lines += drawn
            self._key_of_line += [row.key] * len(drawn)
        self.update(Content("\n").join(lines))


def _lines(row: ChoiceRow, labels: int, room: int, *, marked: bool) -> list[Content]:
    mark = f"{row.mark:<3}" if marked else ""
    label = fit(row.label, labels)
    first, *others = wrap(clean_line(row.consequence), room) or [""]
    style = "$done" if row.good else "$dim"
    indent = " " * (labels + (9 if marked else 6))
    return [
        Content.assemble(
            (f" {row.key:<3}", "bold $accent" if row.enabled else "$dim"),
            (mark, "bold $done" if row.good else "$dim"),
            (label + " " * (labels - cell_len(label) + 2), "" if row.enabled else "$dim"),
            (first, style),
        ),
        *(Content.styled(indent + other, style) for other in others),
    ]
