"""Runs the made-up practice, on the screen or printed once, without the command line's machinery."""

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callback_tui.models.vocabulary import Role

if TYPE_CHECKING:
    from callback_tui.clock import Clock
    from callback_tui.services.demo import DemoPractice
    from callback_tui.services.desk import OpenDesk

MOST_MESSAGES = 20_000
MOST_HISTORY = 1_000_000
MESSAGES = 60
HISTORY = 2_600
SEED = 7
_IN_MEMORY = Path("/dev/shm")  # noqa: S108  # only the parent: the folder in it gets a name of its own and mode 0700
_ROOM_BYTES = 256 * 1024 * 1024
_ROOM_BYTES_A_PAST_ITEM = 4096


def run_demo(*, role: Role = Role.NURSE, messages: int = MESSAGES, history: int = HISTORY, seed: int = SEED) -> None:
    """Show a made-up practice with so many messages waiting and finished; nothing is kept."""
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


def plain_options(arguments: Sequence[str]) -> dict[str, Any] | None:
    """Return what `run_demo` takes when the arguments are options with right values and nothing else; else None.

    The rest, help and what is wrong among it, is for the command line to read, which takes as long to load as the
    demo takes to plan.
    """
    names, values = arguments[::2], arguments[1::2]
    if len(names) != len(values):
        return None
    try:
        return {name.removeprefix("--"): _OPTIONS[name](value) for name, value in zip(names, values, strict=True)}
    except (KeyError, ValueError):
        return None


def _up_to(most: int) -> Callable[[str], int]:
    def read(value: str) -> int:
        number = int(value)
        if not 0 <= number <= most:
            raise ValueError
        return number

    return read


_OPTIONS: Mapping[str, Callable[[str], object]] = {
    "--role": Role,
    "--messages": _up_to(MOST_MESSAGES),
    "--history": _up_to(MOST_HISTORY),
    "--seed": int,
}


def _show(practice: "DemoPractice", clock: "Clock", history: int) -> None:
    """Paint the planned queue at once; the desk behind it, and its past, are stored while it is read."""
    from callback_tui.cli.desk import run_app
    from callback_tui.screens.queue_source import News

    practice.write_past_behind(history)
    run_app(practice.desk, None, clock, is_demo=True, first=News(None, practice.planned_snapshot()))


@contextmanager
def _progress(history: int) -> Iterator[Callable[[int], bool]]:
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

    for text in (
        plain_queue(snapshot(desk), clock.now()),
        plain_follow_ups(follow_up_list(desk), clock.now()),
        plain_scorecard(scorecard(desk)),
    ):
        sys.stdout.write(f"{text}\n")


def _parent(history: int) -> Path | None:
    """Return a folder in memory where the system has one with room, so that nothing waits for a disk; else None."""
    if "TMPDIR" in os.environ or not os.access(_IN_MEMORY, os.W_OK | os.X_OK):
        return None
    room = _ROOM_BYTES + history * _ROOM_BYTES_A_PAST_ITEM
    return _IN_MEMORY if shutil.disk_usage(_IN_MEMORY).free >= room else None
