"""The clock of a call-back: due instants, the state derived from stored events, and the countdown a row shows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from callback_tui.models.vocabulary import ClockEventKind, ClockKind, Priority, Tier
from callback_tui.rules.clock_fold import ClockFold
from callback_tui.rules.due import due_at as due_at
from callback_tui.rules.due import target_seconds
from callback_tui.rules.open_time import elapsed_seconds, is_open
from callback_tui.views.clock import ClockEvent, ClockState, Countdown, Urgency
from callback_tui.views.policy import Policy, SitePolicy, Target


def derive(events: Sequence[ClockEvent], site: SitePolicy, policy: Policy) -> ClockState:
    """Return the clock of one item from all its events, in the order they were written (domain section 2).

    What an UNDONE event names counts as never written. Raises ValueError when no STARTED event is left.
    """
    undone = {event.undoes_verb_id for event in events if event.kind is ClockEventKind.UNDONE}
    standing = [event for event in events if event.kind is not ClockEventKind.UNDONE and event.verb_id not in undone]
    if not standing or standing[0].kind is not ClockEventKind.STARTED or standing[0].tier is None:
        raise ValueError("the first clock event must be a start with a tier")
    fold = ClockFold(standing[0].tier, standing[0].at, site, policy)
    for event in standing[1:]:
        fold.apply(event)
    return fold.state()


def clock_columns(clock: ClockState) -> dict[str, Any]:
    """Return the columns of a queue item that repeat its clock; `services.queue_row.stored_clock` reads them back."""
    return {
        "tier_rank": clock.tier.rank,
        "emergent": clock.tier is Tier.EMERGENT,
        "priority": Priority.URGENT if clock.tier is Tier.EMERGENT else Priority(clock.tier.value),
        "started_at": clock.started_at,
        "due_at": clock.due_at,
        "next_due_at": clock.next_due_at,
        "asleep_until": clock.asleep_until,
        "scheduled_at": clock.scheduled_at,
        "first_attempt_at": clock.first_attempt_at,
        "contact_at": clock.contact_at,
        "completed_at": clock.completed_at,
    }


def countdown(state: ClockState, site: SitePolicy, policy: Policy, now: datetime) -> Countdown:
    """Return what a row shows at `now`; a completed item shows for ever what it showed when it completed.

    SOON begins at the last warning threshold of an open clock and at the first one of an always-on clock, whose
    minutes are fewer. CLOSED marks an open clock that stands still while the desk is shut.
    """
    at = now if state.completed_at is None else min(now, state.completed_at)
    counted = counted_clock(state)
    closed = not is_open(site.hours, at)
    used = _used_percent(state, site, at)
    return Countdown(
        urgency=_urgency(state, policy, at, used, closed),
        seconds_left=seconds_left(state, site, at),
        used_percent=used,
        clock=counted,
        desk_closed=closed,
    )


def counted_clock(state: ClockState) -> ClockKind:
    """Return the clock the next due instant is counted on: wall time once the patient named a time."""
    return ClockKind.ALWAYS if state.next_due_at == state.scheduled_at else state.clock


def seconds_left(state: ClockState, site: SitePolicy, now: datetime) -> int:
    """Return seconds until the next due instant on the clock that counts; negative once it has passed."""
    if now <= state.next_due_at:
        return _between(state, site, now, state.next_due_at)
    return -_between(state, site, state.next_due_at, now)


def due_after_change(state: ClockState, old: SitePolicy, new: SitePolicy, at: datetime) -> datetime:
    """Return the due instant of an open item when hours or targets change at `at`; store it in POLICY_CHANGED.

    The time already used is kept, the rest runs on the new rule. What was attempted, is late already or has a time the
    patient named keeps its due instant: no edit makes or hides a late call (domain section 2, "Calendar or target
    edited").
    """
    settled = state.first_attempt_at is not None or state.completed_at is not None
    if settled or state.due_at <= at or state.due_at == state.scheduled_at:
        return state.due_at
    old_target, target = old.targets[state.tier], new.targets[state.tier]
    used = target_seconds(old_target, old.hours, state.started_at) - _span(old_target.clock, old, at, state.due_at)
    left = target_seconds(target, new.hours, state.started_at) - max(0, used)
    if left <= 0:
        return at
    return due_at(Target(clock=target.clock, seconds=left), new.hours, at)


def _urgency(state: ClockState, policy: Policy, at: datetime, used: int, closed: bool) -> Urgency:
    if state.completed_at is not None:
        return Urgency.OK
    if state.tier is Tier.EMERGENT:
        return Urgency.NOW
    if at > state.next_due_at:
        return Urgency.LATE
    counted = counted_clock(state)
    if counted is ClockKind.OPEN and closed:
        return Urgency.CLOSED
    threshold = policy.warn_percents[0] if counted is ClockKind.ALWAYS else policy.warn_percents[-1]
    return Urgency.SOON if used >= threshold else Urgency.OK


def _used_percent(state: ClockState, site: SitePolicy, at: datetime) -> int:
    whole = _between(state, site, state.opens_at, state.next_due_at)
    if whole <= 0:
        return 100 if at >= state.next_due_at else 0
    return _between(state, site, state.opens_at, at) * 100 // whole


def _between(state: ClockState, site: SitePolicy, start: datetime, end: datetime) -> int:
    return _span(counted_clock(state), site, start, end)


def _span(clock: ClockKind, site: SitePolicy, start: datetime, end: datetime) -> int:
    if clock is ClockKind.OPEN:
        return elapsed_seconds(site.hours, start, end)
    return max(0, (end - start) // timedelta(seconds=1))
