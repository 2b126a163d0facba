"""The window of the sources: each with its newest message, its last import, its limit, since when it is silent."""

from datetime import datetime

from textual.content import Content

from callback_tui.rules.feeds import feed_words, never_imported
from callback_tui.rules.speak import desk_zone_of
from callback_tui.views.queue import QueueSnapshot
from callback_tui.widgets.plain import plain_line


def feeds_content(snapshot: QueueSnapshot, now: datetime) -> Content:
    """Return a line a source, silent ones first, then those the policy names and nothing ever came from."""
    zone = desk_zone_of(snapshot.policy)
    lines = [
        plain_line(feed_words(feed, zone, now), "bold $late" if feed.silent else "$foreground")
        for feed in sorted(snapshot.feeds, key=lambda feed: not feed.silent)
    ]
    lines += [
        plain_line(f"{source}: no import yet", "$dim") for source in never_imported(snapshot.feeds, snapshot.policy)
    ]
    advice = (
        "After its limit without an import a source counts as silent, at night too. An import ends it: "
        "callback-tui import FILE. Limits stand in the policy under [feeds.limit_minutes]."
    )
    return Content("\n").join([*lines, Content(""), plain_line(advice, "$dim")])
