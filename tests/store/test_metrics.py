"""Sums of the scorecard in SQL: they agree with plain arithmetic and read nothing but their index."""

from collections.abc import Iterator
from datetime import timedelta
from statistics import fmean
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, event, update

from callback_tui.models.vocabulary import ItemState
from callback_tui.store import metrics, pattern, schema
from callback_tui.store.engine import Store
from callback_tui.store.metrics import Window
from callback_tui.store.tables import queue_item
from callback_tui.views.scorecard import MetricKey
from tests.conftest import MONDAY_MORNING
from tests.store.call_rows import add_items, add_patient, add_site

NOW = MONDAY_MORNING
TODAY = Window(NOW - timedelta(hours=1), NOW + timedelta(hours=1), None)
WAITS = st.lists(st.tuples(st.booleans(), st.one_of(st.none(), st.integers(0, 50))), max_size=12)
AGES = st.fixed_dictionaries(
    {True: st.lists(st.integers(0, 50), max_size=4), False: st.lists(st.integers(0, 50), max_size=4)}
)


@pytest.fixture
def rows(store: Store) -> Iterator[Connection]:
    """Twelve messages of one patient in an open transaction."""
    schema.create_or_upgrade(store)
    with store.write() as connection:
        site_id, patient_id = add_site(connection), add_patient(connection, NOW)
        add_items(connection, patient_ids=[patient_id] * 12, site_id=site_id, now=NOW)
        yield connection


def rank(waits: list[int], percent: int) -> int:
    """Return the smallest wait that so many per cent do not exceed, by counting."""
    return next(wait for wait in sorted(waits) if sum(each <= wait for each in waits) * 100 >= percent * len(waits))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(waits=WAITS, ages=AGES)
def test_mean_median_and_spread_agree_with_counting(
    rows: Connection, waits: list[tuple[bool, int | None]], ages: dict[bool, list[int]]
) -> None:
    rows.execute(update(queue_item).values(time_unknown=True))
    for item_id, (in_hours, seconds) in enumerate(waits, start=1):
        rows.execute(
            update(queue_item)
            .where(queue_item.c.id == item_id)
            .values(time_unknown=False, received_open=in_hours, call_back_seconds=seconds)
        )
    totals = metrics.wait_totals(rows, TODAY)
    places = metrics.wait_places(rows, TODAY, ages)
    for in_hours, so_far in ages.items():
        called = [seconds for where, seconds in waits if where is in_hours and seconds is not None]
        without = sum(where is in_hours and seconds is None for where, seconds in waits)
        assert totals.get(in_hours, (0, 0)) == (len(called), sum(called))
        counted = [*called, *so_far]
        count, total, median, p90, uncalled = places.get(in_hours, (0, 0, None, None, 0))
        assert (count, uncalled) == (len(counted), without)
        if counted:
            assert total / count == fmean(counted)
            assert (median, p90) == (rank(counted, 50), rank(counted, 90))
        else:
            assert (median, p90) == (None, None)


def test_what_lies_outside_the_period_does_not_count(rows: Connection) -> None:
    rows.execute(update(queue_item).values(call_back_seconds=60))
    assert metrics.wait_totals(rows, TODAY) == {True: (12, 720)}
    assert metrics.wait_totals(rows, Window(NOW, NOW + timedelta(seconds=1), None)) == {True: (12, 720)}
    assert metrics.wait_totals(rows, Window(TODAY.start, NOW, None)) == {}
    rows.execute(update(queue_item).where(queue_item.c.id <= 2).values(state=ItemState.MERGED))
    rows.execute(update(queue_item).where(queue_item.c.id == 3).values(time_unknown=True))
    assert metrics.wait_totals(rows, TODAY) == {True: (9, 540)}
    assert metrics.left_out(rows, TODAY) == (2, 1)


def test_every_sum_is_read_from_an_index_of_its_own(rows: Connection) -> None:
    asked: list[tuple[str, Any]] = []

    @event.listens_for(rows, "before_cursor_execute")
    def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
        asked.append((statement, values))

    metrics.uncalled(rows, TODAY)
    metrics.wait_totals(rows, TODAY)
    metrics.wait_places(rows, TODAY, {True: [1], False: []})
    metrics.first_calls(rows, TODAY, NOW)
    metrics.scores(rows, TODAY, 4)
    pattern.by_hour(rows, MetricKey.CALL_BACK_IN_OFFICE, TODAY, 7200)
    pattern.by_hour(rows, MetricKey.FIRST_CALL_RESOLUTION, TODAY, 0.8)
    event.remove(rows, "before_cursor_execute", note)
    assert "ix_queue_item_calling_order" in plan_of(rows, *asked.pop(0))
    indexes = (
        "ix_queue_item_call_back",
        "ix_queue_item_call_back",
        "ix_queue_item_first_call",
        "ix_call_attempt_reached",
        "ix_queue_item_call_back",
        "ix_queue_item_first_call",
    )
    for (statement, values), index in zip(asked, indexes, strict=True):
        plan = plan_of(rows, statement, values)
        assert f"USING COVERING INDEX {index}" in plan
        assert "SCAN queue_item" not in plan
        assert "SCAN call_attempt" not in plan


def plan_of(rows: Connection, statement: str, values: Any) -> str:
    """Return how SQLite would answer a statement."""
    return "\n".join(row.detail for row in rows.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))
