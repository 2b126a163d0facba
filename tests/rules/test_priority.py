"""Whose decision a priority is: lowering is always a person's, and so is any reason that is not the program's own."""

from datetime import UTC, datetime

import pytest

from callback_tui.models.vocabulary import ClockEventKind, Tier
from callback_tui.rules.priority import JOINED, NEW_RULE, TEXT_CHANGED, set_by_person
from callback_tui.views.clock import ClockEvent

NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
STARTED = ClockEvent(ClockEventKind.STARTED, NOW, "first", tier=Tier.ROUTINE)


def given(tier: Tier, reason: str) -> ClockEvent:
    """Return a change of priority."""
    return ClockEvent(ClockEventKind.PRIORITY_SET, NOW, "verb", tier=tier, reason=reason)


@pytest.mark.parametrize(
    ("events", "is_theirs"),
    [
        ((), False),
        ((given(Tier.URGENT, NEW_RULE), given(Tier.EMERGENT, TEXT_CHANGED)), False),
        ((given(Tier.URGENT, JOINED),), False),
        ((given(Tier.URGENT, ""),), True),
        ((given(Tier.URGENT, "seen on the queue"),), True),
        ((given(Tier.URGENT, NEW_RULE), given(Tier.ROUTINE, NEW_RULE)), True),
        ((given(Tier.INFORMATIONAL, "asks for nothing"), given(Tier.URGENT, TEXT_CHANGED)), True),
    ],
)
def test_a_priority_is_a_persons_when_one_lowered_it_or_gave_another_reason(
    events: tuple[ClockEvent, ...], is_theirs: bool
) -> None:
    assert set_by_person((STARTED, *events)) is is_theirs
