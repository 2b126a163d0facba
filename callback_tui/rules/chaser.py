"""Somebody who contacts us again before they were called: how often, and since when they wait (brief, list 6)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from callback_tui.rules.speak import duration

_TEENS = range(11, 14)


class WaitingMessage(Protocol):
    """A message in the queue as it is stored."""

    @property
    def patient_id(self) -> int:
        """Whose it is."""
        ...

    @property
    def started_at(self) -> datetime:
        """When its clock began."""
        ...

    @property
    def contact_at(self) -> datetime | None:
        """When its patient was reached about it."""
        ...


class Waits(NamedTuple):
    """How many messages of a patient wait for a first talk, and since when the first of them does."""

    contacts: int = 1
    since: datetime | None = None


def waits_by_patient(messages: Iterable[WaitingMessage]) -> dict[int, Waits]:
    """Return for each patient how they wait. A further message restarts nothing: the first one counts."""
    found: dict[int, Waits] = {}
    for message in messages:
        if message.contact_at is None:
            known, started_at = found.get(message.patient_id), message.started_at
            if known is None or known.since is None:
                found[message.patient_id] = Waits(1, started_at)
            else:
                found[message.patient_id] = Waits(known.contacts + 1, min(known.since, started_at))
    return found


def chaser_words(contacts: int, since: datetime | None, now: datetime) -> str:
    """Return "2nd contact, waiting 3 h 5 min", or nothing for the first one."""
    if contacts < 2 or since is None:
        return ""
    return f"{ordinal(contacts)} contact, waiting {duration(max(0, (now - since) // timedelta(seconds=1)))}"


def ordinal(number: int) -> str:
    """Return "1st", "2nd", "11th"."""
    if number % 100 in _TEENS:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"
