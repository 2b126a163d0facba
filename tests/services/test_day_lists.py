"""Printing the lists of the day: audited, in a file that its owner alone can read."""

from datetime import timedelta

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import StoreError
from callback_tui.services.calls import park, start_call
from callback_tui.services.day_lists import day_list, print_file, print_list
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue import change_mark
from callback_tui.views.day_list import DayListKind
from tests.services.made_up import PAIN, REFILL, audited, leave


def test_a_printed_list_is_a_private_file_and_audited(desk: OpenDesk) -> None:
    leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    path = print_file(desk, DayListKind.CANNOT_WAIT)
    text = path.read_text(encoding="utf-8")
    assert path.name == "cannot-wait-20261123-154207-000000.txt"
    assert path.stat().st_mode & 0o077 == 0
    assert "Ben Okafor, (212) 555-0112" in text
    assert text == print_list(desk, DayListKind.CANNOT_WAIT)
    entries = audited(desk, "list_printed")
    assert [(entry.entity_id, entry.facts["rows"], entry.facts["to"]) for entry in entries] == [
        ("cannot-wait", 1, "stdout"),
        ("cannot-wait", 1, "file"),
    ]
    with pytest.raises(StoreError):
        print_file(desk, DayListKind.CANNOT_WAIT)


def test_looking_at_a_list_writes_nothing(desk: OpenDesk) -> None:
    before = change_mark(desk)
    for kind in DayListKind:
        assert day_list(desk, kind).kind is kind
    assert change_mark(desk, before) is before


def test_a_call_cut_off_stands_on_the_handover(desk: OpenDesk) -> None:
    sheet = start_call(desk, leave(desk))
    made = day_list(desk, DayListKind.HANDOVER)
    assert [part.heading for part in made.sections] == ["Calls without an outcome", "Being rung by me"]
    park(desk, sheet.attempt_id, sheet.claim_token)
    assert [part.heading for part in day_list(desk, DayListKind.HANDOVER).sections] == ["Calls without an outcome"]


def test_the_huddle_counts_what_came_over_night(desk: OpenDesk, clock: FixedClock) -> None:
    """Nothing of the day before or of this morning; what was called since is told apart."""
    clock.advance(timedelta(days=1, hours=-2))
    leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=10 * 60)
    leave(desk, REFILL, "Tom Reid", "(212) 555-0110", minutes_ago=30)
    leave(desk, REFILL, "Lea Brandt", "(212) 555-0111", minutes_ago=17 * 60)
    assert day_list(desk, DayListKind.HUDDLE).foreword == (
        "Since the desk closed 17:00 yesterday, 1 came in: 1 urgent (0 called since).",
        "1 urgent came in with nobody at the desk, and there is no on-call roster to fetch somebody by.",
    )
