"""The sentences around the list: its titles, and what it says while nothing is shown."""

from datetime import datetime

from callback_tui.rules.feeds import nothing_waiting
from callback_tui.rules.forecast_words import pace_words
from callback_tui.rules.site_hours import closed_words
from callback_tui.rules.speak import moment
from callback_tui.views.queue import QueueSnapshot
from callback_tui.widgets.plain import DOT


def list_titles(
    snapshot: QueueSnapshot, shown: int, needle: str, now: datetime, *, curtained: bool, with_pace: bool = False
) -> dict[str, str]:
    """Return left, right and bottom title of the list; a search in force is always named, the forecast if asked for."""
    waiting = len(snapshot.rows)
    words = DOT * 6 if curtained else needle
    bottom = f'search "{words}" · esc shows all' if needle else "by priority, then time left · no filter"
    if closed := closed_words(snapshot.policy, now):
        bottom += f" · {closed}"
    pace = pace_words(snapshot.forecast) if with_pace else ""
    if pace:
        bottom += f" · {pace}"
    return {
        "left": "Queue · search" if needle else "Queue · team",
        "right": f"{shown} of {waiting}" if needle else f"{waiting} waiting",
        "bottom": bottom,
    }


def empty_words(snapshot: QueueSnapshot, needle: str, *, curtained: bool) -> str:
    """Return the sentence an empty list shows: as of when, and what wakes next."""
    if needle:
        words = DOT * 6 if curtained else needle
        return f'No waiting message matches "{words}". Esc shows all again.'
    zone = snapshot.policy.sites[0].hours.zone
    sentence = nothing_waiting(snapshot.feeds, zone, snapshot.as_of)
    if not snapshot.asleep:
        return sentence
    first = snapshot.asleep[0]
    if first.clock.asleep_until is None:
        return sentence
    wakes = f" Next wakes {moment(first.clock.asleep_until, zone, snapshot.as_of)}"
    who = "" if curtained else f": {first.who}"
    tries = f", try {first.attempts + 1}" if first.attempts else ""
    return f"{sentence}{wakes}{who}{tries}."
