"""The pattern of a figure: its calls by weekday and hour of the site's clock, by site, by reason; and its words."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import CallReason
from callback_tui.rules.figures import figure_words
from callback_tui.rules.metrics import GOOD_SCORE
from callback_tui.rules.open_time import opens_on
from callback_tui.views.policy import Policy
from callback_tui.views.scorecard import BadShare, MetricKey, MetricLine, Pattern, Unit, WaitShare

_WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
_TOLD_FROM = 3


class HourCount(NamedTuple):
    """So many calls, so many of them bad, in the UTC hour "2026-11-23T15" at a site; how long they waited together."""

    hour: str
    site: str
    n: int
    bad: int
    seconds: float = 0


def pattern_of(
    line: MetricLine, counts: Iterable[HourCount], bad_reasons: Iterable[tuple[CallReason, int]], policy: Policy
) -> Pattern:
    """Return the pattern of a figure. An hour and a day are those of the site's own clock."""
    hours: Counter[tuple[int, int]] = Counter()
    bad_hours: Counter[tuple[int, int]] = Counter()
    sites: Counter[str] = Counter()
    bad_sites: Counter[str] = Counter()
    waits = {True: WaitShare(), False: WaitShare()}
    for count in counts:
        site_hours = policy.site_of(count.site).hours
        at_utc = datetime.fromisoformat(f"{count.hour}:00").replace(tzinfo=UTC)
        local = at_utc.astimezone(ZoneInfo(site_hours.zone))
        opens = opens_on(site_hours, at_utc)
        waits[opens] = WaitShare(waits[opens].n + count.n, waits[opens].seconds + count.seconds)
        at = (local.weekday(), local.hour)
        hours[at] += count.n
        bad_hours[at] += count.bad
        sites[count.site] += count.n
        bad_sites[count.site] += count.bad
    reasons: Counter[CallReason] = Counter()
    for reason, bad in bad_reasons:
        reasons[reason] += bad
    return Pattern(
        key=line.key,
        target=line.target,
        whole=BadShare(hours.total(), bad_hours.total()),
        hours={at: BadShare(n, bad_hours[at]) for at, n in hours.items()},
        sites=tuple((site.name, BadShare(sites[site.name], bad_sites[site.name])) for site in policy.sites),
        reasons=tuple((reason, bad) for reason, bad in reasons.most_common() if bad),
        closed_days=waits[False],
        open_days=waits[True],
    )


def closed_day_words(pattern: Pattern) -> str:
    """Return the wait after hours with weekends and holidays apart (domain section 6); nothing for other figures."""
    if pattern.key is not MetricKey.CALL_BACK_AFTER_HOURS:
        return ""
    groups = (("Mean wait of weekends and holidays", pattern.closed_days), ("other nights", pattern.open_days))
    said = [
        f"{name} {figure_words(Unit.SECONDS, share.seconds / share.n)} ({share.n:,})"
        for name, share in groups
        if share.n
    ]
    return f"{', '.join(said)}." if said else ""


def bad_words(line: MetricLine) -> str:
    """Return what makes a call of a figure a bad one: "over 2 h", "not settled at once", "scored under 4"."""
    match line.key:
        case MetricKey.FIRST_CALL_RESOLUTION:
            return "not settled at once"
        case MetricKey.SATISFACTION:
            return f"scored under {GOOD_SCORE}"
    return f"over {figure_words(line.unit, line.target)}"


def most_words(pattern: Pattern) -> str:
    """Return on which weekday and in which hour the most bad ones were, or nothing where they are too few to say."""
    days: Counter[int] = Counter()
    hours: Counter[int] = Counter()
    for (day, hour), share in pattern.hours.items():
        days[day] += share.bad
        hours[hour] += share.bad
    if pattern.whole.bad < _TOLD_FROM:
        return ""
    (day, on_day), (hour, in_hour) = days.most_common(1)[0], hours.most_common(1)[0]
    return f"Most of them on {_WEEKDAYS[day]} ({on_day}) and from {hour} to {hour + 1} o'clock ({in_hour})."
