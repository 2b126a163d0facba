"""The periods a scorecard is made for: whole local days with a name, the days before them, the last weeks."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from callback_tui.errors import DeskError
from callback_tui.rules.local_day import midnight
from callback_tui.views.scorecard import Period, PeriodName

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_LABELS = {
    PeriodName.TODAY: "today",
    PeriodName.WEEK: "this week",
    PeriodName.MONTH: "this month",
    PeriodName.QUARTER: "this quarter",
}
WEEKS_SHOWN = 12
"""How many weeks lead up to a figure on the scorecard."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def period_of(name: PeriodName, now: datetime, zone: str) -> Period:
    """Return the named period that today belongs to, up to the end of today; a week begins on Monday."""
    today = now.astimezone(ZoneInfo(zone)).date()
    match name:
        case PeriodName.TODAY:
            first = today
        case PeriodName.WEEK:
            first = _monday(today)
        case PeriodName.MONTH:
            first = today.replace(day=1)
        case PeriodName.QUARTER:
            first = today.replace(month=today.month - (today.month - 1) % 3, day=1)
    return _period(_LABELS[name], first, today, zone)


def period_between(first: date, last: date, zone: str) -> Period:
    """Return the period of these local days, both included. Raises DeskError when the last is before the first."""
    if last < first:
        raise DeskError("period")
    return _period(days_words(first, last), first, last, zone)


def period_before(period: Period, zone: str) -> Period:
    """Return as many days just before a period (domain section 6, "Trend")."""
    last = period.first - _DAY
    first = last - (period.last - period.first)
    return _period(days_words(first, last), first, last, zone)


def last_weeks(period: Period, count: int, zone: str) -> tuple[Period, ...]:
    """Return the weeks, oldest first, that lead up to the end of a period; the last one is as long as it has run."""
    monday = _monday(period.last)
    weeks = [monday - _WEEK * back for back in range(count - 1, -1, -1)]
    return tuple(_period("", first, min(first + 6 * _DAY, period.last), zone) for first in weeks)


def days_words(first: date, last: date) -> str:
    """Return days as people write them: "1 Oct - 23 Nov", "23 Nov", with years where they differ."""
    if first == last:
        return day_words(first)
    if first.year != last.year:
        return f"{day_words(first)} {first.year} - {day_words(last)} {last.year}"
    return f"{day_words(first)} - {day_words(last)}"


def _period(label: str, first: date, last: date, zone: str) -> Period:
    return Period(label, first, last, midnight(first, zone), midnight(last + _DAY, zone))


def _monday(day: date) -> date:
    return day - day.weekday() * _DAY


def day_words(day: date) -> str:
    """Return a day as people write it within a year: "23 Nov"."""
    return f"{day.day} {_MONTHS[day.month - 1]}"
