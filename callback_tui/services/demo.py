"""A made-up practice to try the desk on: real services, an encrypted folder of its own, nothing to keep."""

import contextlib
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from callback_tui.clock import Clock, ShiftedClock
from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import FollowUpState, PromiseState, Role
from callback_tui.rules.routing import RINGING
from callback_tui.services.demo_book import Book, MadeUpItem, Row
from callback_tui.services.demo_calls import IN_QUEUE
from callback_tui.services.demo_people import PRACTICE_FOLDER, Person, made_up_messages
from callback_tui.services.demo_store import StoreLater, make_desk
from callback_tui.services.demo_stories import tell
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue_snapshot import QueueFacts, days_begun, queue_snapshot
from callback_tui.services.take_back import stored_opt_outs
from callback_tui.views.desk import Actor
from callback_tui.views.intake import BY_HAND
from callback_tui.views.policy import Policy
from callback_tui.views.queue import Assigned, QueueSnapshot

if TYPE_CHECKING:
    from callback_tui.store.engine import Store

PEOPLE = (
    Person(1, "alex", "Alex Kim", Role.ADMIN),
    Person(2, "dana", "Dana Ruiz", Role.NURSE),
    Person(3, "anjali", "Anjali Patel", Role.CLINICIAN),
    Person(4, "lee", "Lee Tran", Role.STAFF),
    Person(5, "maria", "Maria Gomez", Role.SUPERVISOR),
    Person(6, "sam", "Sam Okoye", Role.NURSE),
    Person(7, "ruth", "Ruth Amari", Role.NURSE),
    Person(8, "omar", "Omar Nasser", Role.CLINICIAN),
    Person(9, "joy", "Joy Fraser", Role.STAFF),
    Person(10, "ben", "Ben Castile", Role.NURSE),
)
"""Who works there, in the order of their ids; the admin sets the practice up."""

_WHO_RANG = "sam"
_ADMINS_SESSION = 1
_OPEN_AT_LEAST = timedelta(hours=2)
_MORNING = timedelta(hours=2, minutes=42)
_KNOWN_BEFORE = timedelta(days=95)
_ASKED_BEFORE = timedelta(days=30)
_POLICY_ID = 2
_PAST_DAYS = 90
_LONGEST_REST_SECONDS = 0.1
_NANOSECONDS = 1_000_000_000


def in_office_hours(clock: Clock) -> Clock:
    """Return the clock itself while the made-up practice is open for some hours yet, else one in its next morning."""
    from callback_tui.rules.open_time import closing_instant, opening_instant

    hours = demo_policy().sites[0].hours
    now = clock.now()
    opens_at = opening_instant(hours, now)
    if opens_at == now and closing_instant(hours, now) - now >= _OPEN_AT_LEAST:
        return clock
    tomorrow = opening_instant(hours, closing_instant(hours, opens_at)) if opens_at == now else opens_at
    return ShiftedClock(clock, tomorrow + _MORNING - now)


def open_demo(clock: Clock, *, role: Role, messages: int, seed: int, folder: Path, history: int = 0) -> OpenDesk:
    """Make a practice with `messages` waiting and `history` finished messages in an empty folder; sign in a `role`.

    The same seed at the same instant gives the same practice. Raises StoreError when the folder cannot be used.
    """
    practice = DemoPractice(clock, role=role, messages=messages, seed=seed, folder=folder)
    practice.write_past(history)
    return practice.desk


class DemoPractice:
    """A made-up practice, planned at once; it is stored when a verb first needs that, its past when asked for."""

    def __init__(self, clock: Clock, *, role: Role, messages: int, seed: int, folder: Path) -> None:
        """Plan the practice at the clock's moment; `folder` is empty."""
        self.planned_at = clock.now()
        self._clock, self._folder, self._seed = clock, folder, seed
        self._policy = demo_policy()
        self._me = next((person for person in PEOPLE[1:] if person.role is role), PEOPLE[0])
        self.book = empty_book(self._policy, seed)
        zones = {site.name: site.hours.zone for site in self._policy.sites}
        made = made_up_messages(messages, seed, self.planned_at.date(), zones)
        who_rang = next(person for person in PEOPLE if person.username == _WHO_RANG)
        known_at, asked_at = self.planned_at - _KNOWN_BEFORE, self.planned_at - _ASKED_BEFORE
        self.items = tell(self.book, made, who_rang, self.planned_at, known_at=known_at, asked_at=asked_at)
        self._planned_rows = {name: list(rows) for name, rows in self.book.rows.items()}
        self._past: threading.Thread | None = None
        self._closing = threading.Event()
        self._rested_at = 0
        self._later = StoreLater(self._make)
        actor = Actor(self._me.staff_id, self._me.username, self._me.name, self._me.role, _ADMINS_SESSION + 1)
        self.desk = OpenDesk(cast("Store", self._later), clock, actor)

    @property
    def is_stored(self) -> bool:
        """Whether the desk is there already."""
        return self._later.is_made

    def planned_snapshot(self) -> QueueSnapshot:
        """Return the queue of the planned practice, equal to what `services.queue.snapshot` reads once it is stored.

        Without the pace, though: nobody is signed in to a desk that is not there yet.
        """
        days = days_begun(self._policy, self.planned_at)
        messages = self._planned_rows["message"]
        tasks = self._planned_rows["follow_up"]
        newest = max((row.received_at for row in messages), default=None)
        feed = Row(source=BY_HAND, newest_message_at=newest, last_import_at=newest)
        facts = QueueFacts(
            policy=self._policy,
            rows=[_listed(item) for item in self.items if item.row.state in IN_QUEUE],
            feeds=[feed] if messages else [],
            follow_ups_due=sorted(row.due_at for row in tasks if row.state is FollowUpState.OPEN),
            messages_today={
                zone: Counter(row.patient_id for row in messages if row.received_at >= since)
                for zone, since in days.items()
            },
            is_demo=True,
            opt_outs={
                item.patient.row.id: stored_opt_outs(item.patient.opt_outs)
                for item in self.items
                if item.patient.opt_outs
            },
            promised={
                row.item_id: row.promised_by_id
                for row in self._planned_rows["promise"]
                if row.state is PromiseState.OPEN
            },
            colleagues=[
                Assigned(person.name, person.role, person.staff_id)
                for person in sorted(PEOPLE, key=lambda person: person.name)
                if person.role in RINGING
            ],
        )
        return queue_snapshot(facts, self.planned_at)

    def write_past(self, history: int, *, go_on: Callable[[int], bool] = lambda _stored: True) -> None:
        """Store `history` finished messages of the last 90 days.

        `go_on` is told now and then how many are stored, and says whether to go on.
        """
        if history:
            from callback_tui.services.demo_past import write_past

            # Stored first, while the book holds nothing but what waits.
            _ = self.desk.store.folder
            write_past(self.desk, self.book, self.items, PEOPLE, self.planned_at, history, self._seed, go_on)

    def write_past_behind(self, history: int) -> None:
        """Have the past stored by a thread of its own, once a verb has needed the practice to be stored.

        `demo_store.days_written` says how far it is.
        """
        self._later.days_written = 0, _PAST_DAYS
        self._past = threading.Thread(target=self._write_past_quietly, args=(history,), name="demo past")

    def close(self) -> None:
        """Give up a past that is still being written, and sign off if the practice was ever stored."""
        self._closing.set()
        if self.is_stored:
            if self._past is not None:
                self._past.join()
            from callback_tui.services.sign_in import sign_off

            sign_off(self.desk)

    def _make(self) -> "Store":
        opened = make_desk(self._folder, self._clock, policy_text(), self._policy, PEOPLE, self._me, self.book)
        if self._past is not None:
            self._past.start()
        return opened.store

    def _write_past_quietly(self, history: int) -> None:
        self._rested_at = self._clock.boot().nanoseconds
        # The desk is whole without its past, and says itself when it cannot be written to.
        with contextlib.suppress(DeskError):
            self.write_past(history, go_on=partial(self._rest, history))
        self._later.days_written = None

    def _rest(self, history: int, stored: int) -> bool:
        """Leave the machine to the person at the desk for as long as it was taken; False when they have left."""
        self._later.days_written = _PAST_DAYS * stored // history, _PAST_DAYS
        worked = (self._clock.boot().nanoseconds - self._rested_at) / _NANOSECONDS
        left = self._closing.wait(min(worked, _LONGEST_REST_SECONDS))
        self._rested_at = self._clock.boot().nanoseconds
        return not left


def empty_book(policy: Policy, seed: int) -> Book:
    """Return a book for the made-up practice, with the ids its policy and sites get in the store."""
    return Book(policy, _POLICY_ID, {site.name: number for number, site in enumerate(policy.sites, 1)}, seed)


def demo_policy() -> Policy:
    """Return the policy of the made-up practice."""
    from callback_tui.rules.policy_file import parse_policy

    return parse_policy(policy_text())


def policy_text() -> str:
    """Return the policy file of the made-up practice."""
    return (PRACTICE_FOLDER / "policy.toml").read_text(encoding="utf-8")


def _listed(item: MadeUpItem) -> Row:
    """Return a planned item with the columns `store.waiting` gives."""
    message, patient = item.message, item.patient.row
    beside = {
        name: getattr(message, name)
        for name in ("channel", "phone_e164", "phone_raw", "received_at", "flags", "caller_name")
    }
    card = {
        "patient_name": patient.name,
        "folded_name": patient.folded_name,
        "date_of_birth": patient.date_of_birth,
        "prefers_channel": vars(patient).get("prefers_channel"),
        "site_name": item.site.name,
    }
    nobodys = dict.fromkeys(("assigned_name", "assigned_person_role"))
    return Row(**{**vars(item.row), **beside, **card, **nobodys})
