"""What one line of the follow-ups means, whose it is, and what Enter does about it."""

from datetime import datetime, timedelta

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from callback_tui.models.vocabulary import FollowUpKind
from callback_tui.rules.clean import clean, clean_line
from callback_tui.rules.follow_up_words import is_late, said_at
from callback_tui.rules.speak import duration
from callback_tui.views.follow_up import Task, TaskSection
from callback_tui.widgets.key_footer import key_of
from callback_tui.widgets.plain import DOT
from callback_tui.widgets.titled_pane import ScrollPane

_LABEL_CELLS = 10
_TEXT_CHARACTERS = 2_000
_CURTAIN_ROW = f"{DOT} " * 16
_TIMES = {
    TaskSection.HAND_OFF: "take by",
    TaskSection.DUE: "due",
    TaskSection.PROMISED: "ring at",
    TaskSection.TO_SEND: "send by",
    TaskSection.NOT_IN_CHART: "call of",
    TaskSection.ASLEEP: "wakes",
}
_OWNERS = {
    TaskSection.HAND_OFF: "for",
    TaskSection.DUE: "for",
    TaskSection.PROMISED: "word of",
    TaskSection.TO_SEND: "for",
    TaskSection.NOT_IN_CHART: "rung by",
    TaskSection.ASLEEP: "",
}
_RINGS = "rings them"
_ENTER = {
    TaskSection.HAND_OFF: "shows it; a clinician takes it",
    TaskSection.DUE: "asks whether it is done",
    TaskSection.PROMISED: _RINGS,
    TaskSection.TO_SEND: "asks whether it was sent",
    TaskSection.NOT_IN_CHART: "shows the note to copy",
    TaskSection.ASLEEP: _RINGS,
}
_Part = str | Content | tuple[str, str]


class TaskPane(ScrollPane):
    """The selected line in full."""

    can_focus = False

    def compose(self) -> ComposeResult:
        """One text that scrolls."""
        yield Static(markup=False)

    def show(self, task: Task | None, zone: str, now: datetime) -> None:
        """Show a line; nothing without one."""
        if task is None:
            self._put("Follow-up", Content.styled("Nothing is selected.", "$dim"))
        else:
            self._put(task.who, Content.assemble(task_content(task, zone, now), self._keys(task)))

    def show_curtain(self) -> None:
        """Show dots that tell neither name nor length."""
        self._put("Follow-up", Content.styled("\n".join([_CURTAIN_ROW] * 3), "$line"), "curtain, F9")

    def _keys(self, task: Task) -> Content:
        does = [(key_of(name, self.app), words) for name, words in keys_of(task)]
        return Content("\n").join(
            Content.assemble((f"{key:<{_LABEL_CELLS}}", "bold $accent"), (words, "$dim")) for key, words in does
        )

    def _put(self, title: str, text: Content, right: str = "") -> None:
        self.set_titles(left=title, right=right)
        self.query_one(Static).update(text)
        self.scroll_home(animate=False)


def task_content(task: Task, zone: str, now: datetime) -> Content:
    """Return a line in full: what, when, whose, and the words that go with it."""
    late = is_late(task, now)
    parts: list[_Part] = [
        *_fact("what", task.what),
        *_fact(_TIMES[task.section], _time_words(task, zone, now), "bold $late" if late else "$foreground"),
        *_fact(_OWNERS[task.section], task.whose),
    ]
    if task.text.strip() and task.text != task.what:
        parts += [*_fact("words", clean(task.text, limit=_TEXT_CHARACTERS))]
    return Content.assemble(*parts)


def keys_of(task: Task) -> tuple[tuple[str, str], ...]:
    """Return the commands that do something about a line, by their ids, and what each does; Enter's first."""
    is_reminder = task.kind is FollowUpKind.REMINDER_CALL
    does = _RINGS if is_reminder else _ENTER[task.section]
    keys = [("follow_ups.do", does)]
    if does != _RINGS:
        keys.append(("follow_ups.ring", _RINGS))
    if task.section is TaskSection.ASLEEP:
        keys.append(("follow_ups.wake", "puts it back into the queue"))
    if is_reminder:
        keys.append(("follow_ups.done", "asks whether it is done"))
    return tuple(keys)


def _time_words(task: Task, zone: str, now: datetime) -> str:
    said = said_at(task, zone, now)
    apart = _apart(abs(now - task.at))
    if task.section is TaskSection.NOT_IN_CHART:
        return f"{said}, {apart} ago"
    return f"{said}, {apart} late" if now > task.at else f"{said}, in {apart}"


def _apart(wait: timedelta) -> str:
    return f"{wait.days} days" if wait.days > 1 else duration(int(wait.total_seconds()))


def _fact(label: str, value: str, style: str = "$foreground") -> list[_Part]:
    if not value or not label:
        return []
    return [(f"{label:<{_LABEL_CELLS}}", "$dim"), (clean_line(value), style), "\n"]
