"""Who is ringing which patient: one claim per patient, a token that fences stale owners, a lease on the boot clock."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, or_, select, update

from callback_tui.clock import BootInstant, Clock
from callback_tui.errors import CallRefused
from callback_tui.store.tables import patient_claim, staff
from callback_tui.views.queue import Holder

_TOKEN_BITS = 62
_NANOSECONDS = 1_000_000_000
_SECONDS_PER_MINUTE = 60


def take(
    connection: Connection,
    *,
    patient_id: int,
    item_id: int,
    number: str,
    holder_id: int,
    session_id: int | None,
    clock: Clock,
    lease_seconds: int,
    take_over_own: bool = False,
) -> int:
    """Claim a patient inside the caller's writing transaction and return the token that proves it.

    Refused while a live claim holds the patient, or, through another patient of the household, the same number.
    `take_over_own` lets a person go on with a call for the same item that an earlier sign-in of theirs left open.
    Raises CallRefused, naming the holder and since how many minutes.
    """
    same_line: ColumnElement[bool] = patient_claim.c.patient_id == patient_id
    if number:
        same_line = or_(same_line, patient_claim.c.number == number)
    for claim in connection.execute(_live(clock.boot()).where(same_line)):
        is_own = claim.holder_id == holder_id and claim.item_id == item_id
        if not (take_over_own and is_own):
            raise _held(claim.name, claim.claimed_at, clock.now(), same_patient=claim.patient_id == patient_id)
    token = secrets.randbits(_TOKEN_BITS)
    connection.execute(delete(patient_claim).where(patient_claim.c.patient_id == patient_id))
    connection.execute(
        patient_claim.insert().values(
            patient_id=patient_id,
            item_id=item_id,
            number=number,
            holder_id=holder_id,
            session_id=session_id,
            token=token,
            claimed_at=clock.now(),
            **_lease(clock.boot(), lease_seconds),
        )
    )
    return token


def check_not_held(connection: Connection, patient_id: int, *, by_other_than: int, clock: Clock) -> None:
    """Raise CallRefused, naming the holder and since how many minutes, while somebody else holds a patient."""
    for claim in connection.execute(_live(clock.boot()).where(patient_claim.c.patient_id == patient_id)):
        if claim.holder_id != by_other_than:
            raise _held(claim.name, claim.claimed_at, clock.now(), same_patient=True)


def renew(connection: Connection, patient_id: int, token: int, *, clock: Clock, lease_seconds: int) -> bool:
    """Prolong the lease, also one that lapsed while nobody else came. False when the token no longer holds."""
    if not holds(connection, patient_id, token, clock=clock):
        return False
    connection.execute(
        update(patient_claim).where(_is(patient_id, token)).values(**_lease(clock.boot(), lease_seconds))
    )
    return True


def holds(connection: Connection, patient_id: int, token: int, *, clock: Clock) -> bool:
    """Say whether the token still holds the patient and the line; every write of a call asks first.

    False once somebody took the patient over, or, after the lease lapsed, rings another patient at the same number.
    """
    number = connection.execute(select(patient_claim.c.number).where(_is(patient_id, token))).scalar_one_or_none()
    if not number:
        return number is not None
    elsewhere = _live(clock.boot()).where(patient_claim.c.number == number, patient_claim.c.patient_id != patient_id)
    return connection.execute(elsewhere).first() is None


def seconds_left(connection: Connection, patient_id: int, token: int, clock: Clock) -> int:
    """Return how long the lease still runs; 0 when it lapsed or the token no longer holds the patient."""
    boot = clock.boot()
    until_ns = connection.execute(
        select(patient_claim.c.lease_until_ns).where(
            _is(patient_id, token), patient_claim.c.lease_boot_id.in_(boot.ids)
        )
    ).scalar_one_or_none()
    return 0 if until_ns is None else max(0, (until_ns - boot.nanoseconds) // _NANOSECONDS)


def release(connection: Connection, patient_id: int, token: int) -> None:
    """Give the patient back. A stale token releases nothing."""
    connection.execute(delete(patient_claim).where(_is(patient_id, token)))


def break_off(connection: Connection, patient_id: int) -> None:
    """Free a patient whoever holds them; the token they were held with proves nothing from now on."""
    connection.execute(delete(patient_claim).where(patient_claim.c.patient_id == patient_id))


def release_session(connection: Connection, session_id: int) -> int:
    """Give back everything a sign-in holds and return how many patients that were."""
    return connection.execute(delete(patient_claim).where(patient_claim.c.session_id == session_id)).rowcount


def release_person(connection: Connection, staff_id: int) -> int:
    """Give back everything a person holds and return how many patients that were."""
    return connection.execute(delete(patient_claim).where(patient_claim.c.holder_id == staff_id)).rowcount


def holders(connection: Connection, clock: Clock) -> dict[int, Holder]:
    """Return the live claims by patient id."""
    return {
        row.patient_id: Holder(row.holder_id, row.name, row.claimed_at, row.item_id)
        for row in connection.execute(_live(clock.boot()))
    }


def _live(boot: BootInstant) -> Any:
    return (
        select(patient_claim, staff.c.name)
        .join(staff, staff.c.id == patient_claim.c.holder_id)
        .where(patient_claim.c.lease_boot_id.in_(boot.ids), patient_claim.c.lease_until_ns > boot.nanoseconds)
    )


def _is(patient_id: int, token: int) -> ColumnElement[bool]:
    return and_(patient_claim.c.patient_id == patient_id, patient_claim.c.token == token)


def _lease(boot: BootInstant, lease_seconds: int) -> Mapping[str, object]:
    return {
        "lease_boot_id": boot.boot_id,
        "lease_until_ns": boot.nanoseconds + lease_seconds * _NANOSECONDS,
    }


def _held(name: str, since: datetime, now: datetime, *, same_patient: bool) -> CallRefused:
    minutes = max(0, int((now - since).total_seconds()) // _SECONDS_PER_MINUTE)
    what = "this patient" if same_patient else "this number for another patient"
    return CallRefused("held", who=name, what=what, minutes=minutes)
