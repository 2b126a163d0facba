"""The words a person types for the next call, against a fixed Monday morning in New York."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.errors import DeskError
from callback_tui.rules.when import parse_when, speak_when
from tests.rules.calendars import week

ZONE = "America/New_York"
MONDAY = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)  # 10:42 in New York


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("15:30", "2026-11-23T20:30"),
        ("3pm", "2026-11-23T20:00"),
        ("3:15 PM", "2026-11-23T20:15"),
        ("at 12:05 am", "2026-11-24T05:05"),
        ("noon", "2026-11-23T17:00"),
        ("9:00", "2026-11-24T14:00"),
        ("today 17:00", "2026-11-23T22:00"),
        ("tomorrow 9am", "2026-11-24T14:00"),
        ("fri 3pm", "2026-11-27T20:00"),
        ("3pm friday", "2026-11-27T20:00"),
        ("mon 9am", "2026-11-30T14:00"),
        ("monday 11:00", "2026-11-23T16:00"),
        ("+20m", "2026-11-23T16:02"),
        ("in 2 hours", "2026-11-23T17:42"),
        ("+2d", "2026-11-25T15:42"),
        ("+2d 9:30", "2026-11-25T14:30"),
        ("+1w", "2026-11-30T15:42"),
        ("27 nov, 3pm", "2026-11-27T20:00"),
        ("nov 27 15:00", "2026-11-27T20:00"),
        ("jan 5 8:00", "2027-01-05T13:00"),
        ("12/1 8:00", "2026-12-01T13:00"),
        ("2026-11-27 15:00", "2026-11-27T20:00"),
        ("2026-11-27T15:00:00Z", "2026-11-27T15:00"),
    ],
)
def test_reads_what_people_type(words: str, expected: str) -> None:
    assert parse_when(words, MONDAY, ZONE) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "when_unreadable"),
        ("   ", "when_unreadable"),
        ("soon", "when_no_time"),
        ("friday", "when_no_time"),
        ("3", "when_no_time"),
        ("9am 3pm", "when_no_time"),
        ("25:00", "when_unreadable"),
        ("13pm", "when_unreadable"),
        ("9:75", "when_unreadable"),
        ("blursday 9:00", "when_unreadable"),
        ("+20m 9:00", "when_unreadable"),
        ("2026-13-40 99:99", "when_unreadable"),
        ("today 9:00", "when_past"),
        ("2020-01-01 09:00", "when_past"),
        ("+0m", "when_past"),
        ("9999-12-31 23:30", "when_unreadable"),
    ],
)
def test_refuses_what_it_cannot_mean(words: str, code: str) -> None:
    with pytest.raises(DeskError) as refusal:
        parse_when(words, MONDAY, ZONE)
    assert refusal.value.code == code
    assert refusal.value.next_step


def test_a_time_the_clocks_skip_is_refused() -> None:
    with pytest.raises(DeskError) as refusal:
        parse_when("8 mar 2:30am", datetime(2026, 3, 1, tzinfo=UTC), ZONE)
    assert refusal.value.code == "when_skipped"


def test_days_keep_the_wall_time_over_a_clock_change() -> None:
    saturday = datetime(2026, 3, 7, 15, 0, tzinfo=UTC)  # 10:00, the night before the clocks go forward
    assert parse_when("+1d", saturday, ZONE) == datetime(2026, 3, 8, 14, 0, tzinfo=UTC)
    assert parse_when("+24h", saturday, ZONE) == saturday + timedelta(hours=24)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (MONDAY + timedelta(minutes=40), "11:22, in 40 min"),
        (MONDAY + timedelta(hours=4, minutes=48), "15:30, in 4 h 48 min"),
        (MONDAY + timedelta(days=1), "10:42 tomorrow, in 24 h"),
        (MONDAY + timedelta(days=4), "10:42 Fri 27 Nov, in 96 h"),
    ],
)
def test_says_it_back(at: datetime, words: str) -> None:
    assert speak_when(at, MONDAY, ZONE) == words


def test_a_time_when_nobody_is_at_the_desk_is_said_so() -> None:
    hours = week(ZONE, dict.fromkeys(("mon", "tue"), ("08:00-17:00",)))
    tomorrow = MONDAY + timedelta(days=1)
    assert speak_when(tomorrow, MONDAY, ZONE, hours) == "10:42 tomorrow, in 24 h"
    evening = speak_when(tomorrow + timedelta(hours=10), MONDAY, ZONE, hours)
    assert evening == "20:42 tomorrow, in 34 h, outside the desk's hours (Mon-Tue 08:00-17:00)"


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(words: str) -> None:
    try:
        at = parse_when(words, MONDAY, ZONE)
    except DeskError:
        return
    assert at > MONDAY


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_alone_is_within_a_day(hour: int, minute: int) -> None:
    at = parse_when(f"{hour}:{minute:02d}", MONDAY, ZONE)
    assert timedelta(0) < at - MONDAY <= timedelta(days=1)
