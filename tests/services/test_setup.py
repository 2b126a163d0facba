"""Setting up a desk: what it makes, what it refuses, what it leaves behind."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError, KeyRefused, PolicyError, StoreError
from callback_tui.models.vocabulary import Role
from callback_tui.services.audit import list_entries
from callback_tui.services.policy import current_policy
from callback_tui.services.setup import SetupResult, confirm_recovery_code, init_desk, recovery_code_unconfirmed
from callback_tui.services.sign_in import sign_in, sign_off
from callback_tui.services.staff import change_passphrase, list_staff
from callback_tui.store import keys
from tests.conftest import CHEAP_KEYS, PASSPHRASE


def set_up(folder: Path, clock: FixedClock, **changed: str) -> SetupResult:
    """Set up a desk with everyday answers, some of them changed."""
    answers = {
        "practice": "Maple Street Family Medicine",
        "short_name": "Maple Street",
        "zone": "America/New_York",
        "region": "US",
        "callback_number": "+12125550100",
        "admin_username": "ada",
        "admin_name": "Ada Admin",
        "passphrase": PASSPHRASE,
    } | changed
    return init_desk(folder, clock=clock, key_cost=CHEAP_KEYS, **answers)


def test_the_admin_can_sign_in_and_finds_the_first_policy(tmp_path: Path, clock: FixedClock) -> None:
    set_up(tmp_path / "desk", clock)
    desk = sign_in(tmp_path / "desk", "ADA ", PASSPHRASE, clock)
    assert desk.actor.role is Role.ADMIN
    policy = current_policy(desk)
    assert policy.name == "Maple Street Family Medicine"
    assert policy.sites[0].hours.zone == "America/New_York"
    sign_off(desk)


def test_the_recovery_code_opens_the_keys_and_another_does_not(tmp_path: Path, clock: FixedClock) -> None:
    result = set_up(tmp_path / "desk", clock)
    key_file = keys.read_key_file(result.folder)
    by_code = keys.unlock_with_code(key_file, result.recovery_code.lower().replace("-", " "))
    assert by_code == keys.unlock(key_file, "ada", PASSPHRASE)
    with pytest.raises(KeyRefused):
        keys.unlock_with_code(key_file, keys.new_recovery_code())


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps files private by the user profile")
def test_everything_is_readable_by_the_owner_alone(tmp_path: Path, clock: FixedClock) -> None:
    set_up(tmp_path / "desk", clock)
    folder = tmp_path / "desk"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_nothing_of_the_practice_can_be_read_from_the_files(tmp_path: Path, clock: FixedClock) -> None:
    set_up(tmp_path / "desk", clock)
    content = b"".join(file.read_bytes() for file in (tmp_path / "desk").iterdir())
    assert b"Maple" not in content
    assert b"SQLite format" not in content
    assert PASSPHRASE.encode() not in content


def test_an_existing_desk_is_refused_and_unharmed(tmp_path: Path, clock: FixedClock) -> None:
    set_up(tmp_path / "desk", clock)
    before = (tmp_path / "desk" / keys.KEY_FILE_NAME).read_bytes()
    with pytest.raises(StoreError, match="There is a desk in"):
        set_up(tmp_path / "desk", clock)
    assert (tmp_path / "desk" / keys.KEY_FILE_NAME).read_bytes() == before


def test_a_folder_with_other_things_is_refused_and_one_without_is_taken(tmp_path: Path, clock: FixedClock) -> None:
    letters = tmp_path / "letters"
    letters.mkdir()
    (letters / "log").mkdir()
    (letters / "recall.txt").write_text("kept")
    with pytest.raises(StoreError, match=r"holds other things\. Name a new or an empty folder"):
        set_up(letters, clock)
    assert {path.name for path in letters.iterdir()} == {"log", "recall.txt"}
    with pytest.raises(StoreError, match="cannot be used as a folder"):
        set_up(letters / "recall.txt", clock)
    (letters / "recall.txt").unlink()
    assert set_up(letters, clock).folder == letters


def test_bad_answers_are_refused_and_leave_nothing_behind(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(PolicyError):
        set_up(tmp_path / "desk", clock, zone="America/Springfield")
    with pytest.raises(KeyRefused, match="12 characters"):
        set_up(tmp_path / "desk", clock, passphrase="too short")
    with pytest.raises(DeskError, match="user name"):
        set_up(tmp_path / "desk", clock, admin_username="Ada the admin")
    assert not (tmp_path / "desk").exists()


class SlowCode(str):
    """A recovery code during whose check something else happens: the check reads it in upper case first."""

    __slots__ = ("meanwhile",)
    meanwhile: Callable[[], None]

    def upper(self) -> str:
        """Let it happen, then answer."""
        self.meanwhile()
        return super().upper()


def test_confirming_the_code_keeps_a_passphrase_changed_meanwhile(tmp_path: Path, clock: FixedClock) -> None:
    result = set_up(tmp_path / "desk", clock)
    desk = sign_in(result.folder, "ada", PASSPHRASE, clock)
    code = SlowCode(result.recovery_code)
    code.meanwhile = lambda: change_passphrase(desk, "ada", "another four or five words")
    assert confirm_recovery_code(result.folder, code)
    sign_off(desk)
    assert not recovery_code_unconfirmed(result.folder)
    with pytest.raises(KeyRefused):
        sign_in(result.folder, "ada", PASSPHRASE, clock)
    sign_off(sign_in(result.folder, "ada", "another four or five words", clock))


def test_confirming_the_code_at_an_open_desk_is_audited(tmp_path: Path, clock: FixedClock) -> None:
    result = set_up(tmp_path / "desk", clock)
    desk = sign_in(result.folder, "ada", PASSPHRASE, clock)
    assert not confirm_recovery_code(result.folder, "A" * 32, desk=desk)
    assert list_entries(desk, action="recovery_code_confirmed") == ()
    assert confirm_recovery_code(result.folder, result.recovery_code, desk=desk)
    assert [line.who for line in list_entries(desk, action="recovery_code_confirmed")] == ["Ada Admin"]
    sign_off(desk)


def test_an_admin_without_a_name_is_shown_by_the_user_name(tmp_path: Path, clock: FixedClock) -> None:
    set_up(tmp_path / "desk", clock, admin_name="  \t ")
    desk = sign_in(tmp_path / "desk", "ada", PASSPHRASE, clock)
    assert [line.name for line in list_staff(desk)] == ["ada"]
    sign_off(desk)
