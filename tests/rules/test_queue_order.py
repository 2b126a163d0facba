"""Calling order and the reasons for it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import CallReason, Channel, ItemState, Priority, Tier
from callback_tui.models.vocabulary import ClockEventKind as Kind
from callback_tui.rules.queue_order import calling_order, why_first
from callback_tui.views.queue import QueueRow
from tests.rules.clocks import SITE, clock, event, ny, started


def row(item_id: int, tier: Tier = Tier.ROUTINE, due: str = "23 14:00", *, check: bool = False) -> QueueRow:
    """Return a row due at an instant of November 2026 in New York."""
    return QueueRow(
        item_id=item_id,
        message_id=item_id,
        patient_id=item_id,
        site="Main",
        who="Rosa Delgado",
        phone_e164="+12125550147",
        phone_raw="(212) 555-0147",
        channel=Channel.VOICEMAIL,
        priority=Priority.URGENT if tier.always_on else Priority(tier.value),
        emergent=tier is Tier.EMERGENT,
        check=check,
        reason=CallReason.GENERAL,
        summary="refill",
        state=ItemState.OPEN,
        received_at=ny("23 10:00"),
        clock=replace(clock(started(tier)), next_due_at=ny(due)),
        attempts=0,
        holder=None,
        bundle=1,
        flags=(),
        search_text="",
    )


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


def why(of: QueueRow, now: str = "23 12:00", *, contacts: int = 1, age: int | None = None) -> tuple[str, ...]:
    return why_first(of, SITE, ny(now), contacts_today=contacts, age_years=age)


def test_the_reasons_of_a_plain_row() -> None:
    assert why(row(1)) == ("due 14:00", "waited 2 h")
    assert why(row(1), "24 10:00") == ("was due 14:00 yesterday", "waited 24 h")


@pytest.mark.parametrize(
    ("of", "contacts", "age", "reason"),
    [
        (row(1, Tier.EMERGENT), 1, None, "emergency words in the message: call now"),
        (row(1, Tier.URGENT), 1, None, "urgent"),
        (replace(row(1), attempts=1), 1, None, "rung once"),
        (replace(row(1), attempts=2), 1, None, "rung twice"),
        (replace(row(1), attempts=5), 1, None, "rung 5 times"),
        (row(1), 1, 1, "child under 2"),
        (row(1), 3, None, "3 messages from them today"),
        (row(1, check=True), 1, None, "needs a person's eye: the words were not clear"),
        (replace(row(1), received_at=None), 1, None, "time of the message unknown"),
        (
            replace(row(1), clock=clock(started(Tier.ROUTINE), event(Kind.SCHEDULED, "23 10:30", until="23 15:00"))),
            1,
            None,
            "we promised 15:00",
        ),
    ],
)
def test_each_reason_appears_only_where_it_holds(of: QueueRow, contacts: int, age: int | None, reason: str) -> None:
    assert reason in why(of, contacts=contacts, age=age)
    assert reason not in why(row(1), age=2)


def test_a_message_from_the_future_has_not_waited() -> None:
    future = replace(row(1), received_at=ny("23 12:00") + timedelta(minutes=5))
    assert why(future) == ("due 14:00",)
