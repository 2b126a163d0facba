"""Setting up a practice's desk: folder, keys, schema, first policy, first admin."""

import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from callback_tui.clock import Clock
from callback_tui.errors import StoreError
from callback_tui.models.vocabulary import Role
from callback_tui.store.keys import KeyCost

if TYPE_CHECKING:
    from callback_tui.services.desk import OpenDesk

_DEFAULT_COST = KeyCost()
# Crash reports stand in the desk folder; on Windows the log of the command line stands in the default one.
_LOG_FOLDERS = frozenset({"log", "Logs"})


@dataclass(frozen=True, slots=True)
class SetupResult:
    """What the admin must keep: where the desk is and the code that opens it when passphrases are lost."""

    recovery_code: str
    folder: Path


def refuse_existing_desk(folder: Path) -> None:
    """Raise StoreError when the folder holds a desk or what is left of one, or other things; logs do not count."""
    from callback_tui.store.engine import DATABASE_NAME
    from callback_tui.store.keys import KEY_FILE_NAME

    try:
        found = {entry.name for entry in folder.iterdir()}
    except FileNotFoundError:
        return
    except OSError as error:
        raise StoreError("no_folder", folder=folder, reason=error.strerror) from error
    if found & {DATABASE_NAME, KEY_FILE_NAME}:
        raise StoreError("exists", folder=folder)
    if found - _LOG_FOLDERS:
        raise StoreError("not_empty", folder=folder)


def init_desk(
    folder: Path,
    *,
    practice: str,
    short_name: str,
    zone: str,
    region: str,
    callback_number: str,
    admin_username: str,
    admin_name: str,
    passphrase: str,
    clock: Clock,
    key_cost: KeyCost = _DEFAULT_COST,
) -> SetupResult:
    """Make an encrypted desk with one site, open Monday to Friday, and its first admin.

    Raises StoreError when the folder holds anything already or cannot be used, KeyRefused for a short passphrase,
    PolicyError for a zone or number that cannot be. Nothing is left behind by a refusal.
    """
    from callback_tui.rules.policy_file import new_policy_text, parse_policy
    from callback_tui.services.staff import checked_username, shown_name
    from callback_tui.store import audit, keys, policy, schema, staff
    from callback_tui.store import practice as practice_row
    from callback_tui.store.engine import open_store

    refuse_existing_desk(folder)
    username = checked_username(admin_username)
    text = new_policy_text(
        name=practice, short_name=short_name, zone=zone, region=region, callback_number=callback_number
    )
    parse_policy(text)
    desk_uuid, recovery_code, desk_keys = str(uuid.uuid4()), keys.new_recovery_code(), keys.new_keys()
    key_file = keys.with_person(keys.new_key_file(desk_keys, desk_uuid, key_cost), desk_keys, username, passphrase)
    key_file = keys.with_recovery(key_file, desk_keys, recovery_code)
    store = open_store(folder, data_key=desk_keys.data_key, audit_key=desk_keys.audit_key, is_new=True)
    try:
        schema.create_or_upgrade(store)
        with store.write() as connection:
            now = clock.now()
            name = shown_name(admin_name, username)
            admin_id = staff.add(connection, username=username, name=name, role=Role.ADMIN, created_at=now)
            practice_row.add(
                connection,
                desk_uuid=desk_uuid,
                name=practice,
                short_name=short_name,
                region=region,
                created_at=now,
            )
            policy.add_version(connection, text=text, applied_at=now, applied_by_id=admin_id)
            audit.append(
                connection,
                desk_keys.audit_key,
                at=now,
                boot=clock.boot(),
                staff_id=admin_id,
                session_id=None,
                action="desk_set_up",
                entity="practice",
                entity_id=desk_uuid,
            )
            # Written last and before the commit: a desk is one that has its key file.
            keys.write_key_file(folder, key_file)
    finally:
        store.close()
    return SetupResult(recovery_code, folder)


def recovery_code_unconfirmed(folder: Path) -> bool:
    """Say whether the recovery code was never typed back, so that the next sign-in at a terminal asks for it."""
    from callback_tui.store import keys

    return any(slot.kind == keys.RECOVERY and not slot.confirmed for slot in keys.read_key_file(folder).slots)


def confirm_recovery_code(folder: Path, code: str, *, desk: "OpenDesk | None" = None) -> bool:
    """Note that the recovery code was typed back rightly; False, and nothing noted, when it is another one.

    Audited under the person of an open `desk`; right after the set-up nobody is signed in yet.
    """
    from callback_tui.errors import KeyRefused
    from callback_tui.services.desk import verb
    from callback_tui.store import keys
    from callback_tui.store.engine import open_store

    try:
        desk_keys = keys.unlock_with_code(keys.read_key_file(folder), code)
    except KeyRefused:
        return False
    if desk is not None:
        with verb(desk, "recovery_code_confirmed", "staff", desk.actor.staff_id):
            _note_confirmed(folder)
        return True
    store = open_store(folder, data_key=desk_keys.data_key, audit_key=desk_keys.audit_key)
    try:
        with store.write():
            _note_confirmed(folder)
    finally:
        store.close()
    return True


def _note_confirmed(folder: Path) -> None:
    """Change nothing but the mark, in a writing transaction: every change of the key file holds one."""
    from callback_tui.store import keys

    keys.write_key_file(folder, keys.with_recovery_confirmed(keys.read_key_file(folder)))
