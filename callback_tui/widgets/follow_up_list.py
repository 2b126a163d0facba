"""The list of follow-ups: parts under headings, lines known by their key, a selection that stays on its line."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callback_tui.commands import FOLLOW_UPS
from callback_tui.views.follow_up import FollowUpsView, Task
from callback_tui.widgets.follow_up_cells import TaskLook, heading_line, task_line
from callback_tui.widgets.key_footer import bindings_of

_MARK = ("▌", "$accent")
MARK_CELLS = 1


class TaskList(OptionList):
    """Shows a view; headings cannot be selected."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(FOLLOW_UPS[:1], of_screen=True)]

    class Moved(Message):
        """The cursor came to another line, or to none."""

    def __init__(self) -> None:
        """An empty list."""
        super().__init__(id="task-list", markup=False, compact=True)
        self._tasks: dict[str, Task] = {}
        self._texts: dict[str, Content] = {}
        self._order: list[str] = []
        self._marked: str | None = None

    @property
    def selected(self) -> Task | None:
        """The line the cursor is on."""
        option = self.highlighted_option
        return None if option is None else self._tasks.get(option.id or "")

    @property
    def order(self) -> tuple[str, ...]:
        """The keys of the lines from top to bottom."""
        return tuple(key for key in self._order if key in self._tasks)

    def show(self, view: FollowUpsView, look: TaskLook) -> None:
        """Show these lines; the cursor stays on its line, or goes to the one now in its place."""
        kept = self._selected_key
        place = self.order.index(kept) if kept in self.order else 0
        rows: list[tuple[str, Content]] = []
        self._tasks = {}
        for group in view.groups:
            if group.tasks:
                rows.append((f"heading-{group.section.value}", heading_line(group)))
            for task in group.tasks:
                self._tasks[task.key] = task
                rows.append((task.key, task_line(task, look)))
        order = [key for key, _ in rows]
        if order == self._order:
            self._change(rows)
        else:
            top = self.scroll_offset.y
            self._order = order
            self._texts = dict(rows)
            with self.prevent(OptionList.OptionHighlighted):
                self.set_options(Option(self._drawn(key), id=key, disabled=key not in self._tasks) for key in order)
                self._put_cursor(kept, place)
            self.scroll_to(y=top, animate=False)
            self.call_after_refresh(self.scroll_to_highlight)
        self._note_selection()

    def select(self, key: str) -> None:
        """Put the cursor on a line of the list."""
        self.highlighted = self.get_option_index(key)

    def select_next_part(self) -> None:
        """Put the cursor on the first line of the next part, after the last one on the first."""
        if not self._tasks:
            return
        firsts = [self._order[at + 1] for at, key in enumerate(self._order) if key not in self._tasks]
        here = -1 if self.highlighted is None else self.highlighted
        self.select(next((key for key in firsts if self._order.index(key) > here), firsts[0]))

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Follow the cursor, and show the heading above the first line."""
        event.stop()
        self._note_selection()
        if self.order[:1] == (self._marked,):
            self.scroll_home(animate=False)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click selects and does nothing more."""
        event.stop()

    def _change(self, rows: Sequence[tuple[str, Content]]) -> None:
        for key, line in rows:
            if self._texts[key] != line:
                self._texts[key] = line
                self.replace_option_prompt(key, self._drawn(key))

    def _put_cursor(self, kept: str | None, place: int) -> None:
        order = self.order
        if not order:
            self.highlighted = None
        else:
            self.select(kept if kept in self._tasks else order[min(place, len(order) - 1)])

    @property
    def _selected_key(self) -> str | None:
        task = self.selected
        return None if task is None else task.key

    def _note_selection(self) -> None:
        key = self._selected_key
        if key != self._marked:
            before, self._marked = self._marked, key
            for changed in (before, key):
                if changed in self._tasks:
                    self.replace_option_prompt(changed, self._drawn(changed))
        self.post_message(self.Moved())

    def _drawn(self, key: str) -> Content:
        if key not in self._tasks:
            return Content.assemble(" ", self._texts[key])
        return Content.assemble(_MARK if key == self._marked else " ", self._texts[key])
