"""A day begins at its own midnight, also beside a day of 23 or 25 hours."""

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from callback_tui.rules.local_day import midnight, start_of_day

ZONE = "America/New_York"


@pytest.mark.parametrize(
    ("now", "today", "tomorrow"),
    [
        (datetime(2026, 11, 24, 4, 59, tzinfo=UTC), (11, 23, 5), (11, 24, 5)),
        (datetime(2026, 11, 24, 5, 0, tzinfo=UTC), (11, 24, 5), (11, 25, 5)),
        (datetime(2026, 11, 1, 18, 0, tzinfo=UTC), (11, 1, 4), (11, 2, 5)),
        (datetime(2026, 3, 8, 18, 0, tzinfo=UTC), (3, 8, 5), (3, 9, 4)),
    ],
)
def test_a_day_begins_and_ends_at_its_own_midnight(
    now: datetime, today: tuple[int, int, int], tomorrow: tuple[int, int, int]
) -> None:
    assert start_of_day(now, ZONE) == datetime(2026, *today, tzinfo=UTC)
    assert start_of_day(now, ZONE, days=1) == datetime(2026, *tomorrow, tzinfo=UTC)
    assert start_of_day(now, ZONE, days=-1) < start_of_day(now, ZONE) <= now < start_of_day(now, ZONE, days=1)


def test_days_follow_on_each_other() -> None:
    days = [midnight(date(2026, 11, day), ZONE) for day in (1, 2, 3)]
    assert [(after - before).total_seconds() / 3600 for before, after in pairwise(days)] == [25, 24]
