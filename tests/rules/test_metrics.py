"""Judgements of the scorecard: targets, trends and what is never said."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from callback_tui.rules.figures import change_words
from callback_tui.rules.metrics import (
    GOOD_SCORE,
    figure,
    is_met,
    metric_lines,
    target_of,
    trend_of,
    unit_of,
    why_no_trend,
)
from callback_tui.views.scorecard import FirstCallSums, MetricKey, ScoreSums, Sums, Trend, WaitSums
from tests.rules.clocks import POLICY

KEYS = st.sampled_from(MetricKey)
NEEDS = POLICY.scorecard.trend_needs
VALUES = {
    MetricKey.CALL_BACK_IN_OFFICE: st.integers(0, 200_000),
    MetricKey.CALL_BACK_AFTER_HOURS: st.integers(0, 500_000),
    MetricKey.FIRST_CALL_RESOLUTION: st.integers(0, 1000).map(lambda part: part / 1000),
    MetricKey.SATISFACTION: st.integers(100, 500).map(lambda part: part / 100),
}
KEYS_AND_TWO_VALUES = KEYS.flatmap(lambda key: st.tuples(st.just(key), VALUES[key], VALUES[key]))


@st.composite
def sums(draw: st.DrawFn) -> Sums:
    """Draw the sums of a period that could have been."""

    def waits() -> WaitSums:
        count = draw(st.integers(0, 40))
        return WaitSums(
            count=count,
            total=sum(draw(st.lists(st.integers(0, 90_000), min_size=count, max_size=count))),
            waiting=draw(st.integers(0, count)),
        )

    count = draw(st.integers(0, 40))
    resolved = draw(st.integers(0, count))
    again = draw(st.integers(0, resolved))
    marks = draw(st.lists(st.integers(1, 5), max_size=40))
    good = sum(mark >= GOOD_SCORE for mark in marks)
    return Sums(
        in_office=waits(),
        after_hours=waits(),
        first_calls=FirstCallSums(count, resolved, again, draw(st.integers(0, resolved - again))),
        scores=ScoreSums(len(marks), sum(marks), good, len(marks) + draw(st.integers(0, 9))),
    )


@given(KEYS_AND_TWO_VALUES)
def test_better_one_way_is_worse_the_other_way(case: tuple[MetricKey, float, float]) -> None:
    key, one, other = case
    turned = {Trend.BETTER: Trend.WORSE, Trend.WORSE: Trend.BETTER, Trend.SAME: Trend.SAME}
    assert trend_of(key, other, one) is turned[trend_of(key, one, other)]
    assert (trend_of(key, one, other) is Trend.SAME) is (change_words(unit_of(key), one - other) == "")


@given(KEYS_AND_TWO_VALUES)
def test_whatever_reaches_the_target_still_does_so_when_it_gets_better(case: tuple[MetricKey, float, float]) -> None:
    key, one, other = case
    target = target_of(key, POLICY.scorecard)
    good, bad = (min(one, other), max(one, other)) if key.is_wait else (max(one, other), min(one, other))
    assert is_met(key, good, target) >= is_met(key, bad, target)
    assert is_met(key, target, target)


@given(sums(), sums())
def test_nothing_is_judged_or_compared_that_too_few_calls_stand_behind(now: Sums, before: Sums) -> None:
    for line in metric_lines(now, before, POLICY):
        value, n = figure(line.key, now)
        was, was_n = figure(line.key, before)
        assert (line.current, line.previous, line.n) == (value, was, n)
        assert (value is None) is (n == 0)
        assert (line.trend is None) is (n < NEEDS or was_n < NEEDS)
        assert bool(line.why_no_trend) is (line.trend is None)
        needs = POLICY.scorecard.satisfaction_needs if line.key is MetricKey.SATISFACTION else 1
        assert (line.met is None) is (n < needs)
        assert line.higher_is_better is not line.key.is_wait
        assert str(n) in " ".join(line.formula)


@given(sums(), st.integers(0, 200_000))
def test_one_more_message_nobody_called_about_never_turns_missed_into_met(now: Sums, age: int) -> None:
    target = target_of(MetricKey.CALL_BACK_IN_OFFICE, POLICY.scorecard)
    waits = now.in_office
    more = replace(waits, count=waits.count + 1, total=waits.total + max(age, int(target)), waiting=waits.waiting + 1)
    line, worse = (metric_lines(each, Sums(), POLICY)[0] for each in (now, replace(now, in_office=more)))
    assert worse.at_least == line.at_least + 1
    assert not (worse.met and line.met is False)


def test_why_there_is_no_trend_is_said() -> None:
    assert why_no_trend(20, 20, 20) == ""
    assert why_no_trend(19, 20, 20) == "too few now"
    assert why_no_trend(20, 19, 20) == "too few before"
    assert why_no_trend(20, 0, 20) == "nothing before"
