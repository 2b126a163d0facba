"""Times as a nurse says them: the due column in six cells, the sentence behind it, days and waits."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import ClockEventKind as Kind
from callback_tui.models.vocabulary import ClockKind, Tier
from callback_tui.rules.speak import (
    clock_time,
    due_words,
    duration,
    full_moment,
    hours_words,
    moment,
    speak_due,
    time_left_cell,
)
from callback_tui.views.clock import ClockEvent, Countdown, Urgency
from tests.rules.calendars import week
from tests.rules.clocks import SITE, clock, event, ny, started

ZONE = "America/New_York"


def shown(seconds: int, urgency: Urgency = Urgency.OK) -> str:
    return time_left_cell(Countdown(urgency, seconds, 0, ClockKind.OPEN, desk_closed=False))


@pytest.mark.parametrize(
    ("seconds", "cell"),
    [
        (0, "now"),
        (256, "4:16"),
        (599, "9:59"),
        (600, "10m"),
        (41 * 60 + 59, "41m"),
        (3600, "1h 00"),
        (72 * 60, "1h 12"),
        (99 * 3600 + 59 * 60, "99h 59"),
        (100 * 3600, "100h"),
        (-59, "now"),
        (-60, "-1m"),
        (-12 * 60, "-12m"),
        (-72 * 60, "-1h 12"),
        (-26 * 3600, "-26h"),
    ],
)
def test_time_left(seconds: int, cell: str) -> None:
    assert shown(seconds) == cell


def test_what_became_late_while_the_desk_was_shut_shows_as_late() -> None:
    assert shown(0, Urgency.LATE) == "now"


@given(st.integers(-999 * 3600, 9999 * 3600), st.sampled_from(Urgency))
def test_time_left_fits_six_cells(seconds: int, urgency: Urgency) -> None:
    assert 0 < len(shown(seconds, urgency)) <= 6


@pytest.mark.parametrize(
    ("events", "now", "said"),
    [
        ([started(Tier.ROUTINE)], "23 13:18", "42 min of desk time left (due 14:00)"),
        (
            [started(Tier.ROUTINE, "23 13:12")],
            "23 16:30",
            "42 min of desk time left (closes 17:00, so 08:12 tomorrow)",
        ),
        (
            [started(Tier.ROUTINE, "23 13:12")],
            "23 18:00",
            "12 min of desk time left (desk opens 08:00 tomorrow, so 08:12 tomorrow)",
        ),
        (
            [started(Tier.ROUTINE, "20 13:12")],
            "20 16:59",
            "13 min of desk time left (closes 17:00, so 08:12 Mon 23 Nov)",
        ),
        ([started(Tier.ROUTINE)], "23 14:00", "under a minute of desk time left (due 14:00)"),
        ([started(Tier.ROUTINE)], "23 15:30", "1 h 30 min of desk time late (was due 14:00)"),
        ([started(Tier.URGENT)], "23 10:18", "42 min left (due 11:00)"),
        ([started(Tier.URGENT)], "24 11:00", "24 h late (was due 11:00 yesterday)"),
        (
            [started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 10:30", until="27 14:10")],
            "23 10:31",
            "asleep until 14:10 Fri 27 Nov",
        ),
        (
            [started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 10:30", until="23 20:00")],
            "23 20:10",
            "due now (promised 20:00, until 20:15)",
        ),
        (
            [started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 10:30", until="23 20:00")],
            "23 20:16",
            "16 min late (was due 20:00)",
        ),
        ([started(Tier.ROUTINE), event(Kind.COMPLETED, "23 11:05")], "24 09:00", "done 11:05 yesterday"),
    ],
)
def test_due_is_said_aloud(events: list[ClockEvent], now: str, said: str) -> None:
    assert speak_due(clock(*events), SITE, ny(now)) == said


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(59, "under a minute"), (60, "1 min"), (3599, "59 min"), (3600, "1 h"), (4320, "1 h 12 min"), (93600, "26 h")],
)
def test_a_wait_in_words(seconds: int, words: str) -> None:
    assert duration(seconds) == words


def test_the_year_is_said_of_a_day_that_this_year_has_too() -> None:
    now = ny("23 10:00")
    assert moment(now - timedelta(days=364), ZONE, now) == "10:00 Mon 24 Nov 2025"
    assert moment(now - timedelta(days=200), ZONE, now) == "11:00 Thu 7 May"


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("23 00:00", "00:00"),
        ("24 08:12", "08:12 tomorrow"),
        ("22 23:59", "23:59 yesterday"),
        ("27 14:10", "14:10 Fri 27 Nov"),
    ],
)
def test_the_day_is_named_where_it_is_not_today(at: str, words: str) -> None:
    assert moment(ny(at), ZONE, ny("23 10:00")) == words


def test_the_week_is_said_in_runs_of_days() -> None:
    days = {**dict.fromkeys(("mon", "tue", "wed"), ("08:00-12:00", "13:00-17:00")), "fri": ("08:00-12:00",)}
    assert hours_words(week("UTC", days)) == "Mon-Wed 08:00-12:00 13:00-17:00, Fri 08:00-12:00"


@pytest.mark.parametrize(
    ("desk_zone", "words"),
    [
        ("America/Chicago", "09:42 tomorrow"),
        ("America/New_York", "09:42 CST tomorrow"),
        ("America/Winnipeg", "09:42 tomorrow"),
        ("", "09:42 tomorrow"),
    ],
)
def test_the_zone_is_named_where_the_desks_clock_shows_another_time(desk_zone: str, words: str) -> None:
    at = ny("24 10:42")
    assert moment(at, "America/Chicago", ny("23 10:42"), desk_zone) == words
    assert clock_time(at, "America/Chicago", desk_zone) == words.removesuffix(" tomorrow")


def test_clock_times_are_the_zones_own() -> None:
    assert clock_time(ny("23 10:42"), ZONE) == "10:42"
    assert clock_time(ny("23 10:42"), "America/Los_Angeles") == "07:42"
    assert full_moment(ny("23 01:30"), "America/Los_Angeles") == "Sun 22 Nov 2026 22:30"


@pytest.mark.parametrize(
    ("events", "now", "said"),
    [
        ([started(Tier.ROUTINE)], "23 13:18", "14:00"),
        ([started(Tier.ROUTINE)], "23 15:00", "14:00"),
        ([started(Tier.ROUTINE, "23 13:12")], "23 16:30", "08:12 tomorrow, in desk time (closes 17:00)"),
        ([started(Tier.ROUTINE, "23 13:12")], "23 18:00", "08:12 tomorrow, in desk time (opens 08:00 tomorrow)"),
        ([started(Tier.URGENT, "23 16:30")], "23 16:45", "17:30"),
        (
            [started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 10:30", until="27 14:10")],
            "23 10:31",
            "asleep until 14:10 Fri 27 Nov",
        ),
    ],
)
def test_when_it_is_due_without_counting_down(events: list[ClockEvent], now: str, said: str) -> None:
    """What is read once and does not tick says the hour, and whether the desk shuts before it."""
    assert due_words(clock(*events), SITE, ny(now)) == said
