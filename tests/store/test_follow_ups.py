"""The list of what is still to be done reads what is open, never the history behind it."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, event

from callback_tui.models.vocabulary import IdentityResult, Outcome
from callback_tui.rules.charting import belongs_in_chart
from callback_tui.services.desk import OpenDesk
from callback_tui.services.follow_up_list import follow_up_list
from callback_tui.services.queue import snapshot
from callback_tui.store import tables as t
from callback_tui.store.calls import unfinished
from callback_tui.store.day_lists import calls_without_outcome


@pytest.fixture
def statements(desk: OpenDesk) -> Iterator[list[tuple[str, object]]]:
    """Collect every statement the desk runs, with its parameters."""
    seen: list[tuple[str, object]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        seen.append((statement, parameters))

    event.listen(desk.store._engine, "before_cursor_execute", note)
    yield seen
    event.remove(desk.store._engine, "before_cursor_execute", note)


def scanned(connection: Connection, statement: str, parameters: object) -> list[str]:
    """Return which growing tables a statement reads from end to end, by no index."""
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]  # as the driver was given them
    steps = [str(row[3]) for row in plan]
    whole = r"SCAN (follow_up|promise|hand_off|call_attempt|queue_item|message)( USING INDEX ix_message_.*)?"
    return [step for step in steps if re.fullmatch(whole, step)]


def test_history_is_never_scanned(desk: OpenDesk, statements: list[tuple[str, object]]) -> None:
    """Every query of the follow-ups, and the queue's own, finds its rows by an index of what is open."""
    follow_up_list(desk)
    snapshot(desk)
    ran = [each for each in statements if each[0].startswith("SELECT")]
    assert len(ran) > len(follow_up_list(desk).groups)
    with desk.store.read() as connection:
        assert {statement: found for statement, args in ran if (found := scanned(connection, statement, args))} == {}


def test_a_persons_unfinished_calls_are_found_among_the_few(
    desk: OpenDesk, statements: list[tuple[str, object]]
) -> None:
    """By the index of unfinished calls, not by that of all calls the person ever made."""
    with desk.store.read() as connection:
        unfinished(connection, desk.actor.staff_id)
        calls_without_outcome(connection, desk.actor.staff_id)
        plans = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {ran}", args).all() for ran, args in statements[-2:]]  # type: ignore[arg-type]  # as the driver was given them
    for plan in plans:
        assert any("ix_call_attempt_unfinished" in row[3] for row in plan)
        assert not any("ix_call_attempt_staff_id" in row[3] for row in plan)


def test_a_scan_is_seen(desk: OpenDesk) -> None:
    with desk.store.read() as connection:
        assert scanned(connection, "SELECT * FROM call_attempt WHERE in_chart_at IS NULL", ()) == ["SCAN call_attempt"]
        grouped = scanned(connection, "SELECT count(*) FROM message WHERE received_at > 'x' GROUP BY patient_id", ())
        assert grouped == ["SCAN message USING INDEX ix_message_patient_id"]


def test_the_index_of_the_chart_is_the_rule() -> None:
    """The words of the index name just the outcomes that belong in the chart."""
    named = set(re.findall(r"'(\w+)'", str(t.not_in_chart))) - {IdentityResult.GENERAL_ONLY.value}
    assert named == {outcome.value for outcome in Outcome if belongs_in_chart(outcome, IdentityResult.PASSED)}
    assert not any(belongs_in_chart(outcome, IdentityResult.GENERAL_ONLY) for outcome in Outcome)
