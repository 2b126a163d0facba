"""Writes what somebody asked for into the desk's exports, as a file that only its owner can read."""

import os
from pathlib import Path

from callback_tui.errors import StoreError
from callback_tui.services.desk import OpenDesk


def write_export(desk: OpenDesk, name: str, ending: str, text: str) -> Path:
    """Write `text` to a new file whose name ends in this moment, and return its path; the caller audits it first.

    Raises StoreError when the file cannot be written.
    """
    folder = desk.store.folder / "exports"
    path = folder / f"{name}-{desk.clock.now():%Y%m%d-%H%M%S-%f}.{ending}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise StoreError("export") from error
    return path
