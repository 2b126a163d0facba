"""What a typed word finds in the queue, and what it does not."""

from dataclasses import replace

import pytest

from callback_tui.clock import FixedClock
from callback_tui.rules.queue_search import fold, row_matches
from tests.screens.made_up import MadeUpQueue


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", True),
        ("   ", True),
        ("lucia", True),
        ("LUCÍA herrera", True),
        ("herrera lucia", True),
        ("herrera lopez", False),
        ("refill", True),
        ("0147", True),
        ("555-0147", True),
        ("(212) 555", True),
        ("47", True),
        ("4", False),
        ("9999", False),
        ("a47", False),
    ],
)
def test_rows_are_found_by_name_number_and_reason(clock: FixedClock, typed: str, found: bool) -> None:
    """Every word must be found; accents, case and the signs between digits do not matter; one digit is too few."""
    row = replace(MadeUpQueue(clock).row(1, "Lucía Herrera"), summary="refill", phone_raw="")
    assert row_matches(row, typed) is found


@pytest.mark.parametrize(("text", "folded"), [("Zoë", "zoe"), ("STRASSE", "strasse"), ("Straße", "strasse")])
def test_fold_drops_accents_and_case(text: str, folded: str) -> None:
    """What a keyboard without accents can type."""
    assert fold(text) == folded
