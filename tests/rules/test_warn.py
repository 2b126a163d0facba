"""Which thresholds a wait has crossed, and how the desk tells it."""

import pytest

from callback_tui.models.vocabulary import ClockEventKind as Kind
from callback_tui.models.vocabulary import Tier
from callback_tui.rules.sla import used_percent
from callback_tui.rules.warn import crossed_percent, warned_words
from callback_tui.views.clock import ClockEvent
from tests.rules.clocks import POLICY, SITE, clock, event, ny, started

ROUTINE, URGENT = started(Tier.ROUTINE), started(Tier.URGENT)
RUNG = event(Kind.ATTEMPTED, "23 10:05")


@pytest.mark.parametrize(
    ("events", "now", "crossed"),
    [
        ([ROUTINE], "23 11:59", 0),
        ([ROUTINE], "23 12:00", 50),
        ([ROUTINE], "23 13:12", 80),
        ([ROUTINE], "27 13:12", 80),
        ([URGENT], "23 10:30", 50),
        ([URGENT], "23 10:48", 80),
        ([started(Tier.ROUTINE, "23 16:00")], "24 07:59", 0),
        ([ROUTINE, event(Kind.PAUSED, "23 11:59", until="23 16:00")], "23 15:59", 0),
        ([ROUTINE, event(Kind.PAUSED, "23 11:59", until="23 16:00")], "23 16:01", 50),
        ([ROUTINE, RUNG, event(Kind.RETRY_SET, "23 10:05", until="23 10:17")], "23 10:30", 0),
        ([ROUTINE, event(Kind.SCHEDULED, "23 10:05", until="23 12:00")], "23 12:10", 0),
        ([ROUTINE, RUNG, event(Kind.ESCALATED, "23 10:05", until="23 12:05")], "23 11:05", 50),
        ([ROUTINE, event(Kind.COMPLETED, "23 13:30")], "23 16:00", 0),
    ],
)
def test_what_waits_crosses_and_what_sleeps_does_not(events: list[ClockEvent], now: str, crossed: int) -> None:
    state = clock(*events)
    at = ny(now)
    assert crossed_percent(state, POLICY, used_percent(state, SITE, at), at) == crossed


@pytest.mark.parametrize(
    ("calls", "words"),
    [
        ({80: 1}, "1 call has used 80 % of its time."),
        ({50: 2}, "2 calls have used 50 % of their time."),
        ({50: 1, 80: 3}, "3 calls have used 80 % of their time, 1 has used 50 %."),
    ],
)
def test_a_warning_names_nobody(calls: dict[int, int], words: str) -> None:
    assert warned_words(calls) == words
