"""Refused sign-ins, kept beside the key file because the database is still closed then."""

import contextlib
import json
import math
import os
from datetime import datetime, timedelta
from pathlib import Path

from callback_tui.errors import KeyRefused

_FILE_NAME = "sign-in-tries.log"
_MOST_TRIES = 5
_WINDOW = timedelta(minutes=15)


def check(folder: Path, username: str, now: datetime) -> None:
    """Raise KeyRefused when a name has used up its five tries of the last 15 minutes.

    Tries from far ahead were written while the clock was wrong, and keep nobody out until then.
    """
    recent = [at for name, at in _read(folder) if name == username and abs(now - at) < _WINDOW]
    if username and len(recent) >= _MOST_TRIES:
        minutes = math.ceil((min(recent[-_MOST_TRIES:]) + _WINDOW - now) / timedelta(minutes=1))
        raise KeyRefused("too_many_tries", tries=_MOST_TRIES, minutes=minutes)


def add(folder: Path, username: str, now: datetime) -> None:
    """Keep one refused try; an unknown name is kept as empty, since people type passphrases into the wrong field."""
    line = json.dumps([username, now.isoformat()]) + "\n"
    descriptor = os.open(folder / _FILE_NAME, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    try:
        os.write(descriptor, line.encode())
    finally:
        os.close(descriptor)


def take(folder: Path, username: str, now: datetime) -> dict[str, int]:
    """Remove and count, by name, the tries of this person and all that no longer limit anybody; for the audit entry."""
    counts: dict[str, int] = {}
    kept = []
    for name, at in _read(folder):
        if name and name != username and abs(now - at) < _WINDOW:
            kept.append((name, at))
        else:
            counts[name or "unknown name"] = counts.get(name or "unknown name", 0) + 1
    if counts:
        (folder / _FILE_NAME).unlink()
        for name, at in kept:
            add(folder, name, at)
    return counts


def forget(folder: Path, username: str) -> None:
    """Let a person try again at once, because an admin set a new passphrase."""
    kept = [(name, at) for name, at in _read(folder) if name != username]
    (folder / _FILE_NAME).unlink(missing_ok=True)
    for name, at in kept:
        add(folder, name, at)


def _read(folder: Path) -> list[tuple[str, datetime]]:
    try:
        lines = (folder / _FILE_NAME).read_text("utf-8").splitlines()
    except FileNotFoundError:
        return []
    tries = []
    for line in lines:
        # A line cut short by a crash must not keep everybody out.
        with contextlib.suppress(ValueError, TypeError):
            name, at = json.loads(line)
            tries.append((name, datetime.fromisoformat(at)))
    return tries
