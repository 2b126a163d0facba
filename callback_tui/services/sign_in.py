"""Signing in to a desk and off again."""

import os
from pathlib import Path

from callback_tui.clock import Clock
from callback_tui.errors import DeskError, KeyRefused
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.views.desk import Actor


def load() -> None:
    """Load what signing in needs, so that nobody waits for it once the passphrase is typed."""
    import callback_tui.services.staff
    import callback_tui.store.claims
    import callback_tui.store.policy
    import callback_tui.store.practice
    import callback_tui.store.queue
    import callback_tui.store.schema
    import callback_tui.store.sessions
    import callback_tui.store.sign_in_tries  # noqa: F401 - only loaded
    from callback_tui.store import keys
    from callback_tui.store.engine import load_driver

    keys.load_ciphers()
    load_driver()


def sign_in(folder: Path, username: str, passphrase: str, clock: Clock, *, attended: bool = True) -> OpenDesk:
    """Open the desk for one person; unsealing the keys is the passphrase check.

    A command signs in as not `attended`: it runs for somebody who need not be there to take a call.

    Five wrong tries within 15 minutes close the name for the rest of them; they are audited at the next sign-in.
    Raises KeyRefused, or StoreError when the desk itself cannot be opened.
    """
    from callback_tui.services.staff import folded_username
    from callback_tui.store import keys, schema, sessions, sign_in_tries, staff
    from callback_tui.store.engine import open_store

    name = folded_username(username)
    key_file = keys.read_key_file(folder)
    known = any(slot.username == name for slot in key_file.slots)
    sign_in_tries.check(folder, name if known else "", clock.now())
    try:
        desk_keys = keys.unlock(key_file, name, passphrase)
    except KeyRefused:
        sign_in_tries.add(folder, name if known else "", clock.now())
        raise
    store = open_store(folder, data_key=desk_keys.data_key, audit_key=desk_keys.audit_key)
    try:
        schema.create_or_upgrade(store)
        with store.read() as connection:
            person = staff.by_username(connection, name)
        if person is None or not person.active:
            raise KeyRefused("deactivated")
        actor = Actor(person.staff_id, person.username, person.name, person.role)
        with verb(OpenDesk(store, clock, actor), "signed_in", "staff", person.staff_id) as work:
            session_id = sessions.start(
                work.connection,
                staff_id=person.staff_id,
                started_at=work.now,
                boot_id=clock.boot().boot_id,
                process_id=os.getpid(),
                attended=attended,
            )
            work.facts["session"] = session_id
            work.facts["refused_before"] = sign_in_tries.take(folder, name, work.now)
    except BaseException:
        store.close()
        raise
    return OpenDesk(store, clock, Actor(person.staff_id, person.username, person.name, person.role, session_id))


def recover(folder: Path, code: str, username: str, new_passphrase: str, clock: Clock) -> None:
    """Give a person a new passphrase by the recovery code, when nobody is left who could; audited under that person.

    Raises KeyRefused for a wrong code or a short passphrase, DeskError for an unknown name, StoreError.
    """
    from callback_tui.services.staff import folded_username
    from callback_tui.store import keys, schema, sign_in_tries, staff
    from callback_tui.store.engine import open_store

    keys.check_passphrase(new_passphrase)
    key_file = keys.read_key_file(folder)
    desk_keys = keys.unlock_with_code(key_file, code)
    store = open_store(folder, data_key=desk_keys.data_key, audit_key=desk_keys.audit_key)
    try:
        schema.create_or_upgrade(store)
        with store.read() as connection:
            person = staff.by_username(connection, folded_username(username))
        if person is None:
            raise DeskError("unknown_person")
        actor = Actor(person.staff_id, person.username, person.name, person.role)
        with verb(OpenDesk(store, clock, actor), "passphrase_recovered", "staff", person.staff_id):
            changed = keys.with_person(keys.read_key_file(folder), desk_keys, person.username, new_passphrase)
            keys.write_key_file(folder, changed, forget_older=True)
            sign_in_tries.forget(folder, person.username)
    finally:
        store.close()


def sign_off(desk: OpenDesk) -> None:
    """End the sign-in, give back what it held, and close the store.

    What was given to the person goes back to the team, unless they sit at another desk still. Drafts, open calls and
    promises stay as they are; a promise was never theirs alone.
    """
    from callback_tui.services.presence import people_at_desk
    from callback_tui.store import assignments, claims, sessions
    from callback_tui.store import policy as policies

    try:
        with verb(desk, "signed_off", "staff", desk.actor.staff_id, leaving=True) as work:
            if desk.actor.session_id is not None:
                work.facts["claims_released"] = claims.release_session(work.connection, desk.actor.session_id)
                sessions.end(work.connection, desk.actor.session_id, work.now)
                policy = policies.current(work.connection)[1]
                there = {person.staff_id for person in people_at_desk(work.connection, policy, work.now, frozenset())}
                if desk.actor.staff_id not in there:
                    work.facts["given_back"] = assignments.release_person(work.connection, desk.actor.staff_id)
    finally:
        desk.store.close()
