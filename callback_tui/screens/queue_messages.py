"""Reading messages from the queue: beside the list, full width, and why one stands where it stands."""

from functools import partial

from textual import events
from textual.timer import Timer

from callback_tui.errors import DeskError
from callback_tui.rules.queue_order import what_stands_before, why_first
from callback_tui.rules.speak import speak_due
from callback_tui.screens.message import MessageScreen
from callback_tui.screens.queue_calls import CallsFromQueue
from callback_tui.screens.why import WhyScreen
from callback_tui.views.queue import MessageView
from callback_tui.widgets.message_pane import HistoryPane, MessagePane
from callback_tui.widgets.queue_table import QueueTable
from callback_tui.widgets.status_line import StatusLine

_REST_SECONDS = 0.2
_PANE_FROM_CELLS = 100


class MessagesOfQueue(CallsFromQueue):
    """The reading verbs of the queue screen."""

    _view: MessageView | None = None
    _asked_for: int | None = None
    _rest: Timer | None = None

    def on_queue_table_rested(self, event: QueueTable.Rested) -> None:
        """Wait until the cursor rests before a patient's message is opened, for every view is recorded."""
        event.stop()
        if event.moved:
            self.query_one(StatusLine).move_on(self.source.clock.now())
        if self._view is not None and str(self._view.item_id) == event.key:
            return
        self._view = None
        self._show_message()
        if self._rest is not None:
            self._rest.stop()
        if event.key is not None:
            self._rest = self.set_timer(_REST_SECONDS, self.open_message)

    def open_message(self) -> None:
        """Open the selected message in the pane beside the queue, where there is one."""
        item_id = self.selected_item()
        hidden = self.curtained or self.size.width < _PANE_FROM_CELLS
        if item_id is None or hidden or item_id == self._asked_for:
            return
        self._asked_for = item_id
        work = partial(self.source.peek, item_id)
        self.in_background("peek", work, self._message_read, self._message_refused, exclusive=True)

    def on_resize(self, _event: events.Resize) -> None:
        """Open the selected message when a wider window made room for its pane."""
        if self._view is None:
            self.call_after_refresh(self.open_message)

    def action_message(self) -> None:
        """Open the selected message full width."""
        row = self.selected_row()
        if row is not None:
            self.in_background("read_message", partial(self.source.peek, row.item_id), self._message_opened)

    def action_why(self) -> None:
        """Say why the selected message stands where it stands."""
        row = self.selected_row()
        if row is not None:
            now, snapshot = self.source.clock.now(), self.snapshot
            assert snapshot is not None  # noqa: S101 - rows come from a snapshot
            due = speak_due(row.clock, self.site_of(row), now, self.desk_zone)
            asks = self.source.actor.staff_id
            before = what_stands_before(snapshot.rows).get(row.item_id, "")
            reasons = why_first(row, snapshot.policy, now, before=before, staff_id=asks)
            self.app.push_screen(WhyScreen(row.who, reasons, due))

    def action_copy_number(self) -> None:
        """Copy the selected message's number; looking at it is recorded as reading the message is."""
        row = self.selected_row()
        if row is not None and row.phone_e164 is not None:
            copy = partial(self._copy, row.phone_e164)
            self.in_background("copy_number", partial(self.source.peek, row.item_id), copy)
        elif row is not None:
            self.say("This message has no number to copy.")

    def _copy(self, number: str, _view: MessageView) -> None:
        self.app.copy_to_clipboard(number)
        self.say("Number copied.")

    def action_cursor_down(self) -> None:
        """Go one row down."""
        self.query_one(QueueTable).action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go one row up."""
        self.query_one(QueueTable).action_cursor_up()

    def action_scroll_top(self) -> None:
        """Go to the first row."""
        self.query_one(QueueTable).action_scroll_top()

    def action_scroll_bottom(self) -> None:
        """Go to the last row."""
        self.query_one(QueueTable).action_scroll_bottom()

    def action_curtain(self) -> None:
        """Draw or open the curtain."""
        raise NotImplementedError

    def forget_message(self) -> None:
        """Take the message away, as the curtain asks, and open it again where it may be seen."""
        self._view = None
        self._show_message()
        self.open_message()

    def _message_read(self, view: MessageView) -> None:
        self._asked_for = None
        if view.item_id == self.selected_item() and not self.curtained:
            self._view = view
            self._show_message()

    def _message_refused(self, error: DeskError) -> None:
        self._asked_for = None
        self.refused(error)

    def _message_opened(self, view: MessageView) -> None:
        row = self.rows.get(str(view.item_id))
        if row is not None and not self.curtained:
            self._message_read(view)
            zone = self.site_of(row).hours.zone
            screen = MessageScreen(view, zone, self.source.clock.now(), self.desk_zone)
            self.app.push_screen(screen, partial(self._message_closed, view.item_id))

    def _message_closed(self, item_id: int, wanted: str | None) -> None:
        if wanted == "call":
            self.start_call(item_id)
        elif wanted == "curtain":
            self.action_curtain()

    def _show_message(self) -> None:
        row = self.rows.get(self.query_one(QueueTable).selected_key or "")
        pane, history = self.query_one(MessagePane), self.query_one(HistoryPane)
        if row is None:
            pane.show_sentence("No message is selected.")
            history.show(None, "UTC")
        elif self.curtained:
            pane.show_curtain()
            history.show(None, "UTC")
        else:
            zone = self.site_of(row).hours.zone
            history.show(self._view, self.desk_zone)
            if self._view is None:
                pane.show_sentence("Opening the message.")
            else:
                now = self.source.clock.now()
                pane.show(self._view, zone, now, desk_zone=self.desk_zone, with_earlier=not history.display)
