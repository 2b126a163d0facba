"""Looking a desk over: what the files say without a secret, and the facts read of an open desk."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from callback_tui.clock import FixedClock
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.doctor import check_desk, check_files
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.presence import seen
from callback_tui.services.sign_in import sign_in
from callback_tui.store import gate
from callback_tui.views.doctor import Check, CheckState
from tests.conftest import PASSPHRASE
from tests.services.made_up import CHEST, REFILL, leave, supervisor
from tests.services.made_up_on_call import AWAY, MINUTE, add_roster, unattended


def by_name(checks: tuple[Check, ...]) -> dict[str, Check]:
    return {check.name: check for check in checks}


def states(checks: tuple[Check, ...]) -> dict[str, str]:
    return {check.name: check.state.value for check in checks}


def test_whole_files_are_said_to_be_so(desk_folder: Path) -> None:
    desk_folder.chmod(0o700)
    found = by_name(check_files(desk_folder))
    assert list(found) == ["folder", "rights", "keys", "engine", "disk"]
    assert (found["folder"].state, found["rights"].state, found["engine"].state) == (CheckState.OK,) * 3
    assert "5 can sign in" in found["keys"].sentence
    assert (found["keys"].state, "never typed back" in found["keys"].sentence) == (CheckState.LOOK, True)


def test_no_desk_ends_the_checks(tmp_path: Path) -> None:
    [check] = check_files(tmp_path)
    assert (check.name, check.state, "callback-tui init" in check.next_step) == ("folder", CheckState.WRONG, True)


def test_a_network_share_ends_the_checks(desk_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"30 22 0:40 / {desk_folder} rw - nfs4 server:/export rw\n", encoding="utf-8")
    monkeypatch.setattr(gate, "_MOUNT_TABLE", mounts)
    [check] = check_files(desk_folder)
    assert (check.state, "network share (nfs4)" in check.sentence) == (CheckState.WRONG, True)


def test_rights_of_others_and_damaged_keys_are_found_and_nothing_is_mended(desk_folder: Path) -> None:
    desk_folder.chmod(0o755)
    (desk_folder / "keys.json").write_text("{", encoding="utf-8")
    (desk_folder / "keys.json").chmod(0o644)
    found = by_name(check_files(desk_folder))
    assert (found["rights"].state, "2 of the desk's files" in found["rights"].sentence) == (CheckState.LOOK, True)
    assert (found["keys"].state, "damaged" in found["keys"].sentence) == (CheckState.WRONG, True)
    assert desk_folder.stat().st_mode & 0o777 == 0o755


def test_a_desk_is_read_without_a_word_about_patients(desk: OpenDesk, clock: FixedClock) -> None:
    leave(desk, CHEST, minutes_ago=30)
    leave(desk, REFILL, "Ana Ruiz", "(212) 555-0111")
    found = by_name(check_desk(supervisor(desk)))
    assert found["audit"].state is CheckState.OK
    assert found["overdue"].sentence == "Past their due time: 1 emergent."
    assert found["on_call"].state is CheckState.LOOK
    assert found["integrity"].state is CheckState.OK
    said = " ".join(f"{check.sentence} {check.next_step}" for check in found.values())
    assert not any(word in said for word in ("Tom", "Reid", "Ana", "Ruiz", "555", "chest"))
    assert by_name(check_desk(desk))["audit"].state is CheckState.LOOK
    clock.set_wall(clock.now() - timedelta(hours=1))
    assert by_name(check_desk(desk))["clock"].sentence.startswith("The machine's clock is 1 h behind")


def test_what_was_never_ended_is_counted(desk: OpenDesk, desk_folder: Path, clock: FixedClock) -> None:
    start_call(desk, leave(desk))
    assert states(check_desk(desk))["calls"] == "ok"
    clock.advance(timedelta(days=1, minutes=1))
    later = sign_in(desk_folder, "clinician", PASSPHRASE, clock)
    found = by_name(check_desk(later))
    assert found["calls"].sentence.startswith("1 call is over")
    assert found["sessions"].sentence.startswith("1 sign-in was never ended")
    assert found["clock"].state is CheckState.OK
    clock.set_wall(clock.now() + timedelta(hours=2))
    assert "set forward by 2 h" in by_name(check_desk(later))["clock"].sentence
    later.store.close()


def test_urgent_messages_that_came_with_nobody_there_are_counted(desk_folder: Path, clock: FixedClock) -> None:
    night = timedelta(hours=10)
    clock.advance(night)
    admin = unattended(desk_folder, clock)
    leave(admin, CHEST)
    assert by_name(check_desk(admin))["on_call"].sentence.endswith(" 1 came so in the last 7 days.")
    admin.store.close()


def test_urgent_messages_of_a_night_shift_are_not(desk_folder: Path, clock: FixedClock) -> None:
    clock.advance(timedelta(hours=10))
    nurse = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    leave(nurse, CHEST, minutes_ago=0)
    assert "came so" not in by_name(check_desk(nurse))["on_call"].sentence
    nurse.store.close()


def test_the_command_of_the_roster_must_be_there(desk_folder: Path, clock: FixedClock, tmp_path: Path) -> None:
    admin = unattended(desk_folder, clock)
    add_roster(admin, tmp_path)
    assert "cannot be found" not in by_name(check_desk(admin))["on_call"].sentence
    assert "only an open desk looks after it" in by_name(check_desk(admin))["on_call"].sentence
    watching = unattended(desk_folder, clock)
    assert by_name(check_desk(admin))["on_call"].state is CheckState.OK
    clock.advance(AWAY)
    assert by_name(check_desk(admin))["on_call"].state is CheckState.OK
    clock.advance(MINUTE)
    assert by_name(check_desk(admin))["on_call"].state is CheckState.LOOK
    seen(watching, clock.now())
    assert by_name(check_desk(admin))["on_call"].state is CheckState.OK
    watching.store.close()
    apply_policy(admin, policy_text(admin).replace(sys.executable, "no-such-page-command"))
    assert by_name(check_desk(admin))["on_call"].state is CheckState.WRONG
    admin.store.close()


def test_a_database_that_does_not_fit_together_is_found(desk_folder: Path, desk: OpenDesk, clock: FixedClock) -> None:
    leave(desk, minutes_ago=1)
    with desk.store.write() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema = ON")
        connection.exec_driver_sql(
            "UPDATE sqlite_master SET sql = replace(sql, 'asleep_until TEXT', 'asleep_until TEXT NOT NULL')"
            " WHERE name = 'queue_item'"
        )
    damaged = sign_in(desk_folder, "clinician", PASSPHRASE, clock)
    assert by_name(check_desk(damaged))["integrity"].state is CheckState.WRONG
    damaged.store.close()
