"""`callback-tui doctor`: the words, the JSON document and the exit status."""

from pathlib import Path

import pytest

from callback_tui.cli.session import open_desk
from callback_tui.clock import SystemClock
from callback_tui.errors import StoreError
from callback_tui.services.sign_in import sign_in, sign_off
from tests.cli.desk_command import run, signed_in
from tests.conftest import PASSPHRASE


def test_a_desk_in_order_ends_with_0(desk_folder: Path) -> None:
    ran = run("doctor", *signed_in(desk_folder, "supervisor"))
    assert (ran.status, ran.stderr) == (0, "")
    assert "ok    The audit is whole: " in ran.stdout
    assert "look  There is no on-call roster: nobody is fetched" in ran.stdout
    assert "      Write an [on_call] roster into the policy" in ran.stdout


def test_json_is_one_document_of_checks(desk_folder: Path) -> None:
    ran = run("doctor", "--json", *signed_in(desk_folder, "admin"))
    checks = ran.document()["checks"]
    assert ran.status == 0
    assert all(set(check) == {"name", "state", "sentence", "next_step"} for check in checks)
    assert {check["state"] for check in checks} == {"ok", "look"}
    assert all(check["next_step"] for check in checks if check["state"] != "ok")
    names = [check["name"] for check in checks]
    assert names[:5] == ["folder", "rights", "keys", "engine", "disk"]
    assert {"schema", "integrity", "audit", "policy", "holidays", "feeds", "on_call"} < set(names)
    assert {"clock", "sessions", "calls", "overdue"} < set(names)


def test_no_desk_ends_with_1_and_asks_for_no_passphrase(tmp_path: Path) -> None:
    ran = run("doctor", "--json", "--desk", str(tmp_path / "none"))
    assert (ran.status, [check["state"] for check in ran.document()["checks"]]) == (1, ["wrong"])


def test_a_wrong_passphrase_is_a_check_that_is_wrong(desk_folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not these words at all\n", encoding="utf-8")
    ran = run("doctor", "--desk", str(desk_folder), "--user", "nurse", "--passphrase-file", str(wrong))
    assert (ran.status, "wrong The name or the passphrase is not right." in ran.stdout) == (1, True)


def test_without_a_sign_in_the_files_are_checked(desk_folder: Path) -> None:
    ran = run("doctor", "--json", "--desk", str(desk_folder))
    checks = ran.document()["checks"]
    assert (ran.status, [check["name"] for check in checks][-1], checks[-1]["state"]) == (0, "sign_in", "look")


def test_a_tampered_audit_ends_with_1(desk_folder: Path) -> None:
    desk = sign_in(desk_folder, "admin", PASSPHRASE, SystemClock())
    with desk.store.write() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET action = 'nothing' WHERE seq = 4")
    sign_off(desk)
    ran = run("doctor", *signed_in(desk_folder, "admin"))
    assert (ran.status, "wrong The audit is not sound at entry 4" in ran.stdout) == (1, True)


def test_what_stopped_a_command_is_said_and_not_that_signing_off_failed_too(desk_folder: Path) -> None:
    _, folder, _, user, _, file = signed_in(desk_folder, "admin")

    def work_that_stops() -> None:
        with open_desk(Path(folder), user, Path(file)) as opened:
            opened.store.close()
            (desk_folder / "desk.db").write_bytes(b"no database any more" * 500)
            raise StoreError("busy")

    with pytest.raises(StoreError, match="The desk is busy"):
        work_that_stops()
