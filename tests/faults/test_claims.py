"""Eight desks of one practice, each a process, ring the same patients: nobody is rung by two of them."""

import multiprocessing
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from multiprocessing.pool import Pool
from pathlib import Path

import pytest
from sqlalchemy import func, select

from callback_tui.clock import SystemClock
from callback_tui.models.vocabulary import ItemState
from callback_tui.store import schema
from callback_tui.store.engine import open_store
from callback_tui.store.tables import queue_item
from tests.faults.claim_worker import KEY, Call, ring_until_none_is_left
from tests.store.call_rows import add_items, add_patient, add_people, add_site

DESKS = 8
MESSAGES_PER_PATIENT = 5


@pytest.fixture(scope="module")
def desks() -> Iterator[Pool]:
    """Return eight processes, forked from one that has only loaded the program: eight would load it anew."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.claim_worker"])
    with context.Pool(DESKS) as pool:
        yield pool


def ring_everybody(desks: Pool, folder: Path, patients: int, *, by_patient: bool) -> list[Call]:
    """Fill a store, let the desks empty its queue, and return all calls."""
    now = SystemClock().now()
    store = open_store(folder, data_key=KEY, audit_key=KEY, is_new=True)
    schema.create_or_upgrade(store)
    with store.write() as connection:
        site_id = add_site(connection)
        add_people(connection, DESKS, now)
        people = [add_patient(connection, now) for _ in range(patients)]
        waiting = [patient_id for patient_id in people for _ in range(MESSAGES_PER_PATIENT)]
        add_items(connection, patient_ids=waiting, site_id=site_id, now=now)
    store.close()
    work = [(str(folder), desk, by_patient) for desk in range(1, DESKS + 1)]
    return [call for calls in desks.starmap(ring_until_none_is_left, work, chunksize=1) for call in calls]


def overlaps(calls: Sequence[Call]) -> int:
    """Count the calls to a patient that began before another desk's call to the same patient had ended."""
    in_order = sorted(calls, key=lambda call: (call.patient_id, call.began))
    return sum(
        earlier.patient_id == later.patient_id and later.began < earlier.ended for earlier, later in pairwise(in_order)
    )


def test_a_thousand_messages_no_double_no_overlap_nothing_lost(desks: Pool, tmp_path: Path) -> None:
    calls = ring_everybody(desks, tmp_path / "desk", 200, by_patient=True)
    assert Counter(call.item_id for call in calls).most_common(1)[0][1] == 1
    assert overlaps(calls) == 0
    assert len(calls) == 200 * MESSAGES_PER_PATIENT
    assert len({call.desk for call in calls}) > 1
    store = open_store(tmp_path / "desk", data_key=KEY, audit_key=KEY)
    with store.read() as connection:
        closed = select(func.count()).where(queue_item.c.state == ItemState.CLOSED)
        assert connection.execute(closed).scalar_one() == len(calls)
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    store.close()


def test_claiming_by_message_alone_lets_two_desks_ring_one_patient(desks: Pool, tmp_path: Path) -> None:
    calls = ring_everybody(desks, tmp_path / "desk", 60, by_patient=False)
    assert Counter(call.item_id for call in calls).most_common(1)[0][1] == 1
    assert overlaps(calls) > 0
