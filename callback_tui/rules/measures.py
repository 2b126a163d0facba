"""What the scorecard counts of one message: was the site open, how long until the call, did one call settle it."""

from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from callback_tui.models.vocabulary import Outcome
from callback_tui.rules.open_time import elapsed_seconds, is_open
from callback_tui.views.clock import ClockState
from callback_tui.views.policy import OpeningHours


class Measures(NamedTuple):
    """The columns of a queue item that the scorecard adds up; frozen once written (domain sections 2 and 6).

    Whoever writes queue items in bulk writes these four: `received_open` for every item; `call_back_seconds` once
    there is a first attempt; `first_contact_outcome` once there is a contact, the outcome of that very call;
    `first_call_until` where that outcome was "resolved".
    """

    received_open: bool
    call_back_seconds: int | None = None
    first_contact_outcome: Outcome | None = None
    first_call_until: datetime | None = None


class MeasuredItem(Protocol):
    """A queue item as it stands in the store, before the change that is being written."""

    started_at: datetime
    first_attempt_at: datetime | None
    contact_at: datetime | None
    received_open: bool
    call_back_seconds: int | None
    first_contact_outcome: Outcome | None
    first_call_until: datetime | None


def received_open(hours: OpeningHours, received_at: datetime) -> bool:
    """Return whether the message came in while its site was open; the closing instant is after hours."""
    return is_open(hours, received_at)


def call_back_seconds(
    hours: OpeningHours, started_at: datetime, first_attempt_at: datetime, received_open: bool
) -> int:
    """Return the whole seconds from a message to its first call (domain section 6).

    Open time for a message that came in during office hours, wall time for one that came in after hours.
    """
    if received_open:
        return elapsed_seconds(hours, started_at, first_attempt_at)
    return max(0, (first_attempt_at - started_at) // timedelta(seconds=1))


def first_call_until(outcome: Outcome | None, contact_at: datetime, days: int) -> datetime | None:
    """Return until when the same issue must stay away for the first talk to count as its last, or None.

    None where that talk did not resolve the issue. `days` is the policy's `reopen_days`.
    """
    return contact_at + timedelta(days=days) if outcome is Outcome.RESOLVED else None


def measure(
    hours: OpeningHours, item: MeasuredItem, clock: ClockState, *, outcome: Outcome | None, days: int
) -> Measures:
    """Return the measures of `item` after its clock became `clock`; what they follow from unchanged, they stay.

    `outcome` is the one just logged, if any; `days` the policy's `reopen_days`. A calendar edited later changes
    nothing that was measured already.
    """
    same_start = item.started_at == clock.started_at
    in_hours = item.received_open if same_start else received_open(hours, clock.started_at)
    seconds = None
    if clock.first_attempt_at is not None:
        seconds = item.call_back_seconds
        if seconds is None or not same_start or item.first_attempt_at != clock.first_attempt_at:
            waited_from = clock.named_due_at or clock.started_at
            seconds = call_back_seconds(hours, waited_from, clock.first_attempt_at, in_hours)
    if clock.contact_at is None:
        return Measures(in_hours, seconds)
    if item.contact_at == clock.contact_at:
        return Measures(in_hours, seconds, item.first_contact_outcome, item.first_call_until)
    return Measures(in_hours, seconds, outcome, first_call_until(outcome, clock.contact_at, days))
