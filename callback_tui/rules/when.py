"""Reads the time a person types for the next call ("15:30", "fri 3pm", "+2d") and says it back."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from callback_tui.errors import DeskError
from callback_tui.rules.speak import duration, moment, outside_hours
from callback_tui.views.policy import OpeningHours

EXAMPLES = "15:30, tomorrow 9am, fri 3pm, +20m, +2d or 2026-11-27 15:00"
DAY_EXAMPLES = "24 Dec, fri, tomorrow or 2026-12-24"

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_CLOCK = re.compile(r"\b(?:at )?(\d{1,2})(?::(\d{2}))? ?(am|pm)\b|\b(?:at )?(\d{1,2}):(\d{2})\b|\b(?:at )?(noon)\b")
_STEP = re.compile(r"^(?:\+|in )(\d{1,4}) ?(m|min|minutes?|h|hours?|d|days?|w|weeks?)\b")
_ISO = re.compile(r"^\d{4}-\d{2}-\d{2}[t ]\d{2}:\d{2}")


def parse_when(text: str, now: datetime, zone: str) -> datetime:
    """Return the instant (aware UTC, always after `now`) that `text` means to a person whose clock shows `zone`.

    A time alone is its next occurrence; "+20m" and "+2h" are durations, "+2d" and "+1w" keep the wall time.
    Raises DeskError when it cannot be read, has no time of day, lies in the past or is skipped by a clock change.
    Source: architecture "Dependencies", dateutil for the date part.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    here = now.astimezone(ZoneInfo(zone))
    if not words:
        raise _unreadable()
    if _ISO.match(words):
        return _checked(_iso(words), here)
    step = _STEP.match(words)
    if step:
        return _checked(_stepped(step, words[step.end() :].strip(), here), here)
    return _checked(_named(words, here), here)


def parse_day(text: str, now: datetime, zone: str) -> date:
    """Return the day that `text` means where the calendar shows `zone`: "24 dec", "fri", "2026-12-24".

    A day without its year is the next one of that name; a past one needs its year. Raises DeskError.
    """
    words = " ".join(text.lower().replace(",", " ").split())
    try:
        if words:
            return _day(words, time.max, now.astimezone(ZoneInfo(zone)))
    except DeskError:
        pass
    raise DeskError("day_unreadable", examples=DAY_EXAMPLES)


def speak_when(at: datetime, now: datetime, zone: str, hours: OpeningHours | None = None, desk_zone: str = "") -> str:
    """Return a coming instant in words: "15:30, in 4 h 48 min", "15:00 Fri 27 Nov, in 100 h 18 min".

    With `hours` it also says when nobody is at the desk then; the zone is named where it is not the desk's.
    """
    outside = outside_hours(at, hours) if hours else ""
    spoken = f"{moment(at, zone, now, desk_zone)}, in {duration(int((at - now).total_seconds()))}"
    return f"{spoken}, {outside}" if outside else spoken


def _iso(words: str) -> datetime:
    try:
        return datetime.fromisoformat(words.upper())
    except ValueError as fault:
        raise _unreadable() from fault


def _stepped(step: re.Match[str], rest: str, here: datetime) -> datetime:
    count, unit = int(step[1]), step[2][0]
    if unit in "mh":
        if rest:
            raise _unreadable()
        return here.astimezone(UTC) + (timedelta(minutes=count) if unit == "m" else timedelta(hours=count))
    day = here.date() + timedelta(days=count if unit == "d" else 7 * count)
    return datetime.combine(day, _clock(rest)[0] if rest else here.time().replace(second=0, microsecond=0))


def _named(words: str, here: datetime) -> datetime:
    clock, day_words = _clock(words)
    if not day_words:
        day = here.date() if clock > here.time() else here.date() + timedelta(days=1)
        return datetime.combine(day, clock)
    return datetime.combine(_day(day_words, clock, here), clock)


def _clock(words: str) -> tuple[time, str]:
    found = list(_CLOCK.finditer(words))
    if len(found) != 1:
        raise DeskError("when_no_time", examples=EXAMPLES)
    match = found[0]
    hour, minute = int(match[1] or match[4] or 12), int(match[2] or match[5] or 0)
    if match[3]:
        if not 1 <= hour <= 12:
            raise _unreadable()
        hour = hour % 12 + (12 if match[3] == "pm" else 0)
    if hour > 23 or minute > 59:
        raise _unreadable()
    rest = words[: match.start()] + words[match.end() :]
    return time(hour, minute), " ".join(rest.split())


def _day(words: str, clock: time, here: datetime) -> date:
    today = here.date()
    if words == "today":
        return today
    if words == "tomorrow":
        return today + timedelta(days=1)
    from dateutil import parser
    from dateutil.relativedelta import relativedelta

    weekday = next((index for index, name in enumerate(_WEEKDAYS) if words[:3] == name.lower()), None)
    if weekday is not None and words.isalpha():
        ahead = (weekday - today.weekday()) % 7
        return today + timedelta(days=7 if ahead == 0 and clock <= here.time() else ahead)
    midnight = datetime.combine(today, time())
    try:
        day = parser.parse(words, default=midnight).date()
    except (ValueError, OverflowError) as fault:
        raise _unreadable() from fault
    names_year = re.search(r"\d{4}", words)
    return day + relativedelta(years=1) if day < today and not names_year else day


def _checked(at: datetime, here: datetime) -> datetime:
    from dateutil import tz

    local = at.replace(tzinfo=here.tzinfo) if at.tzinfo is None else at
    try:
        exists, instant = tz.datetime_exists(local), local.astimezone(UTC)
    except OverflowError as fault:
        raise _unreadable() from fault
    if not exists:
        raise DeskError("when_skipped")
    if instant <= here:
        raise DeskError("when_past", examples=EXAMPLES)
    return instant


def _unreadable() -> DeskError:
    return DeskError("when_unreadable", examples=EXAMPLES)
