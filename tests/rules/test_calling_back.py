"""What somebody who rings back says, read as digits and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.rules.calling_back import Said, read_said


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0172", Said(("0172",), ())),
        ("(212) 555-0172", Said(("2125550172",), ())),
        ("212.555.0172 ext. 4", Said(("2125550172",), ())),
        ("212 555 0172 x12", Said(("2125550172",), ())),
        ("555-0172 #4", Said(("5550172",), ())),
        ("020 7946 0018", Said(("02079460018", "2079460018"), ())),
        ("٠١٧٢", Said(("0172",), ())),
        ("Núñez", Said((), ("nunez",))),
        ("O'Brien", Said((), ("obrien",))),
        ("Chen, Wei", Said((), ("wei", "chen"))),
        ("wei 0172", Said(("0172",), ("wei",))),
        ("xu li", Said((), ("xu", "li"))),
    ],
)
def test_signs_accents_and_extensions_do_not_matter(typed: str, said: Said) -> None:
    assert read_said(typed) == said


@pytest.mark.parametrize("typed", ["", " ", "017", "an", "1 a 2 b 3", "%%%", "___", "'; --", "\x1b[2J"])
def test_too_little_finds_nobody(typed: str) -> None:
    """One key must not list every patient, and signs are not letters."""
    assert not read_said(typed)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read(typed: str) -> None:
    """Words hold no sign that means something to the store, and digits are digits."""
    said = read_said(typed)
    assert all(word.isalnum() for word in said.words)
    assert all(digits.isascii() and digits.isdecimal() and len(digits) >= 4 for digits in said.digits)
