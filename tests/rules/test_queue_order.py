"""Calling order and the reasons for it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import Channel, ItemState, Role, Tier
from callback_tui.rules.queue_order import calling_order, what_stands_before, why_first
from callback_tui.views.policy import Span
from callback_tui.views.queue import Assigned, QueueRow
from tests.rules import queue_rows
from tests.rules.clocks import POLICY, clock, ny, started


def row(item_id: int, tier: Tier = Tier.ROUTINE, due: str = "23 14:00", *, check: bool = False) -> QueueRow:
    """Return a row due at an instant of November 2026 in New York."""
    due_then = replace(clock(started(tier)), next_due_at=ny(due))
    return queue_rows.row(item_id, tier, check=check, bundle=1, clock=due_then)


def order(*rows: QueueRow) -> list[int]:
    return [each.item_id for each in sorted(rows, key=calling_order)]


def test_emergent_then_urgent_then_all_others_by_next_due() -> None:
    rows = (
        row(1, Tier.ROUTINE, "23 08:00"),
        row(2, Tier.INFORMATIONAL, "23 07:00"),
        row(3, Tier.URGENT, "23 16:00"),
        row(4, Tier.URGENT, "23 15:00"),
        row(5, Tier.EMERGENT, "23 17:00"),
        row(6, Tier.INFORMATIONAL, "23 09:00"),
    )
    assert order(*rows) == [5, 4, 3, 2, 1, 6]


def test_among_equals_what_needs_a_check_comes_first_then_the_older_item() -> None:
    assert order(row(3), row(1), row(2, check=True)) == [2, 1, 3]


@given(
    st.lists(
        st.builds(
            row,
            st.integers(1, 10**6),
            st.sampled_from(Tier),
            st.sampled_from(["23 08:00", "23 12:00", "24 09:00"]),
            check=st.booleans(),
        ),
        unique_by=lambda each: each.item_id,
        max_size=8,
    )
)
def test_a_late_refill_never_stands_above_an_urgent_call(rows: list[QueueRow]) -> None:
    sorted_rows = sorted(rows, key=calling_order)
    groups = [min(2, (Tier.EMERGENT if each.emergent else Tier(each.priority.value)).rank) for each in sorted_rows]
    assert groups == sorted(groups)
    assert len({calling_order(each) for each in rows}) == len(rows)


def why(of: QueueRow, now: str = "23 12:00", **asked: Any) -> tuple[str, ...]:
    return why_first(of, POLICY, ny(now), **asked)


def with_clock(**columns: Any) -> QueueRow:
    return replace(row(1), clock=replace(row(1).clock, **columns))


def test_the_reasons_of_a_plain_row() -> None:
    assert why(row(1)) == ("routine", "due 14:00", "waited 2 h")
    assert why(row(1), "24 10:00") == ("routine", "was due 14:00 yesterday", "waited 24 h")


@pytest.mark.parametrize(
    ("of", "reason"),
    [
        (row(1, Tier.EMERGENT), "emergency words in the message: call now"),
        (row(1, Tier.URGENT), "urgent"),
        (row(1, Tier.INFORMATIONAL), "informational"),
        (replace(row(1), attempts=1), "rung once"),
        (replace(row(1), attempts=2), "rung twice"),
        (replace(row(1), attempts=5), "rung 5 times"),
        (replace(row(1), attempts=2), "hard calls are shared: next gives it to whoever had fewest today"),
        (replace(row(1), age_years=1), "child under 2"),
        (replace(row(1), contacts_today=3), "3 messages from them today"),
        (row(1, check=True), "needs a person's eye: the words were not clear"),
        (replace(row(1), received_at=None), "time of the message unknown"),
        (with_clock(scheduled_at=ny("23 15:00")), "we promised 15:00"),
        (replace(row(1), state=ItemState.ESCALATED), "handed over, waits for a clinician"),
        (
            replace(row(1, due="23 11:00"), state=ItemState.ESCALATED),
            "handed over, no clinician took it in time",
        ),
        (replace(row(1), assigned_to=Assigned("Dana Ruiz", Role.NURSE, 7)), "given to you"),
        (replace(row(1), assigned_to=Assigned("Sam Lee", Role.NURSE, 8)), "given to Sam Lee"),
        (
            replace(row(1), assigned_to=Assigned("nurses", Role.NURSE), team_at=ny("23 13:00")),
            "given to nurses until 13:00, then the team's",
        ),
        (replace(row(1), prefers=Channel.TEXT), "prefers text"),
    ],
)
def test_each_reason_appears_only_where_it_holds(of: QueueRow, reason: str) -> None:
    assert reason in why(of, staff_id=7)
    assert reason not in why(
        replace(row(1), age_years=2, assigned_to=Assigned("nurses", Role.NURSE), team_at=ny("23 12:00")), staff_id=7
    )


def test_what_can_wait_for_its_window_says_so() -> None:
    windows = replace(POLICY, sharing=replace(POLICY.sharing, batch_windows=(Span(13 * 60, 14 * 60),)))
    assert why_first(row(1), windows, ny("23 12:00"))[-1] == (
        "can wait for the time set aside for routine calls, from 13:00"
    )


def test_why_not_earlier() -> None:
    rows = sorted(
        (
            row(1, Tier.EMERGENT),
            row(2, Tier.URGENT, "23 12:00"),
            row(3, Tier.URGENT, "23 12:30"),
            row(4, Tier.ROUTINE, "23 11:00"),
            row(5, Tier.INFORMATIONAL, "23 16:00"),
        ),
        key=calling_order,
    )
    assert what_stands_before(rows) == {
        1: "nothing stands before it",
        2: "1 emergent call stands before it",
        3: "1 emergent and 1 urgent calls stand before it",
        4: "1 emergent and 2 urgent calls stand before it",
        5: "1 emergent, 2 urgent and 1 earlier calls stand before it",
    }
    assert what_stands_before(rows[3:])[5] == "1 earlier call stands before it"
    assert why(row(1), before="nothing stands before it")[2] == "nothing stands before it"


def test_a_message_from_the_future_has_not_waited() -> None:
    future = replace(row(1), received_at=ny("23 12:00") + timedelta(minutes=5))
    assert why(future) == ("routine", "due 14:00")
