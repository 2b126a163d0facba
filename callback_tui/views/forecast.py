"""Will we make it: who is at the desk, how long a call takes, and which calls will miss their time."""

from dataclasses import dataclass
from datetime import datetime

from callback_tui.models.vocabulary import Role, Tier


@dataclass(frozen=True, slots=True)
class AtDesk:
    """A person who is signed in and was seen lately."""

    staff_id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class HandlingTime:
    """Median seconds of a call over `calls` calls of the last `days` days; `assumed` when there were too few."""

    seconds: int
    calls: int
    days: int
    assumed: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """Which calls will miss their time at this pace, by tier, and what that was worked out from.

    `late` are past their time already; they are rung first and not counted among `misses`. `late_emergent` of them are
    emergencies, which line 2 counts as NOW. `callers` counts by role who is at the desk to ring; without any, nothing
    is foretold.
    """

    misses: tuple[tuple[Tier, int], ...]
    late: int
    callers: tuple[tuple[Role, int], ...]
    handling: HandlingTime
    late_emergent: int = 0

    @property
    def missing(self) -> int:
        """How many calls will miss their time."""
        return sum(count for _, count in self.misses)


@dataclass(frozen=True, slots=True)
class OneMore:
    """What one more nurse would change: until when that clears it, or how many would still miss at the best."""

    until: datetime | None
    still_missing: int
