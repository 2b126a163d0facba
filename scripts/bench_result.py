"""One measured budget: ours beside the yardstick, the ratio, and whether it holds; as text, JSON and a page."""

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Budget:
    """A row of the budget table. `ours` and `yardstick` are in `unit`; without a yardstick `limit` bounds `ours`.

    `limit` is a ratio where there is a yardstick. `note` says what was measured and how often.
    """

    what: str
    ours: float
    unit: str
    limit: float
    yardstick: float | None = None
    yardstick_name: str = ""
    note: str = ""

    @property
    def measured(self) -> float:
        """The figure the limit is held against."""
        return self.ours if self.yardstick is None else self.ours / self.yardstick

    @property
    def holds(self) -> bool:
        """Whether the figure is within the limit."""
        return self.measured <= self.limit


def median_of(figures: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(figures)


def p95_of(figures: Sequence[float]) -> float:
    """Return the 95th percentile, interpolated."""
    return statistics.quantiles(figures, n=20, method="inclusive")[-1]


def table_of(budgets: Sequence[Budget]) -> str:
    """Return the rows as a Markdown table, which reads as plain text as well."""
    lines = ["| what | ours | beside | ratio | budget | holds |", "|---|---|---|---|---|---|"]
    for row in budgets:
        beside = "" if row.yardstick is None else f"{_figure(row.yardstick, row.unit)} {row.yardstick_name}"
        ratio = "" if row.yardstick is None else f"{row.measured:.2f}"
        limit = f"<= {row.limit:g} x" if row.yardstick is not None else f"<= {_figure(row.limit, row.unit)}"
        holds = "yes" if row.holds else "NO"
        lines.append(f"| {row.what} | {_figure(row.ours, row.unit)} | {beside} | {ratio} | {limit} | {holds} |")
    return "\n".join(lines)


def page_of(report: dict[str, Any]) -> str:
    """Return `docs/performance.md` of a report as `report_of` makes it."""
    budgets = [Budget(**row) for row in report["budgets"]]
    machine = report["machine"]
    notes = "\n".join(f"- {row.what}: {row.note}" for row in budgets if row.note)
    return f"""# Performance

Made by `python scripts/bench.py --keep`: do not edit. Each budget is a ratio of two figures measured in the same run on
the same machine, so that it means the same on a slow machine as on a fast one. Measured on {report["measured_on"]} with
{machine["cores"]} cores, {machine["system"]}, Python {machine["python"]}; {report["history"]:,} past messages.

{table_of(budgets)}

## How each was measured

{notes}
"""


def report_of(budgets: Sequence[Budget], *, measured_on: str, machine: dict[str, Any], history: int) -> dict[str, Any]:
    """Return what is kept as JSON."""
    return {
        "measured_on": measured_on,
        "machine": machine,
        "history": history,
        "budgets": [asdict(row) for row in budgets],
    }


def _figure(value: float, unit: str) -> str:
    if unit == "s":
        return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.1f} ms"
    return f"{value:.1f} {unit}"
