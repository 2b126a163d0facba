"""Received times as exports write them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.intake.received_time import EARLIEST, UNREADABLE, read_time
from callback_tui.models.vocabulary import ReceivedHow

NEW_YORK = ZoneInfo("America/New_York")
TEN_TWENTY_TWO = datetime(2025, 3, 4, 10, 22, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-04T10:22:01Z",
        "2025-03-04 10:22:01+00:00",
        "2025-03-04T05:22:01-05:00",
        "2025-03-04 05:22:01 -0500",
        "2025-03-04 10:22:01 UTC",
        "2025-03-04 05:22:01 EST",
        "Tue, 04 Mar 2025 10:22:01 +0000",
        "Tue, 4 Mar 2025 05:22:01 EST",
        "4 Mar 2025 10:22:01 -0000",
        "1741083721",
        "1741083721000",
        "1741083721.000",
    ],
)
def test_a_time_with_a_zone_is_exact(text: str) -> None:
    reading = read_time(text, NEW_YORK)
    assert (reading.at, reading.how) == (TEN_TWENTY_TWO, ReceivedHow.EXACT)


@pytest.mark.parametrize(
    "text",
    [
        "2025-03-04T05:22:01",
        "2025-03-04 05:22:01",
        "Tue 3/4/2025 5:22:01 AM",
        "3/4/25 05:22:01",
        "03-04-2025 5:22:01 am",
    ],
)
def test_a_time_without_a_zone_is_in_the_given_one(text: str) -> None:
    reading = read_time(text, NEW_YORK, date_order="mdy")
    assert (reading.at, reading.how) == (TEN_TWENTY_TWO, ReceivedHow.ZONE_ASSUMED)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("11/2/2025 1:30 AM", datetime(2025, 11, 2, 5, 30, tzinfo=UTC)),
        ("3/9/2025 2:30 AM", datetime(2025, 3, 9, 7, 30, tzinfo=UTC)),
        ("3/4/2025", datetime(2025, 3, 4, 5, 0, tzinfo=UTC)),
        ("2025-03-04", datetime(2025, 3, 4, 5, 0, tzinfo=UTC)),
    ],
)
def test_a_time_that_is_not_one_instant_is_ambiguous(text: str, utc: datetime) -> None:
    reading = read_time(text, NEW_YORK, date_order="mdy")
    assert (reading.at, reading.how) == (utc, ReceivedHow.AMBIGUOUS)


def test_an_order_of_day_and_month_is_never_guessed() -> None:
    assert read_time("4/3/2025 10:00", NEW_YORK) == UNREADABLE
    assert read_time("4/3/2025 10:00", UTC, date_order="mdy").at == datetime(2025, 4, 3, 10, tzinfo=UTC)
    assert read_time("4/3/2025 10:00", UTC, date_order="dmy").at == datetime(2025, 3, 4, 10, tzinfo=UTC)


def test_the_profile_may_declare_further_forms() -> None:
    assert read_time("04 Mar 2025 10h22", UTC, formats=("%d %b %Y %Hh%M",)).at == datetime(
        2025, 3, 4, 10, 22, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "text", ["", "soon", "13/13/2025 10:00", "0", "45231.42", "1999-12-31", "3/4/2025 13:00 PM", "9" * 70]
)
def test_what_is_no_time_is_unknown(text: str) -> None:
    assert read_time(text, NEW_YORK, date_order="mdy") == UNREADABLE


@given(st.text(max_size=40))
def test_any_text_ends_in_a_reading(text: str) -> None:
    reading = read_time(text, NEW_YORK, date_order="mdy", formats=("%d %b %Y",))
    assert (reading.at is None) == (reading.how is ReceivedHow.UNKNOWN)
    assert reading.at is None or reading.at >= EARLIEST
