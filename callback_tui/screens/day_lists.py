"""The lists of the day on the screen, one after the other by key, and onto paper."""

from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from callback_tui.commands import DAY_LISTS
from callback_tui.errors import DeskError
from callback_tui.rules.day_list_lines import PAPER_CELLS, heading_line, list_body, list_name
from callback_tui.rules.speak import clock_time, desk_zone_of
from callback_tui.screens.background import BackgroundScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.views.day_list import DayList, DayListKind
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.status_line import StatusLine
from callback_tui.widgets.titled_pane import ScrollPane

_SCROLLBAR_CELLS = 1


class DayListsScreen(BackgroundScreen[bool]):
    """Shows one list as it goes onto paper; gives True back when the curtain was asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(DAY_LISTS)]
    commands = DAY_LISTS

    def __init__(self, desk: OpenDesk) -> None:
        """Show the lists of this desk, first what cannot wait."""
        super().__init__()
        self.desk = desk
        self.kind = DayListKind.CANNOT_WAIT

    def compose(self) -> ComposeResult:
        """The list and the keys."""
        with ScrollPane(id="day-list"):
            yield Static("Reading the list.", markup=False)
        yield StatusLine()
        yield KeyFooter(self.commands)

    def on_mount(self) -> None:
        """Read the first list."""
        self.query_one(ScrollPane).focus()
        self._read(self.kind)

    def action_cannot_wait(self) -> None:
        """Show what must not wait until tomorrow."""
        self._read(DayListKind.CANNOT_WAIT)

    def action_huddle(self) -> None:
        """Show what the morning begins with."""
        self._read(DayListKind.HUDDLE)

    def action_handover(self) -> None:
        """Show what this person leaves to the next."""
        self._read(DayListKind.HANDOVER)

    def action_print(self) -> None:
        """Write the list that is shown into the desk's exports."""
        from callback_tui.services.day_lists import print_file

        self.in_background("print_list", partial(print_file, self.desk, self.kind), self._printed)

    def action_back(self) -> None:
        """Go back to the queue."""
        self.dismiss(False)

    def action_hide(self) -> None:
        """Go back to the queue and draw the curtain."""
        self.dismiss(True)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.commands, with_legend=False))

    def refused(self, error: DeskError) -> None:
        """Say a refusal in the status line."""
        self.query_one(StatusLine).say(str(error), self.desk.clock.now())

    def _read(self, kind: DayListKind) -> None:
        from callback_tui.services.day_lists import day_list

        self.kind = kind
        self.in_background("day_list", partial(day_list, self.desk, kind), self._show, exclusive=True)

    def _show(self, shown: DayList) -> None:
        pane = self.query_one(ScrollPane)
        headings = {heading_line(section) for section in shown.sections}
        lines = list_body(shown, min(pane.content_size.width - _SCROLLBAR_CELLS, PAPER_CELLS))
        text = [
            Content.assemble(" " * (len(line) - len(line.lstrip())), plain_line(line, "bold" * (line in headings)))
            for line in lines
        ]
        pane.query_one(Static).update(Content("\n").join(text))
        pane.scroll_home(animate=False)
        as_of = clock_time(shown.as_of, desk_zone_of(shown.policy))
        lines_words = f"{shown.count} line{'' if shown.count == 1 else 's'}"
        pane.set_titles(left=list_name(shown.kind), right=f"{lines_words}, as of {as_of}", bottom="arrows scroll")

    def _printed(self, path: Path) -> None:
        self.query_one(StatusLine).say(f"Written to {path}", self.desk.clock.now())
