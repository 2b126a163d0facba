"""What is kept of a crash: an id, kinds of errors, places in the code; never a value, which may name a patient."""

import os
import secrets
import traceback
from datetime import datetime
from pathlib import Path

_OWNER_ONLY_FILE = 0o600
_OWNER_ONLY_FOLDER = 0o700
_CHAIN_LIMIT = 8


def write_crash_report(folder: Path | None, error: BaseException, at: datetime) -> str:
    """Write a report into the desk folder's `log` and return its id; without a folder, or when it cannot be
    written, only the id is made."""
    error_id = secrets.token_hex(4)
    if folder is None or not folder.is_dir():
        return error_id
    lines = [f"{at.isoformat()} error {error_id}"]
    chain: BaseException | None = error
    for _ in range(_CHAIN_LIMIT):
        if chain is None:
            break
        lines.append(f"{type(chain).__module__}.{type(chain).__qualname__}")
        frames = traceback.extract_tb(chain.__traceback__)
        lines += [f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        chain = chain.__cause__ or chain.__context__
    try:
        log = folder / "log"
        log.mkdir(mode=_OWNER_ONLY_FOLDER, exist_ok=True)
        handle = os.open(log / "crashes.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, _OWNER_ONLY_FILE)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return error_id
    return error_id
