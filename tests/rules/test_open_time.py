"""Open-time arithmetic: the worked cases, the invariants of domain section 2, and a minute-by-minute second opinion."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from callback_tui.rules.open_time import (
    NeverOpenError,
    after_open_days,
    after_open_seconds,
    closing_instant,
    elapsed_seconds,
    is_open,
    opening_instant,
)
from tests.rules.calendars import (
    MINUTE,
    WEEKDAYS,
    Situation,
    WorkedCase,
    office,
    open_minutes,
    situations,
    week,
    worked_cases,
)

BUDGETS = st.integers(0, 5 * 86400)
TICK = timedelta(microseconds=1)
unhurried = settings(deadline=None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case.name)
def test_worked_case(case: WorkedCase) -> None:
    assert after_open_seconds(case.hours, case.start, case.seconds) == case.due
    assert elapsed_seconds(case.hours, case.start, case.due) == case.seconds


def test_there_are_fifteen_worked_cases() -> None:
    assert len(worked_cases()) == 15


@given(situations(), BUDGETS)
@unhurried
def test_the_budget_has_passed_when_it_is_due(situation: Situation, seconds: int) -> None:
    due = after_open_seconds(situation.hours, situation.start, seconds)
    assert elapsed_seconds(situation.hours, situation.start, due) == seconds


@given(situations(), BUDGETS, BUDGETS)
@unhurried
def test_due_is_monotone_in_the_budget(situation: Situation, one: int, other: int) -> None:
    less, more = sorted((one, other))
    hours, start = situation.hours, situation.start
    assert after_open_seconds(hours, start, less) <= after_open_seconds(hours, start, more)


@given(situations(), BUDGETS, st.integers(0, 3 * 86400))
@unhurried
def test_due_is_monotone_in_the_start(situation: Situation, seconds: int, later: int) -> None:
    hours, start = situation.hours, situation.start
    after = start + timedelta(seconds=later)
    assert after_open_seconds(hours, start, seconds) <= after_open_seconds(hours, after, seconds)


@given(situations(), BUDGETS)
@unhurried
def test_due_lies_in_or_at_the_end_of_a_span(situation: Situation, seconds: int) -> None:
    due = after_open_seconds(situation.hours, situation.start, seconds)
    assert is_open(situation.hours, due) or is_open(situation.hours, due - TICK)


@given(situations())
@unhurried
def test_a_budget_used_up_exactly_at_closing_is_due_at_closing(situation: Situation) -> None:
    hours = situation.hours
    closing = closing_instant(hours, situation.start)
    seconds = elapsed_seconds(hours, situation.start, closing)
    assume(seconds > 0)
    assert after_open_seconds(hours, situation.start, seconds) == closing
    assert is_open(hours, closing - TICK)
    assert after_open_seconds(hours, situation.start, seconds + 1) > closing


@given(situations(), st.integers(0, 4 * 86400), st.integers(0, 4 * 86400))
@unhurried
def test_elapsed_time_adds_up(situation: Situation, first: int, second: int) -> None:
    hours, start = situation.hours, situation.start
    middle = start + timedelta(seconds=first)
    end = middle + timedelta(seconds=second)
    parts = elapsed_seconds(hours, start, middle) + elapsed_seconds(hours, middle, end)
    assert elapsed_seconds(hours, start, end) == parts
    assert elapsed_seconds(hours, end, start) == 0


@given(situations(), st.integers(0, 2 * 1440))
@settings(deadline=None, max_examples=40)
def test_open_time_agrees_with_walking_the_wall_clock(situation: Situation, minutes: int) -> None:
    hours = situation.hours
    start = situation.start.replace(second=0)
    end = start + minutes * MINUTE
    walked = open_minutes(hours, start, end)
    assert elapsed_seconds(hours, start, end) == 60 * len(walked)
    assert {start + n * MINUTE for n in range(minutes) if is_open(hours, start + n * MINUTE)} == walked


@given(situations(), st.integers(1, 600))
@settings(deadline=None, max_examples=25)
def test_due_agrees_with_walking_the_wall_clock(situation: Situation, minutes: int) -> None:
    hours = situation.hours
    start = situation.start.replace(second=0)
    walked = sorted(open_minutes(hours, start, start + timedelta(days=2)))
    assume(len(walked) >= minutes)
    assert after_open_seconds(hours, start, minutes * 60) == walked[minutes - 1] + MINUTE
    assert opening_instant(hours, start) == walked[0]


@given(situations(), st.integers(1, 3))
@unhurried
def test_open_days_end_in_or_at_the_end_of_a_span_after_the_start(situation: Situation, days: int) -> None:
    hours = situation.hours
    due = after_open_days(hours, situation.start, days)
    assert due >= opening_instant(hours, situation.start)
    assert is_open(hours, due) or is_open(hours, due - TICK)


@given(st.integers(0, 14 * 86400), st.integers(0, 14 * 86400), st.integers(1, 3))
@unhurried
def test_open_days_are_monotone_in_the_start(one: int, other: int, days: int) -> None:
    hours = office()
    first, second = (at("2026-11-20T00:00:00Z") + timedelta(seconds=each) for each in sorted((one, other)))
    assert after_open_days(hours, first, days) <= after_open_days(hours, second, days)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-23T10:15:30-05:00", 1, "2026-11-24T10:15:30-05:00"),
        ("2026-11-20T16:30:00-05:00", 1, "2026-11-23T16:30:00-05:00"),
        ("2026-11-21T13:00:00-05:00", 1, "2026-11-24T08:00:00-05:00"),
        ("2026-11-23T17:00:00-05:00", 1, "2026-11-25T08:00:00-05:00"),
        ("2026-11-25T09:00:00-05:00", 1, "2026-11-27T09:00:00-05:00"),
        ("2026-11-23T09:00:00-05:00", 3, "2026-11-27T09:00:00-05:00"),
        ("2026-03-06T09:00:00-05:00", 1, "2026-03-09T09:00:00-04:00"),
    ],
    ids=["next day", "friday", "saturday", "at closing", "holiday", "three days", "clocks go forward"],
)
def test_an_open_day_ends_at_the_same_wall_time(start: str, days: int, due: str) -> None:
    hours = week("America/New_York", dict.fromkeys(WEEKDAYS[:5], ("08:00-17:00",)), holidays=["2026-11-26"])
    assert after_open_days(hours, at(start), days) == at(due)


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-11-23T12:30:00-05:00", "2026-11-24T13:00:00-05:00"),
        ("2026-11-24T16:00:00-05:00", "2026-11-25T11:00:00-05:00"),
        ("2026-11-24T10:30:00-05:00", "2026-11-25T10:30:00-05:00"),
        ("2026-11-25T09:00:00-05:00", "2026-11-27T12:00:00-05:00"),
        ("2026-11-28T02:00:00-05:00", "2026-11-30T23:00:00-05:00"),
    ],
    ids=[
        "in lunch next day",
        "after the last closing",
        "inside",
        "before two openings",
        "past midnight belongs to friday",
    ],
)
def test_an_open_day_falls_back_to_that_days_opening_or_last_closing(start: str, due: str) -> None:
    hours = week(
        "America/New_York",
        {
            "mon": ["12:30-23:00"],
            "tue": ["09:00-12:00", "13:00-17:00"],
            "wed": ["09:00-11:00"],
            "fri": ["12:00-13:00", "22:00-06:00"],
        },
    )
    assert after_open_days(hours, at(start), 1) == at(due)


def test_touching_and_overlapping_spans_count_once() -> None:
    hours = week("America/New_York", {"mon": ["22:00-06:00"], "tue": ["05:00-09:00", "09:00-10:00"]})
    monday_night = at("2026-11-23T22:00:00-05:00")
    assert elapsed_seconds(hours, monday_night, monday_night + timedelta(days=2)) == 12 * 3600
    assert closing_instant(hours, monday_night) == at("2026-11-24T10:00:00-05:00")


def test_closing_of_a_closed_desk_is_the_end_of_its_next_span() -> None:
    hours = office()
    assert closing_instant(hours, at("2026-11-21T12:00:00-05:00")) == at("2026-11-23T17:00:00-05:00")
    assert closing_instant(hours, at("2026-11-23T17:00:00-05:00")) == at("2026-11-24T17:00:00-05:00")


def test_a_desk_that_never_shuts_counts_wall_time() -> None:
    hours = week("America/New_York", dict.fromkeys(WEEKDAYS, ("00:00-24:00",)))
    start = at("2026-03-01T00:00:00Z")
    assert elapsed_seconds(hours, start, start + timedelta(days=300)) == 300 * 86400
    assert closing_instant(hours, start) >= start + timedelta(days=365)


def test_a_span_that_begins_in_the_hour_the_clocks_skip_opens_with_the_jump() -> None:
    hours = week("America/New_York", {"sun": ["02:30-05:00"]})
    assert opening_instant(hours, at("2026-03-08T05:00:00Z")) == at("2026-03-08T07:00:00Z")


def test_a_span_that_ends_in_the_hour_shown_twice_ends_the_first_time() -> None:
    hours = week("America/New_York", {"sun": ["00:30-01:30"]})
    assert closing_instant(hours, at("2026-11-01T04:00:00Z")) == at("2026-11-01T05:30:00Z")


def test_a_day_that_never_was_has_no_open_time() -> None:
    hours = week("Pacific/Apia", dict.fromkeys(WEEKDAYS, ("08:00-17:00",)))
    start = at("2011-12-29T08:00:00-10:00")
    assert elapsed_seconds(hours, start, start + timedelta(days=2)) == 2 * 9 * 3600


def test_a_span_inside_the_skipped_hour_opens_a_week_later() -> None:
    hours = week("America/New_York", {"sun": ["02:10-02:50"]})
    assert opening_instant(hours, at("2026-03-08T05:00:00Z")) == at("2026-03-15T06:10:00Z")


def test_without_open_time_nothing_is_ever_due() -> None:
    hours = week("America/New_York", {})
    start = at("2026-11-23T10:00:00Z")
    assert not is_open(hours, start)
    assert elapsed_seconds(hours, start, start + timedelta(days=30)) == 0
    with pytest.raises(NeverOpenError):
        opening_instant(hours, start)
    with pytest.raises(NeverOpenError):
        closing_instant(hours, start)
    with pytest.raises(NeverOpenError):
        after_open_seconds(hours, start, 60)
    with pytest.raises(NeverOpenError):
        after_open_days(hours, start, 1)
