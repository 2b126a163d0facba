"""Figures in words: waits, rates and scores, targets, changes; and a whole scorecard as CSV."""

import csv
import io

from callback_tui.rules.clean import clean_line
from callback_tui.views.scorecard import MetricLine, Scorecard, Trend, Unit

_MINUTE = 60
_HOUR_MINUTES = 60
_HOURS_ONLY_FROM = 100
_POINT = 0.01
_SCORE_STEP = 0.1


def wait_words(seconds: float) -> str:
    """Return a wait in at most eight cells: "41 min", "1 h 41", "2 h", "140 h"."""
    hours, minutes = divmod(int(seconds) // _MINUTE, _HOUR_MINUTES)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02}" if minutes and hours < _HOURS_ONLY_FROM else f"{hours} h"


def percent(rate: float) -> str:
    """Return a rate in whole per cent, "77 %"."""
    return f"{rate / _POINT:.0f} %"


def figure_words(unit: Unit, value: float, target: float | None = None) -> str:
    """Return a figure as it is written; more exactly where rounding would hide on which side of the target it is."""
    words, exact, rounded = {
        Unit.SECONDS: (wait_words(value), _exact_wait(value), value // _MINUTE * _MINUTE),
        Unit.RATE: (percent(value), f"{value / _POINT:.1f} %", round(value, 2)),
        Unit.SCORE: (f"{value:.1f}", f"{value:.2f}", round(value, 1)),
    }[unit]
    hides = target is not None and value != target and (rounded - target) * (value - target) <= 0
    return exact if hides else words


def target_words(line: MetricLine, *, ascii_only: bool = False) -> str:
    """Return a target with its direction: "≤ 2 h", "≥ 80 %"."""
    sign = "≥" if line.higher_is_better else "≤"
    if ascii_only:
        sign = ">=" if line.higher_is_better else "<="
    return f"{sign} {figure_words(line.unit, line.target)}"


def current_words(line: MetricLine, *, ascii_only: bool = False) -> str:
    """Return a figure, with "at least" before it while overdue messages wait; a dash when there is none."""
    if line.current is None:
        return "-"
    mark = (">= " if ascii_only else "≥ ") if line.at_least else ""
    return mark + figure_words(line.unit, line.current, line.target)


def change_words(unit: Unit, change: float) -> str:
    """Return the size of a change without its direction: "18 min", "2 points", "0.3"; nothing when it is too small."""
    size = abs(change)
    match unit:
        case Unit.SECONDS:
            return wait_words(size) if size >= _MINUTE else ""
        case Unit.RATE:
            points = round(size / _POINT)
            return f"{points} point{'' if points == 1 else 's'}" if points else ""
        case Unit.SCORE:
            return f"{size:.1f}" if round(size, 1) >= _SCORE_STEP else ""


def trend_words(line: MetricLine) -> str:
    """Return how a figure moved, "18 min better", "no change", or why nothing is said."""
    if line.trend is None or line.current is None or line.previous is None:
        return line.why_no_trend
    if line.trend is Trend.SAME:
        return "no change"
    return f"{change_words(line.unit, line.current - line.previous)} {line.trend.value}"


def met_words(line: MetricLine) -> str:
    """Return "yes", "no", or that there are too few calls to judge."""
    if line.met is None:
        return "too few" if line.n else "no calls"
    return "yes" if line.met else "no"


def missed_words(lines: tuple[MetricLine, ...]) -> str:
    """Return the headline: how many targets were missed, of those that can be judged."""
    judged = [line for line in lines if line.met is not None]
    missed = [line for line in judged if not line.met]
    if not judged:
        return "no target can be judged yet"
    if not missed:
        return f"all {len(judged)} targets met" if len(judged) > 1 else "1 of 1 target met"
    return f"{len(missed)} of {len(judged)} target{'' if len(judged) == 1 else 's'} missed"


def scorecard_csv(card: Scorecard) -> str:
    """Return the scorecard as CSV, one line a metric; durations in seconds, rates from 0 to 1."""
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(
        ("from", "to", "site", "metric", "unit", "target", "current", "previous", "trend", "met", "n", "note")
    )
    for line in card.lines:
        sheet.writerow(
            (
                card.period.first.isoformat(),
                card.period.last.isoformat(),
                _cell(card.site or "all sites"),
                line.key.value,
                line.unit.value,
                _number(line.target),
                _number(line.current),
                _number(line.previous),
                "" if line.trend is None else line.trend.value,
                "" if line.met is None else ("yes" if line.met else "no"),
                line.n,
                line.note,
            )
        )
    return text.getvalue()


def _exact_wait(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), _MINUTE)
    hours, minutes = divmod(minutes, _HOUR_MINUTES)
    return f"{hours} h {minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02} min"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")


def _cell(text: str) -> str:
    # A spreadsheet runs what begins with one of these.
    line = clean_line(text)
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line
