"""Lay wording, English and Spanish, is found; everyday wording that looks alike is left alone."""

import pytest

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage import tag
from tests.rules.triage.lay_words import EMERGENT, EVERYDAY


@pytest.mark.parametrize("text", EMERGENT)
def test_a_911_sign_in_lay_words_is_emergent(text: str) -> None:
    assert tag(text).emergent


@pytest.mark.parametrize("text", EVERYDAY)
def test_everyday_words_are_no_danger_sign(text: str) -> None:
    assert tag(text).priority is not Priority.URGENT
