"""The SLA clock: stored events in, one derived state out."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from callback_tui.models.vocabulary import ClockEventKind, ClockKind, Tier


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One stored fact about an item's clock. `verb_id` groups what one verb wrote; an undo names what it takes back.

    `until` is the end of a pause, the retry, scheduled or hand-off due instant, by kind. `policy_version_id` names the
    rules it was written under, where that is known.
    """

    kind: ClockEventKind
    at: datetime
    verb_id: str
    tier: Tier | None = None
    until: datetime | None = None
    reason: str = ""
    undoes_verb_id: str | None = None
    policy_version_id: int | None = None


class Urgency(StrEnum):
    """The word a queue row begins with; declared from most to least pressing."""

    NOW = "now"
    LATE = "late"
    SOON = "soon"
    OK = "ok"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ClockState:
    """Everything derived from an item's events at any later date.

    `due_at` is the promise on the first attempt; `next_due_at` is what the queue sorts by (retry, hand-off or
    scheduled instant once there is one, else `due_at`). `asleep_until` is set while the item sleeps.
    `waits_from` is when the retry, hand-off or named time was set, None while the first target runs from `opens_at`;
    `paused_seconds` stood still meanwhile. `was_late` is a broken promise of a first attempt, on record for ever.
    `named_due_at` is the time the patient named, where the first attempt is, or was, due at it; `rules.sla.derive`
    alone tells it, no column repeats it.
    `grace_seconds` may pass after `next_due_at` before the call is late: a named time has a window (domain section 1).
    """

    tier: Tier
    started_at: datetime
    opens_at: datetime
    due_at: datetime
    next_due_at: datetime
    clock: ClockKind
    first_attempt_at: datetime | None
    contact_at: datetime | None
    completed_at: datetime | None
    asleep_until: datetime | None
    scheduled_at: datetime | None
    named_due_at: datetime | None = field(default=None, compare=False)
    waits_from: datetime | None = None
    paused_seconds: int = 0
    was_late: bool = False
    warned_percent: int = 0
    grace_seconds: int = 0

    @property
    def attempt_was_late(self) -> bool | None:
        """Whether the first attempt broke its promise; None while there was none."""
        return None if self.first_attempt_at is None else self.was_late

    @property
    def late_after(self) -> datetime:
        """The last instant at which the next call is in time."""
        return self.next_due_at + timedelta(seconds=self.grace_seconds)

    @property
    def counts_from(self) -> datetime:
        """When the wait that runs now began."""
        return self.opens_at if self.waits_from is None else self.waits_from


@dataclass(frozen=True, slots=True)
class Countdown:
    """What a row shows at `now`: word, seconds left on the clock that counts, share of the target used."""

    urgency: Urgency
    seconds_left: int
    used_percent: int
    clock: ClockKind
    desk_closed: bool
