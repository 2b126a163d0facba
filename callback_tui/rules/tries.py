"""Which dials of an item went unanswered since it was last reached, read from its clock events."""

from collections.abc import Sequence
from datetime import datetime

from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.views.clock import ClockEvent


def unanswered_tries(events: Sequence[ClockEvent]) -> tuple[datetime, ...]:
    """Return when the item was rung without reaching anybody since its last live contact, oldest first.

    What an undo took back does not count. Source: retry ladders, domain section 4.
    """
    undone = {event.undoes_verb_id for event in events if event.kind is ClockEventKind.UNDONE}
    kept = [event for event in events if event.verb_id not in undone]
    reached = [event.at for event in kept if event.kind is ClockEventKind.CONTACTED]
    dialled = [event.at for event in kept if event.kind is ClockEventKind.ATTEMPTED]
    return tuple(sorted(at for at in dialled if not reached or at > max(reached)))
