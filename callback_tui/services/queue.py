"""The queue as a verb's result: one snapshot, an audited view of one item, an audited export."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from callback_tui.models.vocabulary import ItemState
from callback_tui.rules.queue_order import calling_order
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.dialling import start_of_day
from callback_tui.services.message_pane import message_view
from callback_tui.services.queue_row import queue_row
from callback_tui.store import claims, follow_on, practice, queue
from callback_tui.store import policy as policies
from callback_tui.views.desk import FeedLine
from callback_tui.views.intake import BY_HAND
from callback_tui.views.policy import Policy
from callback_tui.views.queue import FollowUpLine, MessageView, QueueSnapshot

_VIEW_AUDITED_AGAIN_AFTER = timedelta(minutes=1)


def change_mark(desk: OpenDesk) -> int:
    """Return a number that changes when this or another process has written to the store; costs microseconds."""
    return desk.store.data_version()


def snapshot(desk: OpenDesk) -> QueueSnapshot:
    """Return everything that waits, in calling order (domain section 1); asleep items apart, next to wake first."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        rows = queue.waiting(connection)
        feed_rows = queue.feeds(connection)
        held = claims.holders(connection, desk.clock)
        is_demo = practice.is_demo(connection)
        since = start_of_day(now, policy.sites[0].hours.zone)
        today = queue.messages_today(connection, since)
        to_do = follow_on.open_follow_ups(connection)
    per_patient = Counter(row.patient_id for row in rows)
    made = [
        queue_row(row, policy, held, per_patient[row.patient_id], today.get(row.patient_id, 0), now) for row in rows
    ]
    feeds = tuple(_feed(row, policy, now) for row in feed_rows)
    asleep = [row for row in made if row.state is ItemState.ASLEEP]
    return QueueSnapshot(
        rows=tuple(sorted((row for row in made if row.state is not ItemState.ASLEEP), key=calling_order)),
        asleep=tuple(sorted(asleep, key=lambda row: (row.clock.asleep_until or now, row.item_id))),
        feeds=feeds,
        newest_message_at=max((feed.newest_message_at for feed in feeds if feed.newest_message_at), default=None),
        last_import_at=max((feed.last_import_at for feed in feeds), default=None),
        policy=policy,
        as_of=now,
        is_demo=is_demo,
        follow_ups=tuple(
            FollowUpLine(
                item_id=row.item_id,
                who=row.patient_name or "(unknown)",
                kind=row.kind,
                text=row.text,
                due_at=row.due_at,
                owner_role=row.owner_role,
            )
            for row in to_do
        ),
    )


def export(desk: OpenDesk, kind: str) -> QueueSnapshot:
    """Return the queue to be written outside the store as `kind` ("json", "plain"); exports are audited."""
    with verb(desk, "queue_exported", "queue", kind) as work:
        made = snapshot(desk)
        work.facts["rows"] = len(made.rows) + len(made.asleep)
        return made


def peek(desk: OpenDesk, item_id: int) -> MessageView:
    """Return the message pane of one item; the view of the patient is audited, at most once a minute.

    Raises DeskError when the item does not exist.
    """
    now = desk.clock.now()
    with desk.store.read() as connection:
        view, patient_id = message_view(desk, connection, item_id)
        seen = queue.viewed_since(
            connection,
            staff_id=desk.actor.staff_id,
            patient_id=patient_id,
            since=now - _VIEW_AUDITED_AGAIN_AFTER,
        )
    if not seen:
        with verb(desk, "patient_viewed", "patient", patient_id) as work:
            work.facts["item_id"] = item_id
    return view


def _feed(row: Any, policy: Policy, now: datetime) -> FeedLine:
    limits = policy.feed_limit_minutes
    limit = timedelta(minutes=limits.get(row.source, limits["default"]))
    silent = row.source != BY_HAND and now - row.last_import_at > limit
    return FeedLine(row.source, row.newest_message_at, row.last_import_at, silent)
