"""The minimum message, and the words that say too much."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.health_word_list import HEALTH_WORDS
from callback_tui.rules.voicemail import health_words, minimum_message


def message(tier: Tier, hours_words: str = "8 AM to 5 PM") -> str:
    """Return the message for a made-up patient."""
    return minimum_message(
        caller_first_name="Dana",
        short_name="Maple Street",
        ask_for="Wei Chen",
        number="(212) 555-0100",
        hours_words=hours_words,
        tier=tier,
    )


def test_the_minimum_message_is_name_number_and_hours() -> None:
    assert message(Tier.ROUTINE) == (
        "This is Dana from Maple Street for Wei Chen. Please call (212) 555-0100, 8 AM to 5 PM."
    )
    assert message(Tier.INFORMATIONAL, " ") == (
        "This is Dana from Maple Street for Wei Chen. Please call (212) 555-0100."
    )


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize(("number", "whom"), [("(212) 555-0100", "(212) 555-0100"), (" ", "me back")])
def test_without_the_practice_a_first_name_and_a_number_are_all(tier: Tier, number: str, whom: str) -> None:
    text = minimum_message(
        caller_first_name="Dana", short_name="", ask_for="Wei Chen", number=number, hours_words="8 AM", tier=tier
    )
    assert text == f"This is Dana for Wei Chen. Please call {whom}."


@pytest.mark.parametrize("tier", [Tier.EMERGENT, Tier.URGENT])
def test_pressing_messages_name_911(tier: Tier) -> None:
    assert message(tier) == message(Tier.ROUTINE) + " If this is an emergency, call 911."


@pytest.mark.parametrize("tier", Tier)
def test_the_minimum_message_raises_no_warning(tier: Tier) -> None:
    assert health_words(message(tier)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your metformin is ready", [("metformin", "drug")]),
        ("your blood-test results are back", [("blood-test", "test"), ("results", "test")]),
        ("about your KNEE and your lungs", [("KNEE", "body part"), ("lungs", "body part")]),
        ("calling from Cardiology", [("Cardiology", "department")]),
        ("the Cancer Center, about diabetes", [("Cancer Center", "department"), ("diabetes", "diagnosis")]),
        ("your doctor's Parkinson's notes", [("Parkinson's", "diagnosis")]),
        ("when you fainted and were throwing up", [("fainted", "symptom"), ("throwing up", "symptom")]),
        ("sobre su sangrado y su receta", [("sangrado", "symptom"), ("receta", "drug")]),
        ("please call us back at the office", []),
        ("Hello Ms. Chen, we tried you this morning, nothing to worry about, thank you", []),
        ("Contest winners, heartily scanty labels", []),
        ("a te\u017ft of the l\u0131ver", []),
        ("", []),
    ],
)
def test_words_about_health_are_found_whole(text: str, found: list[tuple[str, str]]) -> None:
    assert [(text[start:end], category) for start, end, category in health_words(text)] == found


@settings(deadline=None)
@given(st.text(max_size=60), st.sampled_from(sorted(HEALTH_WORDS)), st.data())
def test_a_listed_word_is_found_in_any_text(before: str, category: str, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from(HEALTH_WORDS[category]))
    text = f"{before} . {word.upper()}, please"
    spans = health_words(text)
    assert any(text[start:end].upper() == word.upper() for start, end, _ in spans)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))


def test_every_category_is_listed_once() -> None:
    assert set(HEALTH_WORDS) == {"drug", "test", "body part", "diagnosis", "department"}
    words = [word for listed in HEALTH_WORDS.values() for word in listed]
    assert len(words) == len(set(words))
    assert all(word and word == word.lower().strip() for word in words)
