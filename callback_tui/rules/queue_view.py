"""What a person sees of the queue: the view and the filters they chose, which never hide an emergency."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from callback_tui.models.vocabulary import CallReason, Channel, ItemState, Role
from callback_tui.rules.assignment import is_for_team, is_mine, takers
from callback_tui.rules.queue_search import row_matches
from callback_tui.views.desk import Actor
from callback_tui.views.queue import Chosen, QueueRow, QueueSnapshot, View


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list shows: `rows`, of which `shown` are awake, of all that are `waiting`.

    `late_outside` late ones are not among them.
    """

    rows: tuple[QueueRow, ...]
    shown: int
    waiting: int
    late_outside: int


def listed(
    snapshot: QueueSnapshot, chosen: Chosen, actor: Actor, now: datetime, *, needle: str = "", with_asleep: bool = False
) -> Listed:
    """Return the rows a person sees, in calling order; emergent ones always, on top (screens "Queue").

    Only `needle`, which somebody is typing, hides an emergency. `with_asleep` adds what sleeps to the views that leave
    it out.
    """
    everything = (*snapshot.rows, *snapshot.asleep)
    top = [row for row in everything if row.emergent]
    below = [
        row
        for row in everything
        if not row.emergent
        and passes(row, chosen, now)
        and in_view(row, chosen.view, actor, now, with_asleep=with_asleep)
    ]
    rows = tuple(row for row in (*top, *below) if row_matches(row, needle))
    ids = {row.item_id for row in rows}
    return Listed(
        rows=rows,
        shown=sum(row.state is not ItemState.ASLEEP for row in rows),
        waiting=len(snapshot.rows),
        late_outside=sum(
            row.clock.late_after < now and not row.emergent and row.item_id not in ids for row in snapshot.rows
        ),
    )


def in_view(row: QueueRow, view: View, actor: Actor, now: datetime, *, with_asleep: bool = False) -> bool:
    """Say whether a row belongs to a view, filters apart.

    What sleeps shows where it is asked for, in "mine" and among those who could not be reached.
    """
    asleep = row.state is ItemState.ASLEEP
    match view:
        case View.ASLEEP:
            return asleep
        case View.UNREACHABLE:
            return row.attempts > 0 and row.clock.contact_at is None
        case View.MINE:
            return is_mine(row, actor.staff_id, now)
        case View.TEAM:
            return (with_asleep or not asleep) and is_for_team(row, actor, now)
        case View.ALL:
            return with_asleep or not asleep


def passes(row: QueueRow, chosen: Chosen, now: datetime) -> bool:
    """Say whether a row passes every filter; "role" asks who takes it."""
    return (
        chosen.site in (None, row.site)
        and chosen.channel in (None, row.channel)
        and chosen.reason in (None, row.reason)
        and (chosen.role is None or chosen.role in takers(row, now))
    )


def filter_words(chosen: Chosen) -> str:
    """Return the filters in force as people say them, "" when there is none."""
    parts = (
        chosen.site or "",
        chosen.channel.value if chosen.channel else "",
        f"for {chosen.role.value}" if chosen.role else "",
        chosen.reason.value if chosen.reason else "",
    )
    return ", ".join(part for part in parts if part)


def written(chosen: Chosen) -> str:
    """Return a choice as it is kept for a person."""
    return json.dumps(
        {
            name: getattr(chosen, name)
            for name in ("view", "site", "channel", "role", "reason")
            if getattr(chosen, name) is not None
        },
        ensure_ascii=False,
    )


def read(text: str | None, sites: Sequence[str]) -> Chosen:
    """Return a kept choice; what is not known any more, such as a site that is gone, is left open."""
    kept = json.loads(text) if text else {}
    return Chosen(
        view=View(kept["view"]) if kept.get("view") in tuple(View) else View.TEAM,
        site=kept["site"] if kept.get("site") in sites else None,
        channel=Channel(kept["channel"]) if kept.get("channel") in tuple(Channel) else None,
        role=Role(kept["role"]) if kept.get("role") in tuple(Role) else None,
        reason=CallReason(kept["reason"]) if kept.get("reason") in tuple(CallReason) else None,
    )
