"""Signing in and off: who gets in, what is kept of tries, what leaving gives back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from callback_tui.clock import FixedClock
from callback_tui.errors import KeyRefused, StoreError
from callback_tui.models.vocabulary import Role
from callback_tui.services.desk import OpenDesk
from callback_tui.services.sign_in import sign_in, sign_off
from callback_tui.services.staff import disable_staff
from callback_tui.store import claims, sign_in_tries
from callback_tui.store.tables import audit_entry, desk_session
from tests.conftest import PASSPHRASE
from tests.store.call_rows import add_item, add_patient

WRONG = "not the passphrase"


def refuse(folder: Path, clock: FixedClock, times: int, username: str = "nurse") -> None:
    """Type a wrong passphrase some times."""
    for _ in range(times):
        with pytest.raises(KeyRefused, match="not right"):
            sign_in(folder, username, WRONG, clock)


def facts_of_last_sign_in(desk: OpenDesk) -> str:
    """Return what the newest sign-in entry of the audit says."""
    query = select(audit_entry.c.facts_json).where(audit_entry.c.action == "signed_in")
    with desk.store.read() as connection:
        return str(connection.execute(query.order_by(audit_entry.c.seq.desc()).limit(1)).scalar_one())


def test_a_sign_in_is_kept_from_opening_to_leaving(desk: OpenDesk, desk_folder: Path, clock: FixedClock) -> None:
    assert desk.actor.role is Role.NURSE
    clock.advance(timedelta(hours=1))
    left_at = clock.now()
    sign_off(desk)
    supervisor = sign_in(desk_folder, "supervisor", PASSPHRASE, clock)
    with supervisor.store.read() as connection:
        row = connection.execute(select(desk_session).where(desk_session.c.id == desk.actor.session_id)).one()
    assert (row.staff_id, row.started_at, row.ended_at) == (
        desk.actor.staff_id,
        left_at - timedelta(hours=1),
        left_at,
    )
    supervisor.store.close()


def test_five_wrong_tries_close_the_name_even_to_the_right_passphrase(desk_folder: Path, clock: FixedClock) -> None:
    refuse(desk_folder, clock, 5)
    with pytest.raises(KeyRefused, match=r"closed this name\. Wait 15 min"):
        sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    clock.advance(timedelta(minutes=14, seconds=59))
    with pytest.raises(KeyRefused, match="Wait 1 min"):
        sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    clock.advance(timedelta(seconds=1))
    sign_in(desk_folder, "nurse", PASSPHRASE, clock).store.close()


def test_tries_made_while_the_clock_was_wrong_keep_nobody_out(desk_folder: Path, clock: FixedClock) -> None:
    now = clock.now()
    clock.advance(timedelta(days=365))
    refuse(desk_folder, clock, 5)
    sign_in(desk_folder, "nurse", PASSPHRASE, FixedClock(now)).store.close()


def test_a_closed_name_closes_nobody_else(desk_folder: Path, clock: FixedClock) -> None:
    refuse(desk_folder, clock, 5)
    sign_in(desk_folder, "supervisor", PASSPHRASE, clock).store.close()
    with pytest.raises(KeyRefused, match="closed this name"):
        sign_in(desk_folder, "nurse", PASSPHRASE, clock)


def test_a_right_passphrase_starts_the_count_again(desk_folder: Path, clock: FixedClock) -> None:
    refuse(desk_folder, clock, 4)
    sign_in(desk_folder, "nurse", PASSPHRASE, clock).store.close()
    refuse(desk_folder, clock, 4)
    sign_in(desk_folder, "nurse", PASSPHRASE, clock).store.close()


def test_refused_tries_are_audited_once_and_unknown_names_are_not_written_down(
    desk_folder: Path, clock: FixedClock
) -> None:
    refuse(desk_folder, clock, 2)
    refuse(desk_folder, clock, 1, username="my secret passphrase")
    assert "secret" not in "".join(path.read_text() for path in desk_folder.glob("*.log"))
    desk = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    assert '"refused_before": {"nurse": 2, "unknown name": 1}' in facts_of_last_sign_in(desk)
    desk.store.close()
    desk = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    assert '"refused_before": {}' in facts_of_last_sign_in(desk)
    desk.store.close()


def test_tries_of_a_colleague_still_count_after_somebody_else_signed_in(desk_folder: Path, clock: FixedClock) -> None:
    refuse(desk_folder, clock, 3)
    sign_in(desk_folder, "admin", PASSPHRASE, clock).store.close()
    refuse(desk_folder, clock, 2)
    with pytest.raises(KeyRefused, match="closed this name"):
        sign_in_tries.check(desk_folder, "nurse", clock.now())


def test_a_line_cut_short_by_a_crash_keeps_nobody_out(desk_folder: Path, clock: FixedClock) -> None:
    refuse(desk_folder, clock, 5)
    (log,) = desk_folder.glob("*.log")
    log.write_text(log.read_text()[:-9])
    sign_in(desk_folder, "nurse", PASSPHRASE, clock).store.close()


def test_somebody_deactivated_meanwhile_can_still_leave(
    desk: OpenDesk, as_role: Callable[[OpenDesk, Role], OpenDesk]
) -> None:
    disable_staff(as_role(desk, Role.ADMIN), "nurse")
    sign_off(desk)


def test_a_folder_without_a_desk_is_refused(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(StoreError, match="There is no desk"):
        sign_in(tmp_path, "nurse", PASSPHRASE, clock)


def test_a_database_that_was_swapped_for_another_is_not_blamed_on_the_passphrase(
    desk_folder: Path, clock: FixedClock
) -> None:
    (desk_folder / "desk.db").write_bytes(b"x" * 8192)
    with pytest.raises(StoreError, match="damaged"):
        sign_in(desk_folder, "nurse", PASSPHRASE, clock)


def test_leaving_gives_back_what_this_sign_in_held(desk: OpenDesk, desk_folder: Path, clock: FixedClock) -> None:
    other = sign_in(desk_folder, "clinician", PASSPHRASE, clock)
    held = []
    for holder in (desk, other):
        with desk.store.write() as connection:
            patient_id = add_patient(connection, clock.now())
            item_id = add_item(connection, patient_id=patient_id, site_id=1, now=clock.now())
            claims.take(
                connection,
                patient_id=patient_id,
                item_id=item_id,
                number="",
                holder_id=holder.actor.staff_id,
                session_id=holder.actor.session_id,
                clock=clock,
                lease_seconds=120,
            )
            held.append(patient_id)
    sign_off(desk)
    with other.store.read() as connection:
        assert set(claims.holders(connection, clock)) == {held[1]}
    other.store.close()


def test_an_emptied_database_is_refused_as_damaged_and_stays_as_it_is(desk_folder: Path, clock: FixedClock) -> None:
    (desk_folder / "desk.db").write_bytes(b"")
    before = sorted((path.name, path.read_bytes()) for path in desk_folder.iterdir())
    with pytest.raises(StoreError, match="it is damaged"):
        sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    assert sorted((path.name, path.read_bytes()) for path in desk_folder.iterdir()) == before
