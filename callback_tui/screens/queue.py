"""The queue, home screen of the desk: who is rung next, how long there is, what they said."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from callback_tui.commands import EVERYWHERE, LIST, QUEUE
from callback_tui.errors import DeskError
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.queue_callers import CallersOfQueue
from callback_tui.screens.queue_clock import QueueClock
from callback_tui.screens.queue_days import DaysFromQueue
from callback_tui.screens.queue_hand import HandsOfQueue
from callback_tui.screens.queue_messages import MessagesOfQueue
from callback_tui.screens.queue_next import NextOfQueue
from callback_tui.screens.queue_on_call import OnCallOfQueue
from callback_tui.screens.queue_picture import PictureOfQueue
from callback_tui.screens.queue_refused import RefusedFromQueue
from callback_tui.screens.queue_source import News, QueueSource, look
from callback_tui.screens.queue_warnings import WarningsOfQueue
from callback_tui.views.call import OutcomeResult
from callback_tui.views.queue import TEAM_UNFILTERED, QueueRow, QueueSnapshot
from callback_tui.widgets.desk_lines import DeskLine, FeedsLine, StateLine
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.message_pane import HistoryPane, MessagePane
from callback_tui.widgets.queue_table import QueueTable
from callback_tui.widgets.status_line import StatusLine
from callback_tui.widgets.titled_pane import TitledPane

if TYPE_CHECKING:
    from callback_tui.app import CallbackApp

_STYLE = Path(__file__).parents[1] / "styles" / "queue.tcss"
_TICK_SECONDS = 1.0
_POLL_SECONDS = 0.5
_READ_AGAIN_AFTER = timedelta(seconds=60)


class QueueScreen(
    RefusedFromQueue,
    HandsOfQueue,
    PictureOfQueue,
    WarningsOfQueue,
    NextOfQueue,
    CallersOfQueue,
    OnCallOfQueue,
    DaysFromQueue,
    MessagesOfQueue,
):
    """Shows one snapshot after another; the selection stays on its message through all of them."""

    CSS_PATH = _STYLE
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of((*QUEUE, *LIST)),
        *bindings_of(EVERYWHERE),
    ]
    commands = (*QUEUE, *LIST, *EVERYWHERE)

    def __init__(self, source: QueueSource, *, is_demo: bool = False, first: News | None = None) -> None:
        """Show the queue of `source`, at once when a `first` look was taken; a demo says so in its first line."""
        super().__init__()
        self.source = source
        self._is_demo = is_demo
        shown = None if first is None else first.snapshot
        self._clock = None if shown is None else QueueClock(shown, source.clock.now())
        self.chosen = TEAM_UNFILTERED if shown is None else shown.chosen
        self._mark = None if first is None else first.mark
        self._polling = False
        self.rows: dict[str, QueueRow] = {}

    def compose(self) -> ComposeResult:
        """Three lines, the panes, the keys."""
        yield DeskLine(markup=False)
        yield StateLine(classes="line", markup=False)
        yield FeedsLine(classes="line", markup=False)
        with Horizontal(id="panes"):
            with TitledPane(id="list"):
                yield QueueTable()
                yield Static("Reading the queue.", id="empty", markup=False)
                yield Input(id="search", placeholder="name, digits of the number, or reason", max_length=80)
            with Vertical(id="side"):
                yield MessagePane()
                yield HistoryPane()
        yield StatusLine()
        yield KeyFooter(self.commands)

    def on_mount(self) -> None:
        """Start the tick and the poll; the first poll reads the queue unless it was read before."""
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.paint())
        self.query_one(QueueTable).focus()
        self.query_one("#list", TitledPane).set_titles(left="Queue")
        self.query_one(MessagePane).show_sentence("")
        self.set_interval(_TICK_SECONDS, self.tick, name="tick")
        self.set_interval(_POLL_SECONDS, self.poll, name="poll")
        if self._clock is None:
            self.poll()
        else:
            self.offer_unfinished()

    def poll(self) -> None:
        """Look in a worker whether somebody wrote; one look at a time."""
        if self._polling or self not in self.app.screen_stack:
            return
        self._polling = True
        self.in_background("poll", partial(look, self.source, self._mark), self._looked, self._poll_failed)

    def read_queue(self) -> None:
        """Read a new snapshot in a worker."""
        self.in_background("snapshot", self.source.snapshot, self.take_snapshot, exclusive=True)

    def take_snapshot(self, snapshot: QueueSnapshot) -> None:
        """Show a snapshot."""
        first = self._clock is None
        if first:
            self.chosen = snapshot.chosen
        self._clock = QueueClock(snapshot, self.source.clock.now(), self._clock)
        self.paint()
        if self.to_top:
            self.to_top = False
            self.query_one(QueueTable).action_scroll_top()
        if first:
            self.offer_unfinished()

    def tick(self) -> None:
        """Go to the present: header, countdowns that changed, undo time, and what is due to be read again."""
        if self not in self.app.screen_stack:
            return
        now = self.source.clock.now()
        if self.is_current:
            changed = self.draw_present(now)
            if self._clock is not None:
                self.warn(self._clock.rows, changed, self._clock.countdowns)
        if self._clock is not None:
            snapshot = self._clock.snapshot
            wakes = self._clock.next_wake
            if (wakes is not None and wakes <= now) or now >= snapshot.as_of + _READ_AGAIN_AFTER:
                self.read_queue()
            idle = (now - cast("CallbackApp", self.app).last_input_at).total_seconds()
            if idle >= snapshot.policy.desk.curtain_after_seconds and not self.curtained:
                self.action_curtain()

    def on_screen_resume(self) -> None:
        """Catch up with the time that went by under another screen."""
        if self.is_mounted:
            self.draw_present(self.source.clock.now())

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line; the next verb, a moved cursor or a minute takes it away."""
        self.query_one(StatusLine).say(sentence, self.source.clock.now())

    def say_done(self, result: OutcomeResult) -> None:
        """Show what an outcome led to, with the key that takes it back."""
        self.query_one(StatusLine).say(result.sentence, self.source.clock.now(), result.undo_until)

    def refused(self, error: DeskError) -> None:
        """Say a refusal in the status line."""
        self.say(str(error))

    def action_call(self) -> None:
        """Ring the selected patient."""
        row = self.selected_row()
        if row is not None:
            self.start_call(row.item_id)

    def action_curtain(self) -> None:
        """Draw or open the curtain."""
        self.curtained = not self.curtained
        self.say("")
        if self.curtained:
            self.close_windows()
        self.paint()
        self.forget_message()

    def action_next_theme(self) -> None:
        """Change the colours."""
        cast("CallbackApp", self.app).next_theme()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.commands))

    def _looked(self, news: News) -> None:
        self._polling = False
        self._mark = news.mark
        if news.snapshot is not None:
            self.take_snapshot(news.snapshot)

    def _poll_failed(self, error: DeskError) -> None:
        self._polling = False
        self.say(str(error))
