"""Claims: one per patient and number, fenced by a token, lapsing on the boot clock alone."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.clock import FixedClock, reckoned_boot_ids
from callback_tui.errors import CallRefused
from callback_tui.store import claims, schema
from callback_tui.store.engine import Store, open_store
from tests.conftest import MONDAY_MORNING
from tests.store.call_rows import add_item, add_patient, add_people, add_site

LEASE_SECONDS = 120
HOUSE = "+12125550147"


@dataclass(frozen=True)
class Ward:
    """Two nurses, two patients of one household, one message each."""

    store: Store
    clock: FixedClock
    nurses: list[int]
    patients: list[int]
    items: list[int]

    def take(self, nurse: int, patient: int, *, number: str = "", take_over_own: bool = False) -> int:
        """Let a nurse claim a patient."""
        with self.store.write() as connection:
            return claims.take(
                connection,
                patient_id=self.patients[patient],
                item_id=self.items[patient],
                number=number,
                holder_id=self.nurses[nurse],
                session_id=None,
                clock=self.clock,
                lease_seconds=LEASE_SECONDS,
                take_over_own=take_over_own,
            )

    def renew(self, patient: int, token: int) -> bool:
        """Send a heartbeat."""
        with self.store.write() as connection:
            return claims.renew(
                connection, self.patients[patient], token, clock=self.clock, lease_seconds=LEASE_SECONDS
            )

    def release(self, patient: int, token: int) -> None:
        """Give a patient back."""
        with self.store.write() as connection:
            claims.release(connection, self.patients[patient], token)

    def held(self) -> set[tuple[int, int]]:
        """Return who holds whom, as positions."""
        with self.store.read() as connection:
            found = claims.holders(connection, self.clock)
        return {(self.patients.index(patient), self.nurses.index(holder.staff_id)) for patient, holder in found.items()}


@pytest.fixture
def ward(store: Store, clock: FixedClock) -> Ward:
    """Return a ward in a store of its own."""
    return make_ward(store, clock)


def make_ward(store: Store, clock: FixedClock) -> Ward:
    """Fill an empty store."""
    schema.create_or_upgrade(store)
    with store.write() as connection:
        site_id = add_site(connection)
        nurses = add_people(connection, 2, clock.now())
        patients = [add_patient(connection, clock.now()) for _ in range(2)]
        items = [add_item(connection, patient_id=one, site_id=site_id, now=clock.now()) for one in patients]
    return Ward(store, clock, nurses, patients, items)


def test_a_second_nurse_is_refused_with_the_holder_and_the_minutes(ward: Ward) -> None:
    ward.take(0, 0)
    ward.clock.advance(timedelta(seconds=90))
    with pytest.raises(CallRefused, match=r"Nurse 1 is ringing this patient, for 1 min\."):
        ward.take(1, 0)
    assert ward.held() == {(0, 0)}


def test_the_same_nurse_cannot_start_twice_but_may_go_on_after_a_crash(ward: Ward) -> None:
    first = ward.take(0, 0)
    with pytest.raises(CallRefused):
        ward.take(0, 0)
    second = ward.take(0, 0, take_over_own=True)
    assert not ward.renew(0, first)
    assert ward.renew(0, second)
    with pytest.raises(CallRefused):
        ward.take(1, 0, take_over_own=True)


def test_a_number_shared_by_a_household_rings_once(ward: Ward) -> None:
    token = ward.take(0, 0, number=HOUSE)
    with pytest.raises(CallRefused, match="this number for another patient"):
        ward.take(1, 1, number=HOUSE)
    ward.release(0, token)
    ward.take(1, 1, number=HOUSE)
    assert ward.held() == {(1, 1)}


def test_patients_without_a_number_do_not_block_each_other(ward: Ward) -> None:
    ward.take(0, 0)
    ward.take(1, 1)
    assert ward.held() == {(0, 0), (1, 1)}


def test_a_heartbeat_keeps_the_claim_and_silence_loses_it(ward: Ward) -> None:
    token = ward.take(0, 0)
    ward.clock.advance(timedelta(seconds=LEASE_SECONDS - 1))
    assert ward.renew(0, token)
    ward.clock.advance(timedelta(seconds=LEASE_SECONDS - 1))
    assert ward.held() == {(0, 0)}
    ward.clock.advance(timedelta(seconds=1))
    assert ward.held() == set()
    ward.take(1, 0)
    assert ward.held() == {(0, 1)}


def test_a_stale_owner_can_neither_renew_nor_release(ward: Ward) -> None:
    stale = ward.take(0, 0)
    ward.clock.advance(timedelta(seconds=LEASE_SECONDS))
    ward.take(1, 0)
    assert not ward.renew(0, stale)
    ward.release(0, stale)
    with ward.store.read() as connection:
        assert not claims.holds(connection, ward.patients[0], stale, clock=ward.clock)
    assert ward.held() == {(0, 1)}


def test_a_late_heartbeat_before_anybody_else_came_still_counts(ward: Ward) -> None:
    token = ward.take(0, 0)
    ward.clock.advance(timedelta(seconds=LEASE_SECONDS * 3))
    assert ward.renew(0, token)
    assert ward.held() == {(0, 0)}


def test_a_late_heartbeat_after_another_patient_was_rung_at_the_number_loses(ward: Ward) -> None:
    late = ward.take(0, 0, number=HOUSE)
    ward.clock.advance(timedelta(seconds=LEASE_SECONDS))
    other = ward.take(1, 1, number=HOUSE)
    assert not ward.renew(0, late)
    with ward.store.read() as connection:
        assert not claims.holds(connection, ward.patients[0], late, clock=ward.clock)
        assert claims.holds(connection, ward.patients[1], other, clock=ward.clock)
    assert ward.held() == {(1, 1)}
    ward.release(1, other)
    assert ward.renew(0, late)


@pytest.mark.parametrize("jump", [timedelta(seconds=61), timedelta(hours=1), timedelta(days=-1), timedelta(days=400)])
def test_a_change_of_the_wall_clock_frees_nobody(ward: Ward, jump: timedelta) -> None:
    ward.take(0, 0)
    ward.clock.set_wall(ward.clock.now() + jump)
    with pytest.raises(CallRefused):
        ward.take(1, 0)


def test_a_restart_of_the_machine_frees_everything(ward: Ward) -> None:
    ward.take(0, 0)
    ward.clock.boot_id = "after the restart"
    ward.clock.boot_nanoseconds = 0
    ward.take(1, 0)
    assert ward.held() == {(0, 1)}


def test_a_process_that_names_the_same_boot_otherwise_frees_nobody(ward: Ward) -> None:
    """Where the system has no boot id it is reckoned from two clocks, and half a minute rounds either way."""
    first, second = (reckoned_boot_ids(booted_at) for booted_at in (29.9, 30.1))
    assert first[0] != second[0]
    ward.clock.boot_id, *others = first
    ward.clock.other_boot_ids = tuple(others)
    token = ward.take(0, 0)
    ward.clock.boot_id, *others = second
    ward.clock.other_boot_ids = tuple(others)
    assert ward.held() == {(0, 0)}
    with ward.store.read() as connection:
        assert claims.seconds_left(connection, ward.patients[0], token, ward.clock) == LEASE_SECONDS
    ward.clock.boot_id, *others = reckoned_boot_ids(300)
    ward.clock.other_boot_ids = tuple(others)
    assert ward.held() == set()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["take", "renew", "release"]), st.integers(0, 1), st.integers(0, 1)),
        st.tuples(st.just("pass"), st.integers(1, 200), st.just(0)),
        st.tuples(st.just("wall"), st.integers(-4000, 4000), st.just(0)),
    ),
    max_size=30,
)


@settings(max_examples=30, deadline=None)
@given(steps=STEPS)
def test_two_nurses_never_hold_one_patient_whatever_happens(
    steps: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A model beside the store: who got a patient keeps it until release or until the lease ran out unrenewed."""
    ward = model_ward(tmp_path_factory)
    tokens: dict[tuple[int, int], int] = {}
    until: dict[int, tuple[int, int]] = {}
    for step, first, second in steps:
        now = ward.clock.boot_nanoseconds // 1_000_000_000
        if step == "pass":
            ward.clock.advance(timedelta(seconds=first))
        elif step == "wall":
            ward.clock.set_wall(ward.clock.now() + timedelta(seconds=first))
        elif step == "take":
            is_free = second not in until or until[second][1] <= now
            try:
                tokens[first, second] = ward.take(first, second)
            except CallRefused:
                assert not is_free
            else:
                assert is_free
                until[second] = (first, now + LEASE_SECONDS)
        elif (first, second) in tokens and step == "renew":
            is_owner = until.get(second, (None, 0))[0] == first
            assert ward.renew(second, tokens[first, second]) is is_owner
            if is_owner:
                until[second] = (first, now + LEASE_SECONDS)
        elif (first, second) in tokens and step == "release":
            ward.release(second, tokens[first, second])
            if until.get(second, (None, 0))[0] == first:
                del until[second]
        now = ward.clock.boot_nanoseconds // 1_000_000_000
        assert ward.held() == {(patient, nurse) for patient, (nurse, end) in until.items() if end > now}
    ward.store.close()


def model_ward(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    """Return a fresh ward for one example."""
    folder = tmp_path_factory.mktemp("ward") / "store"
    store = open_store(folder, data_key=b"k" * 32, audit_key=b"a" * 32, is_new=True)
    return make_ward(store, FixedClock(MONDAY_MORNING))
