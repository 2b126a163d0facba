"""Which call `n` gives to whom: the first in calling order that is theirs, hard ones shared (article row A10)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from callback_tui.models.vocabulary import ItemState, Outcome, Tier
from callback_tui.rules.assignment import belongs_to, given_to, takes
from callback_tui.rules.batch_windows import waits_for_window
from callback_tui.views.forecast import AtDesk
from callback_tui.views.policy import Policy, SharingPolicy
from callback_tui.views.queue import QueueRow

_HOUR_SECONDS = 3600
_HARD_OUTCOMES = frozenset({Outcome.ESCALATED, Outcome.EMERGENCY})


class Skip(StrEnum):
    """Why a message is not offered."""

    HELD = "held"
    ASSIGNED = "assigned"
    OTHER_ROLE = "other_role"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody carried today: points of hard calls, and how many seconds they have been signed in."""

    points: int
    seconds: int

    @property
    def share(self) -> float:
        """Points per hour signed in; within the first hour as if it were over."""
        return self.points * _HOUR_SECONDS / max(self.seconds, _HOUR_SECONDS)


_NO_LOAD = Load(0, 0)


@dataclass(frozen=True, slots=True)
class Offer:
    """What may be offered, in calling order; what may not, with why; when the window opens that routine ones wait for.

    `urgent_for_others` counts emergent and urgent ones that are for another role.
    """

    rows: tuple[QueueRow, ...]
    skipped: dict[Skip, int]
    window_at: datetime | None
    urgent_for_others: int


def offer(rows: Sequence[QueueRow], me: AtDesk, policy: Policy, now: datetime) -> Offer:
    """Return which of `rows`, in calling order, may be offered to one person at `now`.

    Nobody is offered what somebody rings or what is assigned to another person or role; a call is for the roles of its
    tier (domain section 1) unless it was assigned to this very person.
    """
    left: list[QueueRow] = []
    skipped: dict[Skip, int] = {}
    window_at: datetime | None = None
    urgent_for_others = 0
    for row in rows:
        opens = None
        why = _why_not(row, me, now)
        if why is None:
            opens = waits_for_window(row, policy.site_of(row.site), policy.sharing.batch_windows, now)
            why = None if opens is None else Skip.WINDOW
        if why is None:
            left.append(row)
            continue
        skipped[why] = skipped.get(why, 0) + 1
        urgent_for_others += why is Skip.OTHER_ROLE and row.clock.tier.always_on
        if opens is not None:
            window_at = opens if window_at is None else min(window_at, opens)
    return Offer(tuple(left), skipped, window_at, urgent_for_others)


def pick(
    rows: Sequence[QueueRow],
    me: AtDesk,
    people: Sequence[AtDesk],
    loads: dict[int, Load],
    policy: Policy,
    handling_seconds: int,
    now: datetime,
) -> QueueRow:
    """Return which of the rows on offer one person gets: the first, or an easier one beside it.

    Somebody who had more hard calls today than another person at the desk who may take the first gets the easiest of
    the same tier that is due about the same time. Never when it is an emergency, when nobody else is there, or when it
    could be late after one more call.
    """
    first = rows[0]
    others = [
        loads.get(person.staff_id, _NO_LOAD).share
        for person in people
        if person.staff_id != me.staff_id and takes(person.role, first, now)
    ]
    due = first.clock.next_due_at
    in_a_hurry = first.emergent or now + timedelta(seconds=handling_seconds) > due
    if in_a_hurry or not others or loads.get(me.staff_id, _NO_LOAD).share <= min(others):
        return first
    sharing = policy.sharing
    until = due + timedelta(minutes=sharing.same_due_minutes)
    beside = [row for row in rows if row.clock.tier is first.clock.tier and row.clock.next_due_at <= until]
    return min(beside, key=lambda row: hardness(row, sharing))


def is_hard(row: QueueRow, sharing: SharingPolicy) -> bool:
    """Say whether a message bears a mark of a hard call beside its tier."""
    return hardness(row, sharing) > row.clock.tier.always_on


def hardness(row: QueueRow, sharing: SharingPolicy) -> int:
    """Return how many marks of a hard call a message bears: urgent, tried often, handed over."""
    tried_often = row.attempts + 1 >= sharing.hard_from_try
    return row.clock.tier.always_on + tried_often + (row.state is ItemState.ESCALATED)


def call_points(
    tier: Tier, outcome: Outcome | None, tries: int, length: timedelta | None, sharing: SharingPolicy
) -> int:
    """Return how many marks of a hard call a call bore: urgent, tried often, passed on or sent to 911, long."""
    long = length is not None and length > timedelta(minutes=sharing.long_call_minutes)
    return tier.always_on + (tries >= sharing.hard_from_try) + (outcome in _HARD_OUTCOMES) + long


def _why_not(row: QueueRow, me: AtDesk, now: datetime) -> Skip | None:
    if row.holder is not None:
        return Skip.HELD
    whose = given_to(row, now)
    if whose is None:
        return None if takes(me.role, row, now) else Skip.OTHER_ROLE
    return None if belongs_to(whose, me) else Skip.ASSIGNED
