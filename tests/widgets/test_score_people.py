"""Calls by person: shares with enough behind them, dots for the rest, columns that stay in line."""

from callback_tui.views.scorecard import PersonCalls
from callback_tui.widgets.score_people import people_content
from tests.rules.clocks import POLICY


def test_no_share_of_a_few_and_those_passed_on_are_left_out() -> None:
    people = (
        PersonCalls("Ana Lima", calls=1_200, talks=600, resolved=400, passed_on=100, scored=10, scores=46),
        PersonCalls("Ben Okafor of the other site", calls=19, talks=19, resolved=19, passed_on=0, scored=9, scores=45),
    )
    heading, ana, ben, *_ = people_content(people, POLICY.scorecard).plain.splitlines()
    assert heading.split() == ["calls", "reached", "settled", "score", "of"]
    assert ana.split() == ["Ana", "Lima", "1,200", "50", "%", "80", "%", "4.6", "10"]
    assert ben.split()[-5:] == ["19", "·", "·", "·", "9"]
    assert len(heading) == len(ana) == len(ben) <= 76


def test_nobody_is_a_sentence() -> None:
    assert people_content((), POLICY.scorecard).plain == "Nobody has called yet."
