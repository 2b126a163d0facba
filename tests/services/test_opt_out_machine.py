"""No sequence of writes gets past an opt-out: a desk worked at random, and three desks that are broken on purpose."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test
from sqlalchemy import delete, select, update

from callback_tui.models.vocabulary import AttemptState, OptOutScope, Outcome, Tier
from callback_tui.services.desk import OpenDesk
from callback_tui.store import calls
from callback_tui.store import tables as t
from callback_tui.views.call import CallSheet
from tests.services.opt_out_machine import E164, PICK, Desk

SMALL = settings(
    max_examples=8,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LARGE = settings(SMALL, max_examples=150, stateful_step_count=50)
CONTROL = settings(SMALL, max_examples=100, phases=[Phase.generate], report_multiple_bugs=False)
HAPPENED = {
    *(
        "rung",
        "imported",
        "opted out",
        "taken back",
        "outcome",
        "undone",
        "parked",
        "resumed",
        "scheduled",
        "called in",
    ),
    *("rung past an opt-out", "rung: may_not_ring", "rung: reason_needed"),
}
Machine = TypeVar("Machine", bound=Desk)


@pytest.fixture
def machine(desk_template: Path) -> type[Desk]:
    """Return the machine on a fresh desk, with nothing counted."""
    Desk.template = desk_template
    Desk.seen = Counter()
    return Desk


@pytest.mark.long
def test_no_sequence_of_writes_gets_past_an_opt_out(machine: type[Desk], request: pytest.FixtureRequest) -> None:
    is_long = request.config.getoption("--long")
    run_state_machine_as_test(machine, settings=LARGE if is_long else SMALL)
    if is_long:
        assert machine.seen.keys() >= HAPPENED


class Forgetful(Desk):
    """A desk with one verb that dials without asking."""

    @rule(which=PICK)
    def dial_unasked(self, which: int) -> None:
        """Store a call the way the dial key does, the rules left out."""
        item = self.item(which)
        now = self.clock.now()
        with self.desk.store.write() as connection:
            values = {"item_id": item.id, "patient_id": item.patient_id, "staff_id": self.desk.actor.staff_id}
            said = {"tier": Tier.ROUTINE, "state": AttemptState.LOGGED, "outcome": Outcome.NO_ANSWER}
            dialled = {"number_dialled": E164[0], "started_at": now, "dialled_at": now}
            calls.add_attempt(connection, {**values, **said, **dialled})


class Unreviewed(Desk):
    """A desk whose dial writes the reason and raises no review."""

    def dial(self, desk: OpenDesk, item_id: int, point_id: int | None, reason: str) -> CallSheet:
        """Start a call, then lose what it raised."""
        sheet = super().dial(desk, item_id, point_id, reason)
        with self.desk.store.write() as connection:
            connection.execute(delete(t.follow_up).where(t.follow_up.c.attempt_id == sheet.attempt_id))
        return sheet


class Overwriting(Desk):
    """A desk whose card screen writes over requests."""

    @rule(which=PICK, scope=st.sampled_from([OptOutScope.NUMBER, OptOutScope.CHANNEL]))
    def narrow(self, which: int, scope: OptOutScope) -> None:
        """Make a request reach less far."""
        fact = self.pick(self.facts, which)
        if fact is not None:
            with self.desk.store.write() as connection:
                values = {"scope": scope, "number": "+12125550199"}
                connection.execute(update(t.opt_out_fact).where(t.opt_out_fact.c.id == fact[0]).values(**values))


def test_a_verb_that_dials_unasked_makes_the_machine_fail(machine: type[Desk]) -> None:
    assert issubclass(Forgetful, machine)
    with pytest.raises(AssertionError, match="rung past an opt-out without a reason"):
        run_state_machine_as_test(Forgetful, settings=CONTROL)


def test_a_review_that_is_not_raised_is_noticed(machine: type[Desk]) -> None:
    with _after_a_request(Unreviewed, machine, urgent=True) as state:
        with state.desk.store.read() as connection:
            item_id = connection.execute(select(t.queue_item.c.id)).scalar_one()
        state.dial(state.desk, item_id, None, "worse pain")
        with pytest.raises(AssertionError, match="no supervisor will see"):
            state.nobody_was_rung_who_may_not_be()


def test_a_request_that_is_written_over_is_noticed(machine: type[Desk]) -> None:
    with _after_a_request(Overwriting, machine, urgent=False) as state:
        state.narrow(0, OptOutScope.NUMBER)
        with pytest.raises(AssertionError, match="changed or lost"):
            state.nobody_was_rung_who_may_not_be()


@contextmanager
def _after_a_request(broken: type[Machine], machine: type[Desk], *, urgent: bool) -> Iterator[Machine]:
    """Yield a broken desk at which somebody who left a message asked not to be called, and nothing else was done."""
    assert issubclass(broken, machine)
    state = broken()
    state.first_patient(urgent=urgent, asks=True)
    state.nobody_was_rung_who_may_not_be()
    yield state
    state.teardown()
