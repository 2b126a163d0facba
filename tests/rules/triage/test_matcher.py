"""Only rules whose rarest concept is in the message are looked at: what keeps a large rule set cheap."""

import pytest

from callback_tui.rules.triage.concepts import rule_set
from callback_tui.rules.triage.matcher import find
from callback_tui.rules.triage.tokens import Pieces, pieces_of, words_of
from tests.rules.triage.sentences import EMERGENT

SMALL_TALK = [
    "Hi, this is Dana from across town, I would like to talk with somebody today, mornings are best, many regards",
    "hello my name is Lee and I am not sure what to do so could you please ring me back when you can",
    "",
]
MOST_EXAMINED = 32


def examined(text: str) -> int:
    return find(words_of(pieces_of(text)), rule_set()).examined


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_makes_no_rule_worth_a_look(text: str) -> None:
    assert examined(text) == 0


def test_a_danger_sign_makes_few_of_the_rules_worth_a_look() -> None:
    counts = [examined(text) for text in EMERGENT if not any(letter.isdigit() for letter in text)]
    assert 0 < max(counts) <= MOST_EXAMINED < len(rule_set().rules) // 10


def test_the_places_of_words_are_those_in_the_text() -> None:
    text = "  I can’t,  chest—pain \n é1.5mg"
    pieces = pieces_of(text)
    read = Pieces(str, str)
    words = words_of(pieces)
    assert words == ["i", "cant", ",", "chest", "pain", "\n", "e1", ".", "5", "mg"]
    places = read.places(pieces, list(map(read.words.__getitem__, pieces)), range(len(words)))
    said = ["I", "can’t", ",", "chest", "pain", "\n", "é1", ".", "5", "mg"]
    assert [text[start:end] for start, end in places.values()] == said
