"""What a follow-up is called, in which part of the list it stands, and when it is due in a few cells."""

from datetime import datetime
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import FollowUpKind
from callback_tui.rules.speak import moment
from callback_tui.views.follow_up import Task, TaskSection

_WORDS = {
    FollowUpKind.LABS: "labs",
    FollowUpKind.PRESCRIPTION: "prescription",
    FollowUpKind.IMAGING: "imaging",
    FollowUpKind.APPOINTMENT: "appointment",
    FollowUpKind.FORM: "form",
    FollowUpKind.LETTER: "letter",
    FollowUpKind.TEXT_OR_PORTAL: "text or portal",
    FollowUpKind.REMINDER_CALL: "reminder call",
    FollowUpKind.DEMOGRAPHICS: "find a number",
    FollowUpKind.WELFARE_CHECK: "welfare check",
    FollowUpKind.CLINICIAN_DECISION: "decide how to go on",
    FollowUpKind.INCIDENT_REVIEW: "incident note",
    FollowUpKind.OVERRIDE_REVIEW: "look at a call",
    FollowUpKind.OTHER: "follow-up",
}
_HEADINGS = {
    TaskSection.HAND_OFF: "Handed over, waiting for a clinician",
    TaskSection.DUE: "Due",
    TaskSection.PROMISED: "Promised",
    TaskSection.TO_SEND: "To send",
    TaskSection.NOT_IN_CHART: "To write in the chart",
    TaskSection.ASLEEP: "Asleep",
}
_NEVER_LATE = frozenset({TaskSection.NOT_IN_CHART, TaskSection.ASLEEP})
_HOUR = 60
_WHOLE_HOURS_FROM = 10 * _HOUR
_DAYS_FROM = 48 * 60
_SENT = frozenset({FollowUpKind.LETTER, FollowUpKind.TEXT_OR_PORTAL})


def heading_words(section: TaskSection) -> str:
    """Return what a part of the list is headed with."""
    return _HEADINGS[section]


def kind_words(kind: FollowUpKind) -> str:
    """Return what lists call a kind of follow-up."""
    return _WORDS[kind]


def is_sent(kind: FollowUpKind) -> bool:
    """Whether the thing to do is to send something."""
    return kind in _SENT


def section_of(kind: FollowUpKind) -> TaskSection:
    """Return the part of the list an open follow-up stands in."""
    return TaskSection.TO_SEND if is_sent(kind) else TaskSection.DUE


def said_at(task: Task, desk_zone: str, now: datetime) -> str:
    """Return the time of a line by its site's clock; the zone is named where the desk's clock shows another time."""
    return moment(task.at, task.zone or desk_zone, now, desk_zone)


def is_late(task: Task, now: datetime) -> bool:
    """Whether the time of a line, and the minutes a promise may pass it, are over; chart and sleep have none."""
    return task.section not in _NEVER_LATE and now > task.at + task.grace


def when_cell(at: datetime, zone: str, now: datetime, *, late: bool) -> str:
    """Return a time in at most six cells: "14:10" today, else "27 Nov"; late "-12m", "-1h 42", "-12h", "-2d"."""
    if late:
        minutes = max(int((now - at).total_seconds()) // 60, 0)
        if minutes < _HOUR:
            return f"-{minutes}m"
        if minutes < _WHOLE_HOURS_FROM:
            return f"-{minutes // _HOUR}h {minutes % _HOUR:02}"
        return f"-{minutes // 60}h" if minutes < _DAYS_FROM else f"-{minutes // (24 * 60)}d"
    local = at.astimezone(ZoneInfo(zone))
    same_day = local.date() == now.astimezone(ZoneInfo(zone)).date()
    return f"{local:%H:%M}" if same_day else f"{local.day} {local:%b}"
