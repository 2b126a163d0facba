"""The clock of a call-back: due instants, the state derived from stored events, and the countdown a row shows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from callback_tui.models.vocabulary import ClockEventKind, ClockKind, Priority, Tier
from callback_tui.rules.clock_fold import ClockFold
from callback_tui.rules.due import after, span, target_seconds
from callback_tui.rules.due import due_at as due_at
from callback_tui.rules.open_time import is_open, opening_instant
from callback_tui.views.clock import ClockEvent, ClockState, Countdown, Urgency
from callback_tui.views.policy import Policy, SitePolicy

Versions = Mapping[int, tuple[SitePolicy, Policy]]
"""Policies that were in force once, with the site of one item, by the id of the version."""


def derive(
    events: Sequence[ClockEvent], site: SitePolicy, policy: Policy, versions: Versions = MappingProxyType({})
) -> ClockState:
    """Return the clock of one item from all its events, in the order they were written (domain section 2).

    Each event counts by the rules it was written under, which `versions` holds by their id; by `site` and `policy`
    where it does not name them. What an UNDONE event names counts as never written.
    Raises ValueError when no STARTED event is left.
    """
    undone = {event.undoes_verb_id for event in events if event.kind is ClockEventKind.UNDONE}
    standing = [
        (event, *versions.get(event.policy_version_id or 0, (site, policy)))
        for event in events
        if event.kind is not ClockEventKind.UNDONE and event.verb_id not in undone
    ]
    start = standing[0][0] if standing else None
    if start is None or start.kind is not ClockEventKind.STARTED or start.tier is None:
        raise ValueError("the first clock event must be a start with a tier")
    fold = ClockFold(start.tier, start.at, *standing[0][1:])
    for event in standing[1:]:
        fold.apply(*event)
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
        "waits_from": clock.waits_from,
        "paused_seconds": clock.paused_seconds,
        "was_late": clock.was_late,
        "warned_percent": clock.warned_percent,
    }


def countdown(state: ClockState, site: SitePolicy, policy: Policy, now: datetime) -> Countdown:
    """Return what a row shows at `now`; a completed item shows for ever what it showed when it completed.

    SOON begins at the last warning threshold of an open clock and at the first one of an always-on clock, whose
    minutes are fewer. CLOSED marks an open clock that stands still while the desk is shut. LATE begins after the
    minutes that a time the patient named may pass.
    """
    at = now if state.completed_at is None else min(now, state.completed_at)
    counted = counted_clock(state)
    closed = not is_open(site.hours, at)
    used = used_percent(state, site, at)
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
    """Return seconds until the next due instant on the clock that counts; negative once the call is late.

    A pause stands still. A time the patient named that has come, but may pass some minutes more, has none left.
    """
    if now <= state.next_due_at:
        return _left(state, site, now)
    return -_between(state, site, state.next_due_at, now) if now > state.late_after else 0


def used_percent(state: ClockState, site: SitePolicy, now: datetime) -> int:
    """Return which share of its time the wait that runs now has used, in per cent; above 100 once it is over.

    A retry, a hand-off and a named time count from when they were set; what was paused counts for nobody.
    """
    whole = _between(state, site, state.counts_from, state.next_due_at)
    if state.waits_from is None:
        whole -= state.paused_seconds
    if whole <= 0:
        return 100 if now >= state.next_due_at else 0
    if now > state.next_due_at:
        return (whole + _between(state, site, state.next_due_at, now)) * 100 // whole
    return max(0, whole - _left(state, site, now)) * 100 // whole


def due_after_change(state: ClockState, old: SitePolicy, new: SitePolicy, at: datetime) -> datetime:
    """Return the due instant of an open item when hours or targets change at `at`; store it in POLICY_CHANGED.

    The time already used is kept, the rest runs on the new rule; a pause goes on to its end. What was attempted, is
    late already or has a time the patient named keeps its due instant: no edit makes or hides a late call (domain
    section 2, "Calendar or target edited").
    """
    settled = state.first_attempt_at is not None or state.completed_at is not None
    if settled or state.due_at <= at or state.due_at == state.scheduled_at:
        return state.due_at
    old_target, target = old.targets[state.tier], new.targets[state.tier]
    runs_on = max(at, state.asleep_until or at) if _is_paused(state) else at
    used = target_seconds(old_target, old.hours, state.started_at) - span(
        old_target.clock, old.hours, runs_on, state.due_at
    )
    left = target_seconds(target, new.hours, state.started_at) - max(0, used)
    due = after(target.clock, new.hours, runs_on, left)
    # An open day ends at a wall time: what was due at an opening is not due at the closing before it.
    ends_open = target.open_days is not None and is_open(old.hours, state.due_at)
    return opening_instant(new.hours, due) if ends_open else due


def _urgency(state: ClockState, policy: Policy, at: datetime, used: int, closed: bool) -> Urgency:
    if state.completed_at is not None:
        return Urgency.OK
    if state.tier is Tier.EMERGENT:
        return Urgency.NOW
    if at > state.late_after:
        return Urgency.LATE
    counted = counted_clock(state)
    if counted is ClockKind.OPEN and closed:
        return Urgency.CLOSED
    threshold = policy.warn_percents[0] if counted is ClockKind.ALWAYS else policy.warn_percents[-1]
    return Urgency.SOON if used >= threshold else Urgency.OK


def _is_paused(state: ClockState) -> bool:
    """Whether the item sleeps, or slept last, for a pause: whatever else sleeps wakes when it is due."""
    return state.asleep_until is not None and state.asleep_until < state.next_due_at


def _left(state: ClockState, site: SitePolicy, now: datetime) -> int:
    start = max(now, state.asleep_until or now) if _is_paused(state) else now
    return _between(state, site, start, state.next_due_at)


def _between(state: ClockState, site: SitePolicy, start: datetime, end: datetime) -> int:
    return span(counted_clock(state), site.hours, start, end)
