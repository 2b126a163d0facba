"""Contacting us again: how often, since when, and that it restarts nothing."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from callback_tui.rules.chaser import Waits, chaser_words, ordinal, waits_by_patient

NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)


@dataclass(frozen=True)
class Message:
    """A message in the queue."""

    patient_id: int
    started_at: datetime
    contact_at: datetime | None = None


def test_the_first_message_counts_and_who_was_reached_does_not_wait() -> None:
    early, late = NOON - timedelta(hours=3, minutes=5), NOON
    messages = [Message(1, late), Message(1, early), Message(2, early), Message(3, early, contact_at=NOON)]
    assert waits_by_patient(messages) == {1: Waits(2, early), 2: Waits(1, early)}


def test_words() -> None:
    """Nothing for a first contact, and none without a beginning."""
    assert chaser_words(2, NOON - timedelta(hours=3, minutes=5), NOON) == "2nd contact, waiting 3 h 5 min"
    assert chaser_words(1, NOON, NOON) == ""
    assert chaser_words(2, None, NOON) == ""


@pytest.mark.parametrize(
    ("number", "words"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words
