"""The pattern pane: every line fits its width, every number is printed, hours go together where there are many."""

from datetime import date

import pytest

from callback_tui.models.vocabulary import CallReason
from callback_tui.views.scorecard import BadShare, MetricKey, Pattern
from callback_tui.widgets.score_pattern import pattern_content, week_content
from tests.rules.made_up_scorecard import made_up_scorecard

OFFICE_HOURS = {(day, hour): BadShare(9, hour % 3 * day) for day in range(5) for hour in range(8, 18)}
ALL_HOURS = {(day, hour): BadShare(99, day) for day in range(7) for hour in range(24)}


def made_up(hours: dict[tuple[int, int], BadShare]) -> Pattern:
    """Return a pattern of these hours."""
    whole = BadShare(sum(share.n for share in hours.values()), sum(share.bad for share in hours.values()))
    sites = (("Main", whole), ("Riverside by the old mill", BadShare()))
    reasons = tuple((reason, 1) for reason in CallReason) if whole.bad else ()
    return Pattern(MetricKey.CALL_BACK_IN_OFFICE, 7200, whole, hours, sites, reasons)


@pytest.mark.parametrize("cells", [56, 66, 76, 120])
@pytest.mark.parametrize("hours", [OFFICE_HOURS, ALL_HOURS])
def test_every_line_fits(hours: dict[tuple[int, int], BadShare], cells: int) -> None:
    for in_full in (True, False):
        lines = pattern_content(made_up(hours), cells, in_full=in_full).plain.splitlines()
        assert max(len(line) for line in lines if not line.startswith("Most of them")) <= cells


def test_every_number_stands_under_its_hour() -> None:
    heading, *days = pattern_content(made_up(OFFICE_HOURS), 76, in_full=False).plain.splitlines()
    at = heading.index("11")
    assert [line[at : at + 2].strip() for line in days[:5]] == [str(11 % 3 * day) for day in range(5)]


def test_many_hours_go_together_and_their_numbers_add_up() -> None:
    heading, monday, tuesday, *_ = pattern_content(made_up(ALL_HOURS), 76, in_full=False).plain.splitlines()
    assert heading.split() == ["0-3", "3-6", "6-9", "9-12", "12-15", "15-18", "18-21", "21-24"]
    assert (monday.split(), tuesday.split()) == (["Mon", *"00000000"], ["Tue", *"33333333"])


def test_nothing_bad_is_a_sentence() -> None:
    assert pattern_content(made_up({(0, 9): BadShare(12, 0)}), 76, in_full=True).plain == "None of 12."
    assert pattern_content(made_up({}), 76, in_full=True).plain == "There are no calls yet."


def test_weeks_as_numbers_the_newest_where_not_all_fit() -> None:
    office, _, first, score = made_up_scorecard().lines
    weeks = [(date(2026, 11, 9), 5400.0), (date(2026, 11, 16), None), (date(2026, 11, 23), 1500.0)]
    _, days, values = week_content(office, weeks, 76).plain.splitlines()
    assert (days.split(), values.split()) == (["9", "Nov", "16", "Nov", "23", "Nov"], ["1h30", "·", "25m"])
    assert week_content(first, [(date(2026, 11, 9), 0.77)], 76).plain.splitlines()[2].strip() == "77%"
    assert week_content(score, [(date(2026, 11, 9), 4.62)], 76).plain.splitlines()[2].strip() == "4.6"
    assert len(week_content(office, weeks, 14).plain.splitlines()[1]) == 14
    assert week_content(office, [], 76).plain == ""
