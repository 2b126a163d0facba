"""One desk of the claim harness: a process of its own that rings item after item until none is left."""

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from callback_tui.clock import SystemClock
from callback_tui.models.vocabulary import ItemState
from callback_tui.store import claims
from callback_tui.store.engine import Store, open_store
from callback_tui.store.tables import queue_item

KEY = b"k" * 32
LEASE_SECONDS = 120
MOST_WORK_ROUNDS = 8_000
CLOCK = SystemClock()


class Call(NamedTuple):
    """One call as its desk saw it: certainly under way from `began` to `ended`, on the machine's monotonic clock."""

    item_id: int
    patient_id: int
    desk: int
    began: int
    ended: int


Took = tuple[int, int, int]
Taker = Callable[[Connection, int], Took | None]


def ring_until_none_is_left(folder: str, desk: int, by_patient: bool) -> list[Call]:
    """Work as desk number `desk` and return its calls; by item alone, the naive way, unless `by_patient`."""
    store = open_store(Path(folder), data_key=KEY, audit_key=KEY)
    take = take_patient if by_patient else take_item
    calls = []
    try:
        while True:
            with store.write() as connection:
                took = take(connection, desk)
            if took is None:
                if some_open(store):
                    continue
                break
            item_id, patient_id, token = took
            began = time.monotonic_ns()
            hashlib.pbkdf2_hmac("sha256", b"a call", b"", 1 + item_id * 7919 % MOST_WORK_ROUNDS)
            ended = time.monotonic_ns()
            with store.write() as connection:
                connection.execute(update(queue_item).where(queue_item.c.id == item_id).values(state=ItemState.CLOSED))
                claims.release(connection, patient_id, token)
            calls.append(Call(item_id, patient_id, desk, began, ended))
    finally:
        store.close()
    return calls


def some_open(store: Store) -> bool:
    """Say whether any message still waits."""
    with store.read() as connection:
        return (
            connection.execute(select(queue_item.c.id).where(queue_item.c.state == ItemState.OPEN)).first() is not None
        )


def take_patient(connection: Connection, desk: int) -> Took | None:
    """Claim the patient of the first message whose patient nobody holds, the way the desk does."""
    held = claims.holders(connection, CLOCK)
    waiting = connection.execute(
        select(queue_item.c.id, queue_item.c.patient_id)
        .where(queue_item.c.state == ItemState.OPEN, queue_item.c.patient_id.not_in(held))
        .order_by(queue_item.c.id)
        .limit(1)
    ).first()
    if waiting is None:
        return None
    token = claims.take(
        connection,
        patient_id=waiting.patient_id,
        item_id=waiting.id,
        number="",
        holder_id=desk,
        session_id=None,
        clock=CLOCK,
        lease_seconds=LEASE_SECONDS,
    )
    return waiting.id, waiting.patient_id, token


def take_item(connection: Connection, _desk: int) -> Took | None:
    """Claim the first waiting message as such: atomic, without a double, and blind to the patient."""
    waiting = connection.execute(
        select(queue_item.c.id, queue_item.c.patient_id)
        .where(queue_item.c.state == ItemState.OPEN)
        .order_by(queue_item.c.id)
        .limit(1)
    ).first()
    if waiting is None:
        return None
    connection.execute(update(queue_item).where(queue_item.c.id == waiting.id).values(state=ItemState.ESCALATED))
    return waiting.id, waiting.patient_id, 0
