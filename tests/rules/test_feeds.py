"""How fresh a source is: silence counts in wall time, the future proves nothing, an empty queue never sounds calm."""

from datetime import UTC, datetime, timedelta

import pytest

from callback_tui.rules.feeds import feed_words, freshness, never_imported, nothing_waiting
from callback_tui.rules.policy_file import parse_policy
from callback_tui.views.desk import FeedLine
from tests.rules.test_policy_edit import HEAD, WHOLE

WEEK = """
[[site]]
name = "Main"
zone = "America/New_York"
callback_number = "+12125550100"
hours = { mon = ["08:00-17:00"], fri = ["08:00-17:00"] }
"""
POLICY = parse_policy(WHOLE + "\n[feeds.limit_minutes]\nportal = 60\n")
QUIET = parse_policy(HEAD + WEEK + "\n[feeds]\nlimit_minutes.portal = 60\nquiet_minutes.portal = 150\n")
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
ZONE = "America/New_York"


def line(source: str, *, ago: timedelta, newest: timedelta = timedelta(hours=5), now: datetime = NOW) -> FeedLine:
    """Return a source imported so long ago whose newest message is so old."""
    return freshness(source, now - newest, now - ago, POLICY, now)


@pytest.mark.parametrize(
    ("source", "minutes"), [("portal", 60), ("csv", 240), ("ringcentral", 120), ("never heard of", 240)]
)
def test_the_limit_is_the_sources_own_or_the_default(source: str, minutes: int) -> None:
    assert not line(source, ago=timedelta(minutes=minutes)).silent
    assert line(source, ago=timedelta(minutes=minutes, seconds=1)).silent


def test_a_night_without_an_import_is_silence_though_the_desk_was_shut() -> None:
    opening = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)
    assert line("csv", ago=timedelta(hours=15), now=opening).silent
    assert not line("desk", ago=timedelta(days=30), now=opening).silent


def test_a_time_in_the_future_proves_nothing() -> None:
    ahead = line("csv", ago=timedelta(days=-1), newest=timedelta(seconds=-1))
    assert (ahead.silent, ahead.newest_message_at) == (True, None)
    assert feed_words(ahead, ZONE, NOW) == "▲ csv: import dated 10:42 tomorrow, limit 4 h, no message yet"
    assert not line("csv", ago=timedelta(minutes=-1)).silent


def test_imports_that_bring_nothing_new_are_silence_where_the_policy_says_so() -> None:
    friday = datetime(2026, 11, 20, 21, 30, tzinfo=UTC)
    monday = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    quiet = [freshness("portal", friday, now, QUIET, now) for now in (monday, monday + timedelta(seconds=1))]
    assert [(feed.silent, feed.quiet) for feed in quiet] == [(False, False), (True, True)]
    assert feed_words(quiet[1], ZONE, monday) == (
        "▲ portal: nothing new since 16:30 Fri 20 Nov, last import 10:00, limit 1 h"
    )
    assert not freshness("csv", friday, monday, QUIET, monday).silent
    assert not freshness("portal", None, monday, QUIET, monday).silent


def test_each_source_is_one_line() -> None:
    assert feed_words(line("csv", ago=timedelta(minutes=5)), ZONE, NOW) == (
        "csv: last import 10:37, limit 4 h, newest message 05:42"
    )
    assert feed_words(line("portal", ago=timedelta(hours=2)), ZONE, NOW) == (
        "▲ portal silent since 08:42, limit 1 h, newest message 05:42"
    )
    assert feed_words(line("desk", ago=timedelta(hours=2)), ZONE, NOW) == "taken by hand: newest message 05:42"


def test_a_source_with_a_limit_that_never_came_is_named() -> None:
    assert never_imported((line("csv", ago=timedelta()),), POLICY) == ("portal", "ringcentral", "twilio")


def test_an_empty_queue_is_calm_only_while_no_source_is_silent() -> None:
    fresh, silent = line("csv", ago=timedelta()), line("portal", ago=timedelta(hours=2))
    assert nothing_waiting((fresh,), ZONE, NOW) == "Nothing waiting as of 10:42."
    assert nothing_waiting((fresh, silent), ZONE, NOW) == (
        "▲ portal silent since 08:42: messages may be missing. Nothing else waiting as of 10:42."
    )
