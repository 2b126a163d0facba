"""The lists of the day as verbs: read for the screen, and printed to a file or to standard output, audited."""

from pathlib import Path

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.day_list_lines import paper
from callback_tui.rules.day_lists import cannot_wait, handover, huddle, morning_of, night_before
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.export_file import write_export
from callback_tui.services.follow_up_list import follow_up_list
from callback_tui.services.on_call import left_alone_between
from callback_tui.services.patient_card import shown_name
from callback_tui.services.queue import snapshot
from callback_tui.store import day_lists
from callback_tui.views.day_list import Arrived, CallOpen, DayList, DayListKind
from callback_tui.views.queue import QueueSnapshot


def day_list(desk: OpenDesk, kind: DayListKind) -> DayList:
    """Return a list as it is now; the handover is that of the person at the desk."""
    seen, to_do = snapshot(desk), follow_up_list(desk)
    if kind is DayListKind.CANNOT_WAIT:
        return cannot_wait(seen, to_do, desk.actor.name)
    if kind is DayListKind.HUDDLE:
        return huddle(seen, to_do, _arrived(desk, seen), desk.actor.name, left_alone=_left_alone(desk, seen))
    return handover(seen, to_do, _calls(desk), desk.actor)


def print_list(desk: OpenDesk, kind: DayListKind, to: str = "stdout") -> str:
    """Return a list ready for paper; names leave the desk with it, so it is audited."""
    with verb(desk, "list_printed", "queue", kind.value) as work:
        made = day_list(desk, kind)
        work.facts.update(rows=made.count, to=to)
        return paper(made)


def print_file(desk: OpenDesk, kind: DayListKind) -> Path:
    """Write a list ready for paper into the desk's exports, audited, and return the path.

    Raises StoreError when the file cannot be written.
    """
    return write_export(desk, kind.value, "txt", print_list(desk, kind, "file"))


def _arrived(desk: OpenDesk, seen: QueueSnapshot) -> tuple[Arrived, ...]:
    hours = seen.policy.sites[0].hours
    until = min(morning_of(hours, seen.as_of), seen.as_of)
    with desk.store.read() as connection:
        rows = day_lists.arrived(connection, night_before(hours, seen.as_of), until)
    return tuple(Arrived(tuple(Tier)[rank], count, called) for rank, count, called in rows)


def _left_alone(desk: OpenDesk, seen: QueueSnapshot) -> int:
    if seen.policy.on_call.roster:
        return 0
    hours = seen.policy.sites[0].hours
    with desk.store.read() as connection:
        return left_alone_between(desk, connection, seen.policy, night_before(hours, seen.as_of), seen.as_of)


def _calls(desk: OpenDesk) -> tuple[CallOpen, ...]:
    with desk.store.read() as connection:
        rows = day_lists.calls_without_outcome(connection, desk.actor.staff_id)
    return tuple(
        CallOpen(
            row.item_id,
            shown_name(row.patient_name, row.caller_name, row.phone_e164 or row.phone_raw),
            row.started_at,
        )
        for row in rows
    )
