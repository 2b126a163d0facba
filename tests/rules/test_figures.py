"""Figures in words: short, and never on the wrong side of their target."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.rules.figures import change_words, figure_words, scorecard_csv, wait_words
from callback_tui.views.scorecard import Unit
from tests.rules.made_up_scorecard import made_up_scorecard


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 min"), (59, "0 min"), (6060, "1 h 41"), (7200, "2 h"), (69_600, "19 h 20"), (504_060, "140 h")],
)
def test_waits(seconds: int, words: str) -> None:
    assert wait_words(seconds) == words


@given(st.integers(0, 3_000_000))
def test_a_wait_fits_its_cell(seconds: int) -> None:
    assert len(wait_words(seconds)) <= 8
    assert len(figure_words(Unit.SECONDS, seconds, 7200)) <= 9


@pytest.mark.parametrize(
    ("unit", "value", "target", "words"),
    [
        (Unit.SECONDS, 7220.0, 7200, "2 h 00:20"),
        (Unit.SECONDS, 7200.0, 7200, "2 h"),
        (Unit.SECONDS, 7260.0, 7200, "2 h 01"),
        (Unit.RATE, 0.796, 0.8, "79.6 %"),
        (Unit.RATE, 0.8, 0.8, "80 %"),
        (Unit.SCORE, 4.46, 4.5, "4.46"),
        (Unit.SCORE, 4.6, 4.5, "4.6"),
    ],
)
def test_rounding_never_hides_on_which_side_of_the_target_a_figure_is(
    unit: Unit, value: float, target: float, words: str
) -> None:
    assert figure_words(unit, value, target) == words


def test_changes_too_small_to_be_written_are_none() -> None:
    assert change_words(Unit.SECONDS, -59) == ""
    assert change_words(Unit.SECONDS, -1080) == "18 min"
    assert change_words(Unit.RATE, 0.004) == ""
    assert change_words(Unit.RATE, 0.012) == "1 point"
    assert change_words(Unit.SCORE, 0.04) == ""
    assert change_words(Unit.SCORE, 0.26) == "0.3"


def test_the_csv_has_a_line_a_metric_and_no_formula_for_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(scorecard_csv(made_up_scorecard(site='=HYPERLINK("x")')))))
    assert [row["metric"] for row in rows] == [
        "call_back_in_office",
        "call_back_after_hours",
        "first_call_resolution",
        "satisfaction",
    ]
    assert rows[0]["site"] == """'=HYPERLINK("x")"""
    assert (rows[0]["current"], rows[0]["met"], rows[2]["met"]) == ("6060", "yes", "no")
    long = replace(made_up_scorecard().lines[0], current=1_234_567.891)
    card = replace(made_up_scorecard(), lines=(long,))
    assert next(csv.DictReader(io.StringIO(scorecard_csv(card))))["current"] == "1234567.891"
