"""Record numbers: what stands for "none" is none, what is a number stays as it was written."""

import pytest

from callback_tui.rules.record_number import record_number


@pytest.mark.parametrize(
    "text",
    ["", " ", "N/A", "#N/A", "n.a.", "none", "None", "NULL", "-", "--", "0", "000", "00-00", "unknown", "(unknown)"],
)
def test_a_placeholder_is_no_number(text: str) -> None:
    assert record_number(text) == ""


@pytest.mark.parametrize("text", ["A1", "77", "000123", "MRN-0042", "N7", "10"])
def test_a_number_stays_as_it_was_written(text: str) -> None:
    assert record_number(text) == text
