"""Outside text made harmless: what shows nothing is no name."""

import pytest

from callback_tui.rules.clean import clean, clean_line


@pytest.mark.parametrize("blank", ["\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"])
def test_letters_that_show_nothing_are_blanks(blank: str) -> None:
    assert clean_line(blank * 3) == ""
    assert clean(f"Kim{blank}Ana") == "Kim Ana"


def test_letters_of_the_same_scripts_that_show_something_stay() -> None:
    assert clean_line("김 지현 ㄱ ⠁") == "김 지현 ㄱ ⠁"
