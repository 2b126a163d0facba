"""The lists of the day: what cannot wait until tomorrow, the morning huddle, the handover of a shift."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callback_tui.models.vocabulary import Tier
from callback_tui.views.policy import Policy


class DayListKind(StrEnum):
    """Which list."""

    CANNOT_WAIT = "cannot-wait"
    HUDDLE = "huddle"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class CallOpen:
    """A call of one's own that has no outcome yet."""

    item_id: int
    who: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many messages of a tier came in over night, and how many of them were called since."""

    tier: Tier
    count: int
    called: int


@dataclass(frozen=True, slots=True)
class ListSection:
    """One part of a list: a heading and a sentence per line."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayList:
    """One list at one moment. `foreword` stands above its sections; only those with lines are there."""

    kind: DayListKind
    policy: Policy
    person: str
    foreword: tuple[str, ...]
    sections: tuple[ListSection, ...]
    as_of: datetime
    is_demo: bool

    @property
    def count(self) -> int:
        """How many lines there are."""
        return sum(len(section.lines) for section in self.sections)
