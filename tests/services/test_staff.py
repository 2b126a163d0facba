"""People: adding, deactivating, passphrases, and who may do that."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError, KeyRefused, NotAllowed
from callback_tui.models.vocabulary import Role
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.sign_in import sign_in
from callback_tui.services.staff import add_staff, change_passphrase, disable_staff, list_staff
from callback_tui.store import audit
from tests.conftest import PASSPHRASE

AsRole = Callable[[OpenDesk, Role], OpenDesk]
NEW_PASSPHRASE = "some other words for tests"


@pytest.fixture
def admin(desk: OpenDesk, as_role: AsRole) -> OpenDesk:
    """Return the desk with the admin at it."""
    return as_role(desk, Role.ADMIN)


@pytest.fixture
def nurse(desk_folder: Path, clock: FixedClock) -> Iterator[OpenDesk]:
    """Return a nurse's sign-in at another terminal."""
    opened = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    yield opened
    opened.store.close()


def test_an_added_person_can_sign_in_and_is_listed(admin: OpenDesk, desk_folder: Path, clock: FixedClock) -> None:
    staff_id = add_staff(admin, username=" Kim.R", name="Kim \x1b[31mR", role=Role.STAFF, passphrase=NEW_PASSPHRASE)
    kim = sign_in(desk_folder, "kim.r", NEW_PASSPHRASE, clock)
    assert (kim.actor.staff_id, kim.actor.role) == (staff_id, Role.STAFF)
    assert "\x1b" not in kim.actor.name
    assert [(line.username, line.active) for line in list_staff(admin) if line.staff_id == staff_id] == [
        ("kim.r", True)
    ]
    kim.store.close()


@pytest.mark.parametrize("username", ["", "k", "kim r", "-kim", "k" * 33, "кim"])
def test_a_name_that_cannot_be_typed_again_is_refused(admin: OpenDesk, username: str) -> None:
    with pytest.raises(DeskError) as refused:
        add_staff(admin, username=username, name="Kim", role=Role.STAFF, passphrase=NEW_PASSPHRASE)
    assert refused.value.code == "username"


def test_a_taken_name_and_a_short_passphrase_add_nobody(admin: OpenDesk) -> None:
    before = list_staff(admin)
    with pytest.raises(DeskError, match="taken"):
        add_staff(admin, username="NURSE", name="Kim", role=Role.STAFF, passphrase=NEW_PASSPHRASE)
    with pytest.raises(KeyRefused):
        add_staff(admin, username="kim", name="Kim", role=Role.STAFF, passphrase="short")
    assert list_staff(admin) == before


@pytest.mark.parametrize("role", [Role.NURSE, Role.STAFF, Role.CLINICIAN, Role.SUPERVISOR])
def test_only_an_admin_manages_people(desk: OpenDesk, as_role: AsRole, role: Role) -> None:
    person = as_role(desk, role)
    before = list_staff(desk)
    with pytest.raises(NotAllowed, match="Ask somebody who is admin"):
        add_staff(person, username="kim", name="Kim", role=Role.STAFF, passphrase=NEW_PASSPHRASE)
    with pytest.raises(NotAllowed):
        disable_staff(person, "admin")
    with pytest.raises(NotAllowed):
        change_passphrase(person, "admin", NEW_PASSPHRASE)
    assert list_staff(desk) == before


def test_a_deactivated_person_is_out_at_once(
    admin: OpenDesk, nurse: OpenDesk, desk_folder: Path, clock: FixedClock
) -> None:
    disable_staff(admin, "nurse")
    with pytest.raises(KeyRefused):
        sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    with pytest.raises(NotAllowed, match="deactivated"), verb(nurse, "message_viewed", "queue_item", 1):
        pass
    with pytest.raises(DeskError, match="deactivated"):
        change_passphrase(admin, "nurse", NEW_PASSPHRASE)
    assert not list(desk_folder.glob("keys.json.*"))


def test_the_last_admin_stays(admin: OpenDesk) -> None:
    with pytest.raises(NotAllowed, match="last admin"):
        disable_staff(admin, "admin")
    add_staff(admin, username="second", name="Second", role=Role.ADMIN, passphrase=NEW_PASSPHRASE)
    disable_staff(admin, "admin")
    assert {line.username for line in list_staff(admin) if line.role is Role.ADMIN and line.active} == {"second"}


def test_an_unknown_person_is_refused(admin: OpenDesk) -> None:
    with pytest.raises(DeskError, match="Nobody here has that user name"):
        disable_staff(admin, "nobody")
    with pytest.raises(DeskError, match="Nobody here has that user name"):
        change_passphrase(admin, "nobody", NEW_PASSPHRASE)


def test_ones_own_passphrase_can_be_changed_and_the_old_one_ends(
    desk: OpenDesk, desk_folder: Path, clock: FixedClock
) -> None:
    change_passphrase(desk, "Nurse", NEW_PASSPHRASE)
    with pytest.raises(KeyRefused):
        sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    sign_in(desk_folder, "nurse", NEW_PASSPHRASE, clock).store.close()


def test_a_passphrase_set_by_an_admin_reopens_a_closed_name(
    admin: OpenDesk, desk_folder: Path, clock: FixedClock
) -> None:
    for _ in range(5):
        with pytest.raises(KeyRefused):
            sign_in(desk_folder, "nurse", "not the passphrase", clock)
    change_passphrase(admin, "nurse", NEW_PASSPHRASE)
    sign_in(desk_folder, "nurse", NEW_PASSPHRASE, clock).store.close()


def test_each_change_has_its_entry_and_none_holds_a_passphrase(admin: OpenDesk) -> None:
    add_staff(admin, username="kim", name="Kim", role=Role.STAFF, passphrase=NEW_PASSPHRASE)
    change_passphrase(admin, "kim", PASSPHRASE)
    disable_staff(admin, "kim")
    with admin.store.read() as connection:
        actions = [line.action for line in audit.entries(connection, limit=3)]
        facts = connection.exec_driver_sql("SELECT group_concat(facts_json) FROM audit_entry").scalar_one()
        assert audit.verify(connection, admin.store.audit_key).sound
    assert actions == ["staff_disabled", "passphrase_changed", "staff_added"]
    assert PASSPHRASE not in facts
    assert NEW_PASSPHRASE not in facts
