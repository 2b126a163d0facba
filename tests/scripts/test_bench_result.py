"""The budget table: which figure is held against which limit, and what the page says of it."""

import json

import pytest

from bench_result import Budget, median_of, p95_of, page_of, report_of, table_of


def budget(ours: float, limit: float, yardstick: float | None = None) -> Budget:
    """Return a row in seconds."""
    return Budget("start", ours, "s", limit, yardstick, "bare" if yardstick else "", "how")


@pytest.mark.parametrize(
    ("row", "measured", "holds"),
    [
        (budget(1.3, 1.3, 1.0), 1.3, True),
        (budget(1.31, 1.3, 1.0), 1.31, False),
        (budget(0.2, 0.7, 0.4), 0.5, True),
        (budget(3.0, 2.0), 3.0, False),
        (budget(0.5, 2.0), 0.5, True),
    ],
)
def test_a_ratio_or_the_figure_itself_is_held_against_the_limit(row: Budget, measured: float, holds: bool) -> None:
    assert row.measured == pytest.approx(measured)
    assert row.holds is holds
    assert table_of([row]).endswith("| yes |" if holds else "| NO |")


def test_median_and_p95() -> None:
    assert median_of([5.0, 1.0, 3.0]) == 3.0
    assert p95_of([float(n) for n in range(101)]) == 95.0


def test_the_page_is_made_from_the_report() -> None:
    report = report_of([budget(0.5, 2.0)], measured_on="2026-11-24", machine=MACHINE, history=1_000_000)
    page = page_of(json.loads(json.dumps(report)))
    assert "| start | 500.0 ms |  |  | <= 2.00 s | yes |" in page
    assert "1,000,000 past messages" in page
    assert "- start: how" in page


MACHINE = {"cores": 2, "system": "Linux", "python": "3.11"}
