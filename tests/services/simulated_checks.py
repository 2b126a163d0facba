"""What must be true of a desk at every moment, whatever was done to it; each check raises Violation where it is not.

Nothing here asks the code that keeps these promises whether it kept them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, exists, func, or_, select

from callback_tui.models.vocabulary import FollowUpKind, FollowUpState, ItemState, Outcome, PromiseState, Tier
from callback_tui.screens.queue_clock import QueueClock
from callback_tui.services.audit import verify
from callback_tui.services.desk import OpenDesk
from callback_tui.services.follow_up_list import follow_up_list
from callback_tui.store import tables as t
from callback_tui.views.follow_up import TaskSection
from callback_tui.views.policy import Policy
from callback_tui.views.queue import QueueSnapshot

_IN_QUEUE = (ItemState.OPEN, ItemState.ASLEEP, ItemState.ESCALATED)
_ENDED = (ItemState.CLOSED, ItemState.MERGED)
_LADDER = (Tier.ROUTINE, Tier.INFORMATIONAL)


class Violation(AssertionError):
    """A promise that was broken: which, and how."""


@dataclass(slots=True)
class Known:
    """What those who worked the desk know of it: how many messages came, who asked not to be called."""

    came: int = 0
    opted_out: set[int] = field(default_factory=set)
    verbs: int = 0


def nothing_lost(connection: Connection, known: Known) -> None:
    """Every message that came is stored and has an item; the states of the newest cycles add up to the messages."""
    messages = connection.execute(select(func.count()).select_from(t.message)).scalar_one()
    states = {state.value: count for state, count in connection.execute(_states_query())}
    require("nothing lost", messages == known.came, f"{known.came} messages came, {messages} are there")
    require("nothing lost", sum(states.values()) == messages, f"{messages} messages, items {states}")


def one_state(connection: Connection, now: datetime, item_ids: Iterable[int] | None = None) -> None:
    """No item stands in two states: each has what its state needs and nothing of another."""
    item, hand_off = t.queue_item.c, t.hand_off.c
    untaken = hand_off.taken_at.is_(None) & hand_off.withdrawn_at.is_(None)
    handed_over = exists().where(hand_off.item_id == item.id, untaken)
    before_the_end = exists().where(hand_off.item_id == item.id, untaken, hand_off.made_at <= item.completed_at)
    sleeps = item.state == ItemState.ASLEEP
    contradicted = or_(
        sleeps & item.asleep_until.is_(None),
        ~sleeps & item.asleep_until.is_not(None) & (item.asleep_until > now),
        item.state.in_(_ENDED) != item.completed_at.is_not(None),
        (item.state == ItemState.ESCALATED) & ~handed_over,
        # A time the patient named stands although a clinician has the message (rules.outcome_hand_off).
        item.state.in_((ItemState.OPEN, ItemState.FOLLOWING_UP)) & handed_over,
        # Handed over after the end by a call that somebody logged late: raised all the same (services.outcomes).
        item.state.in_(_ENDED) & before_the_end,
        item.merged_into_id.is_not(None) & (item.state != ItemState.MERGED),
    )
    query = select(t.queue_item, handed_over.label("handed_over")).where(contradicted)
    wrong = connection.execute(query if item_ids is None else query.where(item.id.in_(list(item_ids)))).first()
    require("one state", wrong is None, f"{wrong and wrong._mapping}")


def waiting(connection: Connection) -> Sequence[Any]:
    """Return of each item in the queue id, state, tier_rank, next_due_at, asleep_until and scheduled_at."""
    return connection.execute(_waiting_query()).all()


def queue_is_whole(stored: Sequence[Any], shown: QueueSnapshot) -> None:
    """What the queue shows, awake and asleep, is what waits: each item once."""
    rows = [row.item_id for row in (*shown.rows, *shown.asleep)]
    ids = [row.id for row in stored]
    require("queue is whole", sorted(rows) == sorted(ids), f"{set(rows) ^ set(ids)} shown or waiting alone")


def in_order(stored: Sequence[Any], shown: QueueSnapshot) -> None:
    """Emergencies first, then urgent messages, then the rest, each by the next due time that is stored."""
    places = {row.id: (min(row.tier_rank, Tier.ROUTINE.rank), row.next_due_at) for row in stored}
    keys = [places[row.item_id] for row in shown.rows]
    require("in order", keys == sorted(keys), f"{[row.item_id for row in shown.rows]}")


def woken(stored: Sequence[Any], shown: QueueSnapshot, now: datetime) -> None:
    """What should be awake by now stands among those that wait, and nothing else that sleeps does."""
    asleep = {row.id for row in stored if row.state is ItemState.ASLEEP and row.asleep_until > now}
    listed = {row.item_id for row in shown.asleep}
    require("woken", listed == asleep, f"asleep in the list alone {listed - asleep}, in the store {asleep - listed}")


def counts_agree(desk: OpenDesk, connection: Connection, shown: QueueSnapshot, now: datetime) -> None:
    """The state line, the rows, the list of what is left to do and the store count the same."""
    hand_off, follow_up, promise = t.hand_off.c, t.follow_up.c, t.promise.c
    rows = waiting(connection)
    asleep = {row.id for row in rows if row.state is ItemState.ASLEEP and row.asleep_until > now}
    awake = [row for row in rows if row.id not in asleep]
    late = sum(row.tier_rank > 0 and row.next_due_at + _grace(row, shown.policy) < now for row in awake)
    stored = (len(awake), len(asleep), late, sum(row.tier_rank == 0 for row in awake))
    counted = QueueClock(shown, now).counts(desk.actor.staff_id)
    said = (counted.waiting, counted.asleep, counted.late, counted.now)
    require("counts agree", said == stored, f"the state line says {said}, stored are {stored}")
    groups = {group.section: group.count for group in follow_up_list(desk).groups}
    untaken = select(func.count()).where(hand_off.taken_at.is_(None), hand_off.withdrawn_at.is_(None))
    handed = connection.execute(untaken).scalar_one()
    promised = set(connection.execute(select(promise.item_id).where(promise.state == PromiseState.OPEN)).scalars())
    reminders = (follow_up.state == FollowUpState.OPEN, follow_up.kind == FollowUpKind.REMINDER_CALL)
    reminded = set(connection.execute(select(follow_up.item_id).where(*reminders)).scalars())
    listed = (groups[TaskSection.HAND_OFF], groups[TaskSection.PROMISED], groups[TaskSection.ASLEEP])
    # What was promised about a message that waits no longer is nobody's task (store.follow_ups).
    rung_about = select(func.count()).where(promise.state == PromiseState.OPEN, promise.item_id.in_(_rung_about()))
    expected = (handed, connection.execute(rung_about).scalar_one(), len(asleep - promised - reminded))
    require("counts agree", listed == expected, f"listed are {listed}, stored {expected}")


def _grace(row: Any, policy: Policy) -> timedelta:
    """Return how long after its due time a message is not late yet: a time the patient named has a window."""
    return timedelta(minutes=policy.retries.promise_minutes if row.next_due_at == row.scheduled_at else 0)


def one_caller(connection: Connection, desk: OpenDesk) -> None:
    """No number is rung by two people at once; that no patient is, a key of the table sees to."""
    boot = desk.clock.boot()
    claims = connection.execute(
        t.patient_claim.select().where(t.patient_claim.c.lease_until_ns > boot.nanoseconds)
    ).all()
    numbers = Counter(claim.number for claim in claims if claim.number)
    require("one caller", all(count == 1 for count in numbers.values()), f"{numbers}")
    holders = Counter(claim.patient_id for claim in claims)
    require("one caller", all(count == 1 for count in holders.values()), f"{holders}")


def may_be_rung(
    connection: Connection, attempt_id: int, known: Known, policy: Policy, zones: Mapping[str, str]
) -> None:
    """A call on tiers 2 and 3 passed no cap, no quiet hours and no wish; `zones` are of the numbers' area codes."""
    attempts, patients = t.call_attempt, t.patient
    call = connection.execute(attempts.select().where(attempts.c.id == attempt_id)).one()
    if call.tier not in _LADDER or call.dialled_at is None:
        return
    card = connection.execute(patients.select().where(patients.c.id == call.patient_id)).one()
    zone = ZoneInfo(card.zone or zones[call.number_dialled[:5]])
    here = call.started_at.astimezone(zone)
    limits = policy.dialling
    require("may be rung", limits.not_before <= here.time() < limits.not_after, f"call {attempt_id} at {here}")
    require("may be rung", call.patient_id not in known.opted_out, f"call {attempt_id} to somebody who opted out")
    of_patient = connection.execute(attempts.select().where(attempts.c.patient_id == call.patient_id)).all()
    until_now = [
        each
        for each in of_patient
        if each.lead_attempt_id is None
        and each.dialled_at is not None
        and each.dialled_at <= call.dialled_at
        and each.outcome is not Outcome.OPENED_IN_ERROR
        and each.dialled_at.astimezone(zone).date() == here.date()
    ]
    require(
        "may be rung", len(until_now) <= limits.dials_per_day, f"{len(until_now)} calls to a patient on {here.date()}"
    )


def audit_sound(desk: OpenDesk, known: Known) -> None:
    """The chain of the audit is whole, and no shorter than what was done."""
    verdict = verify(desk)
    require("audit sound", verdict.sound, f"{verdict}")
    require("audit sound", verdict.entries >= known.verbs, f"{verdict.entries} entries of {known.verbs} verbs")


def _rung_about() -> Select[int]:
    item, survivor = t.queue_item.c, t.queue_item.alias()
    joined_to = t.queue_item.outerjoin(survivor, survivor.c.id == item.merged_into_id)
    return select(item.id).select_from(joined_to).where(item.state.in_(_IN_QUEUE) | survivor.c.state.in_(_IN_QUEUE))


@cache
def _waiting_query() -> Select[Any]:
    item = t.queue_item.c
    wanted = (item.id, item.state, item.tier_rank, item.next_due_at, item.asleep_until, item.scheduled_at)
    return select(*wanted).where(item.state.in_(_IN_QUEUE))


@cache
def _states_query() -> Select[ItemState, int]:
    item, later = t.queue_item.c, t.queue_item.alias()
    newest = select(func.max(later.c.cycle)).where(later.c.message_id == item.message_id).scalar_subquery()
    return select(item.state, func.count()).where(item.cycle == newest).group_by(item.state)


def require(promise: str, kept: bool, how_not: str) -> None:
    """Raise Violation unless the promise was kept."""
    if not kept:
        raise Violation(f"{promise}: {how_not}")
