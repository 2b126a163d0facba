"""A site's hours in words: which sites are shut and when the first opens, and what a voicemail says of them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from callback_tui.rules.open_time import SEARCH_DAYS, is_open, opening_instant
from callback_tui.rules.speak import desk_zone_of, moment
from callback_tui.views.policy import OpeningHours, Policy, Span

_DAY_MINUTES = 24 * 60
_WEEK_DAYS = 7


def closed_words(policy: Policy, now: datetime) -> str:
    """Return which sites are shut at `now` and when the first of them opens, by its own clock; empty while none is.

    "desk closed, opens 08:00 tomorrow"; of several sites "2 of 3 sites closed, Riverside opens 08:00 CST".
    """
    opening = sorted(
        (opening_instant(site.hours, now), site.name, site.hours.zone)
        for site in policy.sites
        if not is_open(site.hours, now)
    )
    if not opening:
        return ""
    at, name, zone = opening[0]
    opens = f"opens {moment(at, zone, now, desk_zone_of(policy))}"
    if len(policy.sites) == 1:
        return f"desk closed, {opens}"
    if len(opening) == 1:
        return f"{name} closed, {opens}"
    return f"{len(opening)} of {len(policy.sites)} sites closed, {name} {opens}"


def said_hours(hours: OpeningHours, now: datetime) -> str:
    """Return when the site can be rung, as a voicemail says it: "8 AM to 5 PM", on a later day "Monday 8 AM to 5 PM".

    Holidays and special days count; today is left out once its last span has ended.
    """
    local = now.astimezone(ZoneInfo(hours.zone))
    today = local.date()
    for ahead in range(SEARCH_DAYS):
        day = today + timedelta(days=ahead)
        spans = _spans_of(hours, day)
        if spans and (ahead or local.hour * 60 + local.minute < spans[-1].end_minute):
            return (
                f"{_said_day(day, ahead)}{_said_minute(spans[0].start_minute)} to {_said_minute(spans[-1].end_minute)}"
            )
    return ""


def _spans_of(hours: OpeningHours, day: date) -> tuple[Span, ...]:
    return () if day in hours.holidays else hours.special.get(day, hours.weekly[day.weekday()])


def _said_day(day: date, ahead: int) -> str:
    if not ahead:
        return ""
    return f"{day:%A} " if ahead < _WEEK_DAYS else f"{day:%A} {day.day} {day:%B}, "


def _said_minute(minute_of_day: int) -> str:
    hour, minute = divmod(minute_of_day % _DAY_MINUTES, 60)
    if hour in (0, 12) and minute == 0:
        return "midnight" if hour == 0 else "noon"
    half = "AM" if hour < 12 else "PM"
    hour = hour % 12 or 12
    return f"{hour} {half}" if minute == 0 else f"{hour}:{minute:02} {half}"
