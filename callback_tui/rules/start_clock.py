"""Dates the starts of many messages on one calendar, working out the open time of each day once."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from callback_tui.models.vocabulary import ClockKind
from callback_tui.rules.due import due_at
from callback_tui.rules.open_time import is_open, pieces_from
from callback_tui.views.policy import OpeningHours, Target

# an enum member costs a slow look-up each time it is named
_OPEN = ClockKind.OPEN
_DAYS_KEPT = 512
_PIECES_KEPT = 8
_FIRST_DAY = datetime(1, 1, 1, tzinfo=UTC)


class StartClock:
    """What `due_at` and `is_open` say of one calendar, for a file of messages; it keeps some days in mind."""

    def __init__(self, hours: OpeningHours) -> None:
        """Keep the calendar; nothing is worked out yet."""
        self._hours = hours
        self._pieces = lru_cache(_DAYS_KEPT)(self._pieces_of)
        self._due = lru_cache(_DAYS_KEPT)(self._due_at)

    def read(self, target: Target, start: datetime) -> tuple[datetime, bool]:
        """Return when `target` falls due for what started at `start`, and whether the site was open then.

        Raises NeverOpenError.
        """
        if start.tzinfo is not UTC:
            start = start.astimezone(UTC)
        for begin, end in self._pieces(start.toordinal()):
            if end > start:
                return self._read_at(target, start, begin, end)
        return due_at(target, self._hours, start), is_open(self._hours, start)

    def _read_at(self, target: Target, start: datetime, begin: datetime, end: datetime) -> tuple[datetime, bool]:
        was_open = begin <= start
        if target.clock is not _OPEN:
            return due_at(target, self._hours, start), was_open
        if target.seconds is not None and target.open_days is None:
            due = (start if was_open else begin) + timedelta(seconds=target.seconds)
            if due <= end:
                return due, was_open
        # Whatever comes in while the desk is shut is due when the first of it is.
        return due_at(target, self._hours, start) if was_open else self._due(target, begin), was_open

    def _due_at(self, target: Target, opening: datetime) -> datetime:
        return due_at(target, self._hours, opening)

    def _pieces_of(self, day: int) -> tuple[tuple[datetime, datetime], ...]:
        return pieces_from(self._hours, _FIRST_DAY + timedelta(days=day - 1), _PIECES_KEPT)
