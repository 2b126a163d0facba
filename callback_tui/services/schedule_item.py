"""The verb that sets the time at which a patient wants to be called, without a call."""

from datetime import datetime

from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.rules.later import check_schedule, check_time, time_to_call
from callback_tui.rules.retries import when_words
from callback_tui.rules.ring_time import check_ring_time
from callback_tui.rules.speak import outside_hours
from callback_tui.services.call_sheet import gather_for
from callback_tui.services.desk import OpenDesk
from callback_tui.services.item_clock import item_clock
from callback_tui.services.item_state import write_item
from callback_tui.services.item_verb import item_verb
from callback_tui.store import follow_on
from callback_tui.views.clock import ClockEvent
from callback_tui.views.queue import ItemDone


def schedule_item(desk: OpenDesk, item_id: int, at: datetime | None, words: str = "", *, reason: str = "") -> ItemDone:
    """Let a message sleep until the time the patient named, which becomes this person's promise.

    A time further ahead than the policy's hours is kept at the earliest permitted instant, with the note that the
    patient was unable to reach us earlier (article row A9). `words` are what was promised. An earlier promise is
    withdrawn. Raises CallRefused for a time that is missing, past or too far ahead, for emergencies, for urgent
    messages that would be called too late, for what waits for a clinician, and for a time at which they may not be
    rung: code "reason_needed" where `reason`, why it cannot wait, must be written first.
    """
    with item_verb(desk, "item_scheduled", item_id) as (work, item, policy):
        site = policy.site_of(item.site_name)
        before = item_clock(work.connection, item)
        ringing = gather_for(work.connection, item, policy, site, work.now).ringing
        asked = check_time(at, work.now)
        kept_at, note = time_to_call(asked, before.tier, site, policy, work.now, ringing=ringing)
        waits_for_clinician = follow_on.hand_off_due(work.connection, item_id) is not None
        check_schedule(before, kept_at, waits_for_clinician=waits_for_clinician)
        passed = check_ring_time(ringing, before.tier, policy, kept_at, work.now, reason=reason)
        if passed:
            work.reason = reason.strip()
            work.facts["override"] = passed
        why = note or "asked for another time"
        named = ClockEvent(ClockEventKind.SCHEDULED, work.now, work.verb_id, until=kept_at, reason=why)
        write_item(desk, work, item, (named,))
        follow_on.withdraw_promises(work.connection, item_id, at=work.now)
        follow_on.add_promise(
            work.connection,
            {
                "patient_id": item.patient_id,
                "item_id": item_id,
                "promised_by_id": desk.actor.staff_id,
                "words": words.strip(),
                "due_at": kept_at,
                "made_at": work.now,
                "made_verb_id": work.verb_id,
            },
        )
        work.facts.update(at=kept_at.isoformat(), noted=bool(note))
        outside = outside_hours(kept_at, site.hours)
        moved = ", the earliest we may call" if kept_at > asked else f", {outside}" if outside else ""
        return ItemDone(item_id, f"To be called {when_words(kept_at, site, policy, work.now)}{moved}.")
