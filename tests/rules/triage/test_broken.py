"""Text that was damaged on its way here is read all the same, and nothing crashes the tagger or slows it down."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage import tag
from callback_tui.views.triage import Triage
from tests.rules.triage.damaged import DAMAGED
from tests.rules.triage.sentences import EMERGENT, ROUTINE
from tests.rules.triage.test_hostile import assert_well_formed


@pytest.mark.parametrize("text", DAMAGED)
def test_a_danger_sign_is_found_however_its_words_are_damaged(text: str) -> None:
    tagged = tag(text)
    assert tagged.priority is Priority.URGENT
    assert_well_formed(text, tagged)


@pytest.mark.parametrize(
    "text",
    [
        "I have ches? pain?thanks",
        "well-\nknown office, follow-\nup please",
        "is it so?re my bill",
        "we will go in\nto town, so\nre my bill",
        "a plain question?answer me",
    ],
)
def test_what_was_never_one_word_stays_apart(text: str) -> None:
    assert tag(text).priority is not Priority.URGENT


@pytest.mark.parametrize(
    "text", ["мне нужна запись к врачу, спасибо", "θέλω ένα ραντεβού με τον γιατρό", "ЗДРАВСТВУЙТЕ МНЕ НУЖЕН ВРАЧ"]
)
def test_words_of_one_script_are_not_taken_for_lookalikes(text: str) -> None:
    assert "have it read" in tag(text).note


@pytest.mark.parametrize("value", [None, b"chest pain", 7, 1.5, ["chest pain"], object()])
def test_what_is_no_text_is_an_empty_message(value: object) -> None:
    assert tag(value) == tag("")  # type: ignore[arg-type]  # a caller without types may hand in anything


@pytest.mark.parametrize("filler", ["word ", "x", "1 ", "привет ", "\n", "?", "\u00ad", "a-\n"])
def test_a_danger_sign_behind_a_very_long_text_is_found(filler: str) -> None:
    assert tag(filler * (70_000 // len(filler)) + "\n\nI have chest pain").priority is Priority.URGENT


def test_a_million_characters_are_read_to_the_end() -> None:
    assert tag("please call me back " * 50_000 + ". I have chest pain").emergent


def mixed(count: int, *, first: int = 0) -> str:
    """Return so many words, none like another: what a memory of words does not help with."""
    return " ".join(f"{'abcdefghij'[n % 10]}ches{n:x}pain" for n in range(first, first + count))


LONG: dict[str, Callable[[int], str]] = {
    "sentences": lambda n: ". ".join(EMERGENT + ROUTINE)[:2_000] * (n // 2_000),
    "nothing but signs": lambda n: "chest pain bleeding breath " * (n // 27),
    "never the same word": lambda n: mixed(n // 12),
    "no spaces": lambda n: "chestpain" * (n // 9),
    "broken lines": lambda n: "che-\nst pa\nin " * (n // 14),
    "lost letters": lambda n: "che\ufffdt?pain " * (n // 11),
    "only hyphens": lambda n: "-\n " * (n // 3),
    "one long letter run": lambda n: "a" * n,
    "denials": lambda n: "no chest pain or fever, " * (n // 24),
    "numbers": lambda n: "103.4 over 8/10 one hundred " * (n // 28),
    "phrases": lambda n: "out of breath passed out cant breathe " * (n // 38),
    "lookalikes": lambda n: "сhеst раin " * (n // 11),
}


@pytest.mark.parametrize("kind", LONG)
def test_ten_times_the_text_takes_about_ten_times_as_long(kind: str) -> None:
    def seconds(text: str) -> float:
        began = time.process_time()
        tag(text)
        return time.process_time() - began

    short, long = LONG[kind](2_000), LONG[kind](20_000)
    tag(long)
    fewest = [min(seconds(text) for _ in range(7)) for text in (short, long)]
    assert fewest[1] <= 1.6 * 10 * max(fewest[0], 0.000_2), fewest


PARTS = st.sampled_from(
    (
        *EMERGENT[:40],
        "\ufffd",
        "?",
        "-\n",
        "\n",
        "\u00ad",
        "\u200b",
        "\ud800",
        "а",
        "е",
        "о",
        "ｃ",
        "\x00",
        "𝐚",
        "ﬀ",
        "no ",
        "8/10",
    )
)


@given(st.lists(PARTS | st.text(alphabet=st.characters(exclude_categories=()), max_size=6), max_size=14).map("".join))
@settings(max_examples=300)
def test_any_mixture_of_damage_gets_a_well_formed_answer(text: str) -> None:
    assert_well_formed(text, tag(text))


@given(st.sampled_from(EMERGENT), st.data())
@settings(max_examples=200)
def test_nothing_of_no_width_changes_an_answer(text: str, data: st.DataObject) -> None:
    inside = [place for place in range(1, len(text)) if text[place - 1].isalpha() and text[place].isalpha()]
    place = data.draw(st.sampled_from(inside))
    mark = data.draw(st.sampled_from("\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301\x00"))
    assert summary(tag(text[:place] + mark + text[place:])) == summary(tag(text))


def summary(tagged: Triage) -> tuple[object, ...]:
    return tagged.priority, tagged.emergent, tagged.check, [hit.rule for hit in tagged.hits]
