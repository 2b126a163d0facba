"""The moving part of the queue: every row's countdown at a moment, worked out no more often than it can change."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from callback_tui.models.vocabulary import ItemState
from callback_tui.rules.assignment import is_mine
from callback_tui.rules.follow_up_words import when_cell
from callback_tui.rules.sla import countdown
from callback_tui.views.clock import Countdown, Urgency
from callback_tui.views.queue import QueueRow, QueueSnapshot
from callback_tui.widgets.desk_lines import Counts

_LEAST_A_TICK = 20
_PARTS = 30
_TICK_LATE_AFTER = timedelta(seconds=3)
_SECONDS_SHOWN_BELOW = 600
_MARGIN_SECONDS = _PARTS * int(_TICK_LATE_AFTER.total_seconds())


class QueueClock:
    """Countdowns of one snapshot. Rows near their due instant move every tick, the others some at a time."""

    def __init__(self, snapshot: QueueSnapshot, now: datetime, before: "QueueClock | None" = None) -> None:
        """Work out the rows at `now`; those as they were `before` keep their countdown until their turn comes."""
        self.snapshot = snapshot
        self.rows = {str(row.item_id): row for row in (*snapshot.rows, *snapshot.asleep)}
        self._sites = {site.name: site for site in snapshot.policy.sites}
        self._next, self._moved_at = 0, now
        self.countdowns: dict[str, Countdown] = {}
        if before is not None and before.snapshot.policy == snapshot.policy:
            self._next, self._moved_at = before._next, before._moved_at
            self.countdowns = {
                key: before.countdowns[key] for key, row in self.rows.items() if before.rows.get(key) == row
            }
        self.move(now)

    def move(self, now: datetime) -> tuple[str, ...]:
        """Go to another moment and return the rows whose countdown changed."""
        everything = not self._moved_at <= now < self._moved_at + _TICK_LATE_AFTER
        self._moved_at = now
        first = 0 if self._next >= len(self.rows) else self._next
        self._next = first + max(_LEAST_A_TICK, -(-len(self.rows) // _PARTS))
        changed = []
        for place, (key, row) in enumerate(self.rows.items()):
            old = self.countdowns.get(key)
            has_turn = everything or first <= place < self._next
            if old is not None and not has_turn and not _moves_every_second(old):
                continue
            new = self._countdown(row, now)
            if new != old:
                self.countdowns[key] = new
                changed.append(key)
        return tuple(changed)

    def counts(self, staff_id: int) -> Counts:
        """Return how the desk stands: what waits, by urgency; what is this person's; what sleeps."""
        urgencies = [self.countdowns[str(row.item_id)].urgency for row in self.snapshot.rows]
        wakes = self.next_wake
        zone = self.snapshot.policy.sites[0].hours.zone
        return Counts(
            now=urgencies.count(Urgency.NOW),
            late=urgencies.count(Urgency.LATE),
            soon=urgencies.count(Urgency.SOON),
            waiting=len(urgencies),
            mine=sum(is_mine(row, staff_id, self._moved_at) for row in self.snapshot.rows),
            asleep=len(self.snapshot.asleep),
            next_wake=when_cell(wakes, zone, self._moved_at, late=False) if wakes else "",
        )

    @property
    def next_wake(self) -> datetime | None:
        """When the next sleeping message wakes."""
        return min(_wakes(self.snapshot.asleep), default=None)

    def _countdown(self, row: QueueRow, now: datetime) -> Countdown:
        site = self._sites.get(row.site, self.snapshot.policy.sites[0])
        return countdown(row.clock, site, self.snapshot.policy, now)


def _moves_every_second(shown: Countdown) -> bool:
    return -_MARGIN_SECONDS <= shown.seconds_left < _SECONDS_SHOWN_BELOW + _MARGIN_SECONDS


def _wakes(rows: Iterable[QueueRow]) -> Iterable[datetime]:
    return (row.clock.asleep_until for row in rows if row.state is ItemState.ASLEEP and row.clock.asleep_until)
