"""`callback-tui watch`: import what is put into a folder, and fetch somebody when nobody is at the desk."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callback_tui.cli.imports import DONE_WITH_REJECTS
from callback_tui.cli.session import DeskOption, PassphraseFileOption, UserOption, open_desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Event

    from callback_tui.services.desk import OpenDesk
    from callback_tui.services.watched_folder import WatchedFolder
    from callback_tui.views.intake import FileReport

POLL_SECONDS = 5
"""A look costs a list of the folder; an emergent message has five minutes."""
_LOOKS_BETWEEN_SIGNS = 24
"""Every two minutes `doctor` can see that the folder is watched, well within the policy's `away_after_seconds`."""

_NANOSECONDS = 1_000_000_000


def watch(
    folder: Annotated[Path, typer.Argument(help="Folder that exports are put into.", show_default=False)],
    once: Annotated[bool, typer.Option("--once", help="Look once and end, for a timer of your own.")] = False,
    desk: DeskOption = None,
    user: UserOption = None,
    passphrase_file: PassphraseFileOption = None,
) -> None:
    """Import exports as they come into a folder.

    Files are left where they are. The on-call roster is looked after meanwhile. Ctrl-C ends it.

    With --once: exit status 3 when rows were rejected or files unreadable.
    """
    from callback_tui.services.presence import seen
    from callback_tui.services.watched_folder import WatchedFolder

    with open_desk(desk, user, passphrase_file) as opened, _stopped_by_signals() as stop:
        watched = WatchedFolder(opened, folder)
        if once:
            is_whole = _import_files(opened, watched, whole_since_ns=_settled(opened))
            _look_after_roster(opened)
            if not is_whole:
                raise typer.Exit(DONE_WITH_REJECTS)
            return
        typer.echo("Watching. Ctrl-C ends it.")
        said: dict[str, str] = {}
        looks = 0
        while not stop.is_set():
            _going_on(opened, said, "files", lambda: _import_files(opened, watched))
            _going_on(opened, said, "roster", lambda: _look_after_roster(opened))
            if looks % _LOOKS_BETWEEN_SIGNS == 0:
                _going_on(opened, said, "sign of life", lambda: seen(opened, opened.clock.now()))
            looks += 1
            stop.wait(POLL_SECONDS)
    typer.echo("Stopped.")


def _going_on(desk: "OpenDesk", said: dict[str, str], name: str, work: "Callable[[], object]") -> None:
    """Do a part of a look. A busy desk, or a folder that is away for a while, is said once and ends nothing."""
    from callback_tui.errors import DeskError, NotAllowed

    try:
        work()
        said[name] = ""
    except NotAllowed:
        raise
    except DeskError as error:
        if said.get(name) != str(error):
            typer.echo(f"{_time(desk)} {error}", err=True)
        said[name] = str(error)


def _import_files(desk: "OpenDesk", watched: "WatchedFolder", *, whole_since_ns: int | None = None) -> bool:
    """Import what is whole, a line for each file, and return whether every row could be read."""
    is_whole = True
    for file in watched.look(whole_since_ns=whole_since_ns):
        is_whole = is_whole and not (file.unreadable or file.rejected)
        typer.echo(f"{_time(desk)} {_words(file)}")
    return is_whole


def _look_after_roster(desk: "OpenDesk") -> None:
    from callback_tui.rules.on_call import on_call_words
    from callback_tui.services import on_call

    for line in on_call.look(desk):
        typer.echo(f"{_time(desk)} {on_call_words(line, _zone(desk), desk.clock.now())}")


def _words(file: "FileReport") -> str:
    name = Path(file.file).name
    if file.unreadable:
        return f"{name}: not imported. {file.problems[0].reason}"
    emergency = f"; {file.emergent} may be an emergency: open the queue now" if file.emergent else ""
    return (
        f"{name}: {file.read} rows read, {file.new} new, {file.duplicate} already here, {file.updated} updated,"
        f" {file.skipped} no message to us, {file.rejected} rejected{emergency}"
    )


def _settled(desk: "OpenDesk") -> int:
    return int(desk.clock.now().timestamp() - POLL_SECONDS) * _NANOSECONDS


def _time(desk: "OpenDesk") -> str:
    from callback_tui.rules.speak import clock_time

    return clock_time(desk.clock.now(), _zone(desk))


def _zone(desk: "OpenDesk") -> str:
    from callback_tui.rules.speak import desk_zone_of
    from callback_tui.services.policy import current_policy

    return desk_zone_of(current_policy(desk))


@contextmanager
def _stopped_by_signals() -> "Iterator[Event]":
    """Yield what Ctrl-C or a request to end sets, so that a file in hand is finished first; a second one ends that."""
    import signal
    from threading import Event

    stop = Event()

    def end(*_: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {name: signal.signal(name, end) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
