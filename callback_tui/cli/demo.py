"""`callback-tui demo`: a made-up practice on the screen, gone when you leave."""

import os
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from callback_tui.cli.session import UnusedFolder, UnusedPassphraseFile, UnusedUser
from callback_tui.models.vocabulary import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from callback_tui.clock import Clock
    from callback_tui.services.demo import DemoPractice
    from callback_tui.services.desk import OpenDesk

_MOST_MESSAGES = 20_000
_MOST_HISTORY = 1_000_000
_HISTORY = 2_600
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # only the parent: the folder in it gets a name of its own and mode 0700
_ROOM_BYTES = 256 * 1024 * 1024
_ROOM_BYTES_A_PAST_ITEM = 4096


def demo(
    role: Annotated[Role, typer.Option(help="Whose desk to open.")] = Role.NURSE,
    messages: Annotated[int, typer.Option(min=0, max=_MOST_MESSAGES, help="How many messages wait.")] = 60,
    history: Annotated[
        int, typer.Option(min=0, max=_MOST_HISTORY, help="How many messages of the last 90 days are finished.")
    ] = _HISTORY,
    seed: Annotated[int, typer.Option(help="The same number makes the same practice.")] = 7,
    _desk: UnusedFolder = None,
    _user: UnusedUser = None,
    _passphrase_file: UnusedPassphraseFile = None,
) -> None:
    """Try the desk with a made-up practice; nothing is kept. Without a terminal it is printed once, as text."""
    from tempfile import TemporaryDirectory

    from callback_tui.clock import SystemClock
    from callback_tui.services.demo import DemoPractice, in_office_hours

    clock = in_office_hours(SystemClock())
    with TemporaryDirectory(prefix="callback-tui-demo-", dir=_parent(history), ignore_cleanup_errors=True) as folder:
        practice = DemoPractice(clock, role=role, messages=messages, seed=seed, folder=Path(folder))
        try:
            if sys.stdout.isatty():
                _show(practice, clock, history)
            else:
                with _progress(history) as go_on:
                    practice.write_past(history, go_on=go_on)
                _print(practice.desk, clock)
        finally:
            practice.close()


def _show(practice: "DemoPractice", clock: "Clock", history: int) -> None:
    """Paint the planned queue at once; the desk behind it, and its past, are stored while it is read."""
    from callback_tui.cli.desk import run_app
    from callback_tui.screens.queue_source import News

    practice.write_past_behind(history)
    run_app(practice.desk, None, clock, is_demo=True, first=News(None, practice.planned_snapshot()))


@contextmanager
def _progress(history: int) -> "Iterator[Callable[[int], bool]]":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Messages of the last 90 days"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("past", total=history)

        def go_on(stored: int) -> bool:
            bar.update(task, completed=stored)
            return True

        yield go_on


def _print(desk: "OpenDesk", clock: "Clock") -> None:
    from callback_tui.cli.queue import plain_follow_ups, plain_queue
    from callback_tui.cli.scorecard import plain_scorecard
    from callback_tui.services.follow_up_list import follow_up_list
    from callback_tui.services.queue import snapshot
    from callback_tui.services.supervision import scorecard

    typer.echo(plain_queue(snapshot(desk), clock.now()))
    typer.echo(plain_follow_ups(follow_up_list(desk), clock.now()))
    typer.echo(plain_scorecard(scorecard(desk)))


def _parent(history: int) -> Path | None:
    """Return a folder in memory where the system has one with room, so that nothing waits for a disk; else None."""
    if "TMPDIR" in os.environ or not os.access(_IN_MEMORY, os.W_OK | os.X_OK):
        return None
    room = _ROOM_BYTES + history * _ROOM_BYTES_A_PAST_ITEM
    return _IN_MEMORY if shutil.disk_usage(_IN_MEMORY).free >= room else None
