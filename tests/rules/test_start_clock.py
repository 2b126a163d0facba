"""The clock of many starts says what the plain rules say of each."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import ClockKind
from callback_tui.rules.due import due_at
from callback_tui.rules.open_time import NeverOpenError, is_open
from callback_tui.rules.start_clock import StartClock
from callback_tui.views.policy import Target
from tests.rules.calendars import Situation, situations, week

TARGETS = st.one_of(
    st.builds(Target, st.sampled_from(ClockKind), st.integers(0, 9 * 86400)),
    st.builds(Target, st.just(ClockKind.OPEN), st.none(), st.integers(1, 3)),
)
STARTS = st.lists(st.timedeltas(timedelta(days=-2), timedelta(days=2)), min_size=1, max_size=6)


@given(situations(), TARGETS, STARTS)
@settings(deadline=None)
def test_a_start_is_read_as_by_the_plain_rules(situation: Situation, target: Target, offsets: list[timedelta]) -> None:
    clock = StartClock(situation.hours)
    for start in (situation.start + offset for offset in offsets):
        assert clock.read(target, start) == (due_at(target, situation.hours, start), is_open(situation.hours, start))


def test_a_desk_without_open_time_is_refused() -> None:
    with pytest.raises(NeverOpenError):
        StartClock(week("UTC", {})).read(Target(ClockKind.OPEN, 60), datetime(2026, 11, 23, 14, 0, tzinfo=UTC))
