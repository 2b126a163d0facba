"""The verb that lets a closed message wait again, in a cycle of its own."""

from datetime import datetime, timedelta
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import ClockEventKind, ItemState
from callback_tui.rules.due import due_at
from callback_tui.rules.measures import received_open
from callback_tui.rules.retries import when_words
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.queue_row import item_tier
from callback_tui.store import clocks, queue
from callback_tui.store import policy as policies
from callback_tui.views.clock import ClockEvent
from callback_tui.views.policy import Policy
from callback_tui.views.queue import ItemDone

_KEPT = ("message_id", "patient_id", "site_id", "priority", "emergent", "check", "tier_rank", "reason", "summary")


def reopen_item(desk: OpenDesk, item_id: int, reason: str = "") -> ItemDone:
    """Let a closed message wait again about the same issue; the closed cycle stays as it is (domain section 2).

    The new cycle starts now, with the priority of the old one; that the old one was reopened is kept on it, and its
    first-call resolution turns false. Raises CallRefused when the message is not closed, or was closed longer ago than
    the policy's days.
    """
    with verb(desk, "item_reopened", "queue_item", item_id, reason=reason.strip()) as work:
        item = queue.item(work.connection, item_id)
        if item is None:
            raise CallRefused("no_item")
        policy_id, policy, _ = policies.current(work.connection)
        _check(item, clocks.last_cycle(work.connection, item.message_id), policy, work.now)
        site = policy.site_of(item.site_name)
        tier = item_tier(item)
        due = due_at(site.targets[tier], site.hours, work.now)
        new_id = clocks.add_cycle(
            work.connection,
            {
                **{name: getattr(item, name) for name in _KEPT},
                "cycle": item.cycle + 1,
                "started_at": work.now,
                "due_at": due,
                "next_due_at": due,
                "received_open": received_open(site.hours, work.now),
            },
        )
        reopened = ClockEvent(ClockEventKind.REOPENED, work.now, work.verb_id, reason=reason.strip())
        started = ClockEvent(ClockEventKind.STARTED, work.now, work.verb_id, tier=tier, reason="reopened")
        clocks.add_events_of_items(
            work.connection,
            [(item_id, reopened), (new_id, started)],
            staff_id=desk.actor.staff_id,
            policy_version_id=policy_id,
        )
        work.facts.update(new_item_id=new_id, cycle=item.cycle + 1)
        return ItemDone(new_id, f"Open again, due {when_words(due, site, policy, work.now)}.")


def _check(item: Any, newest_id: int | None, policy: Policy, now: datetime) -> None:
    if item.state is ItemState.MERGED:
        raise CallRefused("reopen_merged")
    if item.state is ItemState.FOLLOWING_UP:
        raise CallRefused("reopen_followed_up")
    if item.id != newest_id or item.state is not ItemState.CLOSED:
        raise CallRefused("reopen_waits")
    until = item.first_call_until or item.completed_at + timedelta(days=policy.reopen_days)
    if now > until:
        raise CallRefused("reopen_too_late", days=policy.reopen_days)
