"""Writes clock events of an item and the state that follows from all of them; merging and un-merging with a twin."""

from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import ClockEventKind, ItemState, Outcome, Tier
from callback_tui.rules.due import due_at
from callback_tui.rules.measures import measure
from callback_tui.rules.priority import JOINED
from callback_tui.services.call_step import claim_lost
from callback_tui.services.desk import OpenDesk, Work
from callback_tui.services.item_clock import item_clock
from callback_tui.services.queue_row import item_tier
from callback_tui.store import follow_on, queue
from callback_tui.store import policy as policies
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.policy import Policy


def write_item(
    desk: OpenDesk,
    work: Work,
    item: Any,
    events: tuple[ClockEvent, ...],
    *,
    state: ItemState | None = None,
    attempts: int | None = None,
    merged_into_id: int | None = None,
    outcome: Outcome | None = None,
) -> ClockState:
    """Append clock events of an item, write what follows from all its events, and return its clock from then on.

    What the scorecard counts is written too. `state` None means the state an item in the queue has by its events:
    asleep, handed over, or open; `outcome` is that of the call being logged.
    Raises CallRefused when somebody changed the item since it was read.
    """
    policy_version_id, policy, _ = policies.current(work.connection)
    queue.add_clock_events(
        work.connection, item.id, events, staff_id=desk.actor.staff_id, policy_version_id=policy_version_id
    )
    site = policy.site_of(item.site_name)
    clock = item_clock(work.connection, item)
    if state is None:
        state = ItemState.ASLEEP if clock.asleep_until is not None else ItemState.OPEN
        if follow_on.hand_off_due(work.connection, item.id) is not None:
            state = ItemState.ESCALATED
    if not queue.write_state(
        work.connection,
        item.id,
        item.version,
        state=state,
        clock=clock,
        attempts=item.attempts if attempts is None else attempts,
        merged_into_id=merged_into_id,
        measures=measure(site.hours, item, clock, outcome=outcome, days=policy.reopen_days),
    ):
        raise claim_lost()
    return clock


def raise_item(desk: OpenDesk, work: Work, item: Any, tier: Tier, policy: Policy, reason: str) -> ClockState:
    """Give an item in the queue, or one followed up, a more pressing tier and return its clock from then on.

    What waits for a clinician is due sooner.
    """
    events = [ClockEvent(ClockEventKind.PRIORITY_SET, work.now, work.verb_id, tier=tier, reason=reason)]
    waits_until = follow_on.hand_off_due(work.connection, item.id)
    site = policy.site_of(item.site_name)
    sooner = due_at(site.hand_off_targets[tier], site.hours, work.now)
    if waits_until is not None and sooner < waits_until:
        follow_on.hasten_hand_offs(work.connection, item.id, due_at=sooner)
        events.append(ClockEvent(ClockEventKind.ESCALATED, work.now, work.verb_id, until=sooner, reason=reason))
    return write_item(desk, work, item, tuple(events))


def counts_as_try(attempt: Any, state: ItemState) -> bool:
    """Return whether a call that left its item in `state` is a try of ours: not one that they rang, nor a mistake."""
    return attempt.dialled_at is not None and state is not ItemState.MERGED


def merge_target(work: Work, item: Any, target_id: int) -> Any:
    """Return the item that a duplicate joins. Raises CallRefused unless it waits and is of the same patient."""
    target = queue.item(work.connection, target_id)
    if target is None or target.id == item.id or target.patient_id != item.patient_id:
        raise CallRefused("no_twin")
    if target.state not in queue.IN_QUEUE:
        raise CallRefused("twin_done")
    return target


def join(desk: OpenDesk, work: Work, target: Any, item: Any) -> None:
    """Give the survivor the earliest start, the more pressing tier of the two and what waits for a clinician."""
    earliest = min(target.started_at, item.started_at)
    events = [ClockEvent(ClockEventKind.MERGED, work.now, work.verb_id, until=earliest, reason="joined")]
    if follow_on.hand_off_due(work.connection, item.id) is not None:
        follow_on.move_hand_offs(work.connection, item.id, to_item_id=target.id)
        due_at = follow_on.hand_off_due(work.connection, target.id)
        events.append(ClockEvent(ClockEventKind.ESCALATED, work.now, work.verb_id, until=due_at, reason="joined"))
    tier = item_tier(item)
    if tier.rank < item_tier(target).rank:
        events.append(ClockEvent(ClockEventKind.PRIORITY_SET, work.now, work.verb_id, tier=tier, reason=JOINED))
    write_item(desk, work, target, tuple(events))
