"""The bare Textual app that the budgets are measured against: one DataTable of fixed columns, and a footer."""

import sys
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import DataTable, Footer

_WIDTHS = {"state": 8, "due in": 6, "used": 6, "who": 17, "why": 12, "try": 3, "with": 6}


class BareApp(App[None]):
    """Shows so many rows, the first of them called "first row"."""

    BINDINGS: ClassVar[list[BindingType]] = [("q", "quit", "leave")]

    def __init__(self, rows: int) -> None:
        """Keep how many rows to show."""
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """The table and the footer."""
        yield DataTable(cursor_type="row")
        yield Footer()

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(DataTable)
        for label, width in _WIDTHS.items():
            table.add_column(label, width=width)
        for number in range(self._rows):
            who = "first row" if number == 0 else f"row {number}"
            table.add_row("ok", "41m", "---", who, "refill", "0", "", key=str(number))


BareApp(int(sys.argv[1])).run()
