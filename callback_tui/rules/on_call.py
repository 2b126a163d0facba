"""When nobody is at the desk: which messages want somebody, whom to fetch next, and when that ends."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from callback_tui.models.vocabulary import Role, Tier
from callback_tui.rules.routing import TAKES_URGENT
from callback_tui.rules.speak import moment
from callback_tui.views.on_call import Alert, Fetch, Move, MoveKind, OnCallLine, Presence, UrgentItem
from callback_tui.views.policy import OnCallPolicy

_LOST_AFTER_RUNS = 2
"""A run without a result for so many times the longest run was cut off, with the program that began it."""


def wanted_at(item: UrgentItem, presences: Sequence[Presence], policy: OnCallPolicy, now: datetime) -> datetime | None:
    """Return since when a message wants somebody to be fetched; None while somebody at the desk can take it.

    It does from its arrival where nobody was there, then again from near its due time, then from its due time; what
    the last person left behind counts from their leaving. An escalated message waits for a clinician: with a nurse
    there, nobody is fetched before its due time has passed (domain section 1).
    """
    here = {person.role for person in presences if person.until > now}
    takers = (Role.CLINICIAN,) if item.escalated else TAKES_URGENT
    if here.intersection(takers):
        return None
    left_at = max((person.until for person in presences if person.role in takers), default=None)
    moments = [item.due_at]
    if not here.intersection(TAKES_URGENT):
        moments.append(item.due_at - timedelta(minutes=policy.near_due_minutes))
        if left_at is None or item.arrived_at > left_at:
            moments.append(item.arrived_at)
    if left_at is not None:
        moments = [max(each, left_at) for each in moments]
    return max((each for each in moments if each <= now), default=None)


def moves_due(
    items: Iterable[UrgentItem],
    presences: Sequence[Presence],
    alerts: Mapping[tuple[int, Tier], Alert],
    policy: OnCallPolicy,
    now: datetime,
) -> tuple[Move, ...]:
    """Return what is due now for each site and tier, the most pressing first; nothing without a roster.

    `alerts` holds the newest alert of each site and tier.
    """
    if not policy.roster:
        return ()
    wanted: dict[tuple[int, Tier], list[datetime]] = {key: [] for key in alerts}
    for item in items:
        since = wanted_at(item, presences, policy, now)
        if since is not None:
            wanted.setdefault((item.site_id, item.tier), []).append(since)
    moves = []
    for key, since_when in sorted(wanted.items(), key=lambda pair: (pair[0][1].rank, pair[0][0])):
        about = Move(MoveKind.FETCH, *key, waiting=len(since_when))
        alert = alerts.get(key)
        if alert is not None and alert.quiet_at is None:
            move = _next(about, alert, presences, policy, now)
        else:
            quiet_at = None if alert is None else alert.quiet_at
            is_news = any(quiet_at is None or since > quiet_at for since in since_when)
            move = replace(about, number=1) if is_news else None
        if move is not None:
            moves.append(move)
    return tuple(moves)


def next_fetch(fetches: Sequence[Fetch], policy: OnCallPolicy, now: datetime) -> tuple[int | None, datetime | None]:
    """Return the place in the roster of who is fetched next, and from when on; no place when the rounds are over.

    The next person comes after `repeat_minutes`; at once where the command failed, but never so into a new round. A run
    that was cut off is made again, once; until then, or while a run may still end, there is no time.
    """
    lost_after = timedelta(seconds=_LOST_AFTER_RUNS * policy.command_seconds)
    turns, repeats, last_again = 0, timedelta(minutes=policy.repeat_minutes), False
    for fetch in fetches:
        is_lost = fetch.ran is None and now >= fetch.started_at + lost_after
        last_again = is_lost and not last_again
        turns += not last_again
    place = turns % len(policy.roster) if turns < policy.rounds * len(policy.roster) else None
    if not fetches:
        return place, now
    last = fetches[-1]
    if last.ran is None and now < last.started_at + lost_after:
        return place, None
    waits = last.ran or (not last_again and turns % len(policy.roster) == 0)
    return place, last.started_at + repeats if waits else last.started_at


def left_alone(arrivals: Iterable[datetime], presences: Iterable[Presence]) -> int:
    """Return how many of the messages that arrived at these instants came while nobody who takes them was there."""
    ends: list[datetime] = []
    starts: list[datetime] = []
    for person in sorted(presences, key=lambda each: each.since):
        if ends and person.since <= ends[-1]:
            ends[-1] = max(ends[-1], person.until)
        else:
            starts.append(person.since)
            ends.append(person.until)
    return sum(not _covers(starts, ends, at) for at in arrivals)


def left_alone_words(count: int) -> str:
    """Return the sentence on urgent messages that came with nobody at the desk; nothing where there were none."""
    if not count:
        return ""
    return f"{count:,} urgent came in with nobody at the desk, and there is no on-call roster to fetch somebody by."


def on_call_words(line: OnCallLine, zone: str, now: datetime) -> str:
    """Return what everybody at the desk is told: "on call: Dr. Lee fetched 22:41 for 2 urgent at Main"."""
    at, what = moment(line.at, zone, now), f"{line.waiting} {line.tier} at {line.site}"
    match line.kind:
        case MoveKind.ANSWERED:
            return f"on call: {line.person} has it since {at}, {line.tier} at {line.site}"
        case MoveKind.HANDLED:
            return f"on call: over since {at}, {line.tier} at {line.site}"
        case MoveKind.UNANSWERED:
            return f"on call: nobody came, last fetched {line.person} {at}, {line.tier} at {line.site}"
    if line.ran is False:
        return f"on call: the command failed for {line.person} {at}, {what}"
    return f"on call: {line.person} fetched {at} for {what}"


def command_line(policy: OnCallPolicy, move: Move, site: str) -> tuple[str, ...]:
    """Return the program and its arguments for a fetch, filled in; nothing in it is of a patient."""
    person = policy.roster[move.place]
    told = {"site": site, "count": str(move.waiting), "tier": move.tier.value, "person": person.label}
    return tuple(text.format(**told) for text in (*policy.command, *person.arguments))


def _next(about: Move, alert: Alert, presences: Sequence[Presence], policy: OnCallPolicy, now: datetime) -> Move | None:
    about = replace(about, alert_id=alert.alert_id)
    if not about.waiting:
        here = [person for person in presences if person.role in TAKES_URGENT and person.until > now]
        if not here:
            return replace(about, kind=MoveKind.HANDLED)
        newest = max(here, key=lambda person: person.since)
        return replace(about, kind=MoveKind.ANSWERED, staff_id=newest.staff_id)
    place, due = next_fetch(alert.fetches, policy, now)
    if due is None or due > now:
        return None
    if place is None:
        return replace(about, kind=MoveKind.UNANSWERED)
    return replace(about, number=len(alert.fetches) + 1, place=place)


def _covers(starts: Sequence[datetime], ends: Sequence[datetime], at: datetime) -> bool:
    place = bisect_right(starts, at) - 1
    return place >= 0 and at < ends[place]
