"""Reads a site's opening hours from the policy file: weekdays, half-days, holidays, zone."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from callback_tui.rules.open_time import NeverOpenError, opening_instant
from callback_tui.rules.policy_section import Section, spoken
from callback_tui.views.policy import OpeningHours, Span

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_DAY_MINUTES = 24 * 60
_YEARS = range(1970, 2200)
_SPAN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")
_SPAN_RIGHT = 'write an open span such as "08:00-17:00", or "22:00-06:00" into the next day, not'


def read_hours(site: Section) -> OpeningHours:
    """Return the hours of a [[site]] table; problems are noted in it, a calendar without open time among them."""
    noted = len(site.problems)
    weekdays = site.sub("hours")
    weekly = tuple(_spans(weekdays, day) for day in WEEKDAYS)
    weekdays.close()
    special_days = site.sub("special")
    special = {}
    for key in special_days.keys():  # noqa: SIM118 - a Section is no dict and cannot be iterated
        day = _date_or_none(key)
        spans = _spans(special_days, key)
        if day is None:
            special_days.refuse(key, 'write the day as "2026-12-24"')
        else:
            special[day] = spans
    hours = OpeningHours(
        zone=site.read("zone", parse_zone, "UTC", example='"America/New_York"'),
        weekly=weekly,
        special=special,
        holidays=frozenset(_holidays(site)),
    )
    if len(site.problems) == noted:
        _refuse_never_open(site, hours)
    return hours


def parse_span(text: str) -> Span:
    """Return the span "08:00-17:00"; an end before its start runs into the next day. Raises ValueError."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"{_SPAN_RIGHT} {spoken(text)}")
    start = int(match[1]) * 60 + int(match[2])
    end = _DAY_MINUTES if match[3] is None else int(match[3]) * 60 + int(match[4])
    if end == start:
        raise ValueError(f'write "00:00-24:00" for a whole day, not {spoken(text)}')
    return Span(start, end if end > start else end + _DAY_MINUTES)


def parse_zone(text: str) -> str:
    """Return the IANA zone name. Raises ValueError that names the nearest zone there is."""
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        near = get_close_matches(text, sorted(available_timezones()), n=1)
        hint = near[0] if near else "America/New_York"
        raise ValueError(f'write a time zone such as "{hint}", not {spoken(text)}') from None
    return text


def _spans(table: Section, key: str) -> tuple[Span, ...]:
    spans: list[Span] = []
    for path, value in table.items(key):
        try:
            span = parse_span(value if isinstance(value, str) else "")
        except ValueError as problem:
            remedy = str(problem) if isinstance(value, str) else f"{_SPAN_RIGHT} {spoken(value)}"
            table.problems.append((path, remedy))
            continue
        if any(span.start_minute < other.end_minute and other.start_minute < span.end_minute for other in spans):
            table.problems.append((path, f"let it begin after the span before it has ended: {spoken(value)} overlaps"))
            continue
        spans.append(span)
    return tuple(sorted(spans, key=lambda span: span.start_minute))


def _holidays(site: Section) -> Sequence[date]:
    days = []
    for path, value in site.items("holidays"):
        day = _date_or_none(value)
        if day is None:
            site.problems.append((path, f'write the day as "2026-11-26", not {spoken(value)}'))
        else:
            days.append(day)
    return days


def _refuse_never_open(site: Section, hours: OpeningHours) -> None:
    if not any(hours.weekly):
        site.refuse("hours", 'write at least one open weekday, such as mon = ["08:00-17:00"]: there is no open time')
        return
    for day in sorted({*hours.holidays, *hours.special}):
        try:
            opening_instant(hours, datetime.combine(day, time(), UTC))
        except NeverOpenError:
            site.refuse("holidays", f"take closed days out: from {day} on there is no open time for more than a year")
            return


def _date_or_none(value: object) -> date | None:
    if isinstance(value, str) and len(value) == len("2026-11-26"):
        try:
            value = date.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, date) and not isinstance(value, datetime) and value.year in _YEARS:
        return value
    return None
