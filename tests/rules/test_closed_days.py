"""Holidays that are offered, what of them stands in the policy, and what a change is said to do."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import ClockEventKind, Tier
from callback_tui.rules.closed_days import (
    day_lines,
    edit_words,
    effect_words,
    span_text,
    spans_words,
    with_days,
    with_edit,
)
from callback_tui.rules.policy_file import new_policy_text, parse_policy
from callback_tui.rules.policy_hours import parse_span
from callback_tui.rules.public_holidays import public_holidays
from callback_tui.rules.sla import derive, due_after_change
from callback_tui.views.clock import ClockEvent
from callback_tui.views.closed_days import DayEdit, PolicyEdits, PolicyEffect
from callback_tui.views.policy import Span

FIRST, LAST = date(2026, 11, 24), date(2027, 12, 31)
UNEVEN = parse_policy("""
[practice]
name = "Maple Street Family Medicine"
short_name = "Maple Street"
region = "US"
[[site]]
name = "Main"
zone = "America/New_York"
callback_number = "+12125550100"
hours.mon = ["08:00-12:00", "13:00-17:00"]
hours.tue = ["08:00-17:00"]
hours.wed = ["10:00-14:00"]
hours.fri = ["08:00-17:00"]
hours.sat = ["22:00-06:00"]
""")
SITE = parse_policy(
    new_policy_text(
        name="Maple Street Family Medicine",
        short_name="Maple Street",
        zone="America/New_York",
        region="US",
        callback_number="+12125550100",
    )
).sites[0]


def test_the_days_of_a_country_and_of_a_state_are_offered_in_order() -> None:
    country, state = public_holidays("US", FIRST, LAST), public_holidays("US-NY", FIRST, LAST)
    assert [holiday.day for holiday in country] == sorted(holiday.day for holiday in country)
    assert {holiday.day for holiday in country} < {holiday.day for holiday in state}
    assert (country[0].day, country[0].name) == (date(2026, 11, 26), "Thanksgiving Day")
    assert (country[-1].day, country[-1].observed) == (date(2027, 12, 31), True)


def test_a_day_kept_for_a_weekend_is_marked_and_the_weekend_is_not() -> None:
    marked = {holiday.day: holiday.observed for holiday in public_holidays("US", FIRST, LAST)}
    assert marked[date(2027, 7, 4)] is False
    assert marked[date(2027, 7, 5)] is True


def test_names_are_english_where_there_are_english_ones() -> None:
    assert "Epiphany" in {holiday.name for holiday in public_holidays("ES", FIRST, LAST)}


@pytest.mark.parametrize(("region", "code"), [("ZQ", "holidays_country"), ("US-ZZ", "holidays_state")])
def test_an_unknown_region_is_refused(region: str, code: str) -> None:
    with pytest.raises(DeskError) as refused:
        public_holidays(region, FIRST, LAST)
    assert refused.value.code == code


def test_nothing_is_closed_because_it_is_offered() -> None:
    lines = day_lines(SITE, public_holidays("US", FIRST, LAST), (), FIRST, LAST)
    assert lines
    assert not any(line.closed or line.changed for line in lines)
    assert {line.spans for line in lines} == {None}


def test_what_stands_in_the_policy_and_what_was_edited_stand_among_what_is_offered() -> None:
    hours = replace(
        SITE.hours,
        holidays=frozenset({date(2026, 11, 26), date(2026, 11, 27), date(2020, 1, 1)}),
        special={date(2026, 12, 24): (Span(480, 720),)},
    )
    edits = (
        DayEdit("Main", date(2026, 12, 25), ()),
        DayEdit("Main", date(2026, 11, 26), None),
        DayEdit("Elsewhere", date(2027, 1, 1), ()),
    )
    lines = day_lines(
        replace(SITE, hours=hours), public_holidays("US", FIRST, date(2027, 1, 1)), edits, FIRST, date(2027, 1, 1)
    )
    assert [(line.day.isoformat(), spans_words(line.spans), line.changed) for line in lines] == [
        ("2026-11-26", "usual hours", True),
        ("2026-11-27", "closed", False),
        ("2026-12-24", "08:00-12:00", False),
        ("2026-12-25", "closed", True),
        ("2027-01-01", "usual hours", False),
    ]


def test_an_edit_replaces_the_one_before_and_goes_when_the_day_is_as_it_was() -> None:
    day = date(2026, 11, 27)
    edits = with_edit(PolicyEdits(), DayEdit("Main", day, ()), SITE)
    half = with_edit(edits, DayEdit("Main", day, (Span(480, 720),)), SITE)
    assert half.days == (DayEdit("Main", day, (Span(480, 720),)),)
    assert not with_edit(half, DayEdit("Main", day, None), SITE)
    assert not with_edit(half, DayEdit("Main", day, (Span(480, 1020),)), SITE)


@settings(max_examples=60, deadline=None)
@given(
    left=st.integers(0, 14 * 24 * 4),
    tier=st.sampled_from([Tier.ROUTINE, Tier.INFORMATIONAL]),
    used_percent=st.integers(0, 99),
    shut=st.sets(st.integers(1, 12), min_size=1, max_size=4),
)
def test_a_coming_day_that_is_closed_makes_no_call_due_sooner(
    left: int, tier: Tier, used_percent: int, shut: set[int]
) -> None:
    start = datetime(2026, 10, 26, tzinfo=UTC) + timedelta(minutes=15 * left)
    state = derive([ClockEvent(ClockEventKind.STARTED, start, "", tier)], UNEVEN.sites[0], UNEVEN)
    at = start + (state.due_at - start) * used_percent / 100
    edits = [DayEdit("Main", at.date() + timedelta(days=ahead), ()) for ahead in shut]
    assert due_after_change(state, UNEVEN.sites[0], with_days(UNEVEN.sites[0], edits), at) >= state.due_at


@pytest.mark.parametrize("text", ["08:00-12:00", "22:00-06:00", "00:00-24:00", "20:00-24:00", "22:00-00:00"])
def test_a_span_is_written_as_it_was_read(text: str) -> None:
    assert parse_span(span_text(parse_span(text))) == parse_span(text)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((0, 0, 0, 0, 0), "Nothing waits, so no due time changes."),
        ((9, 0, 0, 0, 0), "None of 9 waiting messages gets another due time."),
        ((9, 4, 0, 0, 0), "4 of 9 waiting messages get another due time (4 later); none becomes late by it."),
        (
            (9, 0, 3, 1, 0),
            "3 of 9 waiting messages get another due time (3 sooner); 1 message will be late at once.",
        ),
        (
            (9, 2, 3, 0, 1),
            "5 of 9 waiting messages get another due time (2 later, 3 sooner); 1 message will no longer be late.",
        ),
    ],
)
def test_the_effect_is_said_in_one_sentence(counts: tuple[int, int, int, int, int], sentence: str) -> None:
    assert effect_words(PolicyEffect(1, *counts)) == sentence


def test_an_edit_names_site_day_and_holiday() -> None:
    edits = (DayEdit("Main", date(2026, 11, 26), ()), DayEdit("West", date(2026, 12, 24), (Span(480, 720),)))
    assert edit_words(edits, {date(2026, 11, 26): "Thanksgiving Day"}) == (
        "Main: closed on Thu 26 Nov 2026 (Thanksgiving Day)",
        "West: 08:00-12:00 on Thu 24 Dec 2026",
    )
