"""When to try again after a call that reached nobody (retry ladders, domain section 4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.due import due_at
from callback_tui.rules.may_dial import first_allowed_at
from callback_tui.rules.open_time import opening_instant
from callback_tui.rules.speak import desk_zone_of, moment
from callback_tui.views.dial import Ringing
from callback_tui.views.policy import Ladder, Policy, SitePolicy

_NOON = time(12)
_DAYS_SEARCHED = 14
_NOT_BEFORE = "; they may not be rung before"


class RetryStage(StrEnum):
    """How an unanswered call goes on."""

    AGAIN = "again"
    OTHER_HALF = "other_half"
    TEXT_OR_PORTAL = "text_or_portal"
    LETTER = "letter"
    CLINICIAN_DECISION = "clinician_decision"


@dataclass(frozen=True, slots=True)
class NextTry:
    """The next thing to do and by when (UTC); `sentence` says it in the site's time.

    `decide_by` is set while an emergency message is still rung: by then a clinician decides on a welfare check.
    """

    at: datetime
    stage: RetryStage
    sentence: str
    decide_by: datetime | None = None


def next_try(
    tier: Tier,
    tries: Sequence[datetime],
    policy: Policy,
    site: SitePolicy,
    now: datetime,
    *,
    busy: bool = False,
    alternates_left: int = 0,
    ringing: Ringing | None = None,
) -> NextTry:
    """Return what follows the last of `tries`, the unanswered dials so far with this one (domain section 4).

    Minutes are wall time, rounded up to the whole minute; outside open time, and where none of `ringing`'s numbers may
    be rung, they move to the next time that is right, except for tiers 0 and 1; where none comes, somebody writes.
    `alternates_left` counts other numbers that may still be rung. Raises ValueError without a try.
    """
    if not tries:
        raise ValueError("a next try follows at least one try")
    ladder = policy.retries.ladders[tier]
    count = len(tries)
    dials = min(ladder.max_dials, len(ladder.step_minutes) + ladder.then_other_half_days + 1)
    decision_at = _decision_at(ladder, min(tries), now)
    if tier is Tier.EMERGENT:
        return _emergent(count, decision_at, site, policy, now, alternates_left)
    if count <= len(ladder.step_minutes) and count < dials:
        wait = policy.retries.busy_minutes if busy else ladder.step_minutes[count - 1]
        again_at = _whole_minute(now + timedelta(minutes=wait))
        if decision_at is not None and again_at >= decision_at:
            return _decision(decision_at, site, policy, now)
        if tier.always_on:
            return _again(again_at, site, policy, now, alternates_left)
        rung_at = may_ring_from(again_at, ringing, tier, policy, site)
        if rung_at is not None:
            moved = rung_at > opening_instant(site.hours, again_at)
            return _again(rung_at, site, policy, now, alternates_left, moved=moved)
    elif decision_at is not None:
        return _decision(decision_at, site, policy, now)
    elif count < dials:
        planned = _other_half(max(tries), policy, site, now)
        rung_at = may_ring_from(planned, ringing, tier, policy, site)
        if rung_at is not None:
            sentence = f"Next try {when_words(rung_at, site, policy, now)}{_NOT_BEFORE * (rung_at > planned)}."
            return NextTry(rung_at, RetryStage.OTHER_HALF, sentence)
    by = due_at(site.targets[tier], site.hours, now)
    if count <= dials:
        send = "Send a text" if count == dials else "They may not be rung again: send a text"
        sentence = f"{send} or portal message if permitted, by {when_words(by, site, policy, now)}."
        return NextTry(by, RetryStage.TEXT_OR_PORTAL, sentence)
    return NextTry(by, RetryStage.LETTER, f"Send a letter by {when_words(by, site, policy, now)}.")


def when_words(at: datetime, site: SitePolicy, policy: Policy, now: datetime) -> str:
    """Say when the next try is due in the site's time: "10:55", "08:12 tomorrow", "09:55 CST" where it is not ours."""
    return moment(at, site.hours.zone, now, desk_zone_of(policy))


def _emergent(
    count: int, decision_at: datetime | None, site: SitePolicy, policy: Policy, now: datetime, alternates_left: int
) -> NextTry:
    """Every number and the emergency contact at once while the ladder lasts; a clinician decides when time is up."""
    decision = _welfare_decision(decision_at or now, site, policy, now)
    is_time_left = decision_at is None or now < decision_at
    if is_time_left and (alternates_left or count < policy.retries.ladders[Tier.EMERGENT].max_dials):
        first = "Ring the next number now" if alternates_left else "Ring again now"
        then = decision.sentence[0].lower() + decision.sentence[1:]
        return NextTry(now, RetryStage.AGAIN, f"{first}, and the emergency contact; {then}", decision.at)
    return decision


def _welfare_decision(at: datetime, site: SitePolicy, policy: Policy, now: datetime) -> NextTry:
    sentence = f"A clinician decides on a welfare check by {when_words(at, site, policy, now)}."
    return NextTry(at, RetryStage.CLINICIAN_DECISION, sentence)


def may_ring_from(
    at: datetime, ringing: Ringing | None, tier: Tier, policy: Policy, site: SitePolicy
) -> datetime | None:
    """Return the first open instant from `at` on at which a patient's number may be rung, or None where none comes.

    Without `ringing` nothing but the opening hours decides.
    """
    tried = opening_instant(site.hours, at)
    for _ in range(_DAYS_SEARCHED):
        rung_from = tried if ringing is None else first_allowed_at(ringing, tier, policy, tried)
        if rung_from is None or rung_from == tried:
            return rung_from
        tried = opening_instant(site.hours, rung_from)
    return None


def _again(
    at: datetime, site: SitePolicy, policy: Policy, now: datetime, alternates_left: int, *, moved: bool = False
) -> NextTry:
    where = ", on another number" if alternates_left else ""
    words = f"Next try {when_words(at, site, policy, now)}{where}{_NOT_BEFORE * moved}."
    return NextTry(at, RetryStage.AGAIN, words)


def _decision_at(ladder: Ladder, first: datetime, now: datetime) -> datetime | None:
    if ladder.decision_within_minutes is None:
        return None
    return max(now, first + timedelta(minutes=ladder.decision_within_minutes))


def _decision(at: datetime, site: SitePolicy, policy: Policy, now: datetime) -> NextTry:
    sentence = f"A clinician decides by {when_words(at, site, policy, now)}."
    return NextTry(at, RetryStage.CLINICIAN_DECISION, sentence)


def _other_half(last: datetime, policy: Policy, site: SitePolicy, now: datetime) -> datetime:
    zone = ZoneInfo(site.hours.zone)
    was_morning = last.astimezone(zone).time() < _NOON
    today = now.astimezone(zone).date()
    for offset in range(1, _DAYS_SEARCHED + 1):
        day = today + timedelta(days=offset)
        at = _open_in_half(day, zone, policy, site, afternoon=was_morning)
        if at is not None:
            return at
    return opening_instant(site.hours, now + timedelta(days=1))


def _open_in_half(day: date, zone: ZoneInfo, policy: Policy, site: SitePolicy, *, afternoon: bool) -> datetime | None:
    start, end = (_NOON, policy.dialling.not_after) if afternoon else (policy.dialling.not_before, _NOON)
    at = opening_instant(site.hours, datetime.combine(day, start, zone).astimezone(UTC))
    local = at.astimezone(zone)
    return at if local.date() == day and start <= local.time() < end else None


def _whole_minute(at: datetime) -> datetime:
    floor = at.replace(second=0, microsecond=0)
    return floor if floor == at else floor + timedelta(minutes=1)
