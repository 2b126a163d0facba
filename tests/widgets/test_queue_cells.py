"""The cells of the queue: who rings is told by name even where the minutes have no room."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from callback_tui.models.vocabulary import ReviewFlag
from callback_tui.rules.sla import countdown
from callback_tui.views.queue import Holder
from callback_tui.widgets.queue_cells import WHO, WHY, WITH, Look, row_cells, worth_a_look
from callback_tui.widgets.theme import DARK
from tests.rules.clocks import POLICY, ny
from tests.rules.test_queue_order import row

NOW = ny("23 10:00")


@pytest.mark.parametrize(
    ("name", "cells", "shown"),
    [
        ("Sam Staff", 6, "Sam 4m"),
        ("Nina Nurse", 6, "Nina"),
        ("Nina Nurse", 7, "Nina 4m"),
        ("Rosalind", 6, "Rosal…"),
    ],
)
def test_the_name_of_who_rings_goes_before_the_minutes(name: str, cells: int, shown: str) -> None:
    held = replace(row(1), holder=Holder(7, name, NOW - timedelta(minutes=4), 1))
    look = Look(DARK, ZoneInfo("America/New_York"), 1, {WHO: 17, WHY: 12, WITH: cells}, curtained=False)
    drawn = row_cells(held, countdown(held.clock, POLICY.sites[0], POLICY, NOW), NOW, look)
    assert "".join(text for text, _ in drawn[WITH]) == shown


def test_a_number_that_was_only_heard_asks_for_a_look() -> None:
    plain = replace(row(1), check=False)
    assert [worth_a_look(each) for each in (plain, replace(plain, flags=(ReviewFlag.NUMBER_HEARD,)))] == [False, True]
