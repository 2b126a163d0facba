"""The queue as a verb's result: one snapshot, an audited view of one item, an audited export."""

from datetime import timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from callback_tui.errors import DeskError
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.message_pane import message_view
from callback_tui.services.on_call import told
from callback_tui.services.pace import PaceKnown
from callback_tui.services.presence import people_at_desk
from callback_tui.services.queue_choice import CHOSEN, chosen
from callback_tui.services.queue_snapshot import QueueFacts, RowsMade, days_begun, queue_snapshot
from callback_tui.services.take_back import stored_opt_outs
from callback_tui.store import audit, calls, claims, follow_on, opt_outs, practice, queue, staff
from callback_tui.store import policy as policies
from callback_tui.store.waiting import waiting
from callback_tui.views.queue import ChangeMark, MessageView, QueueSnapshot

if TYPE_CHECKING:
    from callback_tui.store.engine import Store

_VIEWED = "patient_viewed"
SEARCHED = "callers_searched"
"""The audit's word for a search of callers; what was typed is not kept."""

_CHANGES_NOTHING = (
    _VIEWED,
    SEARCHED,
    CHOSEN,
    "note_saved",
    "scorecard_viewed",
    "scorecard_exported",
    "queue_exported",
    "list_printed",
)
_VIEW_AUDITED_AGAIN_AFTER = timedelta(minutes=1)
_PACE_KNOWN: "WeakKeyDictionary[Store, PaceKnown]" = WeakKeyDictionary()
_ROWS_MADE: "WeakKeyDictionary[Store, RowsMade]" = WeakKeyDictionary()


def change_mark(desk: OpenDesk, known: ChangeMark | None = None) -> ChangeMark:
    """Return a mark whose `changed` is another than that of `known` when this or another process changed something.

    Every change is audited in its own transaction, so what left no entry (a sign of life, a call's lease, an import
    still staged) makes no desk read its queue again; nor does what was only looked at. Costs microseconds while nobody
    writes.
    """
    version = desk.store.data_version()
    if known is not None and version == known.version:
        return known
    with desk.store.read() as connection:
        audited = audit.last_entry(connection)
        changed = known is None or audit.has_other_than(connection, _CHANGES_NOTHING, since=known.audited)
    return ChangeMark(version, audited, version if known is None or changed else known.changed)


def snapshot(desk: OpenDesk) -> QueueSnapshot:
    """Return everything that waits, in calling order (domain section 1); asleep items apart, next to wake first."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        rows = waiting(connection)
        patient_ids = {row.patient_id for row in rows}
        asked = opt_outs.of_patients(connection, patient_ids)
        held = claims.holders(connection, desk.clock)
        people = people_at_desk(connection, policy, now, frozenset(holder.staff_id for holder in held.values()))
        facts = QueueFacts(
            policy=policy,
            rows=rows,
            feeds=queue.feeds(connection),
            follow_ups_due=follow_on.open_follow_ups_due(connection),
            messages_today=queue.messages_today(connection, patient_ids, days_begun(policy, now)),
            is_demo=practice.is_demo(connection),
            held=held,
            people=people,
            handling=_PACE_KNOWN.setdefault(desk.store, PaceKnown()).handling(connection, people, policy, now),
            on_call=told(connection, policy, now),
            opt_outs={patient_id: stored_opt_outs(facts) for patient_id, facts in asked.items()},
            promised=follow_on.promised_by(connection),
            chosen=chosen(connection, desk.actor.staff_id, policy),
            colleagues=staff.ringing(connection),
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
            asked=stored_opt_outs(calls.opt_outs(connection, patient_id)),
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
