"""Looks the desk over: its files without any secret, then, with somebody signed in, what is in it."""

import os
import shutil
import stat
import sys
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from callback_tui.errors import NotAllowed, PolicyError, StoreError
from callback_tui.rules.desk_checks import LATELY_DAYS, desk_checks
from callback_tui.services.desk import OpenDesk
from callback_tui.views.doctor import Check, CheckState, DeskFacts, OnCallFacts

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from callback_tui.errors import DeskError
    from callback_tui.views.desk import AuditVerdict
    from callback_tui.views.policy import Policy

_OTHERS = 0o077
_MIB = 1024 * 1024
_LEAST_FREE = 100 * _MIB
"""The journal of one large import; below it the next one may not be saved."""
_ENOUGH_FREE = 1024 * _MIB
_LOST_AFTER = timedelta(days=1)
"""A sign-in that was not touched for a day has no shift that could still be on."""


def check_files(folder: Path) -> tuple[Check, ...]:
    """Return the checks of a desk's folder that need no sign-in; one that is wrong stands in the way of the others."""
    checks = [_folder(folder)]
    if checks[0].state is CheckState.WRONG:
        return tuple(checks)
    return (*checks, _rights(folder), _keys(folder), _engine(), _disk(folder))


def refusal(name: str, error: "DeskError") -> Check:
    """Return a refusal as a check that is wrong."""
    return Check(name, CheckState.WRONG, error.sentence, error.next_step)


def check_desk(desk: OpenDesk) -> tuple[Check, ...]:
    """Return the checks of an open desk; nothing is written, and none of it names a patient.

    Raises StoreError when the database cannot be read at all.
    """
    from callback_tui.store import policy as policies

    now = desk.clock.now()
    verdict = _verdict(desk)
    with desk.store.read() as connection:
        try:
            policy = policies.current(connection)[1]
        except (PolicyError, StoreError) as error:
            return (refusal("policy", error),)
        facts = _facts(desk, connection, policy, verdict)
    return desk_checks(facts, policy, now)


def _facts(desk: OpenDesk, connection: "Connection", policy: "Policy", verdict: "AuditVerdict | None") -> DeskFacts:
    from callback_tui.services.queue_snapshot import feed_line
    from callback_tui.store import claims, health, queue

    now = desk.clock.now()
    return DeskFacts(
        schema_version=health.schema_version(connection),
        damage=health.damage(connection),
        verdict=verdict,
        feeds=tuple(feed_line(row, policy, now) for row in queue.feeds(connection)),
        newest_at=health.newest_at(connection),
        drift_seconds=health.drift_seconds(connection, desk.clock.boot(), now),
        lost_sessions=health.lost_sessions(connection, now - _LOST_AFTER),
        open_calls=health.open_calls(connection, claims.holders(connection, desk.clock)),
        overdue=health.overdue(connection, now),
        on_call=_on_call(desk, connection, policy),
    )


def _on_call(desk: OpenDesk, connection: "Connection", policy: "Policy") -> OnCallFacts:
    from callback_tui.services.on_call import left_alone_between
    from callback_tui.services.on_call_command import is_found
    from callback_tui.store import on_call, sessions

    now = desk.clock.now()
    since = now - timedelta(days=LATELY_DAYS)
    if not policy.on_call.roster:
        return OnCallFacts(left_alone=left_alone_between(desk, connection, policy, since, now))
    failed, unanswered = on_call.failures(connection, since)
    lately = now - timedelta(seconds=policy.desk.away_after_seconds)
    return OnCallFacts(
        is_found=is_found(policy.on_call.command),
        failed=failed,
        unanswered=unanswered,
        is_watched=sessions.is_watched(connection, lately, but=desk.actor.session_id),
    )


def _verdict(desk: OpenDesk) -> "AuditVerdict | None":
    from callback_tui.services import audit

    try:
        return audit.verify(desk)
    except NotAllowed:
        return None


def _folder(folder: Path) -> Check:
    from callback_tui.store import gate
    from callback_tui.store.engine import DATABASE_NAME

    share = gate.network_share(folder)
    if share is not None:
        return refusal("folder", StoreError("network_share", folder=folder, share=share))
    database = folder / DATABASE_NAME
    try:
        size = database.stat().st_size
    except FileNotFoundError:
        return refusal("folder", gate.no_desk(folder))
    except OSError as error:
        return refusal("folder", StoreError("no_access", path=database, reason=error.strerror or "not readable"))
    if not os.access(database, os.R_OK | os.W_OK) or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return refusal("folder", StoreError("no_access", path=folder, reason="no rights"))
    sentence = f"The desk is in {folder}, on this machine's own disk; its database has {size / _MIB:,.1f} MB."
    return Check("folder", CheckState.OK, sentence)


def _rights(folder: Path) -> Check:
    if sys.platform == "win32":
        return Check("rights", CheckState.OK, "The rights of the folder are those of the Windows profile.")
    is_open = [path for path in (folder, *folder.iterdir()) if stat.S_IMODE(path.lstat().st_mode) & _OTHERS]
    if not is_open:
        return Check("rights", CheckState.OK, "Folder and files are for their owner alone.")
    sentence = f"Other accounts of this machine may read {len(is_open)} of the desk's files, such as {is_open[0].name}."
    return Check("rights", CheckState.LOOK, sentence, f"Run `chmod -R go= {folder}`.")


def _keys(folder: Path) -> Check:
    from callback_tui.store import keys

    try:
        key_file = keys.read_key_file(folder)
    except StoreError as error:
        return refusal("keys", error)
    people = sum(bool(slot.username) for slot in key_file.slots)
    older = keys.whole_older_generations(folder)
    sentence = f"The key file can be read: {people} can sign in, {older} older generation{'' if older == 1 else 's'}."
    code = next((slot for slot in key_file.slots if slot.kind == keys.RECOVERY), None)
    if code is None or not code.confirmed:
        return Check(
            "keys",
            CheckState.LOOK,
            f"{sentence} The recovery code was never typed back.",
            "Sign in as an admin at a terminal and type it, so that it is known to be on paper.",
        )
    return Check("keys", CheckState.OK, sentence)


def _engine() -> Check:
    from callback_tui.store import gate
    from callback_tui.store.engine import load_driver

    try:
        driver = load_driver()
    except ImportError:
        next_step = "Install callback-tui again on this machine."
        return Check("engine", CheckState.WRONG, "The encrypted database engine cannot be loaded.", next_step)
    if not gate.is_safe_sqlite(driver.sqlite_version_info):
        return refusal("engine", StoreError("unsafe_sqlite", version=driver.sqlite_version))
    return Check("engine", CheckState.OK, f"The encrypted database engine is SQLite {driver.sqlite_version}.")


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free
    sentence = f"{free / _MIB:,.0f} MB are free on the desk's disk."
    if free < _LEAST_FREE:
        return Check("disk", CheckState.WRONG, sentence, "Free some space before the next import.")
    if free < _ENOUGH_FREE:
        return Check("disk", CheckState.LOOK, sentence, "Free some space soon.")
    return Check("disk", CheckState.OK, sentence)
