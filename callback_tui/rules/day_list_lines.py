"""The lists of the day as text: a sentence per line, and the whole list ready for paper."""

from collections.abc import Sequence
from datetime import datetime
from textwrap import wrap

from callback_tui.rules.channel_words import channel_words
from callback_tui.rules.clean import clean_line
from callback_tui.rules.feeds import silence_words
from callback_tui.rules.follow_up_words import said_at
from callback_tui.rules.phone import national
from callback_tui.rules.speak import clock_time, desk_zone_of, full_moment, moment, speak_due
from callback_tui.views.day_list import Arrived, CallOpen, DayList, DayListKind, ListSection
from callback_tui.views.desk import FeedLine
from callback_tui.views.follow_up import Task
from callback_tui.views.policy import SitePolicy
from callback_tui.views.queue import QueueRow

PAPER_CELLS = 80
_BOX = "[ ] "
_NAMES = {
    DayListKind.CANNOT_WAIT: "Cannot wait until tomorrow",
    DayListKind.HUDDLE: "Morning huddle",
    DayListKind.HANDOVER: "Handover of the shift",
}
_EMPTY = {
    DayListKind.CANNOT_WAIT: "Nothing has to be done before the desk opens tomorrow.",
    DayListKind.HUDDLE: "Nothing waits this morning.",
    DayListKind.HANDOVER: "There is nothing to hand over.",
}
_TRIES = ("not rung yet", "rung once", "rung twice")


def list_name(kind: DayListKind) -> str:
    """Return what a list is headed with."""
    return _NAMES[kind]


def heading_line(section: ListSection) -> str:
    """Return the heading of a part with its count."""
    return f"{section.heading}: {len(section.lines)}"


def row_line(row: QueueRow, site: SitePolicy, now: datetime, desk_zone: str) -> str:
    """Return one message as a sentence: who, number, what, when due, tries, who is at it."""
    number = national(row.phone_e164) if row.phone_e164 else row.phone_raw or "no number"
    parts = [
        f"{row.who}, {number}: {row.summary}",
        row.clock.tier.value,
        speak_due(row.clock, site, now, desk_zone),
        tries_words(row.attempts),
    ]
    if row.clock.scheduled_at is not None:
        parts.append(f"promised for {moment(row.clock.scheduled_at, site.hours.zone, now, desk_zone)}")
    if row.prefers is not None:
        parts.append(f"prefers {channel_words(row.prefers)}")
    if row.holder is not None:
        parts.append(f"with {row.holder.name}")
    return clean_line("; ".join(parts))


def tries_words(tries: int) -> str:
    """Return "not rung yet", "rung twice", "rung 4 times"."""
    return _TRIES[tries] if tries < len(_TRIES) else f"rung {tries} times"


def task_line(task: Task, zone: str, now: datetime) -> str:
    """Return one thing to do as a sentence: for whom, what, until when, whose it is."""
    text = "" if task.text in ("", task.what) else f" ({task.text})"
    whose = f"; {task.whose}" if task.whose else ""
    when = f"{'was due' if now > task.at else 'due'} {said_at(task, zone, now)}"
    return clean_line(f"{task.who}: {task.what}{text}; {when}{whose}")


def open_call_line(call: CallOpen, zone: str, now: datetime) -> str:
    """Return a call that has no outcome yet as a sentence."""
    return clean_line(f"{call.who}: call of {moment(call.started_at, zone, now)}, its outcome is to be logged")


def feed_line(feed: FeedLine, zone: str, now: datetime) -> str:
    """Return a source that fell silent as a sentence."""
    return clean_line(silence_words(feed, zone, now))


def arrived_words(arrived: Sequence[Arrived], since: datetime, zone: str, now: datetime) -> str:
    """Return what came in over night by tier, the urgent ones with how many were called already."""
    began = moment(since, zone, now)
    if not arrived:
        return f"Nothing came in since the desk closed {began}."
    total = sum(each.count for each in arrived)
    tiers = ", ".join(
        f"{each.count} {each.tier.value}" + (f" ({each.called} called since)" if each.tier.always_on else "")
        for each in arrived
    )
    return f"Since the desk closed {began}, {total} came in: {tiers}."


def paper(day_list: DayList) -> str:
    """Return a list ready for paper: 80 columns, a heading with practice, list and time, a box before each line."""
    zone = desk_zone_of(day_list.policy)
    name, practice = list_name(day_list.kind), clean_line(day_list.policy.name)
    gap = PAPER_CELLS - len(practice) - len(name)
    heading = [f"{practice}{' ' * gap}{name}"] if gap > 1 else [practice, name]
    as_of = f"As of {full_moment(day_list.as_of, zone)} ({zone}), for {clean_line(day_list.person)}"
    heading += [*wrap(as_of + ("; made-up people" if day_list.is_demo else ""), PAPER_CELLS), "-" * PAPER_CELLS]
    end = ["", f"End of the list, {clock_time(day_list.as_of, zone)}.", ""]
    return "\n".join([*heading, *list_body(day_list, PAPER_CELLS), *end])


def list_body(day_list: DayList, cells: int) -> list[str]:
    """Return the foreword and the parts of a list as lines of at most so many cells."""
    lines: list[str] = []
    for words in day_list.foreword:
        lines += wrap(words, cells)
    if not day_list.sections:
        lines += ["", _EMPTY[day_list.kind]]
    for section in day_list.sections:
        lines += ["", heading_line(section)]
        for words in section.lines:
            lines += wrap(words, cells, initial_indent=_BOX, subsequent_indent=" " * len(_BOX))
    return lines
