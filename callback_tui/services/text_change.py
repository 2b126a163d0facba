"""A known message came again with other words, as a late transcript does: take them over, never lower the priority."""

from typing import TYPE_CHECKING, Any

from callback_tui.models.vocabulary import ItemState, ReviewFlag
from callback_tui.rules.priority import TEXT_CHANGED
from callback_tui.services.item_state import raise_item
from callback_tui.services.message_columns import tag_columns, written
from callback_tui.store import arrivals, clocks, intake, patient_match, queue
from callback_tui.store import policy as policies
from callback_tui.views.intake import ParsedMessage

if TYPE_CHECKING:
    from callback_tui.services.desk import OpenDesk, Work

_ABOUT_NUMBER = (ReviewFlag.NO_NUMBER, ReviewFlag.NUMBER_UNREADABLE, ReviewFlag.NUMBER_HEARD)
_ABOUT_NAME = (ReviewFlag.NO_NAME, ReviewFlag.NAME_HEARD)


def apply_change(desk: "OpenDesk", work: "Work", message: ParsedMessage) -> None:
    """Rewrite the words, tag and flags of the stored message; patient, time and number stay as they were.

    A number or a name found in the new words is kept only where there was none.
    The item that waits for the message, be it another one that it was joined to, is raised when the new tag is higher,
    by a clock event of its own; one that is only followed up comes back to the queue then. It is never lowered,
    reopened or moved to somebody else (ref-formats section 5).
    """
    known = intake.known_messages(work.connection, message.source, [message.dedupe_key])[message.dedupe_key]
    values = written(message, ReviewFlag.TEXT_CHANGED)
    del values["row_number"]
    stored = intake.who_of_message(work.connection, known.message_id)
    intake.rewrite_message(work.connection, known.message_id, values | _who(stored, message))
    patient_match.note_numbers(work.connection, arrivals.those(batch_id=None, message_id=known.message_id), work.now)
    own_id = clocks.last_cycle(work.connection, known.message_id)
    item = _open_item(work, own_id)
    tag, tier = tag_columns(message.triage), message.triage.tier
    if item is None or tier.rank > item.tier_rank:
        return
    if tier.rank == item.tier_rank:
        if item.id == own_id and item.state in queue.IN_QUEUE:
            check = item.check or message.triage.check
            intake.retag_item(work.connection, item.id, {**tag, "check": check, "version": item.version + 1})
        return
    raise_item(desk, work, item, tier, policies.current(work.connection)[1], TEXT_CHANGED)
    if item.id == own_id:
        intake.retag_item(work.connection, item.id, tag)


def _who(stored: Any, message: ParsedMessage) -> dict[str, Any]:
    """Return number, name and flags of a message whose words changed; what was there stays, with its own flags."""
    number, name = stored.phone_e164, stored.caller_name
    told = (*(_ABOUT_NUMBER if number else ()), *(_ABOUT_NAME if name else ()))
    kept = [ReviewFlag(word) for word in stored.flags.split(",") if word in told]
    new = [flag for flag in (*message.flags, ReviewFlag.TEXT_CHANGED) if flag not in told]
    who: dict[str, Any] = {"flags": ",".join(dict.fromkeys([*kept, *new]))}
    if not number and message.phone.e164:
        who |= {"phone_e164": message.phone.e164, "phone_note": message.phone.note}
    return who if name else who | {"caller_name": message.caller_name or message.patient_name}


def _open_item(work: "Work", item_id: int | None) -> Any | None:
    """Return the item that is still open for a message: its own, or the one it was joined to."""
    item = None if item_id is None else queue.item(work.connection, item_id)
    while item is not None and item.state is ItemState.MERGED and item.merged_into_id is not None:
        item = queue.item(work.connection, item.merged_into_id)
    is_open = item is not None and item.state in (*queue.IN_QUEUE, ItemState.FOLLOWING_UP)
    return item if is_open else None
