"""Puts the queue together from what was read of it; touches no database, so that a demo can show its plan first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from callback_tui.models.vocabulary import ItemState
from callback_tui.rules.queue_order import calling_order
from callback_tui.services.queue_row import queue_row
from callback_tui.views.desk import FeedLine
from callback_tui.views.intake import BY_HAND
from callback_tui.views.policy import Policy
from callback_tui.views.queue import FollowUpLine, Holder, QueueSnapshot


@dataclass(frozen=True, slots=True)
class QueueFacts:
    """What is read at one moment: rows as `store.queue.waiting` gives them, feeds, claims, messages today, what is due.

    `follow_ups` are the open ones, first due first; `messages_today` counts by patient.
    """

    policy: Policy
    rows: Sequence[Any]
    feeds: Sequence[Any]
    follow_ups: Sequence[Any]
    messages_today: Mapping[int, int]
    is_demo: bool
    held: dict[int, Holder] = field(default_factory=dict)


def queue_snapshot(facts: QueueFacts, now: datetime) -> QueueSnapshot:
    """Return everything that waits, in calling order (domain section 1); asleep items apart, next to wake first."""
    policy, rows, today = facts.policy, facts.rows, facts.messages_today
    per_patient = Counter(row.patient_id for row in rows)
    made = [
        queue_row(row, policy, facts.held, per_patient[row.patient_id], today.get(row.patient_id, 0), now)
        for row in rows
    ]
    feeds = tuple(_feed(row, policy, now) for row in facts.feeds)
    asleep = [row for row in made if row.state is ItemState.ASLEEP]
    return QueueSnapshot(
        rows=tuple(sorted((row for row in made if row.state is not ItemState.ASLEEP), key=calling_order)),
        asleep=tuple(sorted(asleep, key=lambda row: (row.clock.asleep_until or now, row.item_id))),
        feeds=feeds,
        newest_message_at=max((feed.newest_message_at for feed in feeds if feed.newest_message_at), default=None),
        last_import_at=max((feed.last_import_at for feed in feeds), default=None),
        policy=policy,
        as_of=now,
        is_demo=facts.is_demo,
        follow_ups=tuple(
            FollowUpLine(
                item_id=row.item_id,
                who=row.patient_name or "(unknown)",
                kind=row.kind,
                text=row.text,
                due_at=row.due_at,
                owner_role=row.owner_role,
            )
            for row in facts.follow_ups
        ),
    )


def _feed(row: Any, policy: Policy, now: datetime) -> FeedLine:
    limits = policy.feed_limit_minutes
    limit = timedelta(minutes=limits.get(row.source, limits["default"]))
    silent = row.source != BY_HAND and now - row.last_import_at > limit
    return FeedLine(row.source, row.newest_message_at, row.last_import_at, silent)
