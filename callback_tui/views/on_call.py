"""The on-call roster at work: what waits, who is at the desk, whom the desk fetched so far, and what is due now."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callback_tui.models.vocabulary import Role, Tier


@dataclass(frozen=True, slots=True)
class UrgentItem:
    """An emergent or urgent message that nobody rings now. `escalated` ones wait for a clinician."""

    site_id: int
    tier: Tier
    arrived_at: datetime
    due_at: datetime
    escalated: bool = False


@dataclass(frozen=True, slots=True)
class Presence:
    """A person at a screen of the desk, from signing in until they left or were last seen and some time after."""

    staff_id: int
    role: Role
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Fetch:
    """One run of the roster's command; `ran` says whether it ended well, None that this is not known yet."""

    person: str
    started_at: datetime
    ran: bool | None = None


@dataclass(frozen=True, slots=True)
class Alert:
    """Messages of one site and tier with nobody at the desk, and the people fetched for them so far, in order.

    `quiet_at` is when it was acknowledged or ended.
    """

    alert_id: int
    quiet_at: datetime | None = None
    fetches: tuple[Fetch, ...] = ()


class MoveKind(StrEnum):
    """What is due now about one alert."""

    FETCH = "fetch"
    ANSWERED = "answered"
    HANDLED = "handled"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True)
class Move:
    """What is due now. A FETCH without an `alert_id` raises the alert first; `number` counts its runs from 1.

    `place` is the person's in the roster, counted from 0; `staff_id` is who answered by signing in.
    """

    kind: MoveKind
    site_id: int
    tier: Tier
    waiting: int
    alert_id: int | None = None
    number: int = 0
    place: int = 0
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class OnCallLine:
    """What everybody at the desk is told of one alert. `ran` is None while it is not known whether the command ran."""

    site: str
    tier: Tier
    waiting: int
    person: str
    at: datetime
    ran: bool | None = None
    kind: MoveKind = MoveKind.FETCH
