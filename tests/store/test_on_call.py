"""SQL of the on-call roster: no look reads the past, and the site counts where one is asked for."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, event, update

from callback_tui.store import on_call, schema
from callback_tui.store.engine import Store
from callback_tui.store.tables import queue_item
from tests.conftest import MONDAY_MORNING
from tests.store.call_rows import add_items, add_patient, add_site
from tests.store.test_metrics import plan_of

NOW = MONDAY_MORNING
HOUR = timedelta(hours=1)


def night_of_two(connection: Connection) -> tuple[int, int]:
    """Add two urgent messages of the night and a routine one, and return the patient and the site."""
    site_id, patient_id = add_site(connection), add_patient(connection, NOW)
    add_items(connection, patient_ids=[patient_id] * 3, site_id=site_id, now=NOW)
    connection.execute(update(queue_item).where(queue_item.c.id <= 2).values(tier_rank=1, received_open=False))
    return patient_id, site_id


def test_what_is_urgent_is_read_from_its_index(store: Store) -> None:
    schema.create_or_upgrade(store)
    asked: list[tuple[str, Any]] = []
    with store.write() as connection:
        patient_id, site_id = night_of_two(connection)

        @event.listens_for(connection, "before_cursor_execute")
        def note(_connection: object, _cursor: object, statement: str, values: Any, *_rest: object) -> None:
            asked.append((statement, values))

        assert len(on_call.urgent_items(connection, ())) == 2
        assert on_call.urgent_after_hours(connection, NOW - HOUR, NOW + HOUR, None) == (NOW, NOW)
        event.remove(connection, "before_cursor_execute", note)
        plans = [plan_of(connection, *each) for each in asked]
        assert "SEARCH queue_item USING INDEX ix_queue_item_calling_order (tier_rank<?)" in plans[0]
        assert "SEARCH queue_item USING COVERING INDEX ix_queue_item_urgent_after_hours" in plans[1]
        assert on_call.urgent_items(connection, {patient_id}) == ()
        assert on_call.urgent_after_hours(connection, NOW + HOUR, NOW + 2 * HOUR, None) == ()
        assert len(on_call.urgent_after_hours(connection, NOW, NOW + HOUR, site_id)) == 2
        assert on_call.urgent_after_hours(connection, NOW, NOW + HOUR, site_id + 1) == ()
