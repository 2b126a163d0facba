"""Test the desk by living at it: a day of a simulated practice, a week with --long, and a control for every promise."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import ColumnElement, insert, select, update

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import AttemptState, ItemState, Tier
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue import snapshot
from callback_tui.services.sign_in import sign_in
from callback_tui.store import policy as policies
from callback_tui.store import tables as t
from callback_tui.views.scorecard import PeriodName
from tests.services import simulated_checks as checks
from tests.services.simulated_figures import scorecard_follows_from_events
from tests.services.simulated_look import look
from tests.services.simulated_practice import PASSPHRASE, ZONE_OF_CODE
from tests.services.simulated_week import Summary, Week

NIGHT_OF_THE_CLOCKS = date(2026, 11, 1)
"""A Sunday of 25 hours, closed everywhere; the Monday after it is worked by everybody."""


@dataclass(frozen=True, slots=True)
class Lived:
    """A simulated practice after its last day."""

    folder: Path
    clock: FixedClock
    known: checks.Known
    summary: Summary


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Lived:
    """Live through the Sunday the clocks go back and the Monday after it; with --long through a busy week."""
    folder = tmp_path_factory.mktemp("simulated") / "desk"
    if request.config.getoption("--long"):
        week = Week(folder, seed=7, first=date(2026, 10, 29), days=7, a_day=400)
    else:
        week = Week(folder, seed=8, first=NIGHT_OF_THE_CLOCKS, days=2, a_day=40)
    return Lived(folder, week.clock, week.known, week.run())


@pytest.fixture
def after(lived: Lived, tmp_path: Path) -> Iterator[OpenDesk]:
    """Return a copy of the desk as it stands after the last day, to be broken."""
    desk = sign_in(Path(shutil.copytree(lived.folder, tmp_path / "desk")), "admin", PASSPHRASE, lived.clock)
    yield desk
    desk.store.close()


@pytest.mark.long
def test_every_promise_holds_at_every_step_of_a_simulated_practice(lived: Lived) -> None:
    """The run itself checks them; here that enough happened for that to mean something."""
    counts = lived.summary.counts
    happened = ("messages came by file", "messages taken by hand", "undone", "rivals turned away", "policy edits")
    assert all(counts[what] for what in happened)
    assert counts["crash"] + counts["parked"] > 0
    assert counts["resumed"] > 0
    assert sum(what.startswith("decided: ") for what in counts) >= 2
    assert sum(what.startswith("outcome: ") for what in counts) >= 9
    assert sum(counts[f"calls, {tier.value}"] > 0 for tier in Tier) >= 2
    assert all(n > 5 for _, n in lived.summary.figures.values())


def _first(desk: OpenDesk, *where: ColumnElement[bool]) -> int:
    with desk.store.read() as connection:
        return int(connection.execute(select(t.queue_item.c.id).where(*where).limit(1)).scalar_one())


def _overwrite(desk: OpenDesk, item_id: int, **columns: object) -> None:
    with desk.store.write() as connection:
        connection.execute(update(t.queue_item).where(t.queue_item.c.id == item_id).values(**columns))


def _lose_an_item(desk: OpenDesk) -> None:
    with desk.store.write() as connection:
        row = connection.execute(select(t.message).limit(1)).one()
        lost = {**row._mapping, "id": 10**6, "dedupe_key": "lost"}
        connection.execute(insert(t.message).values(**lost))


def _close_without_an_end(desk: OpenDesk) -> None:
    _overwrite(desk, _first(desk, t.queue_item.c.state == ItemState.OPEN), state=ItemState.CLOSED)


def _move_the_due_time(desk: OpenDesk) -> None:
    item = t.queue_item.c
    item_id = _first(desk, item.state == ItemState.CLOSED)
    with desk.store.read() as connection:
        due_at = connection.execute(select(item.due_at).where(item.id == item_id)).scalar_one()
    _overwrite(desk, item_id, due_at=due_at.replace(microsecond=1))


def _shorten_a_wait(desk: OpenDesk) -> None:
    _overwrite(desk, _first(desk, t.queue_item.c.call_back_seconds > 60), call_back_seconds=1)


def _ring_a_number_twice(desk: OpenDesk) -> None:
    item = t.queue_item.c
    with desk.store.write() as connection:
        two = connection.execute(select(item.patient_id, item.id).group_by(item.patient_id).limit(2)).all()
        for patient_id, item_id in two:
            claim = {"patient_id": patient_id, "item_id": item_id, "holder_id": 2, "number": "+12125550123"}
            lease = {"lease_boot_id": "fixed", "lease_until_ns": 2**62, "token": 1, "claimed_at": desk.clock.now()}
            connection.execute(insert(t.patient_claim).values(**claim, **lease))


@pytest.mark.parametrize(
    ("promise", "break_it"),
    [
        ("nothing lost", _lose_an_item),
        ("one state", _close_without_an_end),
        ("clocks follow from events", _move_the_due_time),
        ("measures follow from events", _shorten_a_wait),
        ("one caller", _ring_a_number_twice),
    ],
)
def test_what_is_broken_in_the_store_is_found(
    lived: Lived, after: OpenDesk, promise: str, break_it: Callable[[OpenDesk], None]
) -> None:
    look(after, lived.known, 0)
    break_it(after)
    with pytest.raises(checks.Violation, match=promise):
        look(after, lived.known, 0)


def test_a_queue_that_shows_something_else_than_is_stored_is_found(after: OpenDesk) -> None:
    now, shown = after.clock.now(), snapshot(after)
    assert len(shown.rows) > 1
    assert shown.asleep
    everything = sorted((*shown.rows, *shown.asleep), key=lambda row: row.clock.next_due_at)
    backwards = replace(shown, rows=tuple(everything[::-1]))
    with after.store.read() as connection:
        stored = checks.waiting(connection)
        with pytest.raises(checks.Violation, match="queue is whole"):
            checks.queue_is_whole(stored, replace(shown, rows=shown.rows[1:]))
        with pytest.raises(checks.Violation, match="in order"):
            checks.in_order(stored, backwards)
        with pytest.raises(checks.Violation, match="woken"):
            checks.woken(stored, shown, max(row.clock.next_due_at for row in shown.asleep))
        with pytest.raises(checks.Violation, match="counts agree"):
            checks.counts_agree(after, connection, replace(shown, asleep=()), now)


def test_a_figure_that_events_do_not_give_is_found(after: OpenDesk) -> None:
    scorecard_follows_from_events(after, PeriodName.MONTH, None)
    _shorten_a_wait(after)
    with pytest.raises(checks.Violation, match="scorecard follows from events"):
        scorecard_follows_from_events(after, PeriodName.MONTH, None)


def test_a_call_that_should_not_have_been_made_is_found(lived: Lived, after: OpenDesk) -> None:
    call = t.call_attempt.c
    on_the_ladder = (call.tier == Tier.ROUTINE, call.state == AttemptState.LOGGED, call.dialled_at.is_not(None))
    with after.store.read() as connection:
        policy = policies.current(connection)[1]
        row = connection.execute(select(t.call_attempt).where(*on_the_ladder).limit(1)).one()
        checks.may_be_rung(connection, row.id, lived.known, policy, ZONE_OF_CODE)
        unwilling = checks.Known(opted_out={row.patient_id})
        with pytest.raises(checks.Violation, match="opted out"):
            checks.may_be_rung(connection, row.id, unwilling, policy, ZONE_OF_CODE)
    with after.store.write() as connection:
        connection.execute(
            update(t.call_attempt).where(call.id == row.id).values(started_at=row.started_at.replace(hour=9))
        )
        with pytest.raises(checks.Violation, match="may be rung"):
            checks.may_be_rung(connection, row.id, lived.known, policy, ZONE_OF_CODE)


def test_a_changed_audit_is_found(lived: Lived, after: OpenDesk) -> None:
    checks.audit_sound(after, lived.known)
    with pytest.raises(checks.Violation, match="audit sound"):
        checks.audit_sound(after, checks.Known(verbs=10**6))
    with after.store.write() as connection:
        connection.execute(update(t.audit_entry).where(t.audit_entry.c.seq == 7).values(reason="never said"))
    with pytest.raises(checks.Violation, match="audit sound"):
        checks.audit_sound(after, lived.known)


def test_a_refusal_that_makes_no_sense_is_found(tmp_path: Path) -> None:
    week = Week(tmp_path / "desk", seed=1, first=NIGHT_OF_THE_CLOCKS, days=1, a_day=1)
    week.close()
    with pytest.raises(checks.Violation, match="refusals make sense"):
        week.refused(CallRefused("step_shut"), ("held",))
