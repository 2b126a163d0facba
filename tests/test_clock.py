"""The machine's clocks: one boot, one set of ids, and a reading that only grows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.clock import SystemClock, reckoned_boot_ids


def test_the_boot_clock_grows_and_keeps_its_boot() -> None:
    first, second = SystemClock().boot(), SystemClock().boot()
    assert first.ids == second.ids
    assert first.boot_id == first.ids[0]
    assert 0 < first.nanoseconds <= second.nanoseconds


@given(booted_at=st.floats(0, 4e9), apart=st.floats(-59, 59))
def test_two_processes_know_each_others_name_of_one_boot(booted_at: float, apart: float) -> None:
    mine, theirs = reckoned_boot_ids(booted_at), reckoned_boot_ids(booted_at + apart)
    assert mine[0] in theirs
    assert theirs[0] in mine


@pytest.mark.parametrize("later", [150, 3600, 86_400])
def test_another_boot_has_another_name(later: int) -> None:
    assert reckoned_boot_ids(1_000_000)[0] not in reckoned_boot_ids(1_000_000 + later)
