"""Unanswered dials since the last live contact."""

from datetime import UTC, datetime, timedelta

from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.rules.tries import unanswered_tries
from callback_tui.views.clock import ClockEvent

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
DIALS = tuple(START + timedelta(minutes=minute) for minute in (1, 5, 30))


def event(kind: ClockEventKind, minute: int, verb_id: str, undoes: str | None = None) -> ClockEvent:
    """Return an event so many minutes after the start."""
    return ClockEvent(kind, START + timedelta(minutes=minute), verb_id, undoes_verb_id=undoes)


def test_without_a_contact_every_dial_counts() -> None:
    assert unanswered_tries(DIALS, ()) == DIALS


def test_only_dials_after_the_last_contact_count() -> None:
    assert unanswered_tries(DIALS, [event(ClockEventKind.CONTACTED, 5, "b")]) == DIALS[2:]


def test_an_undone_contact_ends_nothing() -> None:
    events = [event(ClockEventKind.CONTACTED, 5, "b"), event(ClockEventKind.UNDONE, 6, "u", undoes="b")]
    assert unanswered_tries(DIALS, events) == DIALS
