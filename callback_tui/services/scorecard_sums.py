"""Adds a period up: what the store sums by index, and the messages nobody has called about at their age so far."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from callback_tui.rules.measures import call_back_seconds
from callback_tui.rules.metrics import GOOD_SCORE
from callback_tui.store import metrics
from callback_tui.store.metrics import Window
from callback_tui.views.policy import Policy
from callback_tui.views.scorecard import Sums, WaitSums

if TYPE_CHECKING:
    from sqlalchemy import Connection


def sums_of(connection: "Connection", window: Window, policy: Policy, now: datetime) -> Sums:
    """Add a period up, with median and 90th percentile and what is left out."""
    open_items = metrics.uncalled(connection, window)
    ages = _ages(open_items, policy, now)
    places = metrics.wait_places(connection, window, ages)
    waits = {}
    for in_hours, so_far in ages.items():
        count, total, median, p90, without = places.get(in_hours, (0, 0, None, None, 0))
        in_queue = sum(item.received_open is in_hours for item in open_items)
        waits[in_hours] = WaitSums(
            count=count,
            total=total,
            median=median,
            p90=p90,
            waiting=len(so_far),
            not_due=in_queue - len(so_far),
            uncalled=without - in_queue,
        )
    merged, time_unknown = metrics.left_out(connection, window)
    return Sums(
        in_office=waits[True],
        after_hours=waits[False],
        first_calls=metrics.first_calls(connection, window, now),
        scores=metrics.scores(connection, window, GOOD_SCORE),
        merged=merged,
        time_unknown=time_unknown,
    )


def totals_of(connection: "Connection", window: Window, policy: Policy, now: datetime) -> Sums:
    """Add a period up as far as a comparison needs."""
    ages = _ages(metrics.uncalled(connection, window), policy, now)
    totals = metrics.wait_totals(connection, window)
    waits = {}
    for in_hours, so_far in ages.items():
        count, total = totals.get(in_hours, (0, 0))
        waits[in_hours] = WaitSums(count=count + len(so_far), total=total + sum(so_far), waiting=len(so_far))
    return Sums(
        in_office=waits[True],
        after_hours=waits[False],
        first_calls=metrics.first_calls(connection, window, now),
        scores=metrics.scores(connection, window, GOOD_SCORE),
    )


def _ages(open_items: Sequence[Any], policy: Policy, now: datetime) -> dict[bool, list[int]]:
    ages: dict[bool, list[int]] = {True: [], False: []}
    for item in open_items:
        if item.due_at <= now:
            ages[item.received_open].append(age_of(item, policy, now))
    return ages


def age_of(item: Any, policy: Policy, now: datetime) -> int:
    """Return how many seconds a message that nobody called about has waited, as its wait would count now."""
    # Where the patient named the time that is due, only what goes past it is a wait.
    waited_from = item.due_at if item.due_at == item.scheduled_at else item.started_at
    return call_back_seconds(policy.site_of(item.site_name).hours, waited_from, now, item.received_open)
