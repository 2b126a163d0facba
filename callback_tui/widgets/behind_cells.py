"""One call behind a figure in cells, and one message call by call, in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content

from callback_tui.rules.figures import wait_words
from callback_tui.rules.outcome_words import OUTCOME_CELLS, short_outcome
from callback_tui.rules.speak import full_moment
from callback_tui.views.scorecard import BehindLine, MetricKey, Timeline, TimelineCall
from callback_tui.widgets.plain import fit

_AT_CELLS, _VALUE_CELLS, _CALLER_CELLS = 12, 12, 14
_LEAST_NAME_CELLS, _MOST_NAME_CELLS = 12, 30
_LABEL_CELLS = 12
_MINUTE = 60
NAMES_CALLERS_FROM = 72
"""In fewer cells a line does not say who rang; the message's own window does."""

_HUNDRED_HOURS = 360_000


def behind_heading(key: MetricKey, cells: int, *, names_callers: bool) -> Content:
    """Return the words above the columns."""
    at = "came in" if key.is_wait else "called"
    value = {MetricKey.FIRST_CALL_RESOLUTION: "resolved", MetricKey.SATISFACTION: "score"}.get(key, "waited")
    name = _name_cells(cells, names_callers=names_callers)
    words = f" {at:>{_AT_CELLS}} {value:>{_VALUE_CELLS}}  {'patient':<{name}} {'how it ended':<{OUTCOME_CELLS}}"
    return Content.styled(f"{words} called by" if names_callers else words, "$dim")


def behind_line(line: BehindLine, key: MetricKey, zone: str, cells: int, *, names_callers: bool) -> Content:
    """Return one call as a line: when, what went into the figure, whose it was, how it ended, who rang."""
    name = _name_cells(cells, names_callers=names_callers)
    value, style = _value(line, key)
    return Content.assemble(
        (f"{_short_moment(line.at, zone):>{_AT_CELLS}} ", "$dim"),
        (f"{value:>{_VALUE_CELLS}}  ", style),
        _padded(fit(line.who, name), name + 1),
        (_padded(fit(_ended(line), OUTCOME_CELLS), OUTCOME_CELLS + 1), "$dim"),
        (fit(line.called_by, _CALLER_CELLS) if names_callers else "", "$dim"),
    )


def timeline_content(timeline: Timeline) -> Content:
    """Return one message from its arrival to its end, a line for every call; what patients wrote is not in it."""
    zone = timeline.zone
    when = "while the site was open" if timeline.received_open else "after hours"
    received = timeline.received_at
    facts = [
        ("came in", f"{full_moment(received, zone)}, {when}" if received else "at an unknown time"),
        ("how", f"{timeline.channel.value}, {timeline.reason.value}, {timeline.site}"),
        ("was due", full_moment(timeline.due_at, zone)),
    ]
    if timeline.call_back_seconds is not None:
        clock = "of open time" if timeline.received_open else "by the wall clock"
        facts.append(("waited", f"{wait_words(timeline.call_back_seconds)} {clock} until the first call"))
    if timeline.completed_at is not None:
        facts.append(("done", full_moment(timeline.completed_at, zone)))
    lines = [Content.assemble((f"{label:<{_LABEL_CELLS}}", "$dim"), fit(value, 200)) for label, value in facts]
    lines.append(Content.assemble("\n", (_calls_heading(timeline), "bold $foreground")))
    lines += [_call(number, call, zone) for number, call in enumerate(timeline.calls, start=1)]
    return Content("\n").join(lines)


def _calls_heading(timeline: Timeline) -> str:
    count = len(timeline.calls)
    return "Nobody has called yet" if not count else f"{count} call{'' if count == 1 else 's'}"


def _call(number: int, call: TimelineCall, zone: str) -> Content:
    words = []
    if call.ended_at is not None:
        words.append(f"{_length(call.ended_at - call.at)} long")
    if call.called_by:
        words.append(f"called by {fit(call.called_by, 40)}")
    if call.survey_score is not None:
        words.append(f"score {call.survey_score} of 5")
    if call.outcome is not None and not call.qualifies:
        words.append("does not end the wait")
    details = ", ".join(words)
    left = f'\n{"":<4}left: "{fit(call.voicemail_wording, 300)}"' if call.voicemail_wording else ""
    return Content.assemble(
        (f"{number:>2}  ", "$dim"),
        f"{full_moment(call.at, zone)}  ",
        short_outcome(call.outcome) if call.outcome else "outcome missing",
        (f"\n{'':<4}{details}" if details else "", "$dim"),
        (left, "$dim"),
    )


def _length(lasted: timedelta) -> str:
    seconds = int(lasted.total_seconds())
    return f"{seconds} s" if seconds < _MINUTE else wait_words(seconds)


def _value(line: BehindLine, key: MetricKey) -> tuple[str, str]:
    if key is MetricKey.SATISFACTION:
        return f"{line.value:.0f} of 5", "bold $foreground"
    if key is MetricKey.FIRST_CALL_RESOLUTION:
        if line.again:
            return "▲ came back", "bold $late"
        if line.provisional:
            return "· yes so far", "$dim"
        return ("✓ yes", "$done") if line.value else ("▲ no", "bold $late")
    mark = "≥ " if line.waiting else ""
    return mark + _wait_cell(line.value), "bold $late" if line.waiting else "bold $foreground"


def _wait_cell(seconds: float) -> str:
    """Return a wait with its minutes even where they are none, so that hours stand under hours."""
    words = wait_words(seconds)
    return f"{words} 00" if words.endswith(" h") and seconds < _HUNDRED_HOURS else words


def _ended(line: BehindLine) -> str:
    if line.waiting:
        return "not called yet"
    return short_outcome(line.outcome) if line.outcome else "with another call"


def _short_moment(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local.day} {local:%b %H:%M}"


def _name_cells(cells: int, *, names_callers: bool) -> int:
    used = 1 + _AT_CELLS + 1 + _VALUE_CELLS + 2 + 1 + OUTCOME_CELLS + 1 + (_CALLER_CELLS if names_callers else 0)
    return min(max(cells - used, _LEAST_NAME_CELLS), _MOST_NAME_CELLS)


def _padded(text: str, cells: int) -> str:
    return text + " " * max(cells - cell_len(text), 0)
