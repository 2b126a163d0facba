"""Budgets of what a person sees, in a real terminal: starts, keys, idling, memory, beside a bare Textual app."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench_desk import PASSPHRASE, USERNAME, import_into, made_desk, unlocking_seconds
from bench_files import write_csv
from bench_result import Budget, median_of, p95_of
from environment import ROOT, surroundings
from terminal import Terminal, TerminalError

_FIRST_ROW = "first row"
# The sign before the selected row of the queue, which nothing else on these screens shows.
_QUEUE_ROW = "▌"
_OPEN_ITEMS = 200
_MANY_ITEMS = 2_000
_COUNTDOWNS = 40
# Longer than a frame of Textual's, sixty of which are painted in a second at most.
_QUIET_SECONDS = 0.025
_LONGEST_KEY_SECONDS = 5.0
_SETTLE_SECONDS = 3.0
_AT_REST_SHARE = 0.05
_REST_SECONDS = 3.0
_LONGEST_UNREST_SECONDS = 300.0
_DOWN = "\x1b[B"
_BARE = "a bare Textual table"
_TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def measure_screen(folder: Path, *, rounds: int, presses: int, idle_seconds: float) -> Iterator[Budget]:
    """Yield the budgets of starting, keys, idling and memory; `folder` is empty and may be filled."""
    desk = made_desk(folder)
    export = folder / "messages.csv"
    write_csv(export, _OPEN_ITEMS)
    import_into(desk, export)
    bare, signing, queue, demo, unlocking = [], [], [], [], []
    for _ in range(rounds):
        bare.append(_bare_start(_OPEN_ITEMS))
        sign_in_seconds, enter_seconds = _sign_in(desk)
        unlocking.append(unlocking_seconds(desk))
        signing.append(sign_in_seconds)
        queue.append(enter_seconds - unlocking[-1])
        demo.append(_demo_start(_OPEN_ITEMS))
    base = median_of(bare)
    of_rounds = f"median of {rounds} whole starts in a terminal, beside the bare app's start with 200 rows"
    yield Budget("start to the sign-in screen", median_of(signing), "s", 1.3, base, _BARE, of_rounds)
    yield Budget(
        "passphrase accepted to first queue row, 200 open",
        median_of(queue),
        "s",
        0.7,
        base,
        f"{_BARE}'s start",
        f"from the enter key, less the {median_of(unlocking) * 1000:.0f} ms that unlocking the key costs on purpose "
        "(Argon2id), measured by itself in the same round",
    )
    yield Budget("demo to first queue row, 200 open", median_of(demo), "s", 2.5, base, _BARE, of_rounds)
    yield _keys(presses)
    yield from _idle(idle_seconds)
    yield _memory()


def _desk(*arguments: str, **variables: str) -> Terminal:
    return Terminal(
        [sys.executable, "-m", "callback_tui", *arguments], cwd=ROOT, environment={**surroundings(), **variables}
    )


def _bare(rows: int) -> Terminal:
    return Terminal([sys.executable, ROOT / "scripts/bare_app.py", str(rows)], cwd=ROOT)


def _bare_start(rows: int) -> float:
    with _bare(rows) as terminal:
        terminal.read_until(_FIRST_ROW)
        return terminal.last_byte_at - terminal.started_at


def _sign_in(desk: Path) -> tuple[float, float]:
    with _desk(CALLBACK_TUI_DESK=str(desk)) as terminal:
        terminal.read_until("assphrase")
        shown = terminal.last_byte_at - terminal.started_at
        terminal.read_for(_SETTLE_SECONDS)
        terminal.press(f"{USERNAME}\t{PASSPHRASE}")
        terminal.read_for(_SETTLE_SECONDS / 3)
        after = len(terminal.seen)
        pressed = terminal.press("\r")
        terminal.read_until(_QUEUE_ROW, after)
        return shown, terminal.last_byte_at - pressed


def _demo_start(messages: int) -> float:
    with _desk("demo", "--messages", str(messages)) as terminal:
        terminal.read_until(_QUEUE_ROW)
        return terminal.last_byte_at - terminal.started_at


@contextmanager
def _at_rest(start: Callable[[], Terminal], words: str) -> Iterator[Terminal]:
    with start() as terminal:
        terminal.read_until(words)
        terminal.read_for(_SETTLE_SECONDS)
        _wait_for_rest(terminal)
        yield terminal


def _wait_for_rest(terminal: Terminal) -> None:
    """Read until what a start does behind the screen, as a demo stores its past, is over."""
    until = time.perf_counter() + _LONGEST_UNREST_SECONDS
    while time.perf_counter() < until:
        before, at = _cpu_seconds(terminal.program.pid), time.perf_counter()
        terminal.read_for(_REST_SECONDS)
        if _cpu_seconds(terminal.program.pid) - before < _AT_REST_SHARE * (time.perf_counter() - at):
            return
    raise TerminalError(f"the program is still at work after {_LONGEST_UNREST_SECONDS:g} s")


def _keys(presses: int) -> Budget:
    with (
        _at_rest(lambda: _bare(_MANY_ITEMS), _FIRST_ROW) as bare,
        _at_rest(lambda: _desk("demo", "--messages", str(_MANY_ITEMS)), _QUEUE_ROW) as desk,
    ):
        ours, theirs = [], []
        for _ in range(presses):
            ours.append(_painted_after(desk))
            theirs.append(_painted_after(bare))
    return Budget(
        "key to last byte painted, 2,000 open, p95",
        p95_of(ours),
        "s",
        1.5,
        p95_of(theirs),
        _BARE,
        f"{presses} presses of the down key each, in turn; painted when quiet for {_QUIET_SECONDS * 1000:.0f} ms",
    )


def _painted_after(terminal: Terminal) -> float:
    pressed = terminal.press(_DOWN)
    terminal.read_some(_LONGEST_KEY_SECONDS)
    return terminal.read_until_quiet(_QUIET_SECONDS) - pressed


def _idle(seconds: float) -> Iterator[Budget]:
    with _at_rest(lambda: _desk("demo", "--messages", str(_COUNTDOWNS)), _QUEUE_ROW) as desk:
        before = _cpu_seconds(desk.program.pid)
        at = time.perf_counter()
        written = desk.read_for(seconds)
        took = time.perf_counter() - at
        used = _cpu_seconds(desk.program.pid) - before
    note = f"the demo with {_COUNTDOWNS} messages, its past stored, untouched for {seconds:.0f} s"
    yield Budget("idle with 40 countdowns, processor", 100 * used / took, "% of a core", 2.0, note=note)
    yield Budget("idle with 40 countdowns, to the terminal", written / took / 1000, "kB/s", 3.0, note=note)


def _memory() -> Budget:
    with (
        _at_rest(lambda: _bare(_OPEN_ITEMS), _FIRST_ROW) as bare,
        _at_rest(lambda: _desk("demo", "--messages", str(_OPEN_ITEMS)), _QUEUE_ROW) as desk,
    ):
        ours, theirs = _resident_mb(desk.program.pid), _resident_mb(bare.program.pid)
    return Budget("memory of the open desk", ours, "MB", 3.0, theirs, _BARE, "resident memory with 200 rows, at rest")


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS_A_SECOND


def _resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ProcessLookupError(pid)
