"""From the queue to the days a site is closed and to the sources of messages."""

from callback_tui.screens.confirm import SentenceScreen
from callback_tui.screens.queue_base import QueueBase
from callback_tui.views.closed_days import PolicyEdits
from callback_tui.widgets.feed_lines import feeds_content


class DaysFromQueue(QueueBase):
    """Opens both windows; changes of days that were not saved stay while the desk is open."""

    _day_edits = PolicyEdits()

    def action_days_closed(self) -> None:
        """Show the days a site is closed."""
        from callback_tui.screens.days_closed import DaysClosedScreen

        self.app.push_screen(DaysClosedScreen(self.desk, self._day_edits), self._days_left)

    def _days_left(self, edits: PolicyEdits | None) -> None:
        self._day_edits = edits or PolicyEdits()
        if self._day_edits:
            self.say("Days were changed and not saved; , shows them.")

    def action_feeds(self) -> None:
        """Say where messages come from, when last, and what fell silent."""
        if self.snapshot is not None:
            text = feeds_content(self.snapshot, self.source.clock.now())
            self.app.push_screen(SentenceScreen("Where messages come from", text))
