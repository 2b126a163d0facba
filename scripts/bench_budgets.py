"""Measures every budget of the project in one run, prints the table, and keeps it when asked."""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench_result import Budget, report_of, table_of
from page_texts import KEPT_FIGURES, write_pages


def main() -> int:
    """Measure, print the table, keep it when asked. Returns 1 when a budget is broken."""
    parser = argparse.ArgumentParser("bench.py", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything: to see that it runs")
    parser.add_argument("--history", type=int, default=1_000_000, help="past messages (default 1,000,000)")
    parser.add_argument("--only", choices=("screen", "triage", "import", "history"), help="measure one group")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--keep", action="store_true", help="write docs/performance.json and docs/performance.md")
    options = parser.parse_args()
    if options.keep and (options.quick or options.only):
        parser.error("--keep is for the whole run: without --quick and --only")
    # Without kept bytecode every start would compile the program anew, but never the libraries it is compared with.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    history = options.history // (50 if options.quick else 1)
    budgets = []
    for budget in _measured(quick=options.quick, history=history, only=options.only):
        budgets.append(budget)
        print(f"{budget.what}: {budget.measured:.2f} of {budget.limit:g}", file=sys.stderr, flush=True)
    report = report_of(
        budgets,
        measured_on=datetime.now(UTC).date().isoformat(),
        machine={"cores": os.cpu_count(), "system": platform.system(), "python": platform.python_version()},
        history=history,
    )
    print(json.dumps(report, indent=2) if options.json else table_of(budgets))
    if options.keep:
        KEPT_FIGURES.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
        write_pages()
    return 0 if all(budget.holds for budget in budgets) else 1


def _measured(*, quick: bool, history: int, only: str | None) -> Iterator[Budget]:
    with tempfile.TemporaryDirectory(prefix="callback-tui-bench-", ignore_cleanup_errors=True) as name:
        folders = {group: Path(name) / group for group in ("screen", "import", "history")}
        for folder in folders.values():
            folder.mkdir()
        if only in (None, "screen"):
            from bench_screen import measure_screen

            yield from measure_screen(
                folders["screen"],
                rounds=3 if quick else 7,
                presses=60 if quick else 200,
                idle_seconds=5.0 if quick else 60.0,
            )
        if only in (None, "triage"):
            from bench_triage import measure_triage

            yield from measure_triage(messages=500 if quick else 5_000, rounds=3 if quick else 7)
        if only in (None, "import"):
            from bench_store import measure_import

            yield from measure_import(folders["import"], rows=10_000 if quick else 100_000)
        if only in (None, "history"):
            from bench_store import measure_history

            histories = (history // 100, history // 10, history)
            yield from measure_history(folders["history"], histories=histories, rounds=3 if quick else 9)


if __name__ == "__main__":
    sys.exit(main())
