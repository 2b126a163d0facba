"""Budgets of the store: import, queue snapshot and scorecard, beside the raw driver and a plain insert."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event, func, select

from bench_desk import import_into, made_desk, run_whole
from bench_files import write_csv
from bench_result import Budget, median_of
from callback_tui.clock import SystemClock
from callback_tui.models.vocabulary import Role
from callback_tui.services import queue
from callback_tui.services.calling_back import find_callers
from callback_tui.services.calls import park, start_call
from callback_tui.services.demo import in_office_hours, open_demo
from callback_tui.services.desk import OpenDesk
from callback_tui.services.next_call import next_call
from callback_tui.services.pace import will_we_make_it
from callback_tui.services.queue import snapshot
from callback_tui.services.supervision import scorecard
from callback_tui.store import tables
from callback_tui.views.scorecard import PeriodName

_OPEN_ITEMS = 2_000
_MOST_IMPORT_MB = 200.0
_MOST_F2_MS = 100.0
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


def measure_history(folder: Path, *, histories: Sequence[int], rounds: int) -> Iterator[Budget]:
    """Yield the budgets of what must not feel the past, at a desk for each history; `folder` is empty.

    `histories` are counts of past messages, fewest first; what only the largest can tell is measured there.
    """
    refreshes = []
    for history in histories:
        with _demo(folder / str(history), history=history) as desk:
            refresh = _refresh(desk, history, rounds)
            refreshes.append(refresh.ours)
            yield refresh
            if history == histories[-2]:
                # The budget is for 100,000 patients; the largest desk has many more.
                yield _who_is_calling(desk, rounds)
            if history == histories[-1]:
                yield _first_look(desk, refresh, rounds)
                yield Budget(
                    f"queue refresh, {history:,} past messages beside {histories[0]:,}",
                    refreshes[-1],
                    "s",
                    1.25,
                    refreshes[0],
                    f"the same among {histories[0]:,}",
                    f"median of {rounds}, {_OPEN_ITEMS:,} open; 1.25 is our own reading of independent",
                )
                yield from _at_work(desk, history, rounds)
                yield _scorecard(desk, history, rounds)


def _refresh(desk: OpenDesk, history: int, rounds: int) -> Budget:
    return Budget(
        f"queue refresh, {_OPEN_ITEMS:,} open among {history:,} past",
        _seconds_of(lambda: snapshot(desk), rounds),
        "s",
        2.0,
        _seconds_of(_replay(desk, _statements_of(lambda: snapshot(desk))), rounds),
        "the same statements on the raw driver",
        f"median of {rounds}; rows that nobody changed are not made again, the forecast is",
    )


def _first_look(desk: OpenDesk, refresh: Budget, rounds: int) -> Budget:
    def look() -> None:
        # As at a desk just opened, which has made no rows yet.
        queue._ROWS_MADE.pop(desk.store, None)
        snapshot(desk)

    return Budget(
        f"first look at the queue, {_OPEN_ITEMS:,} open",
        _seconds_of(look, rounds),
        "s",
        8.0,
        refresh.yardstick,
        refresh.yardstick_name,
        f"median of {rounds}; every row made anew, once a sign-in: 8 is our own limit",
    )


def _who_is_calling(desk: OpenDesk, rounds: int) -> Budget:
    """Return how long F2 takes for the slower of four digits and three letters, both of somebody who waits."""
    first = snapshot(desk).rows[0]
    typed = (first.phone_e164 or first.phone_raw)[-4:], first.who[:3]
    with desk.store.read() as connection:
        patients = connection.execute(select(func.count()).select_from(tables.patient)).scalar_one()
    slower = max(_seconds_of(partial(find_callers, desk, words), rounds) for words in typed)
    note = f"the slower of four digits and three letters, median of {rounds}; the look is audited in the time measured"
    return Budget(f"F2, who is calling, of {patients:,} patients", slower * 1000, "ms", _MOST_F2_MS, note=note)


def _at_work(desk: OpenDesk, history: int, rounds: int) -> Iterator[Budget]:
    """Yield what a nurse waits for, each beside what it is made of."""
    nurse = replace(desk, actor=replace(desk.actor, role=Role.NURSE))
    refresh = _seconds_of(lambda: snapshot(nurse), rounds)
    ringing = _seconds_of(partial(_ring_and_park, nurse, snapshot(nurse).rows[0].item_id), rounds)
    note = f"median of {rounds}, {_OPEN_ITEMS:,} open among {history:,} past; the call is parked in the time measured"
    next_one = _seconds_of(partial(_take_next_and_park, nurse), rounds)
    yield Budget("n, the next call", next_one, "s", 1.5, refresh + ringing, "a refresh and the call by itself", note)
    pace = _seconds_of(lambda: will_we_make_it(nurse), rounds)
    yield Budget("i, will we make it", pace, "s", 2.0, refresh, "a refresh", note.split(";")[0])


def _ring_and_park(desk: OpenDesk, item_id: int) -> None:
    sheet = start_call(desk, item_id, reason="Measured.")
    park(desk, sheet.attempt_id, sheet.claim_token)


def _take_next_and_park(desk: OpenDesk) -> None:
    sheet = next_call(desk).sheet
    if sheet is None:
        raise RuntimeError("the bench's nurse found nobody to ring")
    park(desk, sheet.attempt_id, sheet.claim_token)


def _scorecard(desk: OpenDesk, history: int, rounds: int) -> Budget:
    return Budget(
        "scorecard of a quarter",
        _seconds_of(lambda: scorecard(desk, PeriodName.QUARTER), rounds),
        "s",
        1.5,
        _seconds_of(_replay(desk, _statements_of(lambda: scorecard(desk, PeriodName.QUARTER))), rounds),
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
