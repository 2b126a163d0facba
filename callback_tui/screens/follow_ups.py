"""The follow-ups (F4): what is still to be done after calls; Enter does the thing."""

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Static

from callback_tui.commands import FOLLOW_UPS, LIST, WITHOUT_LEAVE
from callback_tui.errors import DeskError
from callback_tui.rules.speak import desk_zone_of
from callback_tui.screens.follow_up_verbs import FOLLOW_UP_STYLE, VerbsOfFollowUps
from callback_tui.screens.follow_up_window import TaskWindow
from callback_tui.screens.help import HelpScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.views.follow_up import FollowUpsView
from callback_tui.views.queue import ChangeMark
from callback_tui.widgets.desk_lines import DeskLine
from callback_tui.widgets.follow_up_cells import TaskLook
from callback_tui.widgets.follow_up_lines import TaskCounts, empty_words
from callback_tui.widgets.follow_up_list import MARK_CELLS, TaskList
from callback_tui.widgets.follow_up_pane import TaskPane
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.status_line import StatusLine
from callback_tui.widgets.titled_pane import TitledPane

if TYPE_CHECKING:
    from callback_tui.app import CallbackApp

_TICK_SECONDS = 1.0
_POLL_SECONDS = 0.5
_READ_AGAIN_AFTER = timedelta(seconds=60)
_SCROLLBAR_CELLS = 1


class FollowUpsScreen(VerbsOfFollowUps):
    """Shows one list after another; the selection stays on its line through all of them."""

    CSS_PATH = FOLLOW_UP_STYLE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of((*FOLLOW_UPS, *LIST)), *bindings_of(WITHOUT_LEAVE)]
    commands = (*FOLLOW_UPS, *LIST, *WITHOUT_LEAVE)

    def __init__(self, desk: OpenDesk, *, is_demo: bool = False) -> None:
        """Show what is to be done at this desk; a demo says so in its first line."""
        super().__init__()
        self.desk = desk
        self._is_demo = is_demo
        self._view: FollowUpsView | None = None
        self._mark: ChangeMark | None = None
        self._polling = False
        self._minute: datetime | None = None

    def compose(self) -> ComposeResult:
        """Two lines, the list and its selected line, the keys."""
        yield DeskLine(markup=False)
        yield TaskCounts(classes="line", markup=False)
        with Container(id="follow-ups"):
            with TitledPane(id="tasks"):
                yield TaskList()
                yield Static("Reading the follow-ups.", id="no-tasks", markup=False)
            yield TaskPane()
        yield StatusLine()
        yield KeyFooter(self.commands)

    def on_mount(self) -> None:
        """Start the tick and the poll; the first poll reads the list. A curtain drawn on the queue stays drawn."""
        self.curtained = self.queue_curtained()
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.paint())
        self.query_one(TaskList).focus()
        self.query_one("#tasks", TitledPane).set_titles(
            left="Follow-ups", bottom="by time in each part · tab next part"
        )
        self.set_interval(_TICK_SECONDS, self.tick, name="tick")
        self.set_interval(_POLL_SECONDS, self.poll, name="poll")
        self.poll()

    def on_resize(self, _event: events.Resize) -> None:
        """Fill the lines anew for the new width."""
        self.call_after_refresh(self.paint)

    @property
    def zone(self) -> str:
        """The zone of the clock at the desk; UTC until the list was read."""
        return "UTC" if self._view is None else desk_zone_of(self._view.policy)

    def poll(self) -> None:
        """Look in a worker whether somebody wrote; one look at a time."""
        if self._polling or self not in self.app.screen_stack:
            return
        from callback_tui.services.queue import change_mark

        self._polling = True
        self.in_background("poll", partial(change_mark, self.desk, self._mark), self._mark_read, self._poll_failed)

    def read_list(self) -> None:
        """Read the list in a worker."""
        from callback_tui.services.follow_up_list import follow_up_list

        self.in_background("follow_ups", partial(follow_up_list, self.desk), self.take_view, exclusive=True)

    def take_view(self, view: FollowUpsView) -> None:
        """Show a list."""
        self._view = view
        self.paint()

    def tick(self) -> None:
        """Go to the present: header, lines once a minute, undo time, the curtain when nobody is there."""
        if self not in self.app.screen_stack:
            return
        now = self.desk.clock.now()
        if self._view is not None:
            if now >= self._view.as_of + _READ_AGAIN_AFTER:
                self.read_list()
            if now.replace(second=0, microsecond=0) != self._minute:
                self.paint()
            idle = (now - cast("CallbackApp", self.app).last_input_at).total_seconds()
            if idle >= self._view.policy.desk.curtain_after_seconds and not self.curtained:
                self.action_curtain()
        self._tell_lines(now)

    def say(self, sentence: str, undo_until: datetime | None = None) -> None:
        """Show a sentence in the status line, with the key that takes it back while it can be."""
        self.query_one(StatusLine).say(sentence, self.desk.clock.now(), undo_until)

    def paint(self) -> None:
        """Show the list as it is at this moment."""
        now = self.desk.clock.now()
        self._tell_lines(now)
        if self._view is None:
            return
        self._minute = now.replace(second=0, microsecond=0)
        tasks = self.query_one(TaskList)
        cells = self.query_one("#tasks").content_size.width - MARK_CELLS - _SCROLLBAR_CELLS
        tasks.show(self._view, TaskLook(now, self.zone, self.desk.actor.staff_id, cells, self.curtained))
        tasks.display = bool(self._view.tasks)
        if tasks.display and self.focused is None:
            tasks.focus()
        empty = self.query_one("#no-tasks", Static)
        empty.display = not self._view.tasks
        empty.update(empty_words(self._view))
        count = sum(group.count for group in self._view.groups)
        self.query_one("#tasks", TitledPane).set_titles(right=f"{count} to do" if count else "")
        self._show_selected()

    def on_task_list_moved(self, event: TaskList.Moved) -> None:
        """Show the line the cursor came to; a sentence that was read goes."""
        event.stop()
        self._show_selected()

    def action_next_part(self) -> None:
        """Go to the next part of the list."""
        self.query_one(TaskList).select_next_part()

    def action_cursor_down(self) -> None:
        """Go one line down."""
        self.query_one(TaskList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go one line up."""
        self.query_one(TaskList).action_cursor_up()

    def action_scroll_top(self) -> None:
        """Go to the first line."""
        self.query_one(TaskList).action_first()

    def action_scroll_bottom(self) -> None:
        """Go to the last line."""
        self.query_one(TaskList).action_last()

    def action_curtain(self) -> None:
        """Draw or open the curtain; a window above goes."""
        self.curtained = not self.curtained
        self.say("")
        if self.curtained and isinstance(self.app.screen, TaskWindow):
            self.app.screen.dismiss(None)
        self.paint()

    def action_next_theme(self) -> None:
        """Change the colours."""
        cast("CallbackApp", self.app).next_theme()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.commands, with_legend=False))

    def _show_selected(self) -> None:
        pane = self.query_one(TaskPane)
        if self.curtained:
            pane.show_curtain()
        else:
            pane.show(self.selected(), self.zone, self.desk.clock.now())

    def _tell_lines(self, now: datetime) -> None:
        self.query_one(DeskLine).tell(self._view, self.desk.actor, now, is_demo=self._is_demo)
        self.query_one(TaskCounts).tell(self._view, now)
        self.query_one(StatusLine).tell(now)

    def _mark_read(self, mark: ChangeMark) -> None:
        self._polling = False
        known, self._mark = self._mark, mark
        if known is None or mark.changed != known.changed:
            self.read_list()

    def _poll_failed(self, error: DeskError) -> None:
        self._polling = False
        self.say(str(error))
