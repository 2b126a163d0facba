"""The people of the practice as verbs: add, list, deactivate, new passphrase."""

import re
import unicodedata
from typing import TYPE_CHECKING

from callback_tui.errors import DeskError, NotAllowed
from callback_tui.models.vocabulary import Role
from callback_tui.rules.clean import clean_line
from callback_tui.services.desk import OpenDesk, require_role, verb
from callback_tui.views.desk import StaffLine

if TYPE_CHECKING:
    from sqlalchemy import Connection

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_NAME_LIMIT = 80


def folded_username(username: str) -> str:
    """Return a sign-in name as it is kept: lower case, no blanks around it."""
    return unicodedata.normalize("NFKC", username).strip().casefold()


def checked_username(username: str) -> str:
    """Return the folded sign-in name. Raises DeskError unless it is 2 to 32 letters, digits, dots, dashes."""
    folded = folded_username(username)
    if not _USERNAME.fullmatch(folded):
        raise DeskError("username")
    return folded


def shown_name(name: str, username: str) -> str:
    """Return a person's name as others see it; the sign-in name when it was left blank."""
    return clean_line(name, limit=_NAME_LIMIT) or username


def add_staff(desk: OpenDesk, *, username: str, name: str, role: Role, passphrase: str) -> int:
    """Add a person with a key slot of their own and return the id; a deactivated user name cannot be used again.

    Raises NotAllowed unless an admin asks, KeyRefused for a short passphrase, DeskError for a name that is taken.
    """
    from callback_tui.store import keys, staff

    require_role(desk, "add people", Role.ADMIN)
    folded = checked_username(username)
    keys.check_passphrase(passphrase)
    with verb(desk, "staff_added", "staff", "") as work:
        if staff.by_username(work.connection, folded) is not None:
            raise DeskError("username_taken")
        staff_id = staff.add(
            work.connection, username=folded, name=shown_name(name, folded), role=role, created_at=work.now
        )
        work.entity_id = staff_id
        work.facts["role"] = role.value
        _change_slot(desk, folded, passphrase)
    return staff_id


def list_staff(desk: OpenDesk) -> tuple[StaffLine, ...]:
    """Return everybody of the desk, deactivated people too, by name."""
    from callback_tui.store import staff

    with desk.store.read() as connection:
        return staff.everybody(connection)


def disable_staff(desk: OpenDesk, username: str) -> None:
    """Deactivate a person: the key slot goes, running sign-ins can save nothing more, what they held is given back.

    Raises NotAllowed unless an admin asks, and for the last active admin; DeskError for an unknown name.
    """
    from callback_tui.store import assignments, claims, keys, staff

    require_role(desk, "deactivate people", Role.ADMIN)
    with verb(desk, "staff_disabled", "staff", "") as work:
        person = _find(work.connection, username)
        others = [line for line in staff.everybody(work.connection) if line.staff_id != person.staff_id]
        if not any(line.active and line.role is Role.ADMIN for line in others):
            raise NotAllowed("last_admin")
        work.entity_id = person.staff_id
        staff.set_active(work.connection, person.staff_id, False)
        work.facts["claims_released"] = claims.release_person(work.connection, person.staff_id)
        work.facts["given_back"] = assignments.release_person(work.connection, person.staff_id)
        key_file = keys.without_person(keys.read_key_file(desk.store.folder), person.username)
        keys.write_key_file(desk.store.folder, key_file, forget_older=True)


def change_passphrase(desk: OpenDesk, username: str, new_passphrase: str) -> None:
    """Give a person a new passphrase: one's own, or anybody's for an admin. The old one stops working at once.

    Raises NotAllowed, KeyRefused for a short passphrase, DeskError for an unknown or deactivated name.
    """
    from callback_tui.store import keys, sign_in_tries

    folded = folded_username(username)
    if folded != desk.actor.username:
        require_role(desk, "change the passphrase of somebody else", Role.ADMIN)
    keys.check_passphrase(new_passphrase)
    with verb(desk, "passphrase_changed", "staff", "") as work:
        person = _find(work.connection, folded)
        if not person.active:
            raise DeskError("person_deactivated")
        work.entity_id = person.staff_id
        _change_slot(desk, person.username, new_passphrase)
        sign_in_tries.forget(desk.store.folder, person.username)


def _find(connection: "Connection", username: str) -> StaffLine:
    from callback_tui.store import staff

    person = staff.by_username(connection, folded_username(username))
    if person is None:
        raise DeskError("unknown_user")
    return person


def _change_slot(desk: OpenDesk, username: str, passphrase: str) -> None:
    from callback_tui.store import keys

    folder = desk.store.folder
    key_file = keys.with_person(keys.read_key_file(folder), desk.store.keys, username, passphrase)
    keys.write_key_file(folder, key_file, forget_older=True)
