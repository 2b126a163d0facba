"""Budgets of the store: import, queue snapshot and scorecard, beside the raw driver and a plain insert."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from bench_desk import import_into, made_desk, run_whole
from bench_files import write_csv
from bench_result import Budget, median_of
from callback_tui.clock import SystemClock
from callback_tui.models.vocabulary import Role
from callback_tui.services.demo import in_office_hours, open_demo
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue import snapshot
from callback_tui.services.supervision import scorecard
from callback_tui.views.scorecard import PeriodName

_OPEN_ITEMS = 2_000
_MOST_IMPORT_MB = 200.0
Statement = tuple[str, Any]


def measure_import(folder: Path, *, rows: int) -> Iterator[Budget]:
    """Yield the budgets of an import of so many CSV rows into an encrypted desk; `folder` is empty."""
    export = folder / "messages.csv"
    write_csv(export, rows)
    desk = made_desk(folder)
    ours = import_into(desk, export)
    theirs = run_whole(
        [sys.executable, "-m", "sqlite_utils", "insert", str(folder / "plain.db"), "messages", str(export), "--csv"]
    )
    note = f"{rows:,} rows, whole processes, once each"
    yield Budget("import of CSV rows", ours.seconds, "s", 1.5, theirs.seconds, "`sqlite-utils insert`", note)
    yield Budget("import of CSV rows, most memory", ours.most_mb, "MB", _MOST_IMPORT_MB, note=note)


def measure_history(folder: Path, *, history: int, rounds: int) -> Iterator[Budget]:
    """Yield the budgets of what must not feel the past: the queue snapshot and the scorecard; `folder` is empty."""
    with _demo(folder / "new", history=0) as desk:
        empty = _seconds_of(lambda: snapshot(desk), rounds)
    with _demo(folder / "old", history=history) as desk:
        ours = _seconds_of(lambda: snapshot(desk), rounds)
        theirs = _seconds_of(_replay(desk, _statements_of(lambda: snapshot(desk))), rounds)
        yield Budget(
            f"queue snapshot, {_OPEN_ITEMS:,} open",
            ours,
            "s",
            2.0,
            theirs,
            "the same statements on the raw driver",
            f"median of {rounds}, among {history:,} past messages",
        )
        yield Budget(
            "queue snapshot, whatever the past",
            ours,
            "s",
            1.25,
            empty,
            "the same with no past",
            f"median of {rounds}; 1.25 is our own reading of independent",
        )
        ours = _seconds_of(lambda: scorecard(desk, PeriodName.QUARTER), rounds)
        theirs = _seconds_of(_replay(desk, _statements_of(lambda: scorecard(desk, PeriodName.QUARTER))), rounds)
        yield Budget(
            "scorecard of a quarter",
            ours,
            "s",
            1.5,
            theirs,
            "the same aggregates on the raw driver",
            f"median of {rounds}, among {history:,} past messages",
        )


@contextmanager
def _demo(folder: Path, *, history: int) -> Iterator[OpenDesk]:
    clock = in_office_hours(SystemClock())
    desk = open_demo(clock, role=Role.SUPERVISOR, messages=_OPEN_ITEMS, history=history, seed=7, folder=folder)
    try:
        yield desk
    finally:
        desk.store.close()


def _seconds_of(act: Callable[[], object], rounds: int) -> float:
    act()
    figures = []
    for _ in range(rounds):
        at = time.perf_counter()
        act()
        figures.append(time.perf_counter() - at)
    return median_of(figures)


def _statements_of(act: Callable[[], object]) -> list[Statement]:
    """Return the reading statements that something runs, as the driver gets them."""
    found: list[Statement] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            found.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return found


def _replay(desk: OpenDesk, statements: list[Statement]) -> Callable[[], None]:
    def run() -> None:
        with desk.store.read() as connection:
            cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]  # open while reading
            for statement, parameters in statements:
                cursor.execute(statement, parameters).fetchall()

    return run
