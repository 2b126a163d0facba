"""A known message came again with other words, as a late transcript does: take them over, never lower the priority."""

from typing import TYPE_CHECKING

from callback_tui.models.vocabulary import ClockEventKind, ItemState, ReviewFlag
from callback_tui.services.message_columns import tag_columns, written
from callback_tui.views.clock import ClockEvent
from callback_tui.views.intake import ParsedMessage

if TYPE_CHECKING:
    from callback_tui.services.desk import Work

REASON = "text changed by a later import"


def apply_change(work: "Work", staff_id: int, message: ParsedMessage) -> None:
    """Rewrite the words, tag and flags of the stored message; patient, time and number stay as they were.

    An item still in the queue is raised when the new tag is higher, by a clock event of its own; it is never lowered,
    reopened or moved to somebody else (ref-formats section 5).
    """
    from callback_tui.services.item_clock import item_clock
    from callback_tui.store import intake, queue
    from callback_tui.store import policy as policies

    known = intake.known_messages(work.connection, message.source, [message.dedupe_key])[message.dedupe_key]
    values = written(message, ReviewFlag.TEXT_CHANGED)
    del values["row_number"]
    intake.rewrite_message(work.connection, known.message_id, values)
    item = intake.item_of_message(work.connection, known.message_id)
    if item is None or item.state not in queue.IN_QUEUE or message.triage.tier.rank > item.tier_rank:
        return
    tag = tag_columns(message.triage)
    if message.triage.tier.rank == item.tier_rank:
        check = item.check or message.triage.check
        intake.retag_item(work.connection, item.id, {**tag, "check": check, "version": item.version + 1})
        return
    raised = ClockEvent(ClockEventKind.PRIORITY_SET, work.now, work.verb_id, message.triage.tier, reason=REASON)
    policy_id = policies.current(work.connection)[0]
    queue.add_clock_events(work.connection, item.id, [raised], staff_id=staff_id, policy_version_id=policy_id)
    clock = item_clock(work.connection, item)
    awake = item.state is ItemState.ASLEEP and clock.asleep_until is None
    queue.write_state(
        work.connection,
        item.id,
        item.version,
        state=ItemState.OPEN if awake else item.state,
        clock=clock,
        attempts=item.attempts,
    )
    intake.retag_item(work.connection, item.id, tag)
