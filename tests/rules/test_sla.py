"""The derived clock: every event, raised and lowered priorities, pauses, undo, merging, reopening."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import ClockEventKind as Kind
from callback_tui.models.vocabulary import ClockKind, Tier
from callback_tui.rules.sla import derive, due_at
from callback_tui.views.clock import ClockEvent
from callback_tui.views.policy import Target
from tests.rules.clocks import POLICY, SITE, clock, event, histories, ny, started


@pytest.mark.parametrize(
    ("tier", "start", "opens", "due"),
    [
        (Tier.EMERGENT, "21 23:00", "21 23:00", "21 23:05"),
        (Tier.URGENT, "21 23:00", "21 23:00", "22 00:00"),
        (Tier.ROUTINE, "21 23:00", "23 08:00", "23 12:00"),
        (Tier.ROUTINE, "23 16:30", "23 16:30", "24 11:30"),
        (Tier.INFORMATIONAL, "20 16:30", "20 16:30", "23 16:30"),
        (Tier.INFORMATIONAL, "21 12:00", "23 08:00", "24 08:00"),
    ],
)
def test_start_and_target_give_the_due_instant(tier: Tier, start: str, opens: str, due: str) -> None:
    state = clock(started(tier, start))
    assert (state.started_at, state.opens_at, state.due_at) == (ny(start), ny(opens), ny(due))
    assert state.next_due_at == state.due_at
    assert state.clock is (ClockKind.ALWAYS if tier.always_on else ClockKind.OPEN)
    assert state.attempt_was_late is None


def test_raising_takes_the_earlier_of_both_due_instants() -> None:
    late_raise = clock(started(Tier.ROUTINE), event(Kind.PRIORITY_SET, "23 13:30", tier=Tier.URGENT))
    early_raise = clock(started(Tier.ROUTINE), event(Kind.PRIORITY_SET, "23 10:30", tier=Tier.URGENT))
    assert late_raise.due_at == ny("23 14:00")
    assert early_raise.due_at == ny("23 11:30")
    assert early_raise.clock is ClockKind.ALWAYS


def test_raising_wakes_what_sleeps_and_brings_its_next_call_forward() -> None:
    state = clock(
        started(Tier.ROUTINE),
        event(Kind.ATTEMPTED, "23 11:00"),
        event(Kind.RETRY_SET, "23 11:00", until="24 13:00"),
        event(Kind.PRIORITY_SET, "23 12:00", tier=Tier.URGENT),
    )
    assert state.next_due_at == ny("23 13:00")
    assert state.asleep_until is None
    assert state.due_at == ny("23 14:00")


def test_lowering_counts_the_new_target_from_the_start() -> None:
    state = clock(started(Tier.URGENT), event(Kind.PRIORITY_SET, "23 10:30", tier=Tier.ROUTINE))
    assert state.due_at == ny("23 14:00")


def test_lowering_is_never_due_before_the_change() -> None:
    state = clock(started(Tier.URGENT), event(Kind.PRIORITY_SET, "23 16:00", tier=Tier.ROUTINE))
    assert state.due_at == ny("23 16:00")


def test_lowering_to_a_target_that_ends_at_closing_is_due_at_closing() -> None:
    state = clock(started(Tier.URGENT, "23 13:00"), event(Kind.PRIORITY_SET, "23 13:10", tier=Tier.ROUTINE))
    assert state.due_at == ny("23 17:00")


def test_lowering_after_the_first_attempt_leaves_its_promise_alone() -> None:
    tried = (started(Tier.URGENT), event(Kind.ATTEMPTED, "23 10:30"))
    state = clock(*tried, event(Kind.PRIORITY_SET, "23 10:40", tier=Tier.ROUTINE))
    assert (state.tier, state.due_at) == (Tier.ROUTINE, ny("23 11:00"))


def test_lowering_never_erases_a_recorded_lateness() -> None:
    lowered = (started(Tier.URGENT), event(Kind.PRIORITY_SET, "23 11:30", tier=Tier.ROUTINE))
    state = clock(*lowered, event(Kind.ATTEMPTED, "23 12:00"))
    assert state.due_at == ny("23 14:00")
    assert state.attempt_was_late is True


def test_lowering_in_time_is_judged_by_the_new_due_instant() -> None:
    lowered = (started(Tier.URGENT), event(Kind.PRIORITY_SET, "23 10:30", tier=Tier.ROUTINE))
    assert clock(*lowered, event(Kind.ATTEMPTED, "23 13:59")).attempt_was_late is False
    assert clock(*lowered, event(Kind.ATTEMPTED, "23 14:01")).attempt_was_late is True


def test_setting_the_same_priority_changes_nothing() -> None:
    assert clock(started(Tier.ROUTINE), event(Kind.PRIORITY_SET, "23 12:00", tier=Tier.ROUTINE)) == clock(
        started(Tier.ROUTINE)
    )


@pytest.mark.parametrize(
    ("until", "due"),
    [("23 12:00", "23 15:00"), ("23 23:00", "24 11:00"), ("23 11:00", "23 14:00"), ("30 11:00", "25 14:00")],
    ids=["an hour", "over night: until closing", "no time", "capped at two open days"],
)
def test_a_pause_counts_only_open_time_up_to_the_cap(until: str, due: str) -> None:
    assert clock(started(Tier.ROUTINE), event(Kind.PAUSED, "23 11:00", until=until)).due_at == ny(due)


def test_the_cap_holds_for_all_pauses_together() -> None:
    state = clock(
        started(Tier.ROUTINE),
        event(Kind.PAUSED, "23 11:00", until="24 11:00"),
        event(Kind.PAUSED, "24 11:00", until="27 11:00"),
    )
    assert state.due_at == ny("25 14:00")


def test_overlapping_pauses_count_once() -> None:
    state = clock(
        started(Tier.ROUTINE),
        event(Kind.PAUSED, "23 11:00", until="23 12:00"),
        event(Kind.PAUSED, "23 11:30", until="23 12:30"),
    )
    assert state.due_at == ny("23 15:30")


@pytest.mark.parametrize(
    ("until", "wakes"),
    [("23 12:00", "23 12:00"), ("23 23:00", "23 23:00"), ("30 11:00", "25 11:00")],
    ids=["as asked", "at night", "no longer than two open days"],
)
def test_a_pause_sleeps_until_it_ends(until: str, wakes: str) -> None:
    state = clock(started(Tier.ROUTINE), event(Kind.PAUSED, "23 11:00", until=until))
    assert state.asleep_until == ny(wakes)
    assert state.next_due_at > state.asleep_until


def test_a_pause_that_ends_early_gives_the_rest_back() -> None:
    paused = (started(Tier.ROUTINE), event(Kind.PAUSED, "23 11:00", until="23 15:00"))
    assert clock(*paused).due_at == ny("24 09:00")
    woken = clock(*paused, event(Kind.WOKEN, "23 12:00"))
    assert (woken.due_at, woken.asleep_until, woken.paused_seconds) == (ny("23 15:00"), None, 3600)
    again = clock(*paused, event(Kind.WOKEN, "23 12:00"), event(Kind.PAUSED, "23 12:00", until="30 12:00"))
    assert again.asleep_until == ny("25 11:00")


def test_a_raise_during_a_pause_ends_it() -> None:
    state = clock(
        started(Tier.ROUTINE),
        event(Kind.PAUSED, "23 11:00", until="24 11:00"),
        event(Kind.PRIORITY_SET, "23 11:30", tier=Tier.URGENT),
    )
    assert (state.due_at, state.asleep_until) == (ny("23 12:30"), None)


def test_pausing_what_is_late_or_called_only_lets_it_sleep() -> None:
    late = clock(started(Tier.ROUTINE), event(Kind.PAUSED, "23 15:00", until="23 16:00"))
    assert (late.asleep_until, late.due_at, late.was_late) == (ny("23 16:00"), ny("23 14:00"), True)
    rung = clock(
        started(Tier.ROUTINE),
        event(Kind.ATTEMPTED, "23 10:30"),
        event(Kind.RETRY_SET, "23 10:30", until="23 11:00"),
        event(Kind.PAUSED, "23 10:40", until="23 16:00"),
    )
    assert (rung.asleep_until, rung.next_due_at, rung.was_late) == (ny("23 16:00"), ny("23 16:00"), False)


@pytest.mark.parametrize(
    ("attempt", "late"), [("24 15:15", False), ("24 15:16", True)], ids=["in its window", "after its window"]
)
def test_a_named_time_is_broken_after_its_window(attempt: str, late: bool) -> None:
    named = (started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 11:00", until="24 15:00"))
    assert clock(*named, event(Kind.ATTEMPTED, attempt)).attempt_was_late is late
    assert clock(*named).late_after == ny("24 15:15")
    assert clock(started(Tier.ROUTINE)).late_after == ny("23 14:00")


def test_a_lateness_before_a_named_time_or_a_lowering_stays_on_record() -> None:
    for later in (
        event(Kind.SCHEDULED, "23 15:00", until="24 15:00"),
        event(Kind.PRIORITY_SET, "23 15:00", tier=Tier.INFORMATIONAL),
    ):
        state = clock(started(Tier.ROUTINE), later)
        assert state.was_late
        assert state.attempt_was_late is None
        assert clock(started(Tier.ROUTINE), later, event(Kind.ATTEMPTED, "23 15:10")).attempt_was_late is True


def test_lowering_keeps_the_time_the_patient_named() -> None:
    named = (started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 11:00", until="27 15:00"))
    state = clock(*named, event(Kind.PRIORITY_SET, "23 11:30", tier=Tier.INFORMATIONAL))
    assert (state.due_at, state.next_due_at, state.asleep_until) == (ny("27 15:00"),) * 3


def test_a_warning_is_kept_and_changes_nothing_else() -> None:
    warned = (
        ClockEvent(Kind.WARNED, ny("23 12:00"), "w1", reason="50"),
        ClockEvent(Kind.WARNED, ny("23 13:30"), "w2", reason="80"),
    )
    state = clock(started(Tier.ROUTINE), *warned)
    assert state == replace(clock(started(Tier.ROUTINE)), warned_percent=80)


def test_each_event_counts_by_the_policy_it_was_written_under() -> None:
    """A replay under any later policy says the same of what is closed."""
    long, short = Target(ClockKind.OPEN, seconds=6 * 3600), Target(ClockKind.OPEN, seconds=3600)
    old_site, new_site = (replace(SITE, targets={**SITE.targets, Tier.ROUTINE: target}) for target in (long, short))
    versions = {1: (old_site, POLICY), 2: (new_site, POLICY)}
    done = [
        replace(each, policy_version_id=1)
        for each in (started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 15:00"), event(Kind.COMPLETED, "23 15:05"))
    ]
    then = derive(done, old_site, POLICY, versions)
    assert derive(done, new_site, POLICY, versions) == then
    assert (then.due_at, then.attempt_was_late) == (ny("23 16:00"), False)
    assert derive(done, new_site, POLICY).attempt_was_late is True
    raised = replace(event(Kind.PRIORITY_SET, "23 10:30", tier=Tier.URGENT), policy_version_id=2)
    assert derive([done[0], raised], old_site, POLICY, versions).due_at == ny("23 11:30")


@pytest.mark.parametrize("tier", [Tier.EMERGENT, Tier.URGENT])
def test_nothing_pauses_the_two_most_pressing_tiers(tier: Tier) -> None:
    assert clock(started(tier), event(Kind.PAUSED, "23 10:01", until="23 12:00")).due_at == clock(started(tier)).due_at


def test_a_pause_after_the_due_instant_or_the_attempt_changes_nothing() -> None:
    late = clock(started(Tier.ROUTINE), event(Kind.PAUSED, "23 15:00", until="23 16:00"))
    tried = clock(
        started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 10:30"), event(Kind.PAUSED, "23 11:00", until="23 12:00")
    )
    assert late.due_at == tried.due_at == ny("23 14:00")


def test_lowering_keeps_the_pauses() -> None:
    state = clock(
        started(Tier.ROUTINE),
        event(Kind.PAUSED, "23 11:00", until="23 12:00"),
        event(Kind.PRIORITY_SET, "23 12:00", tier=Tier.INFORMATIONAL),
    )
    assert state.due_at == ny("24 11:00")


def test_an_attempt_stops_the_first_clock_once_and_a_talk_the_second() -> None:
    state = clock(
        started(Tier.ROUTINE),
        event(Kind.ATTEMPTED, "23 11:00"),
        event(Kind.ATTEMPTED, "23 15:00"),
        event(Kind.CONTACTED, "23 15:00"),
        event(Kind.CONTACTED, "23 16:00"),
    )
    assert (state.first_attempt_at, state.contact_at) == (ny("23 11:00"), ny("23 15:00"))
    assert state.attempt_was_late is False


def test_an_attempt_at_the_due_instant_is_in_time() -> None:
    assert clock(started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 14:00")).attempt_was_late is False
    assert clock(started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 14:01")).attempt_was_late is True


def test_a_retry_sleeps_until_it_is_due_and_wakes() -> None:
    tried = (started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 11:00"))
    asleep = clock(*tried, event(Kind.RETRY_SET, "23 11:00", until="24 13:00"))
    assert asleep.next_due_at == asleep.asleep_until == ny("24 13:00")
    assert asleep.due_at == ny("23 14:00")
    awake = clock(*tried, event(Kind.RETRY_SET, "23 11:00", until="24 13:00"), event(Kind.WOKEN, "24 13:00"))
    assert awake.asleep_until is None
    assert awake.next_due_at == ny("24 13:00")


def test_a_try_that_did_not_qualify_never_delays_the_first_attempt() -> None:
    state = clock(started(Tier.ROUTINE), event(Kind.RETRY_SET, "23 11:00", until="24 13:00"))
    assert state.next_due_at == state.asleep_until == ny("23 14:00")


def test_a_time_the_patient_named_replaces_the_target() -> None:
    state = clock(started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 11:00", until="24 15:00"))
    assert state.due_at == state.next_due_at == state.scheduled_at == state.asleep_until == ny("24 15:00")


def test_a_time_the_patient_named_never_delays_an_untried_urgent_call() -> None:
    state = clock(started(Tier.URGENT), event(Kind.SCHEDULED, "23 10:10", until="24 15:00"))
    assert state.next_due_at == state.due_at == ny("23 11:00")


def test_a_time_named_on_the_call_leaves_the_first_promise_alone() -> None:
    state = clock(
        started(Tier.URGENT), event(Kind.ATTEMPTED, "23 10:10"), event(Kind.SCHEDULED, "23 10:10", until="24 15:00")
    )
    assert (state.due_at, state.next_due_at) == (ny("23 11:00"), ny("24 15:00"))


@pytest.mark.parametrize(
    ("tier", "until", "due"),
    [(Tier.URGENT, None, "23 10:25"), (Tier.ROUTINE, None, "23 14:10"), (Tier.ROUTINE, "23 12:00", "23 12:00")],
)
def test_an_escalation_starts_the_hand_off_clock(tier: Tier, until: str | None, due: str) -> None:
    state = clock(
        started(tier),
        event(Kind.ATTEMPTED, "23 10:05"),
        event(Kind.RETRY_SET, "23 10:05", until="23 13:00"),
        event(Kind.ESCALATED, "23 10:10", until=until),
    )
    assert state.next_due_at == ny(due)
    assert state.asleep_until is None


def test_completion_freezes_everything() -> None:
    done = (started(Tier.ROUTINE), event(Kind.ATTEMPTED, "23 11:00"), event(Kind.COMPLETED, "23 11:05"))
    later = (event(Kind.PRIORITY_SET, "23 12:00", tier=Tier.URGENT), event(Kind.RETRY_SET, "23 12:00", until="24 9:00"))
    assert clock(*done, *later) == clock(*done)
    assert clock(*done).completed_at == ny("23 11:05")


def test_reopening_leaves_the_closed_cycle_as_it_was() -> None:
    done = (
        started(Tier.ROUTINE),
        event(Kind.ATTEMPTED, "23 15:00"),
        event(Kind.CONTACTED, "23 15:00"),
        event(Kind.COMPLETED, "23 15:05"),
    )
    assert clock(*done, event(Kind.REOPENED, "24 09:00")) == clock(*done)
    with pytest.raises(ValueError, match="no such event"):
        clock(started(Tier.ROUTINE), event(Kind.REOPENED, "24 09:00"))


def test_what_was_undone_never_happened() -> None:
    call = [
        event(Kind.ATTEMPTED, "23 11:00", verb="call"),
        event(Kind.CONTACTED, "23 11:00", verb="call"),
        event(Kind.COMPLETED, "23 11:00", verb="call"),
    ]
    undone = ClockEvent(Kind.UNDONE, ny("23 11:01"), "undo", undoes_verb_id="call")
    assert clock(started(Tier.ROUTINE), *call, undone) == clock(started(Tier.ROUTINE))


def test_merging_closes_one_and_gives_the_survivor_the_earliest_start() -> None:
    gone = clock(started(Tier.ROUTINE), event(Kind.MERGED, "23 11:00"))
    survivor = clock(started(Tier.ROUTINE), event(Kind.MERGED, "23 11:00", until="23 09:00"))
    unchanged = clock(started(Tier.ROUTINE), event(Kind.MERGED, "23 11:00", until="23 10:30"))
    assert gone.completed_at == ny("23 11:00")
    assert (survivor.started_at, survivor.due_at, survivor.completed_at) == (ny("23 09:00"), ny("23 13:00"), None)
    assert unchanged == clock(started(Tier.ROUTINE))


@pytest.mark.parametrize(
    "sleep",
    [event(Kind.PAUSED, "23 11:00", until="23 16:00"), event(Kind.RETRY_SET, "23 11:00", until="23 13:30")],
    ids=["paused", "rung in vain"],
)
def test_what_sleeps_wakes_when_an_older_message_joins_it(sleep: ClockEvent) -> None:
    state = clock(started(Tier.ROUTINE), sleep, event(Kind.MERGED, "23 11:30", until="20 15:00"))
    assert state.asleep_until == state.next_due_at == state.due_at == ny("23 10:00")


@pytest.mark.parametrize("events", [(), (event(Kind.ATTEMPTED, "23 11:00"),)], ids=["none", "no start"])
def test_a_clock_needs_a_start(events: Sequence[ClockEvent]) -> None:
    with pytest.raises(ValueError, match="start"):
        clock(*events)


@given(histories(), st.integers(0, 600))
@settings(deadline=None)
def test_raising_never_makes_anything_later(events: list[ClockEvent], minutes: int) -> None:
    before = clock(*events)
    at = events[-1].at + timedelta(minutes=minutes)
    after = clock(*events, ClockEvent(Kind.PRIORITY_SET, at, "raise", tier=Tier.EMERGENT))
    assert after.due_at <= before.due_at
    assert after.next_due_at <= before.next_due_at


@given(histories(), st.integers(0, 600))
@settings(deadline=None)
def test_lowering_is_never_due_in_the_past(events: list[ClockEvent], minutes: int) -> None:
    before = clock(*events)
    at = events[-1].at + timedelta(minutes=minutes)
    after = clock(*events, ClockEvent(Kind.PRIORITY_SET, at, "lower", tier=Tier.INFORMATIONAL))
    if before.first_attempt_at is None and before.tier is not Tier.INFORMATIONAL:
        assert after.due_at >= at
    else:
        assert after.due_at == before.due_at


@given(histories(), st.data())
@settings(deadline=None)
def test_undoing_any_verb_equals_leaving_it_out(events: list[ClockEvent], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from([*events[1:], ClockEvent(Kind.WOKEN, events[-1].at, "none")]))
    undone = ClockEvent(Kind.UNDONE, events[-1].at, "undo", undoes_verb_id=gone.verb_id)
    assert clock(*events, undone) == clock(*[each for each in events if each is not gone])


def test_due_at_reads_each_kind_of_target() -> None:
    start = ny("23 16:30")
    assert due_at(Target(ClockKind.ALWAYS, seconds=3600), SITE.hours, start) == ny("23 17:30")
    assert due_at(Target(ClockKind.OPEN, seconds=3600), SITE.hours, start) == ny("24 08:30")
    assert due_at(Target(ClockKind.OPEN, open_days=1), SITE.hours, start) == ny("24 16:30")
