"""Tells on the queue which calls have used much of their time, once each, and has it kept for every desk."""

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial

from callback_tui.errors import DeskError
from callback_tui.rules.warn import crossed_percent, warned_words
from callback_tui.screens.queue_base import QueueBase
from callback_tui.services.desk import OpenDesk
from callback_tui.views.clock import Countdown
from callback_tui.views.queue import QueueRow, QueueSnapshot
from callback_tui.widgets.status_line import StatusLine


class WarningsOfQueue(QueueBase):
    """Looks at the rows in memory alone; only what crossed a threshold is asked of the store."""

    _warned_of: QueueSnapshot | None = None
    _warned: dict[int, int]
    _untold: Counter[int]
    _keeping: frozenset[int] = frozenset()

    def warn(self, rows: Mapping[str, QueueRow], changed: Iterable[str], countdowns: Mapping[str, Countdown]) -> None:
        """Look at the rows whose countdown changed, or at all of them after a new snapshot, and tell what crossed.

        What another desk told first is told here too; what was told before this desk was opened is not.
        """
        snapshot = self.snapshot
        if snapshot is None:
            return
        if self._warned_of is None:
            self._warned, self._untold = {row.item_id: row.clock.warned_percent for row in rows.values()}, Counter()
        if self._warned_of is not snapshot:
            changed, self._warned_of = rows, snapshot
        now = self.source.clock.now()
        unkept = []
        for key in changed:
            row, shown = rows[key], countdowns[key]
            crossed = crossed_percent(row.clock, snapshot.policy, shown.used_percent, now)
            if crossed > row.clock.warned_percent and row.item_id not in self._keeping:
                unkept.append(row.item_id)
            told = self._warned.setdefault(row.item_id, 0)
            newest = max(crossed, row.clock.warned_percent)
            if newest > told:
                self._warned[row.item_id] = newest
                self._untold[newest] += 1
        if unkept:
            self._keeping = frozenset(unkept)
            self.in_background("warn", partial(self.source.ask, partial(_keep, unkept)), self._kept, self._not_kept)
        status = self.query_one(StatusLine)
        if self._untold and not status.is_saying(now):
            self.say(warned_words(self._untold))
            self._untold = Counter()

    def _kept(self, _count: int) -> None:
        self._keeping = frozenset()

    def _not_kept(self, error: DeskError) -> None:
        self._keeping = frozenset()
        self.say(str(error))


def _keep(item_ids: list[int], desk: OpenDesk) -> int:
    from callback_tui.services.note_warnings import note_warnings

    return note_warnings(desk, item_ids)
