"""How every run of the program begins and ends: private files, one sentence for whatever goes wrong."""

import errno
import os
import sys
import traceback
import uuid
from collections.abc import Callable
from functools import partial
from typing import NoReturn

from callback_tui.errors import DeskError

_INTERRUPTED = 130
_PRIVATE_UMASK = 0o077


def main() -> None:
    """Run the command line; an unexpected error ends in one sentence with an id, its details in a private log."""
    os.umask(_PRIVATE_UMASK)
    _leave_no_core_file()
    if sys.stdout is None:
        sys.exit(str(DeskError("output_closed")))
    try:
        _run()
    except KeyboardInterrupt:
        _stopped()
    except SystemExit as ended:
        if ended.code == _INTERRUPTED:
            _stopped()
        lost = _lost_output()
        if lost and not ended.code:
            sys.exit(lost)
        raise
    except Exception as error:  # noqa: BLE001 - the last place where anything can be caught; a traceback may hold names
        # Unbuffered output keeps nothing that could fail again, so one more line end is tried.
        lost = _lost_output("\n" if isinstance(error, OSError) else "")
        sys.exit(lost or _unexpected(error))


def _run() -> None:
    show = _shown_at_once(sys.argv[1:])
    if show is None:
        from callback_tui.cli.main import app

        app()
        return
    try:
        show()
    except DeskError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped.")


def _shown_at_once(arguments: list[str]) -> Callable[[], None] | None:
    """Return what opens a screen somebody waits for, which does without the command line's machinery; else None."""
    if not arguments:
        from callback_tui.cli.desk import open_tui

        return open_tui
    if arguments[0] == "demo":
        from callback_tui.cli.demo_desk import plain_options, run_demo

        options = plain_options(arguments[1:])
        return None if options is None else partial(run_demo, **options)
    return None


def _stopped() -> NoReturn:
    sys.stderr.write(f"{DeskError('stopped')}\n")
    sys.exit(_INTERRUPTED)


def _lost_output(more: str = "") -> str:
    """Return the sentence for output that cannot get out, or nothing: who stopped reading wants none."""
    try:
        sys.stdout.write(more)
        sys.stdout.flush()
    except OSError as error:
        # The rest goes nowhere: Python would try it once more at its end and fail with another status.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if error.errno != errno.EPIPE:
            return str(DeskError("output_lost", reason=error.strerror or "it is closed"))
    return ""


def _leave_no_core_file() -> None:
    try:
        import resource
    except ImportError:
        return
    # A memory image of a crash would hold the keys of an open desk.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _unexpected(error: Exception) -> str:
    from callback_tui.clock import SystemClock
    from callback_tui.config import log_folder

    error_id = uuid.uuid4().hex[:8]
    # The places only: the text of an exception may hold what a patient said.
    places = "".join(traceback.format_tb(error.__traceback__))
    entry = f"{SystemClock().now().isoformat()} {error_id} {type(error).__name__}\n{places}\n"
    try:
        folder = log_folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        log = folder / "errors.log"
        with os.fdopen(os.open(log, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", encoding="utf-8") as file:
            file.write(entry)
    except OSError:
        return str(DeskError("crash_unlogged", error_id=error_id))
    return str(DeskError("crash", error_id=error_id, log=log))
