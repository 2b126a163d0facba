"""The list of the queue: fixed columns, rows known by their message, a selection that stays with its patient."""

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

from rich.console import JustifyMethod
from rich.text import Text
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.widgets import DataTable
from textual.widgets.data_table import ColumnKey, RowKey

from callback_tui.commands import LIST, QUEUE
from callback_tui.widgets.key_footer import bindings_of
from callback_tui.widgets.queue_cells import DUE, STATE, TRY, USED, WHO, WHY, WITH, Parts

_HEADINGS = {
    STATE: " state",
    DUE: "due in",
    USED: "used",
    WHO: "who",
    WHY: "why",
    TRY: "try",
    WITH: "with",
}
_RIGHT_ALIGNED = frozenset((DUE, TRY))
_LAYOUTS: tuple[tuple[int, dict[str, int]], ...] = (
    (140, {STATE: 8, DUE: 6, USED: 6, WHO: 18, WHY: 14, TRY: 3, WITH: 8}),
    (120, {STATE: 8, DUE: 6, USED: 6, WHO: 17, WHY: 12, TRY: 3, WITH: 6}),
    (100, {STATE: 8, DUE: 6, WHO: 16, WHY: 12, TRY: 3}),
    (80, {STATE: 8, DUE: 6, USED: 6, WHO: 18, WHY: 13, TRY: 3, WITH: 7}),
    (0, {STATE: 8, DUE: 6, WHO: 16, WHY: 12, TRY: 3}),
)
_FEW_CHANGES = 40
_MARK = "▌"


class _StateCell(Text):
    """The first cell of a row; it also carries the row's place in the calling order, by which the table sorts."""

    rank: int = 0


class QueueTable(DataTable[Text]):
    """Shows rows in the order given; `selected_key` is the message the cursor is on."""

    # The list has keys of its own for these, so the screen's are bound here as well.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of((QUEUE[0], *LIST), of_screen=True)]

    class Rested(Message):
        """The cursor came to another message, or to none."""

        def __init__(self, key: str | None) -> None:
            """Name the message by its row key."""
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        """An empty table of rows."""
        super().__init__(
            cursor_type="row",
            cell_padding=1,
            show_row_labels=False,
            cursor_foreground_priority="renderable",
            cursor_background_priority="renderable",
        )
        self._marked: str | None = None
        self._mark_style = ""
        self.widths: Mapping[str, int] = {}
        self._parts: dict[str, dict[str, Parts]] = {}
        self._order: list[str] = []

    @property
    def mark_style(self) -> str:
        """The style of the sign before the selected row."""
        return self._mark_style

    @mark_style.setter
    def mark_style(self, style: str) -> None:
        if style == self._mark_style:
            return
        self._mark_style = style
        if self._marked in self._parts:
            self._paint(self._marked, STATE)

    @property
    def selected_key(self) -> str | None:
        """The message the cursor is on at this very moment, whatever has been painted yet."""
        row = self.cursor_row
        return self._order[row] if 0 <= row < len(self._order) else None

    def lay_out(self, terminal_cells: int) -> bool:
        """Choose the columns for a terminal of that width; return whether they changed (the rows are gone then)."""
        widths = next(widths for least, widths in _LAYOUTS if terminal_cells >= least)
        if widths == self.widths:
            return False
        self.widths = widths
        with self.prevent(DataTable.RowHighlighted):
            self.clear(columns=True)
            for name, width in widths.items():
                heading = Text(_HEADINGS[name], justify="right" if name in _RIGHT_ALIGNED else "left")
                self.add_column(heading, width=width, key=name)
        self._parts.clear()
        self._order.clear()
        return True

    def show(self, rows: Sequence[tuple[str, dict[str, Parts]]]) -> None:
        """Make the table show exactly these rows in this order, touching only cells that differ.

        The selection stays on its message; when that left the list, it goes to the row now in its place.
        """
        wanted = dict(rows)
        order = list(wanted)
        gone = [key for key in self._order if key not in wanted]
        new = [key for key in order if key not in self._parts]
        kept = self.selected_key or self._marked
        place = self.cursor_row
        with self.app.batch_update(), self.prevent(DataTable.RowHighlighted):
            if len(gone) + len(new) > _FEW_CHANGES:
                self.clear()
                self._parts.clear()
                self._order.clear()
                new = order
            else:
                for key in gone:
                    self.remove_row(key)
                    del self._parts[key]
            for key in new:
                self.add_row(*(self._cell(key, name, wanted[key][name]) for name in self.widths), key=key)
                self._parts[key] = dict(wanted[key])
            for key in order:
                self.change(key, wanted[key])
            if new or order != self._order:
                self._order = order
                for rank, key in enumerate(order):
                    cell = self.get_cell(key, STATE)
                    if isinstance(cell, _StateCell):
                        cell.rank = rank
                self.sort(STATE, key=lambda cell: cell.rank)
            self._put_cursor(kept, place)

    def change(self, key: str, cells: Mapping[str, Parts]) -> None:
        """Replace the cells of one row that differ from what it shows; columns not laid out are skipped."""
        shown = self._parts[key]
        for name, parts in cells.items():
            if name not in self.widths or shown.get(name) == parts:
                continue
            shown[name] = parts
            self._paint(key, name)

    def select(self, key: str) -> bool:
        """Put the cursor on a message; return False when it is not in the list."""
        if key not in self._parts:
            return False
        self.move_cursor(row=self.get_row_index(key), animate=False)
        self._note_selection(key)
        return True

    def key_after(self, key: str) -> str | None:
        """Return the message below another one, or above it at the end of the list."""
        if key not in self._order or len(self._order) == 1:
            return None
        at = self._order.index(key)
        return self._order[at + 1] if at + 1 < len(self._order) else self._order[at - 1]

    @property
    def order(self) -> tuple[str, ...]:
        """The keys from top to bottom."""
        return tuple(self._order)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Follow the cursor."""
        event.stop()
        self._note_selection(self.selected_key)

    def _update_dimensions(self, new_rows: Iterable[RowKey]) -> None:
        # Widths and heights are fixed here; measuring every new cell takes most of a second for 2,000 rows.
        del new_rows
        super()._update_dimensions(())

    def _put_cursor(self, kept: str | None, place: int) -> None:
        if not self._order:
            self._note_selection(None)
            return
        key = kept if kept in self._parts else None
        if key is None:
            key = self._order[min(max(place, 0), len(self._order) - 1)]
        self.move_cursor(row=self.get_row_index(key), animate=False)
        self._note_selection(key)

    def _note_selection(self, key: str | None) -> None:
        if key == self._marked:
            return
        before, self._marked = self._marked, key
        for changed in (before, key):
            if changed in self._parts:
                self._paint(changed, STATE)
        self.post_message(self.Rested(key))

    def _paint(self, key: str, name: str) -> None:
        cell = self._cell(key, name, self._parts[key][name])
        old = self.get_cell(key, name)
        if isinstance(cell, _StateCell) and isinstance(old, _StateCell):
            cell.rank = old.rank
        # `update_cell` would repaint the whole list for one cell: six times the work and the bytes of an idle desk.
        self._data[RowKey(key)][ColumnKey(name)] = cell
        self._update_count += 1
        self._repaint_cell(self.get_row_index(key), name)

    def _repaint_cell(self, row: int, name: str) -> None:
        left = 0
        for other, width in self.widths.items():
            if other == name:
                region = Region(left, row + self.header_height, width + 2 * self.cell_padding, 1)
                if self.window_region.overlaps(region):
                    self.refresh(region.translate(-self.scroll_offset))
                return
            left += width + 2 * self.cell_padding

    def _cell(self, key: str, name: str, parts: Parts) -> Text:
        justify: JustifyMethod = "right" if name in _RIGHT_ALIGNED else "left"
        if name == STATE:
            cell: Text = _StateCell(end="", no_wrap=True, justify=justify)
            selected = key == self._marked
            cell.append(_MARK if selected else " ", style=self.mark_style if selected else None)
        else:
            cell = Text(end="", no_wrap=True, justify=justify)
        for text, style in parts:
            cell.append(text, style=style or None)
        return cell
