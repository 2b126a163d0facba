"""Any text gets an answer: long, broken, mixed, in another language or not there at all."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import CallReason, Priority, Tier
from callback_tui.rules.triage import RULE_SET_HASH, tag
from callback_tui.views.triage import ReadAs, Triage
from tests.rules.triage.sentences import EMERGENT, URGENT

PIECES = (
    *EMERGENT,
    *URGENT,
    "no ",
    "If ",
    "but",
    "what are your hours",
    "thank you",
    "\n",
    "’",
    "İ",
    "é",
    "e\u0301",
    "\ud800",
)


def assert_well_formed(text: str, tagged: Triage) -> None:
    assert tagged.rule_set_hash == RULE_SET_HASH
    assert 0 < len(tagged.summary) <= 12
    assert isinstance(tagged.reason, CallReason)
    assert [hit.text for hit in tagged.hits] == [text[hit.start : hit.end] for hit in tagged.hits]
    assert all(0 <= hit.start < hit.end <= len(text) for hit in tagged.hits)
    dangers = [hit for hit in tagged.hits if hit.tier.rank < Tier.ROUTINE.rank]
    present = [hit for hit in dangers if hit.read_as is ReadAs.PRESENT]
    assert (tagged.priority is Priority.URGENT) == bool(present)
    assert tagged.emergent == any(hit.tier is Tier.EMERGENT for hit in present)
    assert tagged.check or present or not dangers


@given(st.text(alphabet=st.characters(exclude_categories=())), st.none() | st.integers(-5, 200))
def test_any_text_gets_a_well_formed_answer(text: str, age: int | None) -> None:
    assert_well_formed(text, tag(text, age_years=age))


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=8), max_size=12).map(" ".join))
@settings(max_examples=300)
def test_any_mixture_of_our_sentences_gets_a_well_formed_answer(text: str) -> None:
    assert_well_formed(text, tag(text))


@given(st.sampled_from(EMERGENT + URGENT), st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=300)
def test_a_danger_phrase_in_any_text_is_never_informational(phrase: str, before: str, after: str) -> None:
    assert tag(f"{before} {phrase} {after}").priority is not Priority.INFORMATIONAL


@given(st.sampled_from(EMERGENT + URGENT), st.text(max_size=60))
@settings(max_examples=300)
def test_text_after_a_full_stop_never_lowers_a_danger_phrase_below_a_look(phrase: str, after: str) -> None:
    tagged = tag(f"{phrase}. {after}")
    assert tagged.priority is Priority.URGENT or tagged.check


@pytest.mark.parametrize(
    "piece",
    [
        "chest pain ",
        "no ",
        "a",
        "1 2 ",
        "\ud800",
        "can't ",
        ".",
        "baby fever no or ",
        "one hundred and ",
        "8/10 ",
        "\u0301",
        "x'",
        "what if chest pain ",
        "my father had chest pain last year and my ",
        "chest pain went away ",
    ],
)
def test_the_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        began = time.process_time()
        tag(text)
        return time.process_time() - began

    tag("warm")
    short = max(min(seconds(25_000) for _ in range(3)), 0.01)
    assert seconds(100_000) < 12 * short


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\n", "...", "\x00\x07", "[inaudible]", "[inaudible] uh [inaudible] call", "��� ��"]
)
def test_nothing_to_read_is_routine_and_asks_to_listen(text: str) -> None:
    tagged = tag(text)
    assert (tagged.priority, tagged.emergent, tagged.check) == (Priority.ROUTINE, False, True)
    assert tagged.note == "listen to the recording"


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, je voudrais un rendez-vous pour ma fille, merci",
        "Ich habe seit gestern Schmerzen und bitte um einen Termin, danke",
        "Olá, preciso de uma consulta para minha filha, muito obrigada",
        "Здравствуйте, мне нужна запись к врачу",
        "我想预约医生",
        "يرجى الاتصال بي",
        "mwen bezwen wè doktè a tanpri",
        "xin chào tôi cần gặp bác sĩ",
    ],
)
def test_another_language_is_routine_and_asks_for_a_look(text: str) -> None:
    tagged = tag(text)
    assert (tagged.priority, tagged.check) == (Priority.ROUTINE, True)
    assert "have it read" in tagged.note


def test_a_garbled_transcript_with_a_danger_sign_is_urgent() -> None:
    assert tag("[inaudible] [inaudible] chest pain [inaudible] [inaudible]").emergent


def test_a_message_without_any_known_word_is_routine_and_says_so() -> None:
    tagged = tag("Hi it is me, I just want to talk about the thing from before")
    assert (tagged.priority, tagged.check, tagged.note) == (Priority.ROUTINE, False, "no rule fired")
