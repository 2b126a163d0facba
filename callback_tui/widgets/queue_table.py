"""The list of the queue: fixed columns, rows known by their message, a selection that stays with its patient."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

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
Draw = Callable[[str], Mapping[str, Parts]]
_PADDING = 1
_HEADER_LINES = 1
_MARK = "▌"
_HEADER, _CURSOR = "queue-table--header", "queue-table--cursor"


class QueueTable(ScrollView, can_focus=True):
    """Shows rows in the order given; `selected_key` is the message the cursor is on.

    It draws its own lines: Textual's table takes thirty times as long for a row, and redraws all of them for one.
    """

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {_HEADER, _CURSOR}
    # What scrolls has keys of its own for these, so the screen's are bound here as well.
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of((QUEUE[0], *LIST), of_screen=True)]

    mark_style: reactive[str] = reactive("")
    """The style of the sign before the selected row."""

    class Rested(Message):
        """The cursor came to another message, or to none; `moved` when the one before is still in the list."""

        def __init__(self, key: str | None, *, moved: bool) -> None:
            """Name the message by its row key."""
            super().__init__()
            self.key = key
            self.moved = moved

    def __init__(self) -> None:
        """An empty table of rows."""
        super().__init__()
        self.cursor_row = 0
        self.widths: Mapping[str, int] = {}
        self._draw: Draw = lambda _key: {}
        self._cells: dict[str, Mapping[str, Parts]] = {}
        self._order: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._last_selected: str | None = None

    @property
    def selected_key(self) -> str | None:
        """The message the cursor is on at this very moment, whatever has been painted yet."""
        return self._order[self.cursor_row] if self._order else None

    @property
    def order(self) -> tuple[str, ...]:
        """The keys from top to bottom."""
        return self._order

    def cell(self, key: str, name: str) -> Parts:
        """Return what one cell of a row shows, the mark of the selected row with it."""
        if key not in self._cells:
            self._cells[key] = self._draw(key)
        parts = self._cells[key][name]
        if name != STATE:
            return parts
        return ((_MARK, self.mark_style) if key == self.selected_key else (" ", ""), *parts)

    def lay_out(self, terminal_cells: int) -> bool:
        """Choose the columns for a terminal of that width; return whether they changed (the rows are gone then)."""
        widths = next(widths for least, widths in _LAYOUTS if terminal_cells >= least)
        if widths == self.widths:
            return False
        self.widths = widths
        self._set_rows(())
        return True

    def show(self, order: tuple[str, ...], draw: Draw) -> None:
        """Make the table show exactly these rows in this order, repainting only what differs.

        `draw` returns the cells of a row; it is asked when the row comes into sight. The selection stays on its
        message; when that left the list, it goes to the row now in its place.
        """
        if order == self._order:
            self.redraw(tuple(self._cells), draw)
            return
        self._draw = draw
        self._set_rows(order)
        self._go_to(self._places.get(self._last_selected or "", self.cursor_row))

    def redraw(self, keys: Iterable[str], draw: Draw) -> None:
        """Draw these rows anew where they were drawn before, repainting the cells that differ."""
        self._draw = draw
        for key in keys:
            before = self._cells.get(key)
            if before is not None:
                now = self._cells[key] = draw(key)
                for name in self.widths:
                    if now[name] != before[name]:
                        self._repaint_cell(key, name)

    def select(self, key: str) -> bool:
        """Put the cursor on a message; return False when it is not in the list."""
        if key not in self._places:
            return False
        self._go_to(self._places[key])
        return True

    def key_after(self, key: str) -> str | None:
        """Return the message below another one, or above it at the end of the list."""
        if key not in self._places or len(self._order) == 1:
            return None
        at = self._places[key]
        return self._order[at + 1] if at + 1 < len(self._order) else self._order[at - 1]

    def render_line(self, y: int) -> Strip:
        """Return the headings, or the row on that line."""
        row = y - _HEADER_LINES + self.scroll_offset.y
        if y < _HEADER_LINES:
            style = self.get_component_rich_style(_HEADER)
            line = [part for name in self.widths for part in self._drawn(((_HEADINGS[name], ""),), name, style)]
        elif row < len(self._order):
            style = self.get_component_rich_style(_CURSOR) if row == self.cursor_row else self.rich_style
            key = self._order[row]
            line = [part for name in self.widths for part in self._drawn(self.cell(key, name), name, style)]
        else:
            style, line = self.rich_style, []
        return Strip(line).adjust_cell_length(self.size.width, style).simplify()

    def on_resize(self, _event: events.Resize) -> None:
        """Keep the cursor in sight."""
        self._bring_into_sight()

    def on_click(self, event: events.Click) -> None:
        """A click selects and does nothing more."""
        row = event.y - _HEADER_LINES + self.scroll_offset.y
        if event.y >= _HEADER_LINES and row < len(self._order):
            event.stop()
            self._go_to(row)

    def action_cursor_down(self) -> None:
        """Go one row down."""
        self._go_to(self.cursor_row + 1)

    def action_cursor_up(self) -> None:
        """Go one row up."""
        self._go_to(self.cursor_row - 1)

    def action_page_down(self) -> None:
        """Go one page down."""
        self._go_to(self.cursor_row + self._rows_in_sight)

    def action_page_up(self) -> None:
        """Go one page up."""
        self._go_to(self.cursor_row - self._rows_in_sight)

    def action_scroll_top(self) -> None:
        """Go to the first row."""
        self._go_to(0)

    def action_scroll_bottom(self) -> None:
        """Go to the last row."""
        self._go_to(len(self._order) - 1)

    @property
    def _rows_in_sight(self) -> int:
        return max(self.size.height - _HEADER_LINES, 1)

    def _set_rows(self, order: tuple[str, ...]) -> None:
        self._cells.clear()
        self._order = order
        self._places = {key: row for row, key in enumerate(order)}
        width = sum(width + 2 * _PADDING for width in self.widths.values())
        self.virtual_size = Size(width, len(order) + _HEADER_LINES)
        self.refresh()

    def _go_to(self, row: int) -> None:
        before, self.cursor_row = self.cursor_row, max(min(row, len(self._order) - 1), 0)
        if before != self.cursor_row:
            self._repaint_row(before)
            self._repaint_row(self.cursor_row)
        self._bring_into_sight()
        if self.selected_key != self._last_selected:
            moved = self._last_selected in self._places
            self._last_selected = self.selected_key
            self.post_message(self.Rested(self._last_selected, moved=moved))

    def _bring_into_sight(self) -> None:
        top, row = self.scroll_offset.y, self.cursor_row
        if not self.size.height or top <= row < top + self._rows_in_sight:
            return
        self.scroll_to(y=row if row < top else row - self._rows_in_sight + 1, animate=False, force=True)

    def _repaint_row(self, row: int) -> None:
        self.refresh_line(row + _HEADER_LINES)

    def _repaint_cell(self, key: str, name: str) -> None:
        left = 0
        for other, width in self.widths.items():
            cells = width + 2 * _PADDING
            if other == name:
                # One cell alone: a whole row for each countdown is six times the bytes of an idle desk.
                line = self._places[key] + _HEADER_LINES - self.scroll_offset.y
                if _HEADER_LINES <= line < self.size.height:
                    self.refresh(Region(left, line, cells, 1))
                return
            left += cells

    def _drawn(self, parts: Parts, name: str, base: Style) -> Iterator[Segment]:
        """Yield one cell, cut or filled to its width; its colours lie over the row's."""
        left = self.widths[name]
        fill = Segment(" " * (left - sum(cell_len(text) for text, _ in parts)), base)
        yield Segment(" " * _PADDING, base)
        if name in _RIGHT_ALIGNED:
            yield fill
        for text, style in parts:
            yield Segment(set_cell_size(text, min(cell_len(text), left)), base + Style.parse(style) if style else base)
            left = max(left - cell_len(text), 0)
        if name not in _RIGHT_ALIGNED:
            yield fill
        yield Segment(" " * _PADDING, base)
