"""Who is ringing which patient: one claim per patient, a token that fences stale owners, a lease on the boot clock."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from callback_tui.clock import BootInstant, Clock
from callback_tui.errors import CallRefused
from callback_tui.store.tables import patient_claim, staff
from callback_tui.views.queue import Holder

_TOKEN_BITS = 62
_NANOSECONDS = 1_000_000_000
_SECONDS_PER_MINUTE = 60
_CLAIM = patient_claim.c
_OF_PATIENT = _CLAIM.patient_id == bindparam("patient")
_PROVEN = (_OF_PATIENT, _CLAIM.token == bindparam("proof"))
_SAME_NUMBER = _CLAIM.number == bindparam("number")
_live = cache(
    lambda: (
        select(patient_claim, staff.c.name)
        .join(staff, staff.c.id == _CLAIM.holder_id)
        .where(_CLAIM.lease_boot_id.in_(bindparam("boot_ids")), _CLAIM.lease_until_ns > bindparam("boot_ns"))
    )
)
_live_of_patient = cache(lambda: _live().where(_OF_PATIENT))
_live_of_line = cache(lambda: _live().where(_OF_PATIENT | (_SAME_NUMBER & (_CLAIM.number != ""))))
_live_elsewhere = cache(lambda: _live().where(_SAME_NUMBER, ~_OF_PATIENT))
_number = cache(lambda: select(_CLAIM.number).where(*_PROVEN))
_lease_of = cache(
    lambda: select(_CLAIM.lease_until_ns).where(*_PROVEN, _CLAIM.lease_boot_id.in_(bindparam("boot_ids")))
)
_addition = cache(lambda: insert(patient_claim))
_renewal = cache(lambda: update(patient_claim).where(*_PROVEN))
_release = cache(lambda: delete(patient_claim).where(*_PROVEN))
_breaking_off = cache(lambda: delete(patient_claim).where(_OF_PATIENT))


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
    asked = {"patient": patient_id, "number": number, **_now(clock.boot())}
    for claim in connection.execute(_live_of_line(), asked):
        is_own = claim.holder_id == holder_id and claim.item_id == item_id
        if not (take_over_own and is_own):
            raise _held(claim.name, claim.claimed_at, clock.now(), same_patient=claim.patient_id == patient_id)
    token = secrets.randbits(_TOKEN_BITS)
    break_off(connection, patient_id)
    connection.execute(
        _addition(),
        {
            "patient_id": patient_id,
            "item_id": item_id,
            "number": number,
            "holder_id": holder_id,
            "session_id": session_id,
            "token": token,
            "claimed_at": clock.now(),
            **_lease(clock.boot(), lease_seconds),
        },
    )
    return token


def check_not_held(connection: Connection, patient_id: int, *, by_other_than: int, clock: Clock) -> None:
    """Raise CallRefused, naming the holder and since how many minutes, while somebody else holds a patient."""
    for claim in connection.execute(_live_of_patient(), {"patient": patient_id, **_now(clock.boot())}):
        if claim.holder_id != by_other_than:
            raise _held(claim.name, claim.claimed_at, clock.now(), same_patient=True)


def renew(connection: Connection, patient_id: int, token: int, *, clock: Clock, lease_seconds: int) -> bool:
    """Prolong the lease, also one that lapsed while nobody else came. False when the token no longer holds."""
    if not holds(connection, patient_id, token, clock=clock):
        return False
    connection.execute(_renewal(), {"patient": patient_id, "proof": token, **_lease(clock.boot(), lease_seconds)})
    return True


def holds(connection: Connection, patient_id: int, token: int, *, clock: Clock) -> bool:
    """Say whether the token still holds the patient and the line; every write of a call asks first.

    False once somebody took the patient over, or, after the lease lapsed, rings another patient at the same number.
    """
    number = connection.execute(_number(), {"patient": patient_id, "proof": token}).scalar_one_or_none()
    if not number:
        return number is not None
    asked = {"patient": patient_id, "number": number, **_now(clock.boot())}
    return connection.execute(_live_elsewhere(), asked).first() is None


def seconds_left(connection: Connection, patient_id: int, token: int, clock: Clock) -> int:
    """Return how long the lease still runs; 0 when it lapsed or the token no longer holds the patient."""
    boot = clock.boot()
    asked = {"patient": patient_id, "proof": token, "boot_ids": boot.ids}
    until_ns = connection.execute(_lease_of(), asked).scalar_one_or_none()
    return 0 if until_ns is None else max(0, (until_ns - boot.nanoseconds) // _NANOSECONDS)


def release(connection: Connection, patient_id: int, token: int) -> None:
    """Give the patient back. A stale token releases nothing."""
    connection.execute(_release(), {"patient": patient_id, "proof": token})


def break_off(connection: Connection, patient_id: int) -> None:
    """Free a patient whoever holds them; the token they were held with proves nothing from now on."""
    connection.execute(_breaking_off(), {"patient": patient_id})


def release_session(connection: Connection, session_id: int) -> int:
    """Give back everything a sign-in holds and return how many patients that were."""
    return connection.execute(delete(patient_claim).where(_CLAIM.session_id == session_id)).rowcount


def release_person(connection: Connection, staff_id: int) -> int:
    """Give back everything a person holds and return how many patients that were."""
    return connection.execute(delete(patient_claim).where(_CLAIM.holder_id == staff_id)).rowcount


def holders(connection: Connection, clock: Clock) -> dict[int, Holder]:
    """Return the live claims by patient id."""
    return {
        row.patient_id: Holder(row.holder_id, row.name, row.claimed_at, row.item_id)
        for row in connection.execute(_live(), _now(clock.boot()))
    }


def _now(boot: BootInstant) -> Mapping[str, object]:
    return {"boot_ids": boot.ids, "boot_ns": boot.nanoseconds}


def _lease(boot: BootInstant, lease_seconds: int) -> Mapping[str, object]:
    return {
        "lease_boot_id": boot.boot_id,
        "lease_until_ns": boot.nanoseconds + lease_seconds * _NANOSECONDS,
    }


def _held(name: str, since: datetime, now: datetime, *, same_patient: bool) -> CallRefused:
    minutes = max(0, int((now - since).total_seconds()) // _SECONDS_PER_MINUTE)
    what = "this patient" if same_patient else "this number for another patient"
    return CallRefused("held", who=name, what=what, minutes=minutes)
