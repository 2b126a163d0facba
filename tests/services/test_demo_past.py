"""The demo's finished messages, written in bulk, are what the services would have written for the same calls."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import pytest

from callback_tui.models.vocabulary import ItemState, PromiseState, Tier
from callback_tui.services.demo import PEOPLE, demo_policy, empty_book
from callback_tui.services.demo_book import TABLES, Book, MadeUpItem
from callback_tui.services.demo_fates import EMERGENCY, FATES, RECORDING, Fate
from callback_tui.services.demo_past import Past
from callback_tui.services.demo_past_people import DAYS, PastMessage, PastPeople
from callback_tui.services.demo_store import store_part
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue_row import item_tier
from callback_tui.services.sign_in import sign_off
from tests.services.demo_replay import BESIDE, VERB_COLUMNS, Player, Table, stored

TUESDAY_MORNING = datetime(2026, 11, 24, 15, 42, 7, tzinfo=UTC)
RECORDED_AT = TUESDAY_MORNING - timedelta(days=DAYS + 1)
FIRST_AT = datetime(2026, 9, 1, 14, 10, 33, tzinfo=UTC)
EACH_AFTER = timedelta(hours=21, minutes=7)
AGAIN_AFTER = timedelta(days=3)
LATELY = timedelta(hours=20)
SEED = 7
STRANGERS = 4
COPIES = 2
BROKEN_AND_KEPT = {PromiseState.BROKEN, PromiseState.KEPT}
NOTHING_YET = dict.fromkeys(TABLES, 1)


class Pair(NamedTuple):
    """The messages told by the way they went, what was written of them in bulk, and what the services wrote."""

    told: dict[str, list[MadeUpItem]]
    written: dict[str, Table]
    played: dict[str, Table]


def tell_every_way(past: Past, book: Book) -> dict[str, list[MadeUpItem]]:
    """Tell a message of every fate, a second one where it may be urgent; some call again, some are not done yet."""
    texts = _texts_by_tier(book)
    recording = next(text for tier in texts for text in texts[tier] if text.is_recording)
    ways = [("emergency", EMERGENCY, texts[Tier.EMERGENT][0]), ("recording", RECORDING, recording)]
    tiers = cycle((Tier.ROUTINE, Tier.URGENT, Tier.INFORMATIONAL, Tier.EMERGENT))
    for name, fate in FATES.items():
        some = [next(tiers) for _ in range(4)] if name == "never reached" else [next(tiers), next(tiers)]
        ways += [(name, fate, texts[tier][0]) for tier in some if fate.urgent_too or not tier.always_on]
    told: dict[str, list[MadeUpItem]] = {}

    def tell(name: str, fate: Fate, text: PastMessage, at: datetime, again: MadeUpItem | None = None) -> None:
        site = book.policy.sites[len(book.rows["message"]) % len(book.policy.sites)]
        item = past.tell(fate, text, again.site if again else site, at, again.patient if again else None)
        assert item is not None
        told.setdefault(name, []).append(item)

    for number, (name, fate, text) in enumerate(ways):
        tell(name, fate, text, FIRST_AT + EACH_AFTER * number)
    while {promise.state for item in told["promised"] for promise in item.promises} != BROKEN_AND_KEPT:
        tell("promised", FATES["promised"], texts[Tier.ROUTINE][0], FIRST_AT + EACH_AFTER * len(told["promised"]))
    for item in (told["resolved"][0], told["to do"][0]):
        tell("again", FATES["resolved"], texts[Tier.ROUTINE][1], item.row.completed_at + AGAIN_AFTER, item)
    tell("not done yet", FATES["to do"], texts[Tier.ROUTINE][2], TUESDAY_MORNING - LATELY)
    return told


def _texts_by_tier(book: Book) -> dict[Tier, list[PastMessage]]:
    people = PastPeople(book.policy, PEOPLE, TUESDAY_MORNING, random.Random(SEED))  # noqa: S311 - made up, no secret
    texts: dict[Tier, list[PastMessage]] = {}
    for text in people.messages:
        texts.setdefault(book.tier_of(text.text, text.subject), []).append(text)
    return texts


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Write the same past twice; tests only read it."""
    folder = tmp_path_factory.mktemp("past")
    book = empty_book(demo_policy(), SEED)
    writer = Past(book, PEOPLE, TUESDAY_MORNING, SEED)
    told = tell_every_way(writer, book)
    told["as they come"] = [item for items in writer.of_strangers(STRANGERS) for item in items]
    bulk, player = (Player(folder / name, TUESDAY_MORNING, SEED) for name in ("bulk", "played"))
    store_part(bulk.desk, book, NOTHING_YET, 0)
    items = [item for items in told.values() for item in items]
    player.play({PEOPLE[0]: items}, known_at=RECORDED_AT, asked_at=RECORDED_AT)
    yield Pair(told, stored(bulk.desk), stored(player.desk))
    sign_off(bulk.desk)
    sign_off(player.desk)


@pytest.mark.parametrize("table", [*TABLES, *BESIDE])
def test_finished_messages_are_stored_as_the_services_store_them(past: Pair, table: str) -> None:
    assert past.written[table] == past.played[table]


def test_every_way_is_among_them(past: Pair) -> None:
    assert past.told.keys() >= FATES.keys()
    items = [item for told in past.told.values() for item in told]
    assert {item.site.name for item in items} == {site.name for site in demo_policy().sites}
    assert {item_tier(item.row) for item in items} == set(Tier)
    assert {item.row.state for item in items} == {ItemState.CLOSED, ItemState.FOLLOWING_UP, ItemState.MERGED}
    assert [name for name in TABLES if not past.written[name]] == ["safe_contact"]


def test_copies_are_the_same_messages_of_as_many_other_patients(tmp_path: Path) -> None:
    """Verbs aside: what was copied is older than anything that can still be taken back by its verb."""
    copied, told = (Player(tmp_path / name, TUESDAY_MORNING, SEED).desk for name in ("copied", "told"))
    book, again = (empty_book(demo_policy(), SEED) for _ in range(2))
    for each, times in ((book, 1), (again, 1 + COPIES)):
        for _ in range(times):
            list(Past(each, PEOPLE, TUESDAY_MORNING, SEED).of_strangers(STRANGERS))
    store_part(copied, book, NOTHING_YET, COPIES)
    store_part(told, again, NOTHING_YET, 0)
    assert _without_verbs(copied) == _without_verbs(told)
    assert book.next_ids == again.next_ids
    sign_off(copied)
    sign_off(told)


def _without_verbs(desk: OpenDesk) -> dict[str, Table]:
    return {
        name: [{column: value for column, value in row.items() if column not in VERB_COLUMNS} for row in rows]
        for name, rows in stored(desk).items()
    }
