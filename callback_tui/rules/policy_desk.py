"""Reads the policy's sections on the desk itself: feeds, retries, dialling, identity, waits, the scorecard."""

from datetime import time

from callback_tui.models.vocabulary import IdentityKind, Tier
from callback_tui.rules.policy_section import Section, spoken
from callback_tui.views.policy import DeskTimes, DialLimits, Ladder, RetryPolicy, ScorecardTargets

_WEEK_MINUTES = 7 * 24 * 60
_DAY_MINUTES = 24 * 60
_HOUR_SECONDS = 3600
_MOST_TRIES = 20
_MOST_DAYS = 60
_LEAST_SCORE, _BEST_SCORE = 1, 5
_MOST_NEEDED = 1000


def read_feeds(feeds: Section) -> tuple[dict[str, int], dict[str, int]]:
    """Return after how many minutes without an import, and how many open ones without a new message, silence begins.

    By source, of the first "default" for any other. A source is named as its profile names it: any name may stand here.
    """
    limits, quiet = feeds.sub("limit_minutes"), feeds.sub("quiet_minutes")
    found = tuple(
        {source: table.integer(source, 1, _WEEK_MINUTES) for source in table.keys()}  # noqa: SIM118 - a Section is no dict
        for table in (limits, quiet)
    )
    feeds.close()
    return found[0], found[1]


def read_retries(retries: Section) -> RetryPolicy:
    """Return the ladder of each tier and the waits that all tiers share (domain section 4)."""
    ladders = {tier: _ladder(retries.sub(tier)) for tier in Tier}
    policy = RetryPolicy(
        ladders=ladders,
        busy_minutes=retries.integer("busy_minutes", 1, _DAY_MINUTES),
        voicemail_from_try=retries.integer("voicemail_from_try", 1, _MOST_TRIES),
        letter_open_days=retries.integer("letter_open_days", 1, _MOST_DAYS),
        promise_minutes=retries.integer("promise_minutes", 0, _DAY_MINUTES),
        noted_after_hours=retries.integer("noted_after_hours", 1, _MOST_DAYS * 24),
    )
    retries.close()
    return policy


def read_dialling(dialling: Section) -> DialLimits:
    """Return quiet hours and daily caps (domain section 3)."""
    limits = DialLimits(
        not_before=dialling.read("not_before", _time, time(), example='"08:00"'),
        not_after=dialling.read("not_after", _time, time.max, example='"21:00"'),
        dials_per_day=dialling.integer("dials_per_day", 1, _MOST_TRIES),
        voicemails_per_day=dialling.integer("voicemails_per_day", 0, _MOST_TRIES),
    )
    if limits.not_before >= limits.not_after:
        dialling.refuse("not_after", "write a time later than not_before")
    dialling.close()
    return limits


def read_identity(identity: Section) -> tuple[tuple[IdentityKind, ...], int, int]:
    """Return the kinds that may be asked, how many must match, and how many failures end it."""
    kinds: list[IdentityKind] = []
    choices = ", ".join(IdentityKind)
    for path, value in identity.items("kinds"):
        if value not in tuple(IdentityKind):
            identity.problems.append((path, f"write one of {choices}, not {spoken(value)}"))
        elif value in kinds:
            identity.problems.append((path, f"name each kind once; {spoken(value)} is there already"))
        else:
            kinds.append(IdentityKind(str(value)))
    needed = identity.integer("needed", 1, len(IdentityKind))
    if needed > len(kinds):
        identity.refuse("needed", f"write no more than the {len(kinds)} kinds listed, not {needed}")
    failures_allowed = identity.integer("failures_allowed", 1, _MOST_TRIES)
    identity.close()
    return tuple(kinds), needed, failures_allowed


def read_desk(desk: Section) -> tuple[DeskTimes, int, int]:
    """Return the waits, the cap on pauses in open days, and the days within which a reopening is the same issue."""
    times = DeskTimes(
        undo_seconds=desk.integer("undo_seconds", 1, _HOUR_SECONDS),
        lease_seconds=desk.integer("lease_seconds", 10, _HOUR_SECONDS),
        heartbeat_seconds=desk.integer("heartbeat_seconds", 1, _HOUR_SECONDS),
        curtain_after_seconds=desk.integer("curtain_after_seconds", 10, _DAY_MINUTES * 60),
        lock_after_seconds=desk.integer("lock_after_seconds", 10, _DAY_MINUTES * 60),
        lock_in_call_after_seconds=desk.integer("lock_in_call_after_seconds", 10, _DAY_MINUTES * 60),
        seen_every_seconds=desk.integer("seen_every_seconds", 10, _HOUR_SECONDS),
        away_after_seconds=desk.integer("away_after_seconds", 10, _DAY_MINUTES * 60),
    )
    if times.seen_every_seconds > times.away_after_seconds:
        desk.refuse("seen_every_seconds", "write no more than away_after_seconds, or nobody ever counts as there")
    if times.heartbeat_seconds * 2 > times.lease_seconds:
        desk.refuse("heartbeat_seconds", "write at most half of lease_seconds, or a call loses its hold on the patient")
    if times.lock_after_seconds < times.curtain_after_seconds:
        desk.refuse("lock_after_seconds", "write no less than curtain_after_seconds")
    pause_cap = desk.integer("pause_cap_open_days", 1, _MOST_DAYS)
    reopen_days = desk.integer("reopen_days", 0, _MOST_DAYS)
    desk.close()
    return times, pause_cap, reopen_days


def read_assignment(assignment: Section) -> dict[Tier, int]:
    """Return how many minutes a message given to somebody is theirs alone, by tier (domain section 5)."""
    minutes = assignment.sub("mine_minutes")
    tiers = [tier for tier in Tier if tier is not Tier.EMERGENT]
    found: dict[Tier, int] = {tier: minutes.integer(tier, 1, _WEEK_MINUTES) for tier in tiers}
    minutes.close()
    assignment.close()
    return found


def read_scorecard(scorecard: Section) -> ScorecardTargets:
    """Return what the practice wants to reach and how many calls a judgement needs (domain section 6)."""
    targets = ScorecardTargets(
        call_back_in_office_seconds=60 * scorecard.integer("call_back_in_office_minutes", 1, _WEEK_MINUTES),
        call_back_after_hours_seconds=60 * scorecard.integer("call_back_after_hours_minutes", 1, _WEEK_MINUTES),
        first_call_resolution=scorecard.integer("first_call_resolution_percent", 1, 100) / 100,
        satisfaction=scorecard.number("satisfaction", _LEAST_SCORE, _BEST_SCORE),
        trend_needs=scorecard.integer("trend_needs", 1, _MOST_NEEDED),
        satisfaction_needs=scorecard.integer("satisfaction_needs", 1, _MOST_NEEDED),
    )
    scorecard.close()
    return targets


def _ladder(ladder: Section) -> Ladder:
    steps: list[int] = []
    for path, value in ladder.items("step_minutes"):
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _DAY_MINUTES:
            ladder.problems.append((path, f"write minutes from 0 to {_DAY_MINUTES}, not {spoken(value)}"))
        else:
            steps.append(value)
    has_decision = ladder.raw("decision_within_minutes") is not None
    read = Ladder(
        step_minutes=tuple(steps),
        then_other_half_days=ladder.integer("then_other_half_days", 0, _MOST_DAYS),
        max_dials=ladder.integer("max_dials", 1, _MOST_TRIES),
        decision_within_minutes=ladder.integer("decision_within_minutes", 1, _DAY_MINUTES) if has_decision else None,
    )
    ladder.close()
    return read


def _time(text: str) -> time:
    try:
        if len(text) == len("08:00"):
            return time.fromisoformat(text)
    except ValueError:
        pass
    raise ValueError(f'write a time such as "08:00", not {spoken(text)}')
