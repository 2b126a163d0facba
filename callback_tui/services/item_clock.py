"""The clock of a stored item, derived from its events by the rules each of them was written under."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from callback_tui.rules.sla import Versions, derive
from callback_tui.store import policy as policies
from callback_tui.store import queue
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.policy import Policy

if TYPE_CHECKING:
    from sqlalchemy import Connection


def item_clock(connection: "Connection", item: Any) -> ClockState:
    """Return the clock of an item from all its stored events."""
    events = queue.clock_events(connection, item.id)
    current_id, policy, _ = policies.current(connection)
    earlier = [event for event in events if event.policy_version_id != current_id]
    known = policies_of(connection, earlier) if earlier else {}
    return derive(events, policy.site_of(item.site_name), policy, versions_at(known, item.site_name))


def policies_of(connection: "Connection", events: Iterable[ClockEvent]) -> dict[int, Policy]:
    """Return the policies that some events were written under, by the id of the version, in one statement."""
    return policies.versions(connection, {event.policy_version_id or 0 for event in events})


def versions_at(known: Mapping[int, Policy], site_name: str) -> Versions:
    """Return policies by the id of their version, each with what it says of one site."""
    return {version_id: (policy.site_of(site_name), policy) for version_id, policy in known.items()}
