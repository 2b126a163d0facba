"""A made-up desk written in bulk holds what the services would have written for the same messages and calls."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.services.demo import PEOPLE, DemoPractice
from callback_tui.services.demo_book import TABLES
from callback_tui.services.demo_calls import dialling_at
from callback_tui.services.demo_past import Past
from callback_tui.services.demo_store import store_part
from callback_tui.services.queue import snapshot
from callback_tui.services.sign_in import sign_off
from callback_tui.store.tables import metadata
from callback_tui.views.queue import QueueSnapshot
from tests.services.demo_replay import BESIDE, LEFT_OUT, Player, Table, stored

TUESDAY_MORNING = datetime(2026, 11, 24, 15, 42, 7, tzinfo=UTC)
KNOWN_AT = TUESDAY_MORNING - timedelta(days=95)
ASKED_AT = TUESDAY_MORNING - timedelta(days=30)
SEED = 7
WAITING = 23
EARLIER = 3


def practice_in(folder: Path, messages: int) -> DemoPractice:
    """Plan a demo of a Tuesday morning for a nurse."""
    return DemoPractice(FixedClock(TUESDAY_MORNING), role=Role.NURSE, messages=messages, seed=SEED, folder=folder)


class Pair(NamedTuple):
    """A practice, its queue as planned and as read, all that stands in it, and what the services made of the same."""

    practice: DemoPractice
    planned: QueueSnapshot
    read: QueueSnapshot
    written: dict[str, Table]
    played: dict[str, Table]


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Make the waiting messages, and earlier ones of some of the same patients, twice; tests only read the desks."""
    practice = practice_in(tmp_path_factory.mktemp("bulk") / "desk", WAITING)
    player = Player(tmp_path_factory.mktemp("played") / "desk", TUESDAY_MORNING, SEED)
    desk, past = practice.desk, Past(practice.book, PEOPLE, TUESDAY_MORNING, SEED)
    planned = practice.planned_snapshot(), snapshot(desk)
    earlier = [item for items in past.of_waiting(practice.items, EARLIER) for item in items]
    store_part(desk, practice.book, dict(practice.book.next_ids), 0)
    sam = next(person for person in PEOPLE if person.username == "sam")
    player.play({sam: practice.items, PEOPLE[0]: earlier}, known_at=KNOWN_AT, asked_at=ASKED_AT)
    yield Pair(practice, *planned, stored(desk), stored(player.desk))
    practice.close()
    sign_off(player.desk)


@pytest.mark.parametrize("table", [*TABLES, *BESIDE])
def test_waiting_messages_are_stored_as_the_services_store_them(waiting: Pair, table: str) -> None:
    assert waiting.written[table] == waiting.played[table]


def test_every_table_is_compared_or_left_out(waiting: Pair) -> None:
    assert waiting.written.keys() | LEFT_OUT == metadata.tables.keys()
    assert [name for name in TABLES if not waiting.written[name]] == []


def test_the_planned_queue_is_the_stored_queue(waiting: Pair) -> None:
    assert waiting.planned == replace(waiting.read, people=(), forecast=None)


def test_a_call_in_the_past_is_not_held_up_by_calls_after_it(tmp_path: Path) -> None:
    """The tries of today are written first; they count for today and not for a day a month ago."""
    practice = practice_in(tmp_path / "desk", WAITING)
    item = next(item for item in practice.items if any(call.at.date() == TUESDAY_MORNING.date() for call in item.calls))
    assert dialling_at(practice.book, item, TUESDAY_MORNING).facts.dialled_at != ()
    assert dialling_at(practice.book, item, ASKED_AT).facts.dialled_at == ()
