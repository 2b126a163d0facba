"""What a row shows at any moment, and what a new policy does to the due instant of an open item."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import ClockEventKind as Kind
from callback_tui.models.vocabulary import ClockKind, Tier
from callback_tui.rules.sla import countdown, due_after_change, seconds_left
from callback_tui.views.clock import ClockEvent, ClockState, Urgency
from callback_tui.views.policy import SitePolicy, Target
from tests.rules.calendars import WEEKDAYS, week
from tests.rules.clocks import POLICY, SITE, clock, event, histories, ny, started


def site_with(routine: Target | None = None, spans: Sequence[str] = ("08:00-17:00",)) -> SitePolicy:
    """Return the site with another routine target or other hours on weekdays."""
    targets = dict(SITE.targets) | ({Tier.ROUTINE: routine} if routine else {})
    return replace(SITE, targets=targets, hours=week("America/New_York", dict.fromkeys(WEEKDAYS[:5], spans)))


@pytest.mark.parametrize(
    ("new", "due"),
    [
        (site_with(Target(ClockKind.OPEN, seconds=6 * 3600)), "23 16:00"),
        (site_with(Target(ClockKind.OPEN, seconds=2 * 3600)), "23 12:00"),
        (site_with(Target(ClockKind.OPEN, seconds=3600)), "23 11:30"),
        (site_with(spans=["08:00-12:00"]), "24 10:00"),
        (site_with(Target(ClockKind.ALWAYS, seconds=10 * 3600)), "23 20:00"),
        (site_with(Target(ClockKind.OPEN, open_days=1)), "24 10:00"),
        (SITE, "23 14:00"),
    ],
    ids=["longer", "shorter", "used up already", "shorter hours", "around the clock", "open days", "the same"],
)
def test_a_new_policy_keeps_the_time_used(new: SitePolicy, due: str) -> None:
    at = ny("23 11:30")
    changed = due_after_change(clock(started(Tier.ROUTINE)), SITE, new, at)
    assert changed == ny(due)
    stored = ClockEvent(Kind.POLICY_CHANGED, at, "p", until=changed)
    assert clock(started(Tier.ROUTINE), stored, site=new).due_at == ny(due)


@pytest.mark.parametrize(
    "state",
    [
        clock(started(Tier.ROUTINE, "20 09:00")),
        clock(started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 10:30")),
        clock(started(Tier.ROUTINE), event(Kind.COMPLETED, "23 10:30")),
        clock(started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 10:30", until="24 15:00")),
    ],
    ids=["late already", "attempted", "completed", "the patient named a time"],
)
def test_a_new_policy_leaves_settled_items_alone(state: ClockState) -> None:
    new = site_with(Target(ClockKind.OPEN, seconds=10 * 3600))
    assert due_after_change(state, SITE, new, ny("23 11:30")) == state.due_at


def test_a_new_policy_lets_a_pause_go_on_and_keeps_the_time_used_before_it() -> None:
    paused = (started(Tier.ROUTINE), event(Kind.PAUSED, "23 11:00", until="23 15:00"))
    changed = due_after_change(
        clock(*paused), SITE, site_with(Target(ClockKind.OPEN, seconds=2 * 3600)), ny("23 12:00")
    )
    assert changed == ny("23 16:00")


@pytest.mark.parametrize(
    ("tier", "now", "urgency", "left", "used", "shut"),
    [
        (Tier.ROUTINE, "23 11:00", Urgency.OK, 10800, 25, False),
        (Tier.ROUTINE, "23 13:12", Urgency.SOON, 2880, 80, False),
        (Tier.ROUTINE, "23 14:00", Urgency.SOON, 0, 100, False),
        (Tier.ROUTINE, "23 14:01", Urgency.LATE, -60, 100, False),
        (Tier.ROUTINE, "23 18:00", Urgency.LATE, -10800, 175, True),
        (Tier.URGENT, "23 10:29", Urgency.OK, 1860, 48, False),
        (Tier.URGENT, "23 10:30", Urgency.SOON, 1800, 50, False),
        (Tier.URGENT, "24 11:00", Urgency.LATE, -86400, 2500, False),
        (Tier.EMERGENT, "23 10:01", Urgency.NOW, 240, 20, False),
        (Tier.EMERGENT, "23 10:06", Urgency.NOW, -60, 120, False),
    ],
)
def test_countdown(tier: Tier, now: str, urgency: Urgency, left: int, used: int, shut: bool) -> None:
    shown = countdown(clock(started(tier)), SITE, POLICY, ny(now))
    assert (shown.urgency, shown.seconds_left, shown.used_percent, shown.desk_closed) == (urgency, left, used, shut)


def test_an_open_clock_stands_still_while_the_desk_is_shut() -> None:
    state = clock(started(Tier.ROUTINE, "23 16:30"))
    evening, night = (countdown(state, SITE, POLICY, ny(now)) for now in ("23 17:00", "24 03:00"))
    assert evening == night
    assert (evening.urgency, evening.seconds_left, evening.used_percent) == (Urgency.CLOSED, 12600, 12)


def test_a_named_time_counts_wall_time_day_and_night() -> None:
    state = clock(started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 11:00", until="23 20:00"))
    shown = countdown(state, SITE, POLICY, ny("23 19:00"))
    assert (shown.clock, shown.seconds_left, shown.urgency) == (ClockKind.ALWAYS, 3600, Urgency.SOON)


def test_a_named_time_is_late_only_after_its_window() -> None:
    state = clock(started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 11:00", until="23 15:00"))
    shown = [countdown(state, SITE, POLICY, ny(now)) for now in ("23 15:00", "23 15:15", "23 15:16")]
    assert [(each.urgency, each.seconds_left) for each in shown] == [
        (Urgency.SOON, 0),
        (Urgency.SOON, 0),
        (Urgency.LATE, -960),
    ]


def test_a_pause_stands_still_and_counts_for_nobody() -> None:
    state = clock(started(Tier.ROUTINE), event(Kind.PAUSED, "23 11:00", until="23 15:00"))
    before, meanwhile, after = (countdown(state, SITE, POLICY, ny(now)) for now in ("23 11:00", "23 14:59", "23 16:00"))
    assert (before.used_percent, before.seconds_left) == (meanwhile.used_percent, meanwhile.seconds_left) == (25, 10800)
    assert (after.used_percent, after.seconds_left) == (50, 7200)


@pytest.mark.parametrize(
    ("kind", "until"), [(Kind.RETRY_SET, "23 13:00"), (Kind.ESCALATED, "23 13:00"), (Kind.SCHEDULED, "23 13:00")]
)
def test_what_follows_counts_from_when_it_was_set(kind: Kind, until: str) -> None:
    state = clock(started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 12:00"), event(kind, "23 12:00", until=until))
    assert countdown(state, SITE, POLICY, ny("23 12:15")).used_percent == 25


def test_a_completed_countdown_stands_still_for_ever() -> None:
    state = clock(started(Tier.ROUTINE), event(Kind.COMPLETED, "23 11:00"))
    assert countdown(state, SITE, POLICY, ny("23 11:00")) == countdown(state, SITE, POLICY, ny("29 11:00"))


@given(histories(), st.integers(0, 10000))
@settings(deadline=None)
def test_a_clock_is_sound_whatever_happened(events: list[ClockEvent], minutes: int) -> None:
    state = clock(*events)
    assert state.started_at == events[0].at
    assert state.opens_at >= state.started_at
    assert (state.attempt_was_late is None) == (state.first_attempt_at is None)
    now = events[-1].at + timedelta(minutes=minutes)
    left = seconds_left(state, SITE, now)
    assert left <= (state.next_due_at - now).total_seconds() or now > state.next_due_at
    assert (left < 0) <= (now > state.next_due_at)
    assert countdown(state, SITE, POLICY, now).used_percent >= 0
