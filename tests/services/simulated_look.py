"""Looks at a whole desk: what can be checked at every step, and what takes longer."""

from sqlalchemy import select

from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue import snapshot
from callback_tui.store import tables as t
from callback_tui.views.scorecard import PeriodName
from tests.services import simulated_checks as checks
from tests.services.simulated_figures import Figures, scorecard_follows_from_events
from tests.services.simulated_replay import clocks_follow_from_events, measures_follow_from_events, replay


def look(desk: OpenDesk, known: checks.Known, since_event: int) -> int:
    """Check the queue and the items with a clock event after `since_event`; return the newest event."""
    now, event = desk.clock.now(), t.clock_event.c
    shown = snapshot(desk)
    with desk.store.read() as connection:
        checks.nothing_lost(connection, known)
        stored = checks.waiting(connection)
        checks.queue_is_whole(stored, shown)
        checks.in_order(stored, shown)
        checks.woken(stored, shown, now)
        checks.one_caller(connection, desk)
        new = connection.execute(select(event.id, event.item_id).where(event.id > since_event)).all()
        touched = {row.item_id for row in new}
        if touched:
            checks.one_state(connection, now, touched)
            replayed = replay(connection, touched)
            clocks_follow_from_events(replayed)
            measures_follow_from_events(replayed)
        return max((row.id for row in new), default=since_event)


def look_closely(desk: OpenDesk, known: checks.Known, site: str | None) -> Figures:
    """Check every item, every count and the scorecard, and return its figures of the month. Raises Violation."""
    look(desk, known, 0)
    with desk.store.read() as connection:
        checks.counts_agree(desk, connection, snapshot(desk), desk.clock.now())
    scorecard_follows_from_events(desk, PeriodName.TODAY, site)
    return scorecard_follows_from_events(desk, PeriodName.MONTH, site)
