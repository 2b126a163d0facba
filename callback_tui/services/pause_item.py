"""The verb that lets a message's clock stand still for a while, for one of two reasons."""

from datetime import datetime

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.rules.later import PAUSE_WORDS, check_pause, check_time, pause_reason
from callback_tui.rules.retries import when_words
from callback_tui.services.desk import OpenDesk
from callback_tui.services.item_clock import item_clock
from callback_tui.services.item_state import write_item
from callback_tui.services.item_verb import item_verb
from callback_tui.store import follow_on
from callback_tui.views.clock import ClockEvent
from callback_tui.views.queue import ItemDone


def pause_item(desk: OpenDesk, item_id: int, until: datetime | None, reason: str) -> ItemDone:
    """Let a message sleep until `until`, its clock standing still, no longer than the policy allows in all.

    `reason` is a word of PauseReason: the patient asked for later, or owes us information. Raises CallRefused for any
    other reason, for tiers 0 and 1, for what waits for a clinician or has a promised time, for a time in the past or
    too far ahead, and when the pauses of the message are used up.
    """
    why = pause_reason(reason)
    with item_verb(desk, "item_paused", item_id, reason=why.value) as (work, item, policy):
        before = item_clock(work.connection, item)
        waits_for_clinician = follow_on.hand_off_due(work.connection, item_id) is not None
        check_pause(before, work.now, waits_for_clinician=waits_for_clinician)
        asked = check_time(until, work.now)
        paused = ClockEvent(ClockEventKind.PAUSED, work.now, work.verb_id, until=asked, reason=why.value)
        wakes = write_item(desk, work, item, (paused,)).asleep_until
        if wakes is None or wakes <= work.now:
            raise CallRefused("pause_used_up", days=policy.pause_cap_open_days)
        work.facts.update(until=wakes.isoformat(), capped=wakes < asked)
        capped = ", the longest a message may be paused" if wakes < asked else ""
        words = when_words(wakes, policy.site_of(item.site_name), policy, work.now)
        return ItemDone(item_id, f"Paused until {words}{capped}: {PAUSE_WORDS[why]}.")
