"""Pregnancy, children, the one-hour signs and harmless messages get their tier, and danger is never informational."""

import pytest

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage import tag
from tests.rules.triage import sentences
from tests.rules.triage.sentences_hour import EMERGENT, INFORMATIONAL, NOT_URGENT, URGENT

DANGER = (*sentences.EMERGENT, *sentences.URGENT, *EMERGENT, *URGENT)
AROUND = (
    "Thank you for the directions. {text}",
    "{text}. Please update my address and send my records.",
    "years ago {text}, what are your office hours?",
    "what if {text}? I have a question on my bill",
)


@pytest.mark.parametrize("text", EMERGENT)
def test_an_emergency_is_emergent(text: str) -> None:
    assert tag(text).emergent


@pytest.mark.parametrize("text", URGENT)
def test_a_one_hour_sign_is_urgent(text: str) -> None:
    assert tag(text).priority is Priority.URGENT


@pytest.mark.parametrize("text", NOT_URGENT)
def test_a_harmless_message_is_not_urgent(text: str) -> None:
    assert tag(text).priority is not Priority.URGENT


@pytest.mark.parametrize("text", INFORMATIONAL)
def test_a_question_to_the_desk_is_informational(text: str) -> None:
    assert tag(text).priority is Priority.INFORMATIONAL


@pytest.mark.parametrize("around", AROUND)
def test_no_danger_is_ever_informational(around: str) -> None:
    texts = [around.format(text=text) for text in DANGER]
    assert [text for text in texts if tag(text).priority is Priority.INFORMATIONAL] == []


def test_a_transcript_without_marks_is_still_urgent() -> None:
    texts = [text.replace("'", "").replace(",", "").replace("-", " ") for text in (*EMERGENT, *URGENT)]
    spoken = [f"hi this is Pat calling {text} please call me back thank you" for text in texts]
    assert [text for text in spoken if tag(text).priority is not Priority.URGENT] == []
