"""`n`: takes the next call for the role of the person at the desk and starts it."""

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from callback_tui.errors import CallRefused
from callback_tui.rules.local_day import start_of_day
from callback_tui.rules.next_call import Load, Skip, call_points, offer, pick
from callback_tui.rules.next_call_words import nothing_words, skipped_words
from callback_tui.rules.speak import desk_zone_of
from callback_tui.services.call_sheet import gather_for
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue import snapshot
from callback_tui.store import pace, queue, sessions
from callback_tui.views.call import DialVerdict, NextCall
from callback_tui.views.forecast import AtDesk
from callback_tui.views.policy import Policy
from callback_tui.views.queue import QueueRow

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOOKED_AT = 200
_GONE = ("held", "not_waiting")


def next_call(desk: OpenDesk) -> NextCall:
    """Start the next call that is this person's to make and return its sheet, with what was skipped and why.

    Whoever may not be dialled now is skipped; so is whom another desk took this very moment, for the claim is atomic.
    When a reason must be written first, the message is named instead, and ringing it asks for the reason.
    Raises CallRefused for what else stands in the way.
    """
    seen = snapshot(desk)
    me = AtDesk(desk.actor.staff_id, desk.actor.name, desk.actor.role)
    offered = offer(seen.rows, me, seen.policy, seen.as_of)
    handling = seen.policy.forecast.handling_minutes * 60 if seen.forecast is None else seen.forecast.handling.seconds
    with desk.store.read() as connection:
        loads = _loads(connection, (me, *seen.people), seen.policy, seen.as_of)
    left, blocked = list(offered.rows), Counter[str]()
    while left and sum(blocked.values()) < _LOOKED_AT:
        row = pick(left, me, seen.people, loads, seen.policy, handling, seen.as_of)
        left.remove(row)
        code = _may_not_ring(desk, row, seen.policy)
        if code:
            blocked[code] += 1
            continue
        words = skipped_words(offered, blocked, desk_zone_of(seen.policy), seen.as_of)
        try:
            return NextCall(start_call(desk, row.item_id), row.item_id, words)
        except CallRefused as refusal:
            if refusal.code == "reason_needed":
                return NextCall(None, row.item_id, words)
            if refusal.code not in _GONE:
                raise
            offered.skipped[Skip.HELD] = offered.skipped.get(Skip.HELD, 0) + 1
    return NextCall(None, None, nothing_words(skipped_words(offered, blocked, desk_zone_of(seen.policy), seen.as_of)))


def _may_not_ring(desk: OpenDesk, row: QueueRow, policy: Policy) -> str:
    """Return the code of what forbids ringing a patient now, or nothing."""
    with desk.store.read() as connection:
        item = queue.item(connection, row.item_id)
        if item is None:
            return "no_number"
        chosen = gather_for(connection, item, policy, policy.site_of(row.site), desk.clock.now()).best(None)
    if chosen is None:
        return "no_number"
    return chosen.decision.code if chosen.decision.verdict is DialVerdict.BLOCKED else ""


def _loads(connection: "Connection", people: tuple[AtDesk, ...], policy: Policy, now: datetime) -> dict[int, Load]:
    since = start_of_day(now, desk_zone_of(policy))
    staff_ids = tuple({person.staff_id for person in people})
    points: Counter[int] = Counter()
    for call in pace.calls_since(connection, staff_ids, since):
        length = None if call.ended_at is None else call.ended_at - call.started_at
        points[call.staff_id] += call_points(call.tier, call.outcome, call.attempts, length, policy.sharing)
    seconds = sessions.seconds_signed_in(connection, staff_ids, since)
    return {staff_id: Load(points[staff_id], seconds.get(staff_id, 0)) for staff_id in staff_ids}
