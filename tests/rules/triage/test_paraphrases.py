"""Lay wording of danger and of everyday matters: what the rules' writers read, and a third that none of them did."""

import pytest

from tests.rules.triage.figures import Figures, Share, paraphrases, wilson


@pytest.mark.parametrize(
    ("part", "language", "sensitivity", "specificity", "emergent"),
    [
        ("read", "en", 0.95, 0.9, 0.87),
        ("read", "es", 0.95, 0.9, 0.93),
        ("unread", "en", 0.8, 0.84, 0.71),
        ("unread", "es", 0.83, 0.92, 0.7),
    ],
)
def test_danger_is_found_and_the_harmless_is_left_alone(
    part: str, language: str, sensitivity: float, specificity: float, emergent: float
) -> None:
    figures = Figures(paraphrases(part, language))
    assert figures.sensitivity.value >= sensitivity, figures.lines()
    assert figures.specificity.value >= specificity, figures.lines()
    assert figures.emergent.value >= emergent, figures.lines()


def test_no_text_is_in_both_parts() -> None:
    read, unread = ({row["text"].casefold() for row in paraphrases(part)} for part in ("read", "unread"))
    assert len(read) > 2 * len(unread) * 0.9
    assert not read & unread


def test_a_small_share_has_a_wide_interval() -> None:
    assert wilson(Share(60, 60)) == pytest.approx((0.9398, 1.0), abs=1e-4)
    assert wilson(Share(5, 10)) == pytest.approx((0.2366, 0.7634), abs=1e-4)
