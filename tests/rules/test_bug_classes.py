"""Where other desks' clocks went wrong, one row per reference of domain section 2, and what ours says instead.

Two of the references are only listed with the others; their rows show the rule of the section that no other row shows.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from callback_tui.models.vocabulary import ClockEventKind as Kind
from callback_tui.models.vocabulary import ClockKind, Tier
from callback_tui.rules.due import due_at
from callback_tui.rules.open_time import elapsed_seconds
from callback_tui.rules.sla import countdown, derive, due_after_change, used_percent
from callback_tui.rules.warn import crossed_percent
from callback_tui.views.clock import ClockEvent, Urgency
from callback_tui.views.policy import Target
from tests.rules.calendars import WEEKDAYS, week
from tests.rules.clocks import POLICY, SITE, clock, event, ny, started

REFILL = started(Tier.ROUTINE)
RUNG = event(Kind.ATTEMPTED, "23 11:00")
NEXT_DAY = event(Kind.RETRY_SET, "23 11:00", until="24 13:00")


def an_answered_call_is_no_longer_late() -> None:
    """The attempt stops the first clock for good; the next try has a time of its own."""
    state = clock(REFILL, RUNG, NEXT_DAY)
    assert state.next_due_at == ny("24 13:00")
    assert countdown(state, SITE, POLICY, ny("23 16:00")).urgency is not Urgency.LATE
    assert state.attempt_was_late is False


def hours_edited_move_what_waits() -> None:
    """What waits is due by the new hours from the moment they are applied, the time already used kept."""
    mornings = week("America/New_York", {day: ["08:00-12:00"] for day in WEEKDAYS[:5]})
    assert due_after_change(clock(REFILL), SITE, replace(SITE, hours=mornings), ny("23 11:30")) == ny("24 10:00")


def a_target_taken_away_leaves_nothing_behind() -> None:
    """A longer target frees what is not late yet; what is late stays so on record, whatever is applied later."""
    longer = replace(SITE, targets={**SITE.targets, Tier.ROUTINE: Target(ClockKind.OPEN, seconds=8 * 3600)})
    changed = due_after_change(clock(REFILL), SITE, longer, ny("23 13:30"))
    moved = clock(REFILL, ClockEvent(Kind.POLICY_CHANGED, ny("23 13:30"), "p", until=changed), site=longer)
    assert countdown(moved, longer, POLICY, ny("23 14:30")).urgency is Urgency.OK
    late = clock(REFILL)
    assert due_after_change(late, SITE, longer, ny("23 15:00")) == late.due_at


def a_second_target_never_hides_the_first() -> None:
    """Until the first attempt a retry may only bring the call forward: the first promise stands."""
    vain = event(Kind.RETRY_SET, "23 10:30", until="24 09:00")
    assert clock(REFILL, vain).next_due_at == clock(REFILL).due_at
    soon = event(Kind.RETRY_SET, "23 10:30", until="23 10:42")
    assert (clock(REFILL, soon).next_due_at, clock(REFILL, soon).due_at) == (ny("23 10:42"), ny("23 14:00"))


def a_changed_priority_brings_its_own_targets_and_no_others() -> None:
    """Nothing of the old priority is left: first promise and hand-over both count by the new one."""
    urgent = event(Kind.PRIORITY_SET, "23 10:10", tier=Tier.URGENT)
    handed = event(Kind.ESCALATED, "23 10:20")
    assert clock(REFILL, urgent).due_at == ny("23 11:10")
    assert clock(REFILL, urgent, handed).next_due_at == ny("23 10:35")
    assert clock(REFILL, handed).next_due_at == ny("23 14:20")


def a_pause_moves_the_deadline_by_open_time_from_where_it_began() -> None:
    """A message of Saturday, paused on Monday: the pause is added to the open time, not to the arrival."""
    saturday = started(Tier.ROUTINE, "21 12:00")
    over_lunch = event(Kind.PAUSED, "23 09:00", until="23 11:00")
    over_night = event(Kind.PAUSED, "23 09:00", until="24 08:00")
    assert clock(saturday).due_at == ny("23 12:00")
    assert clock(saturday, over_lunch).due_at == ny("23 14:00")
    assert clock(saturday, over_night).due_at == ny("24 11:00")


def two_warnings_each_told_once() -> None:
    """Each threshold is crossed once; what was kept is never lower than what is crossed."""
    percents: list[int] = []
    for minutes in range(300):
        at = ny("23 10:00") + timedelta(minutes=minutes)
        state = clock(REFILL, *(ClockEvent(Kind.WARNED, at, "w", reason=str(told)) for told in percents))
        crossed = crossed_percent(state, POLICY, used_percent(state, SITE, at), at)
        if crossed > state.warned_percent:
            percents.append(crossed)
    assert percents == [50, 80]


def a_resolved_message_counts_no_further() -> None:
    """Closed is closed: no later word of the patient, and no later moment, moves its clock."""
    closed = (REFILL, RUNG, event(Kind.CONTACTED, "23 11:00"), event(Kind.COMPLETED, "23 11:05"))
    goodbye = event(Kind.REOPENED, "24 09:00")
    assert clock(*closed, goodbye) == clock(*closed)
    assert countdown(clock(*closed), SITE, POLICY, ny("29 11:00")).urgency is Urgency.OK


def a_lateness_stops_growing_when_the_call_is_done() -> None:
    """A late call shows for ever how late it was, and is on record as late."""
    closed = clock(REFILL, event(Kind.ATTEMPTED, "23 15:00"), event(Kind.COMPLETED, "23 15:05"))
    then, long_after = (countdown(closed, SITE, POLICY, ny(now)) for now in ("23 15:05", "29 11:00"))
    assert then == long_after
    assert then.seconds_left == -65 * 60
    assert closed.attempt_was_late is True


def a_pause_before_a_change_of_priority_still_counts() -> None:
    """Lowered after a pause, the due time is the new target plus the time paused."""
    paused = event(Kind.PAUSED, "23 11:00", until="23 13:00")
    lowered = event(Kind.PRIORITY_SET, "23 13:00", tier=Tier.INFORMATIONAL)
    assert clock(REFILL, lowered).due_at == ny("24 10:00")
    assert clock(REFILL, paused, lowered).due_at == ny("24 12:00")


def a_pause_of_days_before_a_change_of_target_still_counts() -> None:
    """Neither another priority nor another policy starts again from the arrival without what was paused."""
    paused = event(Kind.PAUSED, "23 11:00", until="24 11:00")
    longer = replace(SITE, targets={**SITE.targets, Tier.ROUTINE: Target(ClockKind.OPEN, seconds=6 * 3600)})
    assert clock(REFILL, paused).due_at == ny("24 14:00")
    changed = due_after_change(clock(REFILL, paused), SITE, longer, ny("24 12:00"))
    assert changed == ny("24 16:00")
    versions = {1: (SITE, POLICY), 2: (longer, POLICY)}
    events = [replace(each, policy_version_id=1) for each in (REFILL, paused)]
    change = ClockEvent(Kind.POLICY_CHANGED, ny("24 12:00"), "p", until=changed, policy_version_id=2)
    assert derive([*events, change], longer, POLICY, versions).due_at == changed


def open_time_is_counted_in_utc_across_a_clock_change() -> None:
    """The night of 1 November 2026 has 25 hours in New York and no open minute more."""
    friday = datetime(2026, 10, 30, 20, tzinfo=UTC)
    due = due_at(SITE.targets[Tier.ROUTINE], SITE.hours, friday)
    assert due == datetime(2026, 11, 2, 16, tzinfo=UTC)
    assert elapsed_seconds(SITE.hours, friday, due) == 4 * 3600


ROWS: dict[str, Callable[[], None]] = {
    "Zammad #188, listed with the others": open_time_is_counted_in_utc_across_a_clock_change,
    "Zammad #534, edited hours did not reach what was open": hours_edited_move_what_waits,
    "Zammad #3140, late although somebody had answered": an_answered_call_is_no_longer_late,
    "Zammad #4353, a target switched off left its lateness behind": a_target_taken_away_leaves_nothing_behind,
    "Zammad #5177, the second target overruled the first": a_second_target_never_hides_the_first,
    "Zammad #5624, a target of the old group stayed": a_changed_priority_brings_its_own_targets_and_no_others,
    "Frappe Helpdesk #2449, time on hold was added to the arrival": (
        a_pause_moves_the_deadline_by_open_time_from_where_it_began
    ),
    "Frappe Helpdesk #3776, listed with the others": two_warnings_each_told_once,
    "Chatwoot #10178, a goodbye kept a resolved one counting": a_resolved_message_counts_no_further,
    "Chatwoot #15024, a miss grew after it was resolved": a_lateness_stops_growing_when_the_call_is_done,
    "GLPI #6902, time on hold lost when the urgency changed": a_pause_before_a_change_of_priority_still_counts,
    "GLPI #15605, days on hold lost when the target changed": a_pause_of_days_before_a_change_of_target_still_counts,
}


@pytest.mark.parametrize("reference", ROWS)
def test_our_clock_gives_the_right_answer(reference: str) -> None:
    ROWS[reference]()
