"""Measures every budget of the project in one run: `python scripts/bench.py [--quick] [--json FILE] [--page FILE]`."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench_result import Budget, page_of, report_of, table_of
from environment import ROOT, NoEnvironmentError, python_with, surroundings

_PAGE = ROOT / "docs/performance.md"
_KEPT = ROOT / "docs/performance.json"
_INSIDE = "CALLBACK_TUI_BENCH"


def main() -> int:
    """Run inside the bench's environment, print the table, keep it when asked. Returns 1 when a budget is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of everything: to see that it runs")
    parser.add_argument("--history", type=int, default=1_000_000, help="past messages (default 1,000,000)")
    parser.add_argument("--only", choices=("screen", "import", "history"), help="measure one group")
    parser.add_argument("--json", action="store_true", help="print JSON instead of the table")
    parser.add_argument("--keep", action="store_true", help="write docs/performance.json and docs/performance.md")
    options = parser.parse_args()
    if os.environ.get(_INSIDE) is None:
        return _run_inside()
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
        _KEPT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
        _PAGE.write_text(page_of(report), encoding="utf-8")
    return 0 if all(budget.holds for budget in budgets) else 1


def _run_inside() -> int:
    if platform.system() != "Linux":
        print("The bench reads process figures from /proc, so it runs on Linux only.")
        return 1
    try:
        python = python_with("bench")
    except NoEnvironmentError as refusal:
        print(refusal)
        return 1
    return subprocess.run([python, *sys.argv], env=surroundings() | {_INSIDE: "1"}, check=False).returncode


def _measured(*, quick: bool, history: int, only: str | None) -> Iterator[Budget]:
    with tempfile.TemporaryDirectory(prefix="callback-tui-bench-", ignore_cleanup_errors=True) as name:
        folders = {group: Path(name) / group for group in ("screen", "import", "history")}
        for folder in folders.values():
            folder.mkdir()
        if only in (None, "screen"):
            from bench_screen import measure_screen

            yield from measure_screen(
                folders["screen"],
                rounds=2 if quick else 7,
                presses=20 if quick else 200,
                idle_seconds=5.0 if quick else 60.0,
            )
        if only in (None, "import"):
            from bench_store import measure_import

            yield from measure_import(folders["import"], rows=10_000 if quick else 100_000)
        if only in (None, "history"):
            from bench_store import measure_history

            yield from measure_history(folders["history"], history=history, rounds=3 if quick else 9)


sys.exit(main())
