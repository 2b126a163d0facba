"""What the queue screen draws: the rows that belong into the list, their cells at this moment, the lines above."""

from collections.abc import Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from textual import events
from textual.widgets import Static

from callback_tui.rules.speak import desk_zone_of
from callback_tui.screens.queue_clock import QueueClock
from callback_tui.screens.queue_views import ViewsOfQueue
from callback_tui.views.clock import Countdown
from callback_tui.views.policy import SitePolicy
from callback_tui.views.queue import QueueRow, QueueSnapshot
from callback_tui.widgets.desk_lines import PACE_FROM_CELLS, DeskLine, FeedsLine, StateLine
from callback_tui.widgets.key_footer import key_of
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.queue_cells import Look, Parts, row_cells
from callback_tui.widgets.queue_table import QueueTable
from callback_tui.widgets.queue_words import empty_words, list_titles
from callback_tui.widgets.status_line import StatusLine
from callback_tui.widgets.theme import palette_of
from callback_tui.widgets.titled_pane import TitledPane


class PictureOfQueue(ViewsOfQueue):
    """Draws what the snapshot and the clock say; reads nothing."""

    _clock: QueueClock | None = None
    _is_demo = False

    @property
    def snapshot(self) -> QueueSnapshot | None:
        """What is shown; None until the queue was read."""
        return None if self._clock is None else self._clock.snapshot

    def on_resize(self, event: events.Resize) -> None:
        """Choose the columns for the new width."""
        table = self.query_one(QueueTable)
        if table.lay_out(event.size.width):
            self.paint()
        self.call_after_refresh(self._tell_lines)

    def site_of(self, row: QueueRow) -> SitePolicy:
        """Return the policy of a row's site; the first one for a site the policy no longer has."""
        assert self._clock is not None  # noqa: S101 - rows come from a snapshot
        return self._clock.snapshot.policy.site_of(row.site)

    @property
    def desk_zone(self) -> str:
        """The zone of the clock in the first line; UTC until the queue was read."""
        return "UTC" if self._clock is None else desk_zone_of(self._clock.snapshot.policy)

    def paint(self) -> None:
        """Show the rows that belong into the list now, and the sentences around it."""
        if self._clock is None or not self.query_one(QueueTable).widths:
            return
        now = self.source.clock.now()
        snapshot = self._clock.snapshot
        listing = self.listing()
        shown = {str(row.item_id): row for row in listing.rows}
        before, self.rows = self.rows, shown
        table = self.query_one(QueueTable)
        table.mark_style = palette_of(self.app).accent
        table.show(tuple(shown), self._draw(now))
        table.display = bool(shown)
        empty = self.query_one("#empty", Static)
        empty.display = not shown
        if not shown:
            words = empty_words(snapshot, self.chosen, self.needle, curtained=self.curtained)
            empty.update(plain_line(words))
        titles = list_titles(
            snapshot,
            listing,
            self.chosen,
            self.needle,
            now,
            curtained=self.curtained,
            clear=key_of("queue.clear_search", self.app),
            with_pace=self.size.width < PACE_FROM_CELLS,
        )
        self.query_one("#list", TitledPane).set_titles(**titles)
        self._tell_lines()
        selected = table.selected_key or ""
        if selected in before and before[selected] != shown.get(selected):
            self.open_message()

    def draw_present(self, now: datetime) -> tuple[str, ...]:
        """Go to another moment: draw what changed and return the keys of those rows."""
        changed = () if self._clock is None else self._clock.move(now)
        if changed:
            self.query_one(QueueTable).redraw(changed, self._draw(now))
        self._tell_lines()
        return changed

    def _draw(self, now: datetime) -> Callable[[str], dict[str, Parts]]:
        """Return what draws the cells of a row as they are at `now`."""
        look = Look(
            palette=palette_of(self.app),
            zone=ZoneInfo(self.desk_zone),
            staff_id=self.source.actor.staff_id,
            widths=self.query_one(QueueTable).widths,
            curtained=self.curtained,
        )
        return lambda key: row_cells(self.rows[key], self._countdowns[key], now, look)

    @property
    def _countdowns(self) -> Mapping[str, Countdown]:
        return {} if self._clock is None else self._clock.countdowns

    def _tell_lines(self) -> None:
        now = self.source.clock.now()
        snapshot = self._clock.snapshot if self._clock else None
        self.query_one(DeskLine).tell(snapshot, self.source.actor, now, is_demo=self._is_demo)
        if snapshot is not None and self._clock is not None:
            self.query_one(StateLine).counts = self._clock.counts(self.source.actor.staff_id)
            self.query_one(StateLine).tell_pace(snapshot.forecast)
            self.query_one(FeedsLine).tell(snapshot, now)
        self.query_one(StatusLine).tell(now)
