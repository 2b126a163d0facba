"""The calls behind a figure, and one message of them call by call."""

from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from callback_tui.commands import BEHIND, LIST, TIMELINE
from callback_tui.errors import DeskError
from callback_tui.rules.figures import figure_words
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.scorecard_list import ScreenWithScoreList
from callback_tui.services.desk import OpenDesk
from callback_tui.views.policy import Policy
from callback_tui.views.scorecard import CallsBehind, Timeline
from callback_tui.widgets.behind_cells import NAMES_CALLERS_FROM, behind_heading, behind_line, timeline_content
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.score_list import BehindList
from callback_tui.widgets.status_line import StatusLine
from callback_tui.widgets.titled_pane import ScrollPane, TitledPane

_SCROLLBAR_CELLS = 1


class BehindScreen(ScreenWithScoreList[bool]):
    """Lists calls, worst first, whose mean is the figure; gives True back when the curtain was asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of((*BEHIND, *LIST))]
    commands = (*BEHIND, *LIST)

    def __init__(self, desk: OpenDesk, behind: CallsBehind, policy: Policy) -> None:
        """Show these calls; times are those of the first site of `policy`."""
        super().__init__()
        self.desk = desk
        self._behind = behind
        self._zone = policy.sites[0].hours.zone

    def compose(self) -> ComposeResult:
        """The list and the keys."""
        with TitledPane(id="behind"):
            yield Static(id="figure-heading", markup=False)
            yield BehindList()
        yield StatusLine()
        yield KeyFooter(self.commands)

    def on_mount(self) -> None:
        """Name the pane."""
        line, shown, total = self._behind.line, len(self._behind.rows), self._behind.total
        count = f"{total:,} call{'' if total == 1 else 's'}" if shown == total else f"worst {shown:,} of {total:,}"
        where = f" · {self._behind.site}" if self._behind.site else ""
        mean = "" if line.current is None else f"their mean is {figure_words(line.unit, line.current, line.target)}, "
        titles = {
            "left": f"Behind {line.label}",
            "right": f"{count} · {self._behind.period.label}{where}",
            "bottom": f"{mean if shown == total else ''}worst first",
        }
        self.query_one(BehindList).focus()
        self.call_after_refresh(self.query_one(TitledPane).set_titles, **titles)

    def on_resize(self, _event: events.Resize) -> None:
        """Draw the lines for the new width."""
        self.call_after_refresh(self.paint)

    def paint(self) -> None:
        """Show the calls."""
        cells = self.query_one(TitledPane).content_size.width - _SCROLLBAR_CELLS
        key = self._behind.line.key
        named = self._behind.names_callers and cells >= NAMES_CALLERS_FROM
        self.query_one("#figure-heading", Static).update(behind_heading(key, cells, names_callers=named))
        self.query_one(BehindList).show(
            [
                (str(number), behind_line(row, key, self._zone, cells, names_callers=named))
                for number, row in enumerate(self._behind.rows)
            ]
        )

    def refused(self, error: DeskError) -> None:
        """Say a refusal in the status line."""
        self.query_one(StatusLine).say(str(error), self.desk.clock.now())

    def action_timeline(self) -> None:
        """Show every call about the selected message."""
        from callback_tui.services.supervision import timeline

        key = self.query_one(BehindList).selected_key
        if key is not None:
            work = partial(timeline, self.desk, self._behind.rows[int(key)].item_id)
            self.in_background("timeline", work, self._show_timeline, exclusive=True)

    def action_back(self) -> None:
        """Go back to the scorecard."""
        self.dismiss(False)

    def action_hide(self) -> None:
        """Go back and draw the curtain."""
        self.dismiss(True)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.commands, with_legend=False))

    def _show_timeline(self, timeline: Timeline) -> None:
        if self.app.screen is self:
            self.app.push_screen(TimelineScreen(timeline), self._timeline_closed)

    def _timeline_closed(self, wants_curtain: bool | None) -> None:
        if wants_curtain:
            self.dismiss(True)


class TimelineScreen(ModalScreen[bool]):
    """One message call by call; gives True back when the curtain was asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(TIMELINE)]
    commands = TIMELINE

    def __init__(self, timeline: Timeline) -> None:
        """Show `timeline`."""
        super().__init__()
        self._timeline = timeline

    def compose(self) -> ComposeResult:
        """One pane that scrolls."""
        with ScrollPane(classes="overlay"):
            yield Static(timeline_content(self._timeline), classes="label", markup=False)

    def on_mount(self) -> None:
        """Name the pane."""
        pane = self.query_one(ScrollPane)
        pane.focus()
        self.call_after_refresh(pane.set_titles, left=self._timeline.who, bottom="esc close · F9 curtain")

    def action_close(self) -> None:
        """Go back to the calls."""
        self.dismiss(False)

    def action_hide(self) -> None:
        """Go back and draw the curtain."""
        self.dismiss(True)
