"""The sentences around the list: its titles, and what it says while nothing is shown."""

from datetime import datetime

from callback_tui.rules.feeds import nothing_waiting
from callback_tui.rules.forecast_words import pace_words
from callback_tui.rules.queue_view import Listed, filter_words
from callback_tui.rules.site_hours import closed_words
from callback_tui.rules.speak import clock_time, moment
from callback_tui.views.queue import Chosen, QueueSnapshot, View
from callback_tui.widgets.plain import DOT

VIEW_NAMES = {
    View.ALL: "all",
    View.TEAM: "team",
    View.MINE: "mine",
    View.ASLEEP: "asleep",
    View.UNREACHABLE: "not reached",
}
"""What each view is called in the list's title and in the window that changes it."""

_NOTHING = {
    View.ALL: "Nothing",
    View.TEAM: "Nothing for your team",
    View.MINE: "Nothing of yours",
    View.ASLEEP: "Nothing asleep",
    View.UNREACHABLE: "Nobody to be tried again",
}


def list_titles(
    snapshot: QueueSnapshot,
    listing: Listed,
    chosen: Chosen,
    needle: str,
    now: datetime,
    *,
    curtained: bool,
    clear: str,
    with_pace: bool = False,
) -> dict[str, str]:
    """Return left, right and bottom title of the list: view, count, and always what hides something.

    `clear` is the key that shows all again; the forecast stands last, if asked for.
    """
    words, only = DOT * 6 if curtained else needle, filter_words(chosen)
    hidden = [f'search "{words}"' if needle else "", f"only {only}" if only else ""]
    parts = [
        f"{listing.late_outside} late outside this view" if listing.late_outside else "",
        *hidden,
        f"{clear} shows all" if any(hidden) else "",
    ]
    if not any(hidden):
        parts.append("no filter" if listing.late_outside else f"by priority, then due {DOT} no filter")
    parts.append(closed_words(snapshot.policy, now))
    parts.append(pace_words(snapshot.forecast, in_all=True) if with_pace else "")
    return {
        "left": f"Queue {DOT} {VIEW_NAMES[chosen.view]}",
        "right": _count(listing),
        "bottom": f" {DOT} ".join(part for part in parts if part),
    }


def empty_words(snapshot: QueueSnapshot, chosen: Chosen, needle: str, *, curtained: bool) -> str:
    """Return the sentence an empty list shows: as of when, what is outside the view, and what wakes next."""
    if needle:
        words = DOT * 6 if curtained else needle
        return f'No waiting message matches "{words}". Esc shows all again.'
    zone = snapshot.policy.sites[0].hours.zone
    at = clock_time(snapshot.as_of, zone)
    if snapshot.rows:
        only = f" with the filter {filter_words(chosen)}" if chosen.is_filtered else ""
        return f"{_NOTHING[chosen.view]}{only} as of {at}. {len(snapshot.rows)} waiting outside this view."
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


def _count(listing: Listed) -> str:
    asleep = len(listing.rows) - listing.shown
    whole = listing.shown == listing.waiting
    awake = f"{listing.waiting} waiting" if whole else f"{listing.shown} of {listing.waiting}"
    return f"{awake}, {asleep} asleep" if asleep else awake
