"""Folding names, and telling a person's name from what a carrier sends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.rules.match_name import folded, names_agree, person_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("José García", "jose garcia"),
        ("GARCIA, JOSE", "José García"),
        ("Mary-Ann O'Neil", "mary ann oneil"),
        ("  Ana   Ruiz ", "Ana Ruiz"),
        ("Nguyễn", "NGUYEN"),
    ],
)
def test_two_spellings_of_one_person_fold_to_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other) != ""


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=40))
def test_the_short_way_for_plain_names_gives_the_answer_of_the_long_one(name: str) -> None:
    assert folded(name) == folded(f"{name}\u0301") or name.rstrip().endswith(",")


def test_different_people_stay_apart() -> None:
    assert folded("Ana Ruiz") != folded("Anna Ruiz")
    assert folded("") == folded("...") == ""


@pytest.mark.parametrize("text", ["WIRELESS CALLER", "Unknown", "<Private>", "SPRINGFIELD IL", "2125550147", ""])
def test_what_a_carrier_sends_is_no_name(text: str) -> None:
    assert person_name(text, from_caller_id=True) == ""


@pytest.mark.parametrize("text", ["Ana Ruiz", "RUIZ ANA", "ANA RUIZ MD", "O'NEIL, PAT"])
def test_a_name_is_kept(text: str) -> None:
    kept = person_name(text, from_caller_id=True)
    assert kept == ("" if text.endswith(" MD") else text)


def test_a_place_is_only_dropped_from_a_caller_id() -> None:
    assert person_name("VIRGINIA WA") == "VIRGINIA WA"
    assert person_name("VIRGINIA WA", from_caller_id=True) == ""


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("sam roe", "s roe", True),
        ("roe sam", "sam j roe", True),
        ("", "sam roe", True),
        ("sam roe", "ann roe", False),
        ("sam roe", "sam smith", False),
    ],
)
def test_names_agree_when_the_shorter_fits_into_the_longer(one: str, other: str, *, agree: bool) -> None:
    assert names_agree(one, other) is names_agree(other, one) is agree
