"""The pattern of a figure: hours of the site's own clock, shares, reasons, and the sentence that sums them up."""

from dataclasses import replace
from datetime import date

from callback_tui.models.vocabulary import CallReason
from callback_tui.rules.patterns import HourCount, bad_words, closed_day_words, most_words, pattern_of
from callback_tui.views.scorecard import BadShare, MetricKey, WaitShare
from tests.rules.clocks import POLICY
from tests.rules.made_up_scorecard import made_up_scorecard

OFFICE, AFTER, FIRST, SCORE = made_up_scorecard().lines
SITE = POLICY.sites[0].name


def test_hours_are_those_of_the_site_and_other_sites_count_as_the_first() -> None:
    """15:00 UTC on 23 Nov is a Monday's 10 o'clock in New York, an hour earlier than in summer time."""
    counts = [HourCount("2026-11-23T15", SITE, 4, 1), HourCount("2026-07-20T14", SITE, 2, 2)]
    made = pattern_of(
        OFFICE, counts, [(CallReason.BILLING, 1), (CallReason.RESULTS, 2), (CallReason.GENERAL, 0)], POLICY
    )
    assert made.hours == {(0, 10): BadShare(6, 3)}
    assert (made.whole, made.key, made.target) == (BadShare(6, 3), MetricKey.CALL_BACK_IN_OFFICE, OFFICE.target)
    assert made.sites[0] == (SITE, BadShare(6, 3))
    assert made.reasons == ((CallReason.RESULTS, 2), (CallReason.BILLING, 1))


def test_the_sentence_names_the_worst_day_and_hour_and_says_nothing_of_a_few() -> None:
    counts = [HourCount("2026-11-23T15", SITE, 4, 2), HourCount("2026-11-24T16", SITE, 9, 3)]
    made = pattern_of(OFFICE, counts, [], POLICY)
    assert most_words(made) == "Most of them on Tuesdays (3) and from 11 to 12 o'clock (3)."
    assert most_words(pattern_of(OFFICE, counts[:1], [], POLICY)) == ""


def test_weekends_and_holidays_stand_apart_after_hours() -> None:
    """Saturday 21 Nov and Thanksgiving, 26 Nov, at noon; Monday 23 Nov at 20:00 in New York."""
    counts = [
        HourCount("2026-11-21T17", SITE, 3, 1, 3 * 86_400.0),
        HourCount("2026-11-26T17", SITE, 1, 0, 3_600.0),
        HourCount("2026-11-24T01", SITE, 2, 0, 2 * 43_200.0),
    ]
    holiday = replace(POLICY.sites[0].hours, holidays=frozenset({date(2026, 11, 26)}))
    policy = replace(POLICY, sites=(replace(POLICY.sites[0], hours=holiday), *POLICY.sites[1:]))
    made = pattern_of(AFTER, counts, [], policy)
    assert (made.closed_days, made.open_days) == (WaitShare(4, 262_800.0), WaitShare(2, 86_400.0))
    assert closed_day_words(made) == "Mean wait of weekends and holidays 18 h 15 (4), other nights 12 h (2)."
    assert closed_day_words(pattern_of(OFFICE, counts, [], policy)) == ""


def test_what_a_bad_call_is() -> None:
    assert [bad_words(line) for line in (OFFICE, AFTER, FIRST, SCORE)] == [
        "over 2 h",
        "over 24 h",
        "not settled at once",
        "scored under 4",
    ]
    assert bad_words(replace(OFFICE, target=5400.0)) == "over 1 h 30"
