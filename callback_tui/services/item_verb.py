"""The frame of every verb on a waiting message outside a call: it waits, and nobody else is ringing its patient."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.services.desk import OpenDesk, Work, verb
from callback_tui.store import claims, queue
from callback_tui.store import policy as policies
from callback_tui.views.policy import Policy


@contextmanager
def item_verb(desk: OpenDesk, action: str, item_id: int, *, reason: str = "") -> Iterator[tuple[Work, Any, Policy]]:
    """Run one verb on a message in the queue and hand over its work, the stored item and the policy in force.

    Raises CallRefused when the message is finished, or somebody else is ringing its patient.
    """
    with verb(desk, action, "queue_item", item_id, reason=reason) as work:
        item = queue.item(work.connection, item_id)
        if item is None or item.state not in queue.IN_QUEUE:
            raise CallRefused("not_waiting")
        claims.check_not_held(work.connection, item.patient_id, by_other_than=desk.actor.staff_id, clock=desk.clock)
        yield work, item, policies.current(work.connection)[1]
