"""A made-up desk written in bulk holds what the services would have written for the same messages and calls."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.services.demo import PEOPLE, DemoPractice, demo_policy, empty_book, policy_text
from callback_tui.services.demo_book import TABLES
from callback_tui.services.demo_calls import dialling_at
from callback_tui.services.demo_people import cards_of, made_up_messages
from callback_tui.services.demo_store import make_desk
from callback_tui.services.desk import OpenDesk
from callback_tui.services.patients import save_cards
from callback_tui.services.queue import snapshot
from callback_tui.services.sign_in import sign_off
from tests.services import demo_replay as replay

TUESDAY_MORNING = datetime(2026, 11, 24, 15, 42, 7, tzinfo=UTC)
ASKED_AT = TUESDAY_MORNING - timedelta(days=30)
SEED = 7
WAITING = 23


def practice_in(folder: Path, messages: int) -> DemoPractice:
    """Plan a demo of a Tuesday morning for a nurse."""
    return DemoPractice(FixedClock(TUESDAY_MORNING), role=Role.NURSE, messages=messages, seed=SEED, folder=folder)


Doing = tuple[datetime, int, Callable[[], object]]


class Pair(NamedTuple):
    """The practice as it was written in bulk, and a desk on which the services did the same."""

    practice: DemoPractice
    played: OpenDesk


def play_waiting(practice: DemoPractice, desk: OpenDesk, clock: FixedClock) -> None:
    """Do through the services what the book of the waiting messages says."""
    zones = {site.name: site.hours.zone for site in practice.book.policy.sites}
    cards = cards_of(made_up_messages(WAITING, SEED, TUESDAY_MORNING.date(), zones))
    clock.set_wall(ASKED_AT)
    save_cards(desk, cards)
    by_id = {item.patient.row.id: item.patient for item in practice.items}
    replay.keep_wishes(desk, clock, [by_id[patient_id] for patient_id in sorted(by_id)], ASKED_AT)
    doings: list[Doing] = [
        (item.message.imported_at, 0, partial(replay.take, desk, clock, item)) for item in practice.items
    ]
    for item in practice.items:
        for call, attempt in zip(item.calls, item.attempts, strict=True):
            doings.append((call.at, attempt.id, partial(replay.play, desk, clock, item.row.id, call)))
    for _, _, happens in sorted(doings, key=lambda doing: doing[:2]):
        happens()


def played_desk(folder: Path) -> tuple[OpenDesk, FixedClock]:
    """Make the practice with nobody waiting, and the clock to move."""
    clock = FixedClock(TUESDAY_MORNING)
    policy = demo_policy()
    sam = next(person for person in PEOPLE if person.username == "sam")
    return make_desk(folder, clock, policy_text(), policy, PEOPLE, sam, empty_book(policy, SEED)), clock


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Make the waiting messages twice; tests only read the desks."""
    practice = practice_in(tmp_path_factory.mktemp("bulk") / "desk", WAITING)
    desk, clock = played_desk(tmp_path_factory.mktemp("played") / "desk")
    play_waiting(practice, desk, clock)
    yield Pair(practice, desk)
    practice.close()
    sign_off(desk)


@pytest.mark.parametrize("table", TABLES)
def test_waiting_messages_are_stored_as_the_services_store_them(waiting: Pair, table: str) -> None:
    written = replay.stored(waiting.practice.desk, table)
    assert written == replay.stored(waiting.played, table)
    assert written or table in ("incident",)


def test_the_planned_queue_is_the_stored_queue(waiting: Pair) -> None:
    assert waiting.practice.planned_snapshot() == snapshot(waiting.practice.desk)


def test_a_call_in_the_past_is_not_held_up_by_calls_after_it(tmp_path: Path) -> None:
    """The tries of today are written first; they count for today and not for a day a month ago."""
    practice = practice_in(tmp_path / "desk", WAITING)
    item = next(item for item in practice.items if any(call.at.date() == TUESDAY_MORNING.date() for call in item.calls))
    assert dialling_at(practice.book, item, TUESDAY_MORNING).facts.dials_today > 0
    assert dialling_at(practice.book, item, ASKED_AT).facts.dials_today == 0
