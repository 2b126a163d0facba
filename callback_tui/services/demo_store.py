"""Stores a made-up practice: set up through its services, then what a book holds in bulk with one audit entry."""

import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callback_tui.clock import Clock, FixedClock
from callback_tui.services.demo_book import TABLES, Book
from callback_tui.services.demo_people import Person
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.views.intake import BY_HAND
from callback_tui.views.policy import Policy

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from callback_tui.store.engine import Store

SET_UP_BEFORE = timedelta(days=100)


class StoreLater:
    """Stands for a store that is made when somebody first asks it for something.

    `days_written` are how many days of the past are stored, and of how many, while a thread still writes it.
    """

    def __init__(self, make: "Callable[[], Store]") -> None:
        """`make` is called once, by whichever thread comes first."""
        self._make = make
        self._lock = threading.Lock()
        self._store: Store | None = None
        self.days_written: tuple[int, int] | None = None

    @property
    def is_made(self) -> bool:
        """Whether the store is there already."""
        return self._store is not None

    def __getattr__(self, name: str) -> Any:
        """Return what the store has by that name, making the store first."""
        with self._lock:
            if self._store is None:
                self._store = self._make()
        return getattr(self._store, name)


def days_written(desk: OpenDesk) -> tuple[int, int] | None:
    """Return how many days of a demo's past are stored, and of how many; None where nothing is being written."""
    return desk.store.days_written if isinstance(desk.store, StoreLater) else None


def make_desk(
    folder: Path, clock: Clock, policy_text: str, policy: Policy, people: Sequence[Person], me: Person, book: Book
) -> OpenDesk:
    """Make the desk of a practice in an empty folder, store the book in it, and sign `me` in.

    The first of the people is the admin. Only the admin and `me` have keys: the passphrase is made up and forgotten.
    Raises StoreError when the folder cannot be used.
    """
    from callback_tui.services.setup import init_desk
    from callback_tui.services.sign_in import sign_in, sign_off
    from callback_tui.store.keys import KeyCost

    passphrase = secrets.token_urlsafe()
    now = clock.now()
    past = FixedClock(now - SET_UP_BEFORE)
    init_desk(
        folder,
        practice=policy.name,
        short_name=policy.short_name,
        zone=policy.sites[0].hours.zone,
        region=policy.region,
        callback_number=policy.sites[0].callback_number,
        admin_username=people[0].username,
        admin_name=people[0].name,
        passphrase=passphrase,
        clock=past,
        # A random passphrase cannot be guessed, so a guess need not be dear and the demo starts at once.
        key_cost=KeyCost(memory_kib=64, passes=1, lanes=1),
    )
    admin = sign_in(folder, people[0].username, passphrase, past)
    try:
        past.set_wall(now)
        _store_practice(admin, policy_text, people, me, passphrase, book)
    finally:
        sign_off(admin)
    return sign_in(folder, me.username, passphrase, clock)


def _store_practice(
    admin: OpenDesk, policy_text: str, people: Sequence[Person], me: Person, passphrase: str, book: Book
) -> None:
    from callback_tui.store import keys, practice, staff
    from callback_tui.store import policy as policies

    with verb(admin, "demo_practice_made", "practice", "") as work:
        connection, set_up_at = work.connection, work.now - SET_UP_BEFORE
        policies.add_version(connection, text=policy_text, applied_at=set_up_at, applied_by_id=admin.actor.staff_id)
        for person in people[1:]:
            staff.add(connection, username=person.username, name=person.name, role=person.role, created_at=set_up_at)
        if me is not people[0]:
            key_file = keys.read_key_file(admin.store.folder)
            key_file = keys.with_person(key_file, admin.store.keys, me.username, passphrase)
            keys.write_key_file(admin.store.folder, key_file, forget_older=True)
        practice.mark_as_demo(connection)
        work.facts.update(_store(connection, book), people=len(people))


def store_part(desk: OpenDesk, book: Book, began: Mapping[str, int], copies: int) -> int:
    """Store what was written into the book since its next ids were `began`, and so many copies, in one transaction.

    Returns how many messages that were.
    """
    from callback_tui.store import bulk

    with desk.store.write() as connection:
        stored = _store(connection, book)
        if copies:
            ranges = {name: (began[name], book.next_ids[name]) for name in TABLES}
            bulk.copy(connection, ranges, book.next_ids, copies)
            for name, (first, end) in ranges.items():
                book.next_ids[name] += (end - first) * copies
    return stored["queue_item"] * (1 + copies)


def note_past(desk: OpenDesk, messages: int, *, is_whole: bool) -> None:
    """Audit that so many finished messages were stored."""
    with verb(desk, "demo_past_made", "practice", "") as work:
        work.facts.update(messages=messages, whole=is_whole)


def _store(connection: "Connection", book: Book) -> dict[str, int]:
    """Store what the book holds and the feed its messages came by; return the number of rows by table."""
    from callback_tui.store import bulk, intake

    rows = book.tear_out()
    bulk.write(connection, rows)
    if book.last_import_at is not None:
        intake.touch_feed(connection, BY_HAND, book.newest_message_at, book.last_import_at)
    return {name: len(made) for name, made in rows.items()}
