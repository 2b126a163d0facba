"""Times and waits as a nurse would say them: the due column, the sentence behind it, clock times and days."""

from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import ClockKind
from callback_tui.rules.open_time import closing_instant, is_open, opening_instant
from callback_tui.rules.sla import counted_clock, seconds_left
from callback_tui.views.clock import ClockState, Countdown, Urgency
from callback_tui.views.policy import OpeningHours, Policy, SitePolicy, Span

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_YEAR_SAID_BEYOND_DAYS = 300
_NEAR_DAYS = {-1: "yesterday", 0: "", 1: "tomorrow"}
_SECONDS_SHOWN_BELOW = 600
_MINUTES_IN_FULL_BELOW = 100 * 60


def time_left_cell(countdown: Countdown) -> str:
    """Return the time left in at most six cells: "4:16" under ten minutes, "41m", "1h 12"; late "now", "-12m"."""
    late = countdown.urgency is Urgency.LATE or countdown.seconds_left < 0
    seconds = abs(countdown.seconds_left)
    if late or not seconds:
        return "now" if seconds < 60 else f"-{_minutes_cell(seconds // 60, narrow=True)}"
    if seconds < _SECONDS_SHOWN_BELOW:
        return f"{seconds // 60}:{seconds % 60:02d}"
    return _minutes_cell(seconds // 60, narrow=False)


def speak_due(state: ClockState, site: SitePolicy, now: datetime, desk_zone: str = "") -> str:
    """Return when the next call is due, as said aloud: "42 min of desk time left (closes 17:00, so 08:12 tomorrow)"."""
    say = partial(moment, zone=site.hours.zone, now=now, desk_zone=desk_zone)
    due = say(state.next_due_at)
    if state.completed_at is not None:
        return f"done {say(state.completed_at)}"
    if state.asleep_until is not None and state.asleep_until > now:
        return f"asleep until {say(state.asleep_until)}"
    left = seconds_left(state, site, now)
    desk_time = " of desk time" if counted_clock(state) is ClockKind.OPEN else ""
    if state.next_due_at < now <= state.late_after:
        return f"due now (promised {due}, until {say(state.late_after)})"
    if now > state.late_after:
        return f"{duration(-left)}{desk_time} late (was due {due})"
    if not desk_time:
        return f"{duration(left)} left (due {due})"
    if not is_open(site.hours, now):
        opens = say(opening_instant(site.hours, now))
        return f"{duration(left)} of desk time left (desk opens {opens}, so {due})"
    # Fewer seconds of desk time than of wall time: the desk shuts before the call is due.
    if left < (state.next_due_at - now) // timedelta(seconds=1):
        closes = say(closing_instant(site.hours, now))
        return f"{duration(left)} of desk time left (closes {closes}, so {due})"
    return f"{duration(left)} of desk time left (due {due})"


def due_words(state: ClockState, site: SitePolicy, now: datetime, desk_zone: str = "") -> str:
    """Return when the next call is due, not counting down: "14:05", "08:12 tomorrow, in desk time (closes 17:00)"."""
    say = partial(moment, zone=site.hours.zone, now=now, desk_zone=desk_zone)
    due = say(state.next_due_at)
    if state.asleep_until is not None and state.asleep_until > now:
        return f"asleep until {say(state.asleep_until)}"
    if counted_clock(state) is not ClockKind.OPEN or now > state.next_due_at:
        return due
    if not is_open(site.hours, now):
        return f"{due}, in desk time (opens {say(opening_instant(site.hours, now))})"
    closing = closing_instant(site.hours, now)
    return due if state.next_due_at <= closing else f"{due}, in desk time (closes {say(closing)})"


def duration(seconds: int) -> str:
    """Return a wait in words: "under a minute", "42 min", "1 h 12 min", "26 h"."""
    hours, minutes = divmod(seconds // 60, 60)
    if not hours:
        return f"{minutes} min" if minutes else "under a minute"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def hours_words(hours: OpeningHours) -> str:
    """Return a site's week as said aloud: "Mon-Thu 08:00-17:00, Fri 08:00-12:00 13:00-16:00"."""
    runs: list[tuple[int, int, tuple[Span, ...]]] = []
    for day, spans in enumerate(hours.weekly):
        if runs and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], day, spans)
        else:
            runs.append((day, day, spans))
    return ", ".join(
        f"{_WEEKDAYS[first]}{'' if first == last else f'-{_WEEKDAYS[last]}'} {' '.join(map(_span_words, spans))}"
        for first, last, spans in runs
        if spans
    )


def outside_hours(at: datetime, hours: OpeningHours) -> str:
    """Return "outside the desk's hours (Mon-Fri 08:00-17:00)" for an instant at which nobody is there, else nothing."""
    return "" if is_open(hours, at) else f"outside the desk's hours ({hours_words(hours)})"


def clock_time(at: datetime, zone: str, desk_zone: str = "") -> str:
    """Return the wall time of an instant in a zone, "08:05"; "08:05 CST" where the clock at the desk shows another."""
    local = at.astimezone(ZoneInfo(zone))
    differs = desk_zone and at.astimezone(ZoneInfo(desk_zone)).utcoffset() != local.utcoffset()
    return f"{local:%H:%M} {local.tzname()}" if differs else f"{local:%H:%M}"


def desk_zone_of(policy: Policy) -> str:
    """Return the zone the clock at the desk shows: the first site's."""
    return policy.sites[0].hours.zone


def moment(at: datetime, zone: str, now: datetime, desk_zone: str = "") -> str:
    """Return the wall time with the day where it is not today: "08:12 tomorrow", "14:10 CST Fri 27 Nov".

    The year is said where the same day of this year could be meant: "12:00 Mon 24 Nov 2025".
    The zone is named where the clock at the desk, which runs in `desk_zone`, shows another time.
    """
    local = at.astimezone(ZoneInfo(zone))
    days = (local.date() - now.astimezone(ZoneInfo(zone)).date()).days
    day = _NEAR_DAYS.get(days, f"{_WEEKDAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]}")
    year = f" {local.year}" if abs(days) > _YEAR_SAID_BEYOND_DAYS else ""
    return f"{clock_time(at, zone, desk_zone)} {day}{year}".strip()


def day_words(at: datetime, zone: str, now: datetime) -> str:
    """Return the day of a fact, "3 Nov", with its year where the same day of another could be meant: "3 Nov 2025"."""
    day, today = at.astimezone(ZoneInfo(zone)).date(), now.astimezone(ZoneInfo(zone)).date()
    year = f" {day.year}" if abs((today - day).days) > _YEAR_SAID_BEYOND_DAYS else ""
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def calendar_day(day: date) -> str:
    """Return a day of the calendar: "Thu 26 Nov 2026"."""
    return f"{_WEEKDAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def full_moment(at: datetime, zone: str) -> str:
    """Return an instant in a zone with its day, wherever it is read: "Mon 23 Nov 2026 16:30"."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{_WEEKDAYS[local.weekday()]} {local.day} {_MONTHS[local.month - 1]} {local.year} {local:%H:%M}"


def _span_words(span: Span) -> str:
    start, end = (divmod(minute % (24 * 60), 60) for minute in (span.start_minute, span.end_minute))
    return f"{start[0]:02}:{start[1]:02}-{end[0]:02}:{end[1]:02}"


def _minutes_cell(minutes: int, *, narrow: bool) -> str:
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}m"
    in_full_below = _MINUTES_IN_FULL_BELOW // 10 if narrow else _MINUTES_IN_FULL_BELOW
    return f"{hours}h {rest:02d}" if minutes < in_full_below else f"{hours}h"
