"""The demo practice: as many messages as asked for at any hour, in every state, and the same for a seed."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import Channel, ItemState, Role
from callback_tui.rules.sla import countdown
from callback_tui.services import audit
from callback_tui.services.calls import start_call
from callback_tui.services.demo import DemoPractice, in_office_hours, open_demo
from callback_tui.services.demo_store import days_written
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue import peek, snapshot
from callback_tui.services.sign_in import sign_off
from callback_tui.services.staff import list_staff
from callback_tui.views.clock import Urgency
from callback_tui.views.queue import QueueRow

TUESDAY_MORNING = datetime(2026, 11, 24, 15, 42, 7, tzinfo=UTC)


class Opened(NamedTuple):
    """A demo desk with all its rows, asleep ones too."""

    desk: OpenDesk
    rows: tuple[QueueRow, ...]


def opened(folder: Path, *, at: datetime = TUESDAY_MORNING, messages: int = 60, seed: int = 7) -> Opened:
    """Open a demo desk for a nurse."""
    desk = open_demo(FixedClock(at), role=Role.NURSE, messages=messages, seed=seed, folder=folder)
    view = snapshot(desk)
    return Opened(desk, (*view.rows, *view.asleep))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    """Return the demo of a Tuesday morning; tests only read it."""
    return opened(tmp_path_factory.mktemp("demo") / "desk")


def row_of(demo: Opened, who: str) -> QueueRow:
    """Return the first row of somebody."""
    return next(row for row in demo.rows if row.who == who)


def test_sixty_wait_in_every_channel_and_state(demo: Opened) -> None:
    assert len(demo.rows) == 60
    assert {row.channel for row in demo.rows} == set(Channel) - {Channel.PHONE}
    states = Counter(row.state for row in demo.rows)
    assert states[ItemState.ESCALATED] >= 1
    assert states[ItemState.ASLEEP] >= 3
    assert 3 <= sum(row.emergent for row in demo.rows) <= 6
    assert sum(row.attempts > 0 for row in demo.rows) >= 8
    assert any(row.bundle for row in demo.rows)
    assert {row.site for row in demo.rows} == {"Main", "Riverside", "Westside"}


def test_some_are_late_some_are_not(demo: Opened) -> None:
    view = snapshot(demo.desk)
    words = Counter(
        countdown(row.clock, view.policy.site(row.site), view.policy, TUESDAY_MORNING).urgency for row in view.rows
    )
    assert min(words[Urgency.NOW], words[Urgency.LATE], words[Urgency.OK]) >= 3


def test_it_says_that_it_is_made_up(demo: Opened, as_role: Callable[[OpenDesk, Role], OpenDesk]) -> None:
    assert snapshot(demo.desk).is_demo
    assert {line.role for line in list_staff(demo.desk)} == set(Role)
    assert audit.verify(as_role(demo.desk, Role.SUPERVISOR)).sound


def test_messages_are_filled_in_and_spanish_ones_are_there(demo: Opened) -> None:
    texts = [peek(demo.desk, row.item_id).body for row in demo.rows]
    assert [text for text in texts if "{" in text or "}" in text] == []
    assert sum("Gracias" in text or "gracias" in text for text in texts) >= 2
    assert len(set(texts)) == 60


def test_who_asked_not_to_be_called_is_not_rung(demo: Opened) -> None:
    with pytest.raises(CallRefused) as refused:
        start_call(demo.desk, row_of(demo, "Gerald Pruitt").item_id)
    assert refused.value.sentence.startswith("They asked not to be called")


@pytest.mark.parametrize("hours", range(5, 7 * 24, 61))
def test_any_hour_of_the_week_works(tmp_path: Path, hours: int) -> None:
    demo = opened(tmp_path / "desk", at=TUESDAY_MORNING + timedelta(hours=hours), messages=34)
    sign_off(demo.desk)
    assert len(demo.rows) == 34


def facts(rows: tuple[QueueRow, ...]) -> list[tuple[object, ...]]:
    """Return what must be equal for equal seeds."""
    return [(row.who, row.phone_e164, row.state, row.received_at, row.clock.next_due_at, row.attempts) for row in rows]


def test_same_seed_same_practice(tmp_path: Path) -> None:
    first, again, other = (opened(tmp_path / str(turn), messages=15, seed=seed) for turn, seed in enumerate((7, 7, 8)))
    for demo in (first, again, other):
        sign_off(demo.desk)
    assert facts(again.rows) == facts(first.rows)
    assert facts(other.rows) != facts(first.rows)


@pytest.mark.parametrize("messages", [0, 1, 100])
def test_as_many_as_asked_for(tmp_path: Path, messages: int) -> None:
    demo = opened(tmp_path / "desk", messages=messages)
    sign_off(demo.desk)
    assert len(demo.rows) == messages
    assert len({row.who for row in demo.rows if not row.who.startswith("(unknown)")}) >= messages * 0.9 - 3


@pytest.mark.parametrize("role", Role)
def test_every_role_can_sign_in(tmp_path: Path, role: Role) -> None:
    desk = open_demo(FixedClock(TUESDAY_MORNING), role=role, messages=1, seed=1, folder=tmp_path / "desk")
    assert desk.actor.role is role
    assert desk.clock.now() == TUESDAY_MORNING
    sign_off(desk)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (TUESDAY_MORNING, TUESDAY_MORNING),
        (datetime(2026, 11, 24, 6, 13, tzinfo=UTC), datetime(2026, 11, 24, 15, 42, tzinfo=UTC)),
        (datetime(2026, 11, 27, 21, 30, tzinfo=UTC), datetime(2026, 11, 30, 15, 42, tzinfo=UTC)),
        (datetime(2026, 11, 28, 12, 0, tzinfo=UTC), datetime(2026, 11, 30, 15, 42, tzinfo=UTC)),
    ],
)
def test_the_practice_is_open_whenever_it_is_tried(at: datetime, shown: datetime) -> None:
    clock = FixedClock(at)
    tried = in_office_hours(clock)
    assert tried.now() == shown
    clock.advance(timedelta(seconds=5))
    assert tried.now() == shown + timedelta(seconds=5)


def test_a_past_given_up_keeps_what_is_stored_and_says_so(
    tmp_path: Path, as_role: Callable[[OpenDesk, Role], OpenDesk]
) -> None:
    practice = DemoPractice(FixedClock(TUESDAY_MORNING), role=Role.NURSE, messages=0, seed=7, folder=tmp_path / "desk")
    practice.write_past(200, go_on=lambda stored: stored < 60)
    (entry,) = audit.list_entries(as_role(practice.desk, Role.SUPERVISOR), action="demo_past_made")
    with practice.desk.store.read() as connection:
        (stored,) = connection.exec_driver_sql("SELECT count(*) FROM queue_item").one()
    practice.close()
    finished = stored - len(practice.items)
    assert 60 <= finished < 200
    assert (entry.facts["messages"], entry.facts["whole"]) == (finished, False)


def test_a_past_behind_the_screen_ends_when_the_desk_is_left(tmp_path: Path) -> None:
    practice = DemoPractice(FixedClock(TUESDAY_MORNING), role=Role.NURSE, messages=3, seed=7, folder=tmp_path / "desk")
    assert days_written(practice.desk) is None
    practice.write_past_behind(4_000)
    assert days_written(practice.desk) == (0, 90)
    snapshot(practice.desk)
    practice.close()
    assert days_written(practice.desk) is None
