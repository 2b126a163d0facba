"""The windows of the follow-ups by kind: what each says, and what will be recorded."""

from datetime import datetime

from callback_tui.models.vocabulary import Role
from callback_tui.rules.follow_up_words import said_at
from callback_tui.rules.speak import moment
from callback_tui.screens.follow_up_window import TaskWindow
from callback_tui.views.follow_up import HandOffCard, Task
from callback_tui.widgets.choice_list import ChoiceRow

_LEAVE = ChoiceRow("n", "leave it", "nothing is recorded")


def done_window(task: Task, zone: str, now: datetime) -> TaskWindow:
    """Ask whether a follow-up is done."""
    rows = (
        ChoiceRow("y", "done", "recorded; the last one closes the message"),
        ChoiceRow("a", "done, with a note", "the note is added to the call"),
        _ring_row(task, "back to the queue with it; this stays to be done"),
        _LEAVE,
    )
    return TaskWindow(f"Done? {task.who}", _about(task, zone, now), rows, note_wanted=True)


def sent_window(task: Task, zone: str, now: datetime, words: str) -> TaskWindow:
    """Ask whether something was sent; `words` are ready to be sent, empty where the call agreed on others."""
    copy = ChoiceRow("c", "copy the words", "to the clipboard; they say nothing of health")
    rows = (
        *((copy,) if words else ()),
        ChoiceRow("y", "sent", "recorded with your name and the time"),
        _ring_row(task, "back to the queue with it; this stays to be sent"),
        _LEAVE,
    )
    about = _about(task, zone, now)
    return TaskWindow(f"Sent? {task.who}", f"{about}\n\n{words}" if words else about, rows, copied=words)


def chart_window(note: str) -> TaskWindow:
    """Show the note of a call, to be copied into the chart."""
    rows = (
        ChoiceRow("c", "copy", "the note goes to the clipboard"),
        ChoiceRow("y", "it is in the chart", "recorded with your name and the time"),
        _LEAVE,
    )
    return TaskWindow("To write in the chart", note, rows, copied=note)


def hand_off_window(card: HandOffCard, zone: str, now: datetime, role: Role) -> TaskWindow:
    """Show what was handed over; only a clinician can take it."""
    parts = (
        ("Situation", card.situation),
        ("Background", card.background),
        ("Assessment", card.assessment),
        ("Request", card.request),
    )
    text = "\n".join(f"{heading}: {words.strip()}" for heading, words in parts if words.strip())
    handed = f"Handed over at {moment(card.made_at, zone, now)} by {card.made_by}; take it by "
    is_clinician = role is Role.CLINICIAN
    only = "only a clinician takes it"
    rows = (
        ChoiceRow(
            "y",
            "take it, ring now",
            "its clock ends; the script opens" if is_clinician else only,
            "",
            False,
            is_clinician,
        ),
        ChoiceRow(
            "a",
            "take it, ring later",
            "the message waits in the queue" if is_clinician else only,
            "",
            False,
            is_clinician,
        ),
        ChoiceRow("r", "ring only", "the script opens; it stays handed over"),
        _LEAVE,
    )
    due = moment(card.due_at, zone, now)
    return TaskWindow(f"Handed over: {card.who}", f"{handed}{due}.\n\n{text or 'Nothing was written.'}", rows)


def _ring_row(task: Task, consequence: str) -> ChoiceRow:
    if task.item_id is None:
        return ChoiceRow("r", "ring about it", "no message belongs to it", enabled=False)
    return ChoiceRow("r", "ring about it", consequence)


def _about(task: Task, zone: str, now: datetime) -> str:
    due = f"{task.what}, due {said_at(task, zone, now)}"
    return f"{due}\n\n{task.text.strip()}" if task.text.strip() else due
