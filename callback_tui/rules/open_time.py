"""Open-time arithmetic: which instants a site is open, and adding and measuring time that passes only then."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from callback_tui.views.policy import OpeningHours, Span

SEARCH_DAYS = 400
"""How many days in a row may have no open time before a calendar counts as having none."""

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class NeverOpenError(ValueError):
    """The calendar has no open time within the next SEARCH_DAYS days."""


class _Piece(NamedTuple):
    """A stretch of open time in UTC, and the local date on which its span starts."""

    day: date
    start: datetime
    end: datetime


def is_open(hours: OpeningHours, at: datetime) -> bool:
    """Return whether the site is open at `at`; the closing instant itself is closed (domain section 2)."""
    for piece in _pieces(hours, at):
        return piece.start <= at
    return False


def opens_on(hours: OpeningHours, at: datetime) -> bool:
    """Return whether the site opens at all on the day, by its own clock, of an instant: no weekend, no holiday."""
    return bool(_spans_of(hours, _wall(at, ZoneInfo(hours.zone)).date()))


def opening_instant(hours: OpeningHours, at: datetime) -> datetime:
    """Return `at` itself while the site is open, else the next opening. Raises NeverOpenError."""
    return _current_or_next(hours, at).start


def pieces_from(hours: OpeningHours, at: datetime, most: int) -> tuple[tuple[datetime, datetime], ...]:
    """Return start and end of the next stretches of open time, `most` at the most; the first may begin at `at`."""
    return tuple((piece.start, piece.end) for piece in islice(_pieces(hours, at), most))


def closing_instant(hours: OpeningHours, at: datetime) -> datetime:
    """Return when the span at or after `at` ends, spans that touch counting as one.

    A site that never shuts gets the end of the search, SEARCH_DAYS later. Raises NeverOpenError.
    """
    closing = _current_or_next(hours, at).end
    horizon = closing + SEARCH_DAYS * _DAY
    for piece in _pieces(hours, closing):
        if piece.start > closing or closing >= horizon:
            break
        closing = piece.end
    return closing


def elapsed_seconds(hours: OpeningHours, start: datetime, end: datetime) -> int:
    """Return the whole seconds of open time between two instants; 0 when `end` is not after `start`."""
    total = timedelta()
    for piece in _pieces(hours, start):
        if piece.start >= end:
            break
        total += min(piece.end, end) - piece.start
    return total // _SECOND


def after_open_seconds(hours: OpeningHours, start: datetime, seconds: int) -> datetime:
    """Return the instant at which `seconds` of open time have passed since `start`.

    Time used up exactly at closing gives that closing, not the next opening (domain section 2). Raises NeverOpenError.
    """
    left = timedelta(seconds=seconds)
    for piece in _pieces(hours, start):
        if left <= piece.end - piece.start:
            return piece.start + left
        left -= piece.end - piece.start
    raise NeverOpenError


def after_open_days(hours: OpeningHours, start: datetime, days: int) -> datetime:
    """Return the instant `days` open days after the opening instant of `start`.

    It is the same wall time on that open day, else that day's next opening, else its last closing (architecture,
    "Policy file"). An open day is a date on which a span starts; what runs past midnight still belongs to it.
    Raises NeverOpenError.
    """
    first = _current_or_next(hours, start)
    opening = first.start
    time_of_day = _wall(opening, ZoneInfo(hours.zone)) - datetime.combine(first.day, datetime.min.time())
    day, spans = _open_day_after(hours, first.day, days)
    same_time = wall_instant(hours.zone, day, time_of_day)
    if is_open(hours, same_time):
        return max(opening, same_time)
    later = [begin for begin, _ in spans if begin >= same_time]
    return max(opening, min(later) if later else max(end for _, end in spans))


def _open_day_after(hours: OpeningHours, day: date, count: int) -> tuple[date, tuple[tuple[datetime, datetime], ...]]:
    empty = 0
    while empty < SEARCH_DAYS:
        day += _DAY
        spans = _spans_of(hours, day)
        empty = 0 if spans else empty + 1
        count -= bool(spans)
        if spans and count <= 0:
            return day, spans
    raise NeverOpenError


def _current_or_next(hours: OpeningHours, at: datetime) -> _Piece:
    for piece in _pieces(hours, at):
        return piece
    raise NeverOpenError


def _pieces(hours: OpeningHours, since: datetime) -> Iterator[_Piece]:
    """Yield open time from `since` on, in order and without overlap, until SEARCH_DAYS days bring none."""
    day = since.astimezone(ZoneInfo(hours.zone)).date() - _DAY
    covered = since
    empty = 0
    while empty < SEARCH_DAYS:
        empty += 1
        for start, end in _spans_of(hours, day):
            if end > covered:
                empty = 0
                yield _Piece(day, max(start, covered), end)
                covered = end
        day += _DAY


def _spans_of(hours: OpeningHours, day: date) -> tuple[tuple[datetime, datetime], ...]:
    """Return what is open of the spans that start on `day`, in UTC and in order."""
    if day in hours.holidays:
        return ()
    special = hours.special.get(day)
    return _in_utc(hours.zone, day, hours.weekly[day.weekday()] if special is None else special)


@lru_cache(maxsize=16384)
def _in_utc(zone: str, day: date, spans: tuple[Span, ...]) -> tuple[tuple[datetime, datetime], ...]:
    instants = (
        (
            wall_instant(zone, day, timedelta(minutes=span.start_minute)),
            wall_instant(zone, day, timedelta(minutes=span.end_minute)),
        )
        for span in spans
    )
    return tuple(sorted((start, end) for start, end in instants if start < end))


def wall_instant(zone: str, day: date, time_of_day: timedelta) -> datetime:
    """Return the first instant at which the wall clock of `zone` shows this time, or a later one if it skips it."""
    wall = datetime.combine(day, datetime.min.time()) + time_of_day
    tz = ZoneInfo(zone)
    instant = wall.replace(tzinfo=tz).astimezone(UTC)
    if _wall(instant, tz) == wall:
        return instant
    # The clocks jump over this time: the jump lies between the two readings of it.
    wall = wall.replace(microsecond=0)
    before, after = wall.replace(tzinfo=tz, fold=1).astimezone(UTC), instant
    while after - before > _SECOND:
        middle = before + (after - before) // 2 // _SECOND * _SECOND
        before, after = (before, middle) if _wall(middle, tz) >= wall else (middle, after)
    return after


def _wall(instant: datetime, tz: ZoneInfo) -> datetime:
    return instant.astimezone(tz).replace(tzinfo=None)
