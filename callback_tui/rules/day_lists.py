"""What stands on the lists of the day, each thing once, in the first part it fits (brief, "cannot-wait list")."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta

from callback_tui.models.vocabulary import ItemState
from callback_tui.rules.assignment import given_to
from callback_tui.rules.day_list_lines import arrived_words, feed_line, open_call_line, row_line, task_line
from callback_tui.rules.local_day import start_of_day
from callback_tui.rules.on_call import left_alone_words
from callback_tui.rules.open_time import opening_instant, opens_on, pieces_from
from callback_tui.rules.speak import desk_zone_of
from callback_tui.views.day_list import Arrived, CallOpen, DayList, DayListKind, ListSection
from callback_tui.views.desk import Actor
from callback_tui.views.follow_up import FollowUpsView, Task, TaskSection
from callback_tui.views.policy import OpeningHours, SitePolicy
from callback_tui.views.queue import QueueRow, QueueSnapshot

_DAYS_BACK = 14
_PIECES = 12


def cannot_wait(snapshot: QueueSnapshot, to_do: FollowUpsView, person: str) -> DayList:
    """Return what must not wait until tomorrow: urgent, handed over, late and never called, promised or due by then."""
    now, page = snapshot.as_of, _Page(snapshot)
    rows, everything = snapshot.rows, (*snapshot.rows, *snapshot.asleep)
    openings = {site.name: next_day_opening(site, now) for site in snapshot.policy.sites}

    def by_tomorrow(row: QueueRow, at: datetime | None) -> bool:
        return at is not None and at <= openings[page.site(row).name]

    page.rows("Emergent and urgent, still open", everything, lambda row: row.clock.tier.always_on)
    page.rows("Waiting for a clinician", rows, lambda row: row.state is ItemState.ESCALATED)
    page.rows("Late and not called yet", rows, lambda row: row.attempts == 0 and now > row.clock.late_after)
    page.rows(
        "Promised before the desk opens tomorrow", everything, lambda row: by_tomorrow(row, row.clock.scheduled_at)
    )
    opens = openings[snapshot.policy.sites[0].name]
    page.tasks("Given our word on", to_do, TaskSection.PROMISED, lambda task: task.at <= opens)
    page.rows("Due before the desk opens tomorrow", rows, lambda row: by_tomorrow(row, row.clock.next_due_at))
    return page.as_list(DayListKind.CANNOT_WAIT, person)


def huddle(
    snapshot: QueueSnapshot, to_do: FollowUpsView, arrived: Sequence[Arrived], person: str, *, left_alone: int = 0
) -> DayList:
    """Return what the morning begins with: the night's messages, the first hour, today's promises, what wakes today.

    `left_alone` urgent ones of the night came with nobody at the desk and nobody to be fetched.
    """
    now, page = snapshot.as_of, _Page(snapshot)
    first_hour = timedelta(minutes=snapshot.policy.huddle_minutes)

    nights = {site.name: (night_before(site.hours, now), morning_of(site.hours, now)) for site in snapshot.policy.sites}

    def came_over_night(row: QueueRow) -> bool:
        night, morning = nights[page.site(row).name]
        return night <= row.clock.started_at < morning

    def due_first(row: QueueRow) -> bool:
        return row.clock.next_due_at <= max(nights[page.site(row).name][1], now) + first_hour

    def today(at: datetime | None) -> bool:
        return at is not None and at < start_of_day(now, desk_zone_of(snapshot.policy), days=1)

    page.rows(
        "Urgent, came in over night", snapshot.rows, lambda row: row.clock.tier.always_on and came_over_night(row)
    )
    page.rows(f"Due in the first {snapshot.policy.huddle_minutes} min", snapshot.rows, due_first)
    promised = (*snapshot.rows, *snapshot.asleep)
    page.rows("Promised for today", promised, lambda row: today(row.clock.scheduled_at))
    page.tasks("Given our word on", to_do, TaskSection.PROMISED, lambda task: today(task.at))
    page.rows("Asleep, wakes today", snapshot.asleep, lambda row: today(row.clock.asleep_until))
    page.rows("Came in over night", snapshot.rows, came_over_night)
    zone = desk_zone_of(snapshot.policy)
    page.lines("Sources that fell silent", [feed_line(feed, zone, now) for feed in snapshot.feeds if feed.silent])
    since = night_before(snapshot.policy.sites[0].hours, now)
    foreword = (arrived_words(arrived, since, zone, now), left_alone_words(left_alone))
    return page.as_list(DayListKind.HUDDLE, person, tuple(filter(None, foreword)))


def handover(snapshot: QueueSnapshot, to_do: FollowUpsView, calls: Sequence[CallOpen], me: Actor) -> DayList:
    """Return what one person leaves to the next: whom they hold, what is theirs, and hand-offs nobody took."""
    now, page = snapshot.as_of, _Page(snapshot)
    zone, everything = desk_zone_of(snapshot.policy), (*snapshot.rows, *snapshot.asleep)

    def mine(task: Task) -> bool:
        return task.whose_id == me.staff_id

    def given_to_me(row: QueueRow) -> bool:
        whose = given_to(row, now)
        return whose is not None and whose.staff_id == me.staff_id

    page.lines("Calls without an outcome", [open_call_line(call, zone, now) for call in calls])
    page.rows("Being rung by me", everything, lambda row: row.holder is not None and row.holder.staff_id == me.staff_id)
    page.rows("Given to me", everything, given_to_me)
    page.tasks("I gave my word on", to_do, TaskSection.PROMISED, mine)
    page.tasks("Mine to do", to_do, TaskSection.DUE, mine)
    page.tasks("Waiting for a clinician, anybody's", to_do, TaskSection.HAND_OFF, lambda _task: True)
    return page.as_list(DayListKind.HANDOVER, me.name)


def next_day_opening(site: SitePolicy, now: datetime) -> datetime:
    """Return when a site opens on the next day it does, by its own clock."""
    return opening_instant(site.hours, start_of_day(now, site.hours.zone, days=1))


def morning_of(hours: OpeningHours, now: datetime) -> datetime:
    """Return when the site opens today, or next where it stays shut today."""
    return opening_instant(hours, start_of_day(now, hours.zone) if opens_on(hours, now) else now)


def night_before(hours: OpeningHours, now: datetime) -> datetime:
    """Return when the site closed last before this day, by its own clock."""
    midnight = start_of_day(now, hours.zone)
    for days in range(1, _DAYS_BACK + 1):
        before = start_of_day(now, hours.zone, days=-days)
        ends = [end for start, end in pieces_from(hours, before, _PIECES) if start < midnight]
        if ends:
            return min(ends[-1], midnight)
    return start_of_day(now, hours.zone, days=-_DAYS_BACK)


class _Page:
    """A list while it is filled: what stands on it already does not come again."""

    def __init__(self, snapshot: QueueSnapshot) -> None:
        self._snapshot = snapshot
        self._zone = desk_zone_of(snapshot.policy)
        self._listed: set[int | None] = set()
        self._sections: list[ListSection] = []

    def site(self, row: QueueRow) -> SitePolicy:
        return self._snapshot.policy.site_of(row.site)

    def rows(self, heading: str, rows: Iterable[QueueRow], fits: Callable[[QueueRow], bool]) -> None:
        found = [row for row in rows if row.item_id not in self._listed and fits(row)]
        self._listed.update(row.item_id for row in found)
        now = self._snapshot.as_of
        self.lines(heading, [row_line(row, self.site(row), now, self._zone) for row in found])

    def tasks(self, heading: str, to_do: FollowUpsView, section: TaskSection, fits: Callable[[Task], bool]) -> None:
        found = [task for task in to_do.tasks if task.section is section and task.item_id not in self._listed]
        found = [task for task in found if fits(task)]
        self._listed.update(task.item_id for task in found if task.item_id is not None)
        self.lines(heading, [task_line(task, self._zone, self._snapshot.as_of) for task in found])

    def lines(self, heading: str, lines: Sequence[str]) -> None:
        if lines:
            self._sections.append(ListSection(heading, tuple(lines)))

    def as_list(self, kind: DayListKind, person: str, foreword: tuple[str, ...] = ()) -> DayList:
        seen = self._snapshot
        return DayList(kind, seen.policy, person, foreword, tuple(self._sections), seen.as_of, seen.is_demo)
