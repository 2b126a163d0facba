"""How fresh each source of messages is, and when its silence is a warning: a dead feed is no calm day."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from callback_tui.rules.open_time import elapsed_seconds
from callback_tui.rules.speak import clock_time, duration, moment
from callback_tui.views.desk import FeedLine
from callback_tui.views.intake import BY_HAND
from callback_tui.views.policy import Policy


def freshness(
    source: str, newest_message_at: datetime | None, last_import_at: datetime, policy: Policy, now: datetime
) -> FeedLine:
    """Return how fresh a source is at `now` (domain section 1, "The feed").

    The limit counts wall time, nights and weekends too: what came in while nobody imported is not in the queue,
    whatever the hour. What is imported in time and brings nothing new for `quiet_minutes`, counted while the first
    site is open, is silent as well where the policy says so. Messages taken by hand have no limit. A time that lies in
    the future proves nothing: such a message is no newest one, and an import dated further ahead than the limit counts
    as silence.
    """
    believed = newest_message_at if newest_message_at is None or newest_message_at <= now else None
    if source == BY_HAND:
        return FeedLine(source, believed, last_import_at, silent=False)
    limit = feed_limit(source, policy)
    silent = abs(now - last_import_at) > timedelta(minutes=limit)
    quiet_after = policy.feed_quiet_minutes.get(source)
    hours = policy.sites[0].hours
    quiet = (
        not silent
        and quiet_after is not None
        and believed is not None
        and elapsed_seconds(hours, believed, now) > quiet_after * 60
    )
    return FeedLine(source, believed, last_import_at, silent or quiet, limit, quiet)


def feed_limit(source: str, policy: Policy) -> int:
    """Return after how many minutes without an import a source is silent: its own line, else the default."""
    return policy.feed_limit_minutes.get(source, policy.feed_limit_minutes["default"])


def never_imported(feeds: Sequence[FeedLine], policy: Policy) -> tuple[str, ...]:
    """Return the sources the policy gives a limit and that nothing was ever imported from."""
    known = {"default", *(feed.source for feed in feeds)}
    return tuple(source for source in sorted(policy.feed_limit_minutes) if source not in known)


def silence_words(feed: FeedLine, zone: str, now: datetime) -> str:
    """Return how a silent source is named: "csv silent since 06:12", "csv: nothing new since 06:12"."""
    if feed.quiet and feed.newest_message_at is not None:
        return f"{feed.source}: nothing new since {moment(feed.newest_message_at, zone, now)}"
    at = moment(feed.last_import_at, zone, now)
    return f"{feed.source}: import dated {at}" if feed.last_import_at > now else f"{feed.source} silent since {at}"


def nothing_waiting(feeds: Sequence[FeedLine], zone: str, as_of: datetime) -> str:
    """Return the sentence of an empty queue, which never sounds calm while a source is silent."""
    silent = [silence_words(feed, zone, as_of) for feed in feeds if feed.silent]
    at = clock_time(as_of, zone)
    if not silent:
        return f"Nothing waiting as of {at}."
    return f"▲ {', '.join(silent)}: messages may be missing. Nothing else waiting as of {at}."


def feed_words(feed: FeedLine, zone: str, now: datetime) -> str:
    """Return a source in one line: newest message, last import, its limit, since when it is silent."""
    newest = (
        f"newest message {moment(feed.newest_message_at, zone, now)}" if feed.newest_message_at else "no message yet"
    )
    if feed.limit_minutes is None:
        return f"taken by hand: {newest}"
    limit = f"limit {duration(feed.limit_minutes * 60)}"
    imported = f"last import {moment(feed.last_import_at, zone, now)}, {limit}"
    if feed.quiet:
        return f"▲ {silence_words(feed, zone, now)}, {imported}"
    if feed.silent:
        return f"▲ {silence_words(feed, zone, now)}, {limit}, {newest}"
    return f"{feed.source}: {imported}, {newest}"
