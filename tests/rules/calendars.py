"""Calendars for the clock's tests: the worked cases, made-up ones, and a slow second opinion on what is open."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from callback_tui.views.policy import OpeningHours, Span

VECTORS = Path(__file__).with_name("clock_vectors.csv")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)

# Days on which each zone does something odd: both clock changes, half-hour changes, a day that never was.
ODD_DAYS = {
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/Los_Angeles": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/Phoenix": (date(2026, 3, 8),),
    "Europe/Berlin": (date(2026, 3, 29), date(2026, 10, 25)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Asia/Kolkata": (date(2026, 7, 1),),
    "Pacific/Apia": (date(2011, 12, 30),),
}

DAY_SHAPES = (
    (),
    ("08:00-17:00",),
    ("08:00-12:00", "13:00-17:00"),
    ("00:00-24:00",),
    ("22:00-06:00",),
    ("09:00-12:00", "20:00-04:30"),
    ("01:00-05:00",),
    ("00:00-01:30", "02:30-03:10"),
    ("02:10-02:20", "05:00-24:00"),
)


@dataclass(frozen=True)
class WorkedCase:
    """A row of the worked cases: a budget of open seconds from a start, and when it is due."""

    name: str
    hours: OpeningHours
    start: datetime
    seconds: int
    due: datetime


@dataclass(frozen=True)
class Situation:
    """A calendar and an instant near one of its odd days."""

    hours: OpeningHours
    start: datetime


def span(text: str) -> Span:
    """Read "08:00-17:00"; an end not after the start runs into the next day."""
    start, end = (int(part[:2]) * 60 + int(part[3:]) for part in text.split("-"))
    return Span(start, end if end > start else end + 1440)


def week(zone: str, days: Mapping[str, Iterable[str]], *, holidays: Iterable[str] = ()) -> OpeningHours:
    """Return hours from spans per weekday name."""
    return OpeningHours(
        zone=zone,
        weekly=tuple(tuple(span(text) for text in days.get(day, ())) for day in WEEKDAYS),
        special={},
        holidays=frozenset(date.fromisoformat(day) for day in holidays),
    )


def office(zone: str = "America/New_York") -> OpeningHours:
    """Return Monday to Friday, 08:00-17:00."""
    return week(zone, dict.fromkeys(WEEKDAYS[:5], ("08:00-17:00",)))


def worked_cases() -> list[WorkedCase]:
    """Return every row of the worked cases."""
    with VECTORS.open(encoding="utf-8", newline="") as file:
        return [
            WorkedCase(
                name=row["case"],
                hours=_calendar(row["zone"], row["calendar"]),
                start=datetime.fromisoformat(row["start"]).astimezone(UTC),
                seconds=int(row["budget_seconds"]),
                due=datetime.fromisoformat(row["due_utc"]),
            )
            for row in csv.DictReader(file)
        ]


def open_minutes(hours: OpeningHours, start: datetime, end: datetime) -> set[datetime]:
    """Return each open whole minute of [start, end), by walking the wall clock minute by minute.

    A span holds from the first minute its wall clock has reached the start until it has reached the end; where clocks
    go back, what was reached stays reached.
    """
    zone = ZoneInfo(hours.zone)
    reached = (start - timedelta(days=4)).replace(tzinfo=None)
    at = start - timedelta(days=1)
    found = set()
    while at < end:
        reached = max(reached, at.astimezone(zone).replace(tzinfo=None))
        if at >= start and _covers(hours, reached):
            found.add(at)
        at += MINUTE
    return found


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    """Draw a calendar of odd shapes with holidays and half-days, and a whole second within days of a clock change."""
    zone = draw(st.sampled_from(sorted(ODD_DAYS)))
    odd_day = draw(st.sampled_from(ODD_DAYS[zone]))
    shapes = st.sampled_from(DAY_SHAPES)
    week_shapes = [*draw(st.lists(shapes, min_size=6, max_size=6)), draw(st.sampled_from(DAY_SHAPES[1:]))]
    rotation = draw(st.integers(0, 6))
    near = st.integers(-4, 4).map(lambda offset: odd_day + timedelta(days=offset))
    hours = OpeningHours(
        zone=zone,
        weekly=tuple(tuple(span(text) for text in shape) for shape in week_shapes[rotation:] + week_shapes[:rotation]),
        special={
            day: tuple(span(text) for text in shape)
            for day, shape in draw(st.dictionaries(near, shapes, max_size=2)).items()
        },
        holidays=draw(st.frozensets(near, max_size=2)),
    )
    midnight = datetime.combine(odd_day, datetime.min.time(), UTC)
    return Situation(hours, midnight + timedelta(seconds=draw(st.integers(-3 * 86400, 3 * 86400))))


def _calendar(zone: str, text: str) -> OpeningHours:
    if text == "24x7":
        return week(zone, dict.fromkeys(WEEKDAYS, ("00:00-24:00",)))
    weekly: dict[str, list[str]] = {}
    special: dict[date, tuple[Span, ...]] = {}
    holidays: list[str] = []
    for part in text.split("; "):
        head, *spans = part.split()
        if head == "holiday":
            holidays += spans
        elif head == "mon-fri":
            weekly |= dict.fromkeys(WEEKDAYS[:5], spans)
        elif head in WEEKDAYS:
            weekly[head] = spans
        else:
            special[date.fromisoformat(head)] = tuple(span(each) for each in spans)
    plain = week(zone, weekly, holidays=holidays)
    return OpeningHours(zone, plain.weekly, special, plain.holidays)


def _covers(hours: OpeningHours, wall: datetime) -> bool:
    for day in (wall.date() - timedelta(days=1), wall.date()):
        if day in hours.holidays:
            continue
        spans = hours.special[day] if day in hours.special else hours.weekly[day.weekday()]
        minute = (wall - datetime.combine(day, datetime.min.time())) // MINUTE
        if any(each.start_minute <= minute < each.end_minute for each in spans):
            return True
    return False
