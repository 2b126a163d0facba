"""May this number be rung, from when, and may a message be left there: domain section 3."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from callback_tui.error_table import error_words
from callback_tui.models.vocabulary import (
    Channel,
    ContactKind,
    LeavePermission,
    NumberQuality,
    OptOutScope,
    SafeContactKind,
    Tier,
)
from callback_tui.rules.contact_kinds import PHONES
from callback_tui.rules.known_zone import known_zone
from callback_tui.rules.opt_outs import call_opt_out, covers_call, opt_outs_in_force
from callback_tui.rules.ring_hours import RingHours, first_zone_outside
from callback_tui.rules.speak import day_words, desk_zone_of, moment
from callback_tui.views.call import DialDecision, DialVerdict
from callback_tui.views.dial import DialFacts, DialNumber, OptOut, Ringing, SafeInstruction
from callback_tui.views.policy import Policy

_KIND_WORDS = {
    ContactKind.MOBILE: "the mobile phone",
    ContactKind.HOME: "the home phone",
    ContactKind.WORK: "the work phone",
    ContactKind.OTHER_PHONE: "this kind of phone",
    ContactKind.EMAIL: "this address",
    ContactKind.PORTAL: "the portal",
}
_NO_HOUR = "at no hour that fits all they asked"


class _Obstacle(NamedTuple):
    code: str
    sentence: str
    next_step: str


def may_dial(
    facts: DialFacts,
    number: DialNumber,
    tier: Tier,
    policy: Policy,
    at: datetime,
    *,
    reason: str = "",
    now: datetime | None = None,
) -> DialDecision:
    """Decide whether a number may be rung at `at` (domain section 3); `now`, when that is asked, words the days.

    Tiers 0 and 1 pass every obstacle but a missing number with a written reason, and the decision's code then is
    "override:" with the codes passed, joined by "+". Tiers 2 and 3 pass none.
    """
    if number.kind not in PHONES or not number.e164:
        return DialDecision(DialVerdict.BLOCKED, "no_number", *error_words("no_number_here"))
    lasting = tuple(_lasting(facts, number, policy, now or at))
    hours = _hours(facts, tier, policy)
    opens_at = hours.next_at(at)
    passing = () if opens_at == at else tuple(_passing(facts, hours, policy, at, opens_at, now or at))
    obstacles = lasting + passing
    if not obstacles:
        return DialDecision(DialVerdict.ALLOWED)
    codes = tuple(obstacle.code for obstacle in obstacles)
    decide = partial(DialDecision, codes=codes, allowed_from=None if lasting else opens_at)
    if not tier.always_on:
        return decide(DialVerdict.BLOCKED, *obstacles[0])
    sentence = " ".join(obstacle.sentence for obstacle in obstacles)
    if not reason.strip():
        next_step = f"{obstacles[0].next_step} For an urgent reason you may ring: write why."
        return decide(DialVerdict.REASON_NEEDED, obstacles[0].code, sentence, next_step)
    code = f"override:{'+'.join(codes)}"
    return decide(DialVerdict.ALLOWED, code, sentence, "The reason is kept, and a supervisor sees it.")


def next_allowed_at(facts: DialFacts, number: DialNumber, tier: Tier, policy: Policy, at: datetime) -> datetime | None:
    """Return the first instant from `at` on at which a number may be rung without a reason, `at` itself included.

    Only hours and caps pass with time: None where anything else stands in the way, or no hour fits.
    """
    decision = may_dial(facts, number, tier, policy, at)
    return at if decision.verdict is DialVerdict.ALLOWED else decision.allowed_from


def first_allowed_at(ringing: Ringing, tier: Tier, policy: Policy, at: datetime) -> datetime | None:
    """Return the first instant from `at` on at which any of a patient's numbers may be rung, or None."""
    each = (next_allowed_at(ringing.facts, number, tier, policy, at) for number in ringing.numbers)
    return min((instant for instant in each if instant is not None), default=None)


def may_leave_message(
    facts: DialFacts,
    number: DialNumber,
    tier: Tier,
    policy: Policy,
    now: datetime,
) -> DialDecision:
    """Decide whether a voicemail may be left, and how much: code "minimum" or "detail" (domain sections 3 and 4)."""
    for fact in opt_outs_in_force(facts.opt_outs):
        if fact.channel is Channel.VOICEMAIL or (not tier.always_on and covers_call(fact, number.e164)):
            sentence = f"They asked for no messages or calls ({_day(fact.recorded_at, policy, now)})."
            return _no_message("opt_out", sentence)
    for instruction in facts.instructions:
        never = _never_here(instruction, number, policy, now)
        if never is not None:
            return _no_message(never.code, never.sentence)
    if number.leave_permission is LeavePermission.NOTHING:
        return _no_message("nothing_permitted", "They asked that nothing be left at this number.")
    if any(instruction.kind is SafeContactKind.NO_VOICEMAIL for instruction in facts.instructions):
        return _no_message("no_voicemail", "They asked for no voicemail.")
    limit = policy.dialling.voicemails_per_day
    if not tier.always_on and facts.voicemails_today >= limit:
        return _no_message(
            "voicemail_cap", f"Voicemail left {_times(facts.voicemails_today)} today; {limit} a day is the most."
        )
    advice = ""
    if tier is Tier.EMERGENT:
        advice = "A message alone is not enough: ring every number, then a clinician decides."
    if number.leave_permission is LeavePermission.DETAIL:
        return DialDecision(DialVerdict.ALLOWED, "detail", "Detail may be left at this number.", advice)
    return DialDecision(DialVerdict.ALLOWED, "minimum", "Leave name and number only.", advice)


def _no_message(code: str, sentence: str) -> DialDecision:
    return DialDecision(DialVerdict.BLOCKED, code, sentence, "Hang up without a message and log no answer.")


def _lasting(facts: DialFacts, number: DialNumber, policy: Policy, now: datetime) -> Iterator[_Obstacle]:
    """Yield what no hour takes away: an opt-out, a dead number, a number they never want to be called at."""
    fact = call_opt_out(facts.opt_outs, number.e164)
    if fact is not None:
        yield _opted_out(fact, _day(fact.recorded_at, policy, now))
    if number.quality is NumberQuality.DEAD:
        day = "" if number.quality_set_at is None else f" ({_day(number.quality_set_at, policy, now)})"
        yield _Obstacle("dead_number", *error_words("dead_number", day=day))
    for instruction in facts.instructions:
        never = _never_here(instruction, number, policy, now)
        if never is not None:
            yield never


def _opted_out(fact: OptOut, day: str) -> _Obstacle:
    if fact.scope is OptOutScope.NUMBER:
        return _Obstacle("opt_out", *error_words("opt_out_number", day=day))
    if fact.scope is OptOutScope.CHANNEL:
        return _Obstacle("opt_out", *error_words("opt_out_phone", day=day))
    return _Obstacle("opt_out", *error_words("opt_out", day=day))


def _passing(
    facts: DialFacts, hours: RingHours, policy: Policy, at: datetime, opens_at: datetime | None, now: datetime
) -> Iterator[_Obstacle]:
    """Yield what an hour will take away: what they asked of the hour, quiet hours, the daily cap."""
    when = _from_words(opens_at, hours.zones, policy, now)
    for instruction in facts.instructions:
        limit = _wall_time(instruction.value)
        if limit is None:
            continue
        is_early = instruction.kind is SafeContactKind.NOT_BEFORE and _outside(hours, limit, time.max, at)
        is_late = instruction.kind is SafeContactKind.NOT_AFTER and _outside(hours, time(), limit, at)
        if is_early or is_late:
            day = _day(instruction.asked_at, policy, now)
            row = error_words("not_before" if is_early else "not_after", limit=f"{limit:%H:%M}", day=day, when=when)
            yield _Obstacle("safe_contact", *row)
    limits = policy.dialling
    quiet = first_zone_outside(hours.zones, limits.not_before, limits.not_after, at)
    if quiet is not None:
        sentence, next_step = error_words(
            "quiet_hours" if len(hours.zones) == 1 else "quiet_hours_perhaps",
            local=f"{quiet:%H:%M}",
            early="early" if quiet < limits.not_before else "late",
            first=f"{limits.not_before:%H:%M}",
            last=f"{limits.not_after:%H:%M}",
            when=when,
        )
        yield _Obstacle("quiet_hours", sentence, next_step)
    dials = hours.most_dials(at)
    if hours.cap is not None and dials >= hours.cap:
        yield _Obstacle("daily_cap", *error_words("daily_cap", times=_times(dials), limit=hours.cap, when=when))


def _outside(hours: RingHours, not_before: time, not_after: time, at: datetime) -> bool:
    return first_zone_outside(hours.zones, not_before, not_after, at) is not None


def _hours(facts: DialFacts, tier: Tier, policy: Policy) -> RingHours:
    limits = policy.dialling
    asked = [(wish.kind, limit) for wish in facts.instructions if (limit := _wall_time(wish.value)) is not None]
    return RingHours(
        zones=_zones(facts, policy),
        not_before=max([limits.not_before, *(at for kind, at in asked if kind is SafeContactKind.NOT_BEFORE)]),
        not_after=min([limits.not_after, *(at for kind, at in asked if kind is SafeContactKind.NOT_AFTER)]),
        dialled_at=facts.dialled_at,
        cap=None if tier.always_on else limits.dials_per_day,
    )


def _never_here(instruction: SafeInstruction, number: DialNumber, policy: Policy, now: datetime) -> _Obstacle | None:
    unreadable = _Obstacle("unclear_instruction", *error_words("unclear_instruction"))
    value = instruction.value.strip().lower()
    day = _day(instruction.asked_at, policy, now)
    if instruction.kind is SafeContactKind.NEVER_NUMBER:
        digits = _digits(value)
        if not digits:
            return unreadable
        if _digits(number.e164).endswith(digits):
            return _Obstacle("safe_contact", *error_words("never_number", day=day))
    elif instruction.kind is SafeContactKind.NEVER_KIND:
        if value not in set(ContactKind):
            return unreadable
        if value == number.kind:
            return _Obstacle("safe_contact", *error_words("never_kind", kind=_KIND_WORDS[number.kind], day=day))
    elif instruction.kind in (SafeContactKind.NOT_BEFORE, SafeContactKind.NOT_AFTER) and _wall_time(value) is None:
        return unreadable
    return None


def _zones(facts: DialFacts, policy: Policy) -> tuple[ZoneInfo, ...]:
    known = tuple(zone for zone in map(known_zone, facts.zones) if zone is not None)
    return known or tuple({site.hours.zone: ZoneInfo(site.hours.zone) for site in policy.sites}.values())


def _from_words(at: datetime | None, zones: Sequence[ZoneInfo], policy: Policy, now: datetime) -> str:
    """Say from when they may be rung: "from 17:00 tomorrow, their time", and in ours where that is another."""
    if at is None:
        return _NO_HOUR
    here = ZoneInfo(desk_zone_of(policy))
    ours = moment(at, here.key, now)
    if len(zones) > 1:
        return f"from {ours}, our time"
    if at.astimezone(zones[0]).utcoffset() == at.astimezone(here).utcoffset():
        return f"from {ours}"
    return f"from {moment(at, zones[0].key, now)}, their time ({ours} here)"


def _wall_time(value: str) -> time | None:
    try:
        return time.fromisoformat(value.strip().zfill(len("HH:MM"))).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


def _digits(value: str) -> str:
    return "".join(character for character in value if character in "0123456789")


def _day(at: datetime, policy: Policy, now: datetime) -> str:
    return day_words(at, desk_zone_of(policy), now)


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
