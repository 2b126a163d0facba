"""Unanswered dials since the last live contact."""

from datetime import UTC, datetime, timedelta

from callback_tui.models.vocabulary import ClockEventKind
from callback_tui.rules.tries import unanswered_tries
from callback_tui.views.clock import ClockEvent

START = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


def event(kind: ClockEventKind, minute: int, verb_id: str, undoes: str | None = None) -> ClockEvent:
    """Return an event so many minutes after the start."""
    return ClockEvent(kind, START + timedelta(minutes=minute), verb_id, undoes_verb_id=undoes)


def test_only_dials_after_the_last_contact_count() -> None:
    """A talk ends the ladder; what follows starts a new one."""
    events = [
        event(ClockEventKind.ATTEMPTED, 1, "a"),
        event(ClockEventKind.ATTEMPTED, 5, "b"),
        event(ClockEventKind.CONTACTED, 5, "b"),
        event(ClockEventKind.ATTEMPTED, 30, "c"),
    ]
    assert unanswered_tries(events[:1]) == (START + timedelta(minutes=1),)
    assert unanswered_tries(events) == (START + timedelta(minutes=30),)


def test_an_undone_dial_does_not_count() -> None:
    """Taking an outcome back takes its place on the ladder back."""
    events = [event(ClockEventKind.ATTEMPTED, 1, "a"), event(ClockEventKind.UNDONE, 2, "u", undoes="a")]
    assert unanswered_tries(events) == ()
