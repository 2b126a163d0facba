"""When a day begins by the clock of a zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def midnight(day: date, zone: str) -> datetime:
    """Return the instant, in UTC, at which a day begins in a zone."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def start_of_day(now: datetime, zone: str, *, days: int = 0) -> datetime:
    """Return the instant, in UTC, at which the day that it is in a zone began, or the day so many `days` later."""
    return midnight(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=days), zone)
