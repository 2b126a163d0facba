"""Periods are whole local days, and the one before is as many days."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.errors import DeskError
from callback_tui.rules.periods import last_weeks, period_before, period_between, period_of
from callback_tui.views.scorecard import PeriodName

NEW_YORK = "America/New_York"
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
ZONES = st.sampled_from([NEW_YORK, "America/Los_Angeles", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"])


@pytest.mark.parametrize(
    ("name", "first"),
    [
        (PeriodName.TODAY, date(2026, 11, 23)),
        (PeriodName.WEEK, date(2026, 11, 23)),
        (PeriodName.MONTH, date(2026, 11, 1)),
        (PeriodName.QUARTER, date(2026, 10, 1)),
    ],
)
def test_named_periods_run_to_the_end_of_today(name: PeriodName, first: date) -> None:
    period = period_of(name, NOW, NEW_YORK)
    assert (period.first, period.last) == (first, date(2026, 11, 23))
    assert period.end == datetime(2026, 11, 24, 5, tzinfo=UTC)


def test_local_days_decide_where_utc_has_another_date() -> None:
    late = datetime(2026, 11, 24, 3, tzinfo=UTC)
    assert period_of(PeriodName.TODAY, late, NEW_YORK).first == date(2026, 11, 23)
    assert period_of(PeriodName.QUARTER, datetime(2026, 10, 1, 3, tzinfo=UTC), NEW_YORK).first == date(2026, 7, 1)


@given(DAYS, st.integers(0, 400), ZONES)
def test_the_period_before_is_as_long_and_touches(first: date, more: int, zone: str) -> None:
    period = period_between(first, first + timedelta(days=more), zone)
    before = period_before(period, zone)
    assert before.last - before.first == period.last - period.first
    assert before.end == period.start


@given(DAYS, ZONES)
def test_weeks_touch_begin_on_monday_and_end_with_the_period(last: date, zone: str) -> None:
    period = period_between(last, last, zone)
    weeks = last_weeks(period, 12, zone)
    assert len(weeks) == 12
    assert {week.first.weekday() for week in weeks} == {0}
    assert weeks[-1].end == period.end
    assert all(one.end == other.start for one, other in pairwise(weeks))


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(DeskError, match="before the first"):
        period_between(date(2026, 11, 2), date(2026, 11, 1), NEW_YORK)
