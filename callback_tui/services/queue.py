"""The queue as a verb's result: one snapshot, an audited view of one item, an audited export."""

from datetime import timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from callback_tui.errors import DeskError
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.dialling import start_of_day
from callback_tui.services.message_pane import message_view
from callback_tui.services.queue_snapshot import QueueFacts, RowsMade, queue_snapshot
from callback_tui.store import audit, calls, claims, follow_on, practice, queue
from callback_tui.store import policy as policies
from callback_tui.store.waiting import waiting
from callback_tui.views.queue import ChangeMark, MessageView, QueueSnapshot

if TYPE_CHECKING:
    from callback_tui.store.engine import Store

_VIEWED = "patient_viewed"
_VIEW_AUDITED_AGAIN_AFTER = timedelta(minutes=1)
_ROWS_MADE: "WeakKeyDictionary[Store, RowsMade]" = WeakKeyDictionary()


def change_mark(desk: OpenDesk, known: ChangeMark | None = None) -> ChangeMark:
    """Return a mark whose `changed` is another than that of `known` when this or another process has written.

    That somebody looked at a patient is audited, but changes nothing that is shown. Costs microseconds while nobody
    writes.
    """
    version = desk.store.data_version()
    if known is not None and version == known.version:
        return known
    with desk.store.read() as connection:
        audited = audit.last_entry(connection)
        only_views = (
            known is not None
            and audited > known.audited
            and not audit.has_other_than(connection, _VIEWED, since=known.audited)
        )
    return ChangeMark(version, audited, known.changed if known is not None and only_views else version)


def snapshot(desk: OpenDesk) -> QueueSnapshot:
    """Return everything that waits, in calling order (domain section 1); asleep items apart, next to wake first."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        since = start_of_day(now, policy.sites[0].hours.zone)
        facts = QueueFacts(
            policy=policy,
            rows=waiting(connection),
            feeds=queue.feeds(connection),
            follow_ups_due=follow_on.open_follow_ups_due(connection),
            messages_today=queue.messages_today(connection, since),
            is_demo=practice.is_demo(connection),
            held=claims.holders(connection, desk.clock),
        )
    return queue_snapshot(facts, now, _ROWS_MADE.setdefault(desk.store, RowsMade()))


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
        row = queue.item(connection, item_id)
        if row is None:
            raise DeskError("no_item")
        patient_id = row.patient_id
        view = message_view(
            desk,
            connection,
            row,
            policies.current(connection)[1],
            on_card=calls.numbers(connection, patient_id),
            wishes=calls.instructions(connection, patient_id),
            waiting=queue.waiting_of_patient(connection, patient_id),
        )
        seen = queue.viewed_since(
            connection,
            staff_id=desk.actor.staff_id,
            patient_id=patient_id,
            since=now - _VIEW_AUDITED_AGAIN_AFTER,
        )
    if not seen:
        with verb(desk, _VIEWED, "patient", patient_id) as work:
            work.facts["item_id"] = item_id
    return view
