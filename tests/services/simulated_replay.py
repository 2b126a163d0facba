"""Every item once more from its stored events, by the policy of their day: the stored columns must come out again."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from callback_tui.models.vocabulary import Outcome
from callback_tui.rules.measures import Measures, call_back_seconds, first_call_until, received_open
from callback_tui.rules.policy_file import parse_policy
from callback_tui.rules.sla import clock_columns, derive
from callback_tui.store import tables as t
from callback_tui.store.queue import listed
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.policy import Policy, SitePolicy
from tests.services.simulated_checks import require


class Replayed(NamedTuple):
    """An item as it is stored, and what its events give, each by the policy it was written under, and its calls."""

    item: Any
    clock: ClockState
    measures: Measures
    site: SitePolicy


def replay(connection: Connection, item_ids: Iterable[int] | None = None) -> list[Replayed]:
    """Return these items, or all of them, with what follows from their events."""
    written = connection.execute(select(t.policy_version.c.id, t.policy_version.c.text))
    policies = {version_id: _policy(words) for version_id, words in written}
    items, events, calls = listed(), select(t.clock_event), select(t.call_attempt)
    if item_ids is not None:
        ids = list(item_ids)
        items = items.where(t.queue_item.c.id.in_(ids))
        events = events.where(t.clock_event.c.item_id.in_(ids))
        calls = calls.where(t.call_attempt.c.item_id.in_(ids))
    by_item: dict[int, list[Any]] = {}
    for event in connection.execute(events.order_by(t.clock_event.c.id)):
        by_item.setdefault(event.item_id, []).append(event)
    outcomes = {
        (call.item_id, call.started_at): call.outcome for call in connection.execute(calls) if call.outcome is not None
    }
    return [_replayed(item, by_item[item.id], policies, outcomes) for item in connection.execute(items)]


def clocks_follow_from_events(replayed: Sequence[Replayed]) -> None:
    """The clock columns of each item are what its stored events give."""
    for item, clock, _, _ in replayed:
        columns = clock_columns(clock)
        wrong = {name: (getattr(item, name), value) for name, value in columns.items() if getattr(item, name) != value}
        require("clocks follow from events", not wrong, f"item {item.id}: {wrong}")


def measures_follow_from_events(replayed: Sequence[Replayed]) -> None:
    """What the scorecard adds up of each item is what its events and its calls give."""
    for item, _, measures, _ in replayed:
        stored = Measures(*(getattr(item, name) for name in Measures._fields))
        require("measures follow from events", stored == measures, f"item {item.id}: {stored}, {measures}")


def _replayed(
    item: Any, rows: Sequence[Any], policies: dict[int, Policy], outcomes: dict[tuple[int, datetime], Outcome]
) -> Replayed:
    versions = {version_id: (policy.site_of(item.site_name), policy) for version_id, policy in policies.items()}
    site, policy = versions[rows[-1].policy_version_id]
    events = [
        ClockEvent(
            row.kind, row.at, row.verb_id, row.tier, row.until, row.reason, row.undoes_verb_id, row.policy_version_id
        )
        for row in rows
    ]
    clock = derive(events, site, policy, versions)
    in_hours = received_open(site.hours, clock.started_at)
    seconds, outcome, until = None, None, None
    if clock.first_attempt_at is not None:
        seconds = call_back_seconds(
            site.hours, clock.named_due_at or clock.started_at, clock.first_attempt_at, in_hours
        )
    if clock.contact_at is not None:
        outcome = outcomes.get((item.id, clock.contact_at))
        until = first_call_until(outcome, clock.contact_at, policy.reopen_days)
    return Replayed(item, clock, Measures(in_hours, seconds, outcome, until), site)


@lru_cache(maxsize=8)
def _policy(words: str) -> Policy:
    return parse_policy(words)
