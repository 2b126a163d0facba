"""One line of the follow-ups as a sentence: state, when, who, what, whose; and the headings between them."""

from dataclasses import dataclass
from datetime import datetime

from rich.cells import cell_len
from textual.content import Content

from callback_tui.rules.follow_up_words import heading_words, is_late, when_cell
from callback_tui.views.follow_up import Task, TaskGroup, TaskSection
from callback_tui.widgets.plain import dots, fit

_STATE_CELLS = 15
_WHEN_CELLS = 6
_WHO_CELLS = 18
_WHOSE_CELLS = 9
_GAPS = 4
_LEAST_WHAT_CELLS = 16
_CURTAIN_CELLS = 6
_STATES = {
    TaskSection.HAND_OFF: ("● handed", "$soon"),
    TaskSection.DUE: ("· due", "$foreground"),
    TaskSection.PROMISED: ("· promised", "$foreground"),
    TaskSection.TO_SEND: ("· to send", "$foreground"),
    TaskSection.NOT_IN_CHART: ("· not in chart", "$foreground"),
    TaskSection.ASLEEP: ("· asleep", "$dim"),
}


@dataclass(frozen=True, slots=True)
class TaskLook:
    """What a line depends on besides its task: when, in which zone, for whom, how wide, curtained."""

    now: datetime
    zone: str
    staff_id: int
    cells: int
    curtained: bool


def heading_line(group: TaskGroup) -> Content:
    """Return the heading of a part with its count, and how many of it are listed where not all are."""
    more = "+" if group.more else ""
    cut = f", the first {len(group.tasks)} listed" if len(group.tasks) < group.count else ""
    return Content.assemble((heading_words(group.section), "bold $foreground"), (f"  {group.count}{more}{cut}", "$dim"))


def task_line(task: Task, look: TaskLook) -> Content:
    """Return a line in `look.cells` cells. Behind the curtain who and what are dots; the rest tells of nobody."""
    late = is_late(task, look.now)
    state, style = ("▲ late", "bold $late") if late else _STATES[task.section]
    when = when_cell(task.at, look.zone, look.now, late=late)
    what_cells = look.cells - _STATE_CELLS - _WHEN_CELLS - _WHO_CELLS - _WHOSE_CELLS - _GAPS
    names_owner = what_cells >= _LEAST_WHAT_CELLS
    if not names_owner:
        what_cells = max(what_cells + _WHOSE_CELLS + 1, 1)
    if look.curtained:
        who, what = dots(task.who, _CURTAIN_CELLS), dots(task.what, _CURTAIN_CELLS)
    else:
        who, what = fit(task.who, _WHO_CELLS), fit(task.what, what_cells)
    return Content.assemble(
        (_cell(state, _STATE_CELLS), style),
        " ",
        (" " * (_WHEN_CELLS - len(when)) + when, style if late else "$foreground"),
        " ",
        (_cell(who, _WHO_CELLS), "$dim" if look.curtained else "bold $foreground"),
        " ",
        (_cell(what, what_cells), "$dim"),
        *((" ", _whose(task, look)) if names_owner else ()),
    )


def _whose(task: Task, look: TaskLook) -> tuple[str, str]:
    if task.whose_id is not None and task.whose_id == look.staff_id:
        return "you", "bold $mine"
    is_person = task.whose_id is not None
    words = task.whose.split()
    return fit(words[0] if is_person and words else task.whose, _WHOSE_CELLS), "$dim"


def _cell(text: str, cells: int) -> str:
    return text + " " * max(cells - cell_len(text), 0)
