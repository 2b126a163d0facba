"""When a target's clock begins to run and falls due, and a target's length in seconds of its own clock."""

from datetime import datetime, timedelta

from callback_tui.models.vocabulary import ClockKind
from callback_tui.rules.open_time import after_open_days, after_open_seconds, elapsed_seconds, opening_instant
from callback_tui.views.policy import OpeningHours, Target


def opens_at(target: Target, hours: OpeningHours, start: datetime) -> datetime:
    """Return when the clock of what started at `start` begins to run: at once, or at the next opening."""
    return opening_instant(hours, start) if target.clock is ClockKind.OPEN else start


def due_at(target: Target, hours: OpeningHours, start: datetime) -> datetime:
    """Return when `target` falls due for what started at `start` (domain section 1). Raises NeverOpenError."""
    if target.open_days is not None:
        return after_open_days(hours, start, target.open_days)
    seconds = target.seconds or 0
    if target.clock is ClockKind.OPEN:
        return after_open_seconds(hours, start, seconds)
    return start + timedelta(seconds=seconds)


def target_seconds(target: Target, hours: OpeningHours, start: datetime) -> int:
    """Return how many seconds of its own clock a target gives what started at `start`."""
    if target.open_days is not None:
        return elapsed_seconds(hours, start, after_open_days(hours, start, target.open_days))
    return target.seconds or 0


def span(clock: ClockKind, hours: OpeningHours, start: datetime, end: datetime) -> int:
    """Return the whole seconds between two instants on a clock; 0 when `end` is not after `start`."""
    if clock is ClockKind.OPEN:
        return elapsed_seconds(hours, start, end)
    return max(0, (end - start) // timedelta(seconds=1))


def after(clock: ClockKind, hours: OpeningHours, start: datetime, seconds: int) -> datetime:
    """Return the instant at which `seconds` of a clock have passed since `start`; `start` itself for none.

    Raises NeverOpenError.
    """
    if seconds <= 0:
        return start
    if clock is ClockKind.OPEN:
        return after_open_seconds(hours, start, seconds)
    return start + timedelta(seconds=seconds)
