"""The SLA clock: stored events in, one derived state out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callback_tui.models.vocabulary import ClockEventKind, ClockKind, Tier


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """One stored fact about an item's clock. `verb_id` groups what one verb wrote; an undo names what it takes back.

    `until` is the end of a pause, the retry, scheduled or hand-off due instant, by kind.
    """

    kind: ClockEventKind
    at: datetime
    verb_id: str
    tier: Tier | None = None
    until: datetime | None = None
    reason: str = ""
    undoes_verb_id: str | None = None


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
    attempt_was_late: bool | None


@dataclass(frozen=True, slots=True)
class Countdown:
    """What a row shows at `now`: word, seconds left on the clock that counts, share of the target used."""

    urgency: Urgency
    seconds_left: int
    used_percent: int
    clock: ClockKind
    desk_closed: bool
