"""Which dials of an item went unanswered since it was last reached."""

from collections.abc import Sequence
from datetime import datetime

from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.views.clock import ClockEvent


def unanswered_tries(dials: Sequence[datetime], events: Sequence[ClockEvent]) -> tuple[datetime, ...]:
    """Return the dials after the last live contact that the clock events know of, oldest first.

    A contact that was taken back does not count. Source: retry ladders, domain section 4.
    """
    undone = {event.undoes_verb_id for event in events if event.kind is ClockEventKind.UNDONE}
    reached = [event.at for event in events if event.kind is ClockEventKind.CONTACTED and event.verb_id not in undone]
    return tuple(sorted(at for at in dials if not reached or at > max(reached)))
