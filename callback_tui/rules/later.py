"""Putting a call off without ringing: what may be paused, which times may be set, and the note of article row A9."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import ClockEventKind, PauseReason, Tier
from callback_tui.rules.retries import may_ring_from
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.dial import Ringing
from callback_tui.views.policy import Policy, SitePolicy

PAUSE_WORDS = {
    PauseReason.ASKED_FOR_LATER: "the patient asked for later",
    PauseReason.OWES_INFORMATION: "the patient's information is awaited",
}
COULD_NOT_REACH_US = "was unable to reach us earlier"
# No practice promises a call further ahead; a later date is a slip of the keyboard.
_FURTHEST = timedelta(days=366)


def check_time(at: datetime | None, now: datetime) -> datetime:
    """Return a time to call again. Raises CallRefused when there is none, it has passed or is more than a year away."""
    if at is None or at.tzinfo is None:
        raise CallRefused("time_needed")
    if at <= now:
        raise CallRefused("time_in_past")
    if at - now > _FURTHEST:
        raise CallRefused("time_too_far")
    return at


def pause_reason(words: str) -> PauseReason:
    """Return the reason that a word names. Raises CallRefused: who waits for the doctor still waits (section 2)."""
    try:
        return PauseReason(words)
    except ValueError:
        raise CallRefused("pause_reason") from None


def check_pause(state: ClockState, now: datetime, *, waits_for_clinician: bool) -> None:
    """Raise CallRefused for what may not be paused: tiers 0 and 1, a hand-off, a time that was promised."""
    if state.tier.always_on:
        raise CallRefused("pause_urgent")
    if waits_for_clinician:
        raise CallRefused("pause_reason")
    if state.next_due_at == state.scheduled_at and state.next_due_at > now:
        raise CallRefused("promised_already")


def check_schedule(state: ClockState, at: datetime, *, waits_for_clinician: bool) -> None:
    """Raise CallRefused where no later time can be set without a call: hand-offs, emergencies, urgent past its due."""
    if waits_for_clinician:
        raise CallRefused("waits_for_clinician")
    untried_too_late = state.tier.always_on and state.first_attempt_at is None and at > state.due_at
    if state.tier is Tier.EMERGENT or untried_too_late:
        raise CallRefused("cannot_wait")


def time_to_call(
    asked: datetime, tier: Tier, site: SitePolicy, policy: Policy, now: datetime, *, ringing: Ringing | None = None
) -> tuple[datetime, str]:
    """Return when a time the patient asked for is kept, and the note that goes with it (article row A9).

    A time later than the policy's hours is kept at the earliest open instant from then on at which one of their numbers
    may be rung; its note says they were unable to reach us earlier. A nearer time is kept as asked, and so is one on
    tiers 0 and 1, or where no such instant comes. The note is empty for a nearer time.
    """
    hours = policy.retries.noted_after_hours
    if asked - now <= timedelta(hours=hours):
        return asked, ""
    note = f"asked for a time later than {hours} h; {COULD_NOT_REACH_US}"
    if tier.always_on:
        return asked, note
    return may_ring_from(asked, ringing, tier, policy, site) or asked, note


def kept_note(events: Iterable[ClockEvent]) -> str:
    """Return the note of article row A9 as it stands on an item by its events, empty where there is none."""
    events = tuple(events)
    undone = {event.undoes_verb_id for event in events if event.undoes_verb_id}
    notes = [
        event.reason
        for event in events
        if event.kind is ClockEventKind.SCHEDULED
        and event.verb_id not in undone
        and event.reason.endswith(COULD_NOT_REACH_US)
    ]
    return notes[-1] if notes else ""
