"""Puts the queue together from what was read of it; touches no database, so that a demo can show its plan first."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import ItemState
from callback_tui.rules.chaser import Waits, waits_by_patient
from callback_tui.rules.feeds import freshness
from callback_tui.rules.forecast import forecast
from callback_tui.rules.local_day import start_of_day
from callback_tui.rules.queue_order import calling_order
from callback_tui.services.queue_row import queue_row
from callback_tui.views.desk import FeedLine
from callback_tui.views.dial import OptOut
from callback_tui.views.forecast import AtDesk, HandlingTime
from callback_tui.views.on_call import OnCallLine
from callback_tui.views.policy import Policy
from callback_tui.views.queue import TEAM_UNFILTERED, Assigned, Chosen, Holder, QueueRow, QueueSnapshot


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """What is read at one moment: rows as `store.waiting` gives them, feeds, claims, messages today, what is due.

    `follow_ups_due` says when the open follow-ups are due, first due first; `messages_today` counts by the zone whose
    day it is, then by patient. `people` are at the desk, and `handling` is how long their calls take, None before
    anybody works here. `opt_outs` are the facts of those who ever asked not to be called, by patient; `promised` says
    by item who gave their word to ring; `chosen` is what the person who reads wants to see; `colleagues` are those a
    message can be given to.
    """

    policy: Policy
    rows: Sequence[Any]
    feeds: Sequence[Any]
    follow_ups_due: Sequence[datetime]
    messages_today: Mapping[str, Mapping[int, int]]
    is_demo: bool
    held: dict[int, Holder] = field(default_factory=dict)
    people: tuple[AtDesk, ...] = ()
    handling: HandlingTime | None = None
    on_call: tuple[OnCallLine, ...] = ()
    opt_outs: Mapping[int, tuple[OptOut, ...]] = field(default_factory=dict)
    promised: Mapping[int, int] = field(default_factory=dict)
    chosen: Chosen = TEAM_UNFILTERED
    colleagues: Sequence[Assigned] = ()


_PLACE = attrgetter("place")


class _Waiting(NamedTuple):
    """What of a stored row every snapshot looks at, as our values; `zone` is its site's."""

    item_id: int
    patient_id: int
    started_at: datetime
    contact_at: datetime | None
    zone: str
    may_wake: bool


class _Made(NamedTuple):
    """A row as it was shown and its place in the calling order, with what it was made of."""

    row: Any
    waiting: _Waiting
    beside: tuple[Holder | None, int, int, tuple[OptOut, ...], int | None, Waits]
    shown: QueueRow
    place: tuple[object, ...]


class RowsMade:
    """Makes the rows of one snapshot after the other; what nobody changed since the last one is not made again."""

    def __init__(self) -> None:
        """Nothing was made yet."""
        self._last: tuple[Policy | None, tuple[date, ...], dict[int, _Made]] = (None, (), {})

    def rows(self, facts: QueueFacts, now: datetime) -> list[QueueRow]:
        """Return the rows as the queue shows them at `now`, in calling order."""
        policy, held, today = facts.policy, facts.held, facts.messages_today
        days = tuple(now.astimezone(ZoneInfo(site.hours.zone)).date() for site in policy.sites)
        known = self._known(facts, days)
        zones = defaultdict(lambda: policy.sites[0].hours.zone, {site.name: site.hours.zone for site in policy.sites})
        waiting = [_waiting(row, zones[row.site_name]) if old is None else old.waiting for row, old in known]
        per_patient = Counter([message.patient_id for message in waiting])
        waits, alone = waits_by_patient(waiting), Waits()
        asked, promised = facts.opt_outs, facts.promised
        made: dict[int, _Made] = {}
        for (row, old), message in zip(known, waiting, strict=True):
            item_id, patient_id, _, _, zone, may_wake = message
            opt_outs, promised_by_id = asked.get(patient_id, ()), promised.get(item_id)
            messages_today = today[zone].get(patient_id, 0)
            waited = waits.get(patient_id, alone)
            beside = (held.get(patient_id), per_patient[patient_id], messages_today, opt_outs, promised_by_id, waited)
            # What sleeps wakes without anybody writing.
            if old is None or may_wake or old.beside != beside:
                shown = queue_row(
                    row,
                    policy,
                    held,
                    *beside[1:3],
                    now,
                    opt_outs=opt_outs,
                    promised_by_id=promised_by_id,
                    waits=waited,
                )
                old = _Made(row, message, beside, shown, calling_order(shown))
            made[item_id] = old
        self._last = (policy, days, made)
        return [each.shown for each in sorted(made.values(), key=_PLACE)]

    def _known(self, facts: QueueFacts, days: tuple[date, ...]) -> list[tuple[Any, _Made | None]]:
        """Return each row beside what was made of it, None where that would be another now."""
        policy_then, days_then, made = self._last
        if facts.policy is not policy_then or days != days_then:
            return [(row, None) for row in facts.rows]
        then = [made.get(row.id) for row in facts.rows]
        return [(row, old if old and old.row == row else None) for row, old in zip(facts.rows, then, strict=True)]


def _waiting(row: Any, zone: str) -> _Waiting:
    return _Waiting(row.id, row.patient_id, row.started_at, row.contact_at, zone, row.asleep_until is not None)


def days_begun(policy: Policy, now: datetime) -> dict[str, datetime]:
    """Return when the day that it is at `now` began in each zone of the policy's sites."""
    return {site.hours.zone: start_of_day(now, site.hours.zone) for site in policy.sites}


def queue_snapshot(facts: QueueFacts, now: datetime, made_before: RowsMade | None = None) -> QueueSnapshot:
    """Return everything that waits, in calling order (domain section 1); asleep items apart, next to wake first."""
    policy = facts.policy
    made = (made_before or RowsMade()).rows(facts, now)
    feeds = tuple(feed_line(row, policy, now) for row in facts.feeds)
    asleep = [row for row in made if row.state is ItemState.ASLEEP]
    rows = tuple(row for row in made if row.state is not ItemState.ASLEEP)
    return QueueSnapshot(
        rows=rows,
        asleep=tuple(sorted(asleep, key=lambda row: (row.clock.asleep_until or now, row.item_id))),
        feeds=feeds,
        newest_message_at=max((feed.newest_message_at for feed in feeds if feed.newest_message_at), default=None),
        last_import_at=max((feed.last_import_at for feed in feeds), default=None),
        policy=policy,
        as_of=now,
        is_demo=facts.is_demo,
        follow_ups_due=tuple(facts.follow_ups_due),
        people=facts.people,
        forecast=None if facts.handling is None else forecast(rows, facts.people, facts.handling, policy, now),
        on_call=facts.on_call,
        chosen=facts.chosen,
        colleagues=tuple(facts.colleagues),
    )


def feed_line(row: Any, policy: Policy, now: datetime) -> FeedLine:
    """Return how fresh a source is, and whether it passed the policy's limit."""
    return freshness(row.source, row.newest_message_at, row.last_import_at, policy, now)
