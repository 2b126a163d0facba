"""What is still to be done after calls, read in one go: the view of the follow-ups screen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from callback_tui.models.vocabulary import FollowUpKind
from callback_tui.rules.follow_up_words import is_sent, kind_words, section_of
from callback_tui.rules.outcome_words import short_outcome
from callback_tui.services.desk import OpenDesk
from callback_tui.services.patient_card import shown_name
from callback_tui.store import follow_ups, practice
from callback_tui.store import policy as policies
from callback_tui.views.follow_up import FollowUpsView, Task, TaskGroup, TaskSection
from callback_tui.views.policy import Policy

if TYPE_CHECKING:
    from sqlalchemy import Connection

LISTED = 100
"""How many lines of each part are listed; the count says how many there are."""

_COUNTED = 1000
_TO_SEND = tuple(kind for kind in FollowUpKind if is_sent(kind))
_TO_DO = tuple(kind for kind in FollowUpKind if not is_sent(kind))


def follow_up_list(desk: OpenDesk) -> FollowUpsView:
    """Return what is still to be done: hand-offs, due, promised, to send, not in the chart, asleep; each by its time.

    Parts are cut at `LISTED` lines, so that neither history nor neglect makes the desk slow.
    """
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        grace = timedelta(minutes=policy.retries.promise_minutes)
        groups = (
            _group(
                TaskSection.HAND_OFF,
                [_hand_off(row) for row in follow_ups.waiting_hand_offs(connection, LISTED)],
                follow_ups.count_hand_offs(connection),
            ),
            _follow_ups(connection, TaskSection.DUE, _TO_DO),
            _group(
                TaskSection.PROMISED,
                [_promise(row, grace) for row in follow_ups.open_promises(connection, LISTED)],
                follow_ups.count_promises(connection),
            ),
            _follow_ups(connection, TaskSection.TO_SEND, _TO_SEND),
            _group(
                TaskSection.NOT_IN_CHART,
                [_call(row) for row in follow_ups.not_in_chart(connection, LISTED)],
                follow_ups.count_not_in_chart(connection, _COUNTED),
            ),
            _group(
                TaskSection.ASLEEP,
                [_asleep(row) for row in follow_ups.asleep(connection, now, LISTED)],
                follow_ups.count_asleep(connection, now),
            ),
        )
        placed = _in_their_zones(connection, groups, policy)
        return FollowUpsView(placed, policy, practice.is_demo(connection), now)


def _in_their_zones(connection: "Connection", groups: Sequence[TaskGroup], policy: Policy) -> tuple[TaskGroup, ...]:
    """Give each line the zone of the site its message belongs to."""
    items = {task.item_id for group in groups for task in group.tasks if task.item_id is not None}
    sites = follow_ups.sites_of(connection, items) if len(policy.sites) > 1 else {}
    zones = {item_id: policy.site_of(name).hours.zone for item_id, name in sites.items()}
    return tuple(
        replace(group, tasks=tuple(replace(task, zone=zones.get(task.item_id or 0, "")) for task in group.tasks))
        for group in groups
    )


def _follow_ups(connection: "Connection", section: TaskSection, kinds: Sequence[FollowUpKind]) -> TaskGroup:
    rows = follow_ups.open_follow_ups(connection, kinds, LISTED)
    return _group(section, [_follow_up(row) for row in rows], follow_ups.count_follow_ups(connection, kinds))


def _group(section: TaskSection, tasks: Sequence[Task], count: int) -> TaskGroup:
    return TaskGroup(section, tuple(tasks), count, more=count >= _COUNTED)


def _hand_off(row: Any) -> Task:
    return Task(
        section=TaskSection.HAND_OFF,
        record_id=row.id,
        item_id=row.item_id,
        who=_who(row),
        what=row.summary,
        text="",
        at=row.due_at,
        whose=row.to_role.value,
        whose_id=row.to_staff_id,
    )


def _follow_up(row: Any) -> Task:
    return Task(
        section=section_of(row.kind),
        record_id=row.id,
        item_id=row.item_id,
        who=_who(row),
        what=kind_words(row.kind),
        text=row.text,
        at=row.due_at,
        whose=row.owner_name or (row.owner_role.value if row.owner_role else ""),
        whose_id=row.owner_id,
        kind=row.kind,
    )


def _promise(row: Any, grace: timedelta) -> Task:
    return Task(
        section=TaskSection.PROMISED,
        record_id=row.id,
        item_id=row.ring_item_id,
        who=_who(row),
        what=row.words or "call again",
        text=row.words,
        at=row.due_at,
        whose=row.staff_name,
        whose_id=row.promised_by_id,
        grace=grace,
    )


def _call(row: Any) -> Task:
    return Task(
        section=TaskSection.NOT_IN_CHART,
        record_id=row.id,
        item_id=row.item_id,
        who=_who(row),
        what=short_outcome(row.outcome),
        text="",
        at=row.outcome_at,
        whose=row.staff_name,
        whose_id=row.staff_id,
    )


def _asleep(row: Any) -> Task:
    return Task(
        section=TaskSection.ASLEEP,
        record_id=row.id,
        item_id=row.id,
        who=_who(row),
        what=f"try {row.attempts + 1}, {row.summary}" if row.attempts else row.summary,
        text="",
        at=row.asleep_until,
        whose="",
        whose_id=None,
    )


def _who(row: Any) -> str:
    return shown_name(row.patient_name, row.caller_name or "", row.phone_e164 or row.phone_raw or "")
