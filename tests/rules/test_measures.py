"""What is counted of one message: open time for office messages, wall time after hours, and frozen once written."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import ClockEventKind as Kind
from callback_tui.models.vocabulary import Outcome, Tier
from callback_tui.rules.measures import (
    Measures,
    call_back_seconds,
    first_call_until,
    measure,
    received_open,
)
from callback_tui.views.clock import ClockEvent
from tests.rules.calendars import MINUTE, Situation, office, open_minutes, situations
from tests.rules.clocks import SITE, clock, event, ny, started

SECONDS_OF_A_WEEK = st.integers(0, 7 * 86400)


@dataclass
class Item:
    """A queue item before a change."""

    started_at: datetime
    first_attempt_at: datetime | None = None
    contact_at: datetime | None = None
    received_open: bool = True
    call_back_seconds: int | None = None
    first_contact_outcome: Outcome | None = None
    first_call_until: datetime | None = None


def after(item: Item, *events: ClockEvent, outcome: Outcome | None = None) -> Measures:
    """Measure an item left at 10:00 on Monday after these events."""
    return measure(SITE.hours, item, clock(started(Tier.ROUTINE), *events), outcome=outcome, days=7)


@given(situations(), st.integers(0, 2 * 1440))
def test_open_seconds_agree_with_a_walk_along_the_wall_clock(case: Situation, minutes: int) -> None:
    start = case.start.replace(second=0)
    end = start + timedelta(minutes=minutes)
    walked = open_minutes(case.hours, start, end + MINUTE)
    assert call_back_seconds(case.hours, start, end, True) == 60 * len(walked - {end})
    assert received_open(case.hours, end) is (end in walked)


@given(situations(), SECONDS_OF_A_WEEK, SECONDS_OF_A_WEEK)
def test_a_later_call_never_waited_less_and_wall_time_is_never_the_shorter(
    case: Situation, one: int, more: int
) -> None:
    first, later = case.start + timedelta(seconds=one), case.start + timedelta(seconds=one + more)
    for in_hours in (True, False):
        waits = [call_back_seconds(case.hours, case.start, at, in_hours) for at in (first, later)]
        assert 0 <= waits[0] <= waits[1]
    assert call_back_seconds(case.hours, case.start, later, True) <= one + more
    assert call_back_seconds(case.hours, case.start, later, False) == one + more


def test_closing_time_counts_as_after_hours() -> None:
    assert received_open(office(), datetime(2026, 11, 23, 21, 59, 59, tzinfo=UTC))
    assert not received_open(office(), datetime(2026, 11, 23, 22, tzinfo=UTC))


def test_a_time_the_patient_named_is_counted_as_lateness() -> None:
    named = clock(started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 11:00", until="24 15:00"))
    assert named.named_due_at == ny("24 15:00")
    asked_later = clock(
        started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 10:30"), event(Kind.SCHEDULED, "23 10:31", until="24 15:00")
    )
    assert asked_later.named_due_at is None


def test_a_time_named_later_does_not_change_what_the_first_call_was_measured_by() -> None:
    first = (started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 11:00", until="24 15:00"))
    called = (*first, event(Kind.ATTEMPTED, "24 15:20"))
    again = (*called, event(Kind.SCHEDULED, "24 15:21", until="25 09:00"))
    assert clock(*called).named_due_at == clock(*again).named_due_at == ny("24 15:00")
    assert clock(*again).scheduled_at == ny("25 09:00")


def test_what_was_measured_stays_until_what_it_follows_from_changes() -> None:
    item = Item(ny("23 10:00"))
    attempted = event(Kind.ATTEMPTED, "23 10:30")
    assert after(item) == Measures(True)
    assert after(item, attempted) == Measures(True, 1800)

    frozen = replace(item, received_open=False, first_attempt_at=ny("23 10:30"), call_back_seconds=7)
    again = event(Kind.ATTEMPTED, "23 11:00")
    assert after(frozen, attempted, again) == Measures(False, 7)
    assert after(frozen) == Measures(False)
    assert after(replace(frozen, started_at=ny("23 10:10")), attempted) == Measures(True, 1800)


def test_only_the_first_talk_says_how_the_issue_was_settled() -> None:
    talk = event(Kind.CONTACTED, "23 10:30")
    until = ny("30 10:30")
    assert after(Item(ny("23 10:00")), talk, outcome=Outcome.RESOLVED)[2:] == (Outcome.RESOLVED, until)
    assert after(Item(ny("23 10:00")), talk, outcome=Outcome.ESCALATED)[2:] == (Outcome.ESCALATED, None)
    talked = Item(ny("23 10:00"), contact_at=ny("23 10:30"), first_contact_outcome=Outcome.ANOTHER_TIME)
    assert after(talked, talk, outcome=Outcome.RESOLVED)[2:] == (Outcome.ANOTHER_TIME, None)
    assert after(talked)[2:] == (None, None)
    assert first_call_until(None, ny("23 10:30"), 7) is None
