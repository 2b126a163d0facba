"""Every phrase of the lexicon gets its tier, however it is written down."""

import pytest

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage import tag
from tests.rules.triage.sentences import EMERGENT, INFORMATIONAL, ROUTINE, URGENT

DANGER = EMERGENT + URGENT


@pytest.mark.parametrize("text", EMERGENT)
def test_a_911_phrase_is_urgent_and_emergent(text: str) -> None:
    tagged = tag(text)
    assert (tagged.priority, tagged.emergent, tagged.check) == (Priority.URGENT, True, False)


@pytest.mark.parametrize("text", URGENT)
def test_a_one_hour_phrase_is_urgent(text: str) -> None:
    assert tag(text).priority is Priority.URGENT


@pytest.mark.parametrize("text", ROUTINE)
def test_a_routine_phrase_is_routine(text: str) -> None:
    tagged = tag(text)
    assert (tagged.priority, tagged.emergent, tagged.check) == (Priority.ROUTINE, False, False)


@pytest.mark.parametrize("text", INFORMATIONAL)
def test_an_informational_phrase_is_informational(text: str) -> None:
    tagged = tag(text)
    assert (tagged.priority, tagged.emergent, tagged.check) == (Priority.INFORMATIONAL, False, False)


@pytest.mark.parametrize("text", DANGER)
def test_upper_case_changes_nothing(text: str) -> None:
    assert tag(text.upper()).tier is tag(text).tier


@pytest.mark.parametrize("text", DANGER)
def test_typographic_apostrophes_change_nothing(text: str) -> None:
    assert tag(text.replace("'", "’")).tier is tag(text).tier


@pytest.mark.parametrize("text", DANGER)
def test_a_transcript_without_marks_is_still_urgent(text: str) -> None:
    spoken = text.replace("'", "").replace(",", "").replace("-", " ")
    assert tag(f"hi this is Pat calling {spoken} please call me back thank you").priority is Priority.URGENT


@pytest.mark.parametrize("text", DANGER)
def test_danger_is_found_between_small_talk(text: str) -> None:
    around = f"Thank you for the parking tip. {text}. Also, what are your office hours and when is my refill ready?"
    assert tag(around).priority is Priority.URGENT
