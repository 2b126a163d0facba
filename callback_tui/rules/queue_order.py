"""Who is rung first, and why, in plain words."""

from datetime import datetime

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.speak import duration, moment
from callback_tui.views.policy import SitePolicy
from callback_tui.views.queue import QueueRow

_SMALL_CHILD_BELOW_YEARS = 2
_TRIES = {1: "rung once", 2: "rung twice"}


def calling_order(row: QueueRow) -> tuple[int, datetime, bool, int]:
    """Return the sort key of a row: emergent, then urgent, then all others, each by next due (domain section 1).

    Among equals a message that triage wants checked comes first; the item id keeps the order stable.
    """
    if row.emergent:
        group = 0
    elif row.priority is Priority.URGENT:
        group = 1
    else:
        group = 2
    return group, row.clock.next_due_at, not row.check, row.item_id


def why_first(
    row: QueueRow,
    site: SitePolicy,
    now: datetime,
    *,
    contacts_today: int,
    age_years: int | None,
    desk_zone: str = "",
) -> tuple[str, ...]:
    """Return the reasons for a row's place, most telling first: "due 14:05", "rung twice", "child under 2"."""
    reasons = []
    if row.emergent:
        reasons.append("emergency words in the message: call now")
    elif row.priority is Priority.URGENT:
        reasons.append("urgent")
    due = moment(row.clock.next_due_at, site.hours.zone, now, desk_zone)
    reasons.append(f"was due {due}" if now > row.clock.late_after else f"due {due}")
    if row.clock.scheduled_at is not None:
        reasons.append(f"we promised {moment(row.clock.scheduled_at, site.hours.zone, now, desk_zone)}")
    if row.attempts:
        reasons.append(_TRIES.get(row.attempts, f"rung {row.attempts} times"))
    if age_years is not None and age_years < _SMALL_CHILD_BELOW_YEARS:
        reasons.append(f"child under {_SMALL_CHILD_BELOW_YEARS}")
    if contacts_today > 1:
        reasons.append(f"{contacts_today} messages from them today")
    if row.check:
        reasons.append("needs a person's eye: the words were not clear")
    if row.received_at is None:
        reasons.append("time of the message unknown")
    elif now > row.received_at:
        reasons.append(f"waited {duration((now - row.received_at).days * 86400 + (now - row.received_at).seconds)}")
    return tuple(reasons)
