"""May this number be rung, and may a message be left there: domain section 3."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time
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
from callback_tui.rules.known_zone import known_zone
from callback_tui.views.call import DialDecision, DialVerdict
from callback_tui.views.dial import DialFacts, DialNumber, OptOut, SafeInstruction
from callback_tui.views.policy import Policy

_NOT_PHONES = frozenset({ContactKind.EMAIL, ContactKind.PORTAL})
_KIND_WORDS = {
    ContactKind.MOBILE: "the mobile phone",
    ContactKind.HOME: "the home phone",
    ContactKind.WORK: "the work phone",
    ContactKind.OTHER_PHONE: "this kind of phone",
    ContactKind.EMAIL: "this address",
    ContactKind.PORTAL: "the portal",
}


class _Obstacle(NamedTuple):
    code: str
    sentence: str
    next_step: str


def opt_outs_in_force(opt_outs: Sequence[OptOut]) -> tuple[OptOut, ...]:
    """Return the requests not to be called that no later fact in force takes back (domain section 3)."""
    revoked: set[int] = set()
    in_force: list[OptOut] = []
    for fact in sorted(opt_outs, key=lambda fact: fact.id, reverse=True):
        if fact.id in revoked:
            continue
        if fact.revokes_id is None:
            in_force.append(fact)
        else:
            revoked.add(fact.revokes_id)
    return tuple(reversed(in_force))


def may_dial(
    facts: DialFacts, number: DialNumber, tier: Tier, policy: Policy, now: datetime, *, reason: str = ""
) -> DialDecision:
    """Decide whether a number may be rung at `now` (domain section 3).

    Tiers 0 and 1 pass every obstacle but a missing number with a written reason, and the decision's code then is
    "override:" with the codes passed, joined by "+". Tiers 2 and 3 pass none.
    """
    if number.kind in _NOT_PHONES or not number.e164:
        return DialDecision(DialVerdict.BLOCKED, "no_number", *error_words("no_number_here"))
    obstacles = tuple(_obstacles(facts, number, tier, policy, now))
    if not obstacles:
        return DialDecision(DialVerdict.ALLOWED)
    if not tier.always_on:
        return DialDecision(DialVerdict.BLOCKED, *obstacles[0])
    sentence = " ".join(obstacle.sentence for obstacle in obstacles)
    if not reason.strip():
        first_try = "" if obstacles[0].code == "quiet_hours" else f"{obstacles[0].next_step} "
        next_step = f"{first_try}For an urgent reason you may ring: write why."
        return DialDecision(DialVerdict.REASON_NEEDED, obstacles[0].code, sentence, next_step)
    code = "override:" + "+".join(obstacle.code for obstacle in obstacles)
    return DialDecision(DialVerdict.ALLOWED, code, sentence, "The reason is kept, and a supervisor sees it.")


def may_leave_message(
    facts: DialFacts,
    number: DialNumber,
    tier: Tier,
    policy: Policy,
    now: datetime,  # noqa: ARG001  # asked like may_dial, though no rule on messages depends on the hour today
) -> DialDecision:
    """Decide whether a voicemail may be left, and how much: code "minimum" or "detail" (domain sections 3 and 4)."""
    for fact in opt_outs_in_force(facts.opt_outs):
        if fact.channel is Channel.VOICEMAIL or (not tier.always_on and _covers_call(fact, number)):
            sentence = f"They asked for no messages or calls ({_day(fact.recorded_at, policy)})."
            return _no_message("opt_out", sentence)
    for instruction in facts.instructions:
        never = _never_here(instruction, number)
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


def _obstacles(facts: DialFacts, number: DialNumber, tier: Tier, policy: Policy, now: datetime) -> Iterator[_Obstacle]:
    for fact in opt_outs_in_force(facts.opt_outs):
        if _covers_call(fact, number):
            of_one = fact.scope is OptOutScope.NUMBER
            day = _day(fact.recorded_at, policy)
            yield _Obstacle("opt_out", *error_words("opt_out_number" if of_one else "opt_out", day=day))
            break
    if number.quality is NumberQuality.DEAD:
        yield _Obstacle("dead_number", *error_words("dead_number"))
    zones = _zones(facts, policy)
    yield from _instructions(facts, number, zones, now)
    quiet = _quiet(zones, policy.dialling.not_before, policy.dialling.not_after, now)
    if quiet is not None:
        yield _Obstacle("quiet_hours", *quiet)
    limit = policy.dialling.dials_per_day
    if not tier.always_on and facts.dials_today >= limit:
        yield _Obstacle("daily_cap", *error_words("daily_cap", times=_times(facts.dials_today), limit=limit))


def _covers_call(fact: OptOut, number: DialNumber) -> bool:
    # A fact that does not say which number or channel it means is read as meaning this one.
    if fact.scope is OptOutScope.NUMBER:
        return fact.number in ("", number.e164)
    if fact.scope is OptOutScope.CHANNEL:
        return fact.channel in (None, Channel.PHONE)
    return True


def _instructions(
    facts: DialFacts, number: DialNumber, zones: Sequence[ZoneInfo], now: datetime
) -> Iterator[_Obstacle]:
    for instruction in facts.instructions:
        never = _never_here(instruction, number)
        if never is not None:
            yield never
            continue
        limit = _wall_time(instruction.value)
        if limit is None:
            continue
        locals_now = tuple(now.astimezone(zone).time() for zone in zones)
        if instruction.kind is SafeContactKind.NOT_BEFORE and min(locals_now) < limit:
            yield _Obstacle("safe_contact", *error_words("not_before", limit=f"{limit:%H:%M}"))
        elif instruction.kind is SafeContactKind.NOT_AFTER and max(locals_now) >= limit:
            yield _Obstacle("safe_contact", *error_words("not_after", limit=f"{limit:%H:%M}"))


def _never_here(instruction: SafeInstruction, number: DialNumber) -> _Obstacle | None:
    unreadable = _Obstacle("unclear_instruction", *error_words("unclear_instruction"))
    value = instruction.value.strip().lower()
    if instruction.kind is SafeContactKind.NEVER_NUMBER:
        digits = _digits(value)
        if not digits:
            return unreadable
        if _digits(number.e164).endswith(digits):
            return _Obstacle("safe_contact", *error_words("never_number"))
    elif instruction.kind is SafeContactKind.NEVER_KIND:
        if value not in set(ContactKind):
            return unreadable
        if value == number.kind:
            return _Obstacle("safe_contact", *error_words("never_kind", kind=_KIND_WORDS[number.kind]))
    elif instruction.kind in (SafeContactKind.NOT_BEFORE, SafeContactKind.NOT_AFTER) and _wall_time(value) is None:
        return unreadable
    return None


def _quiet(zones: Sequence[ZoneInfo], not_before: time, not_after: time, now: datetime) -> tuple[str, str] | None:
    for zone in zones:
        local = now.astimezone(zone).time()
        if local < not_before or local >= not_after:
            return error_words(
                "quiet_hours" if len(zones) == 1 else "quiet_hours_perhaps",
                local=f"{local:%H:%M}",
                first=f"{not_before:%H:%M}",
                last=f"{not_after:%H:%M}",
            )
    return None


def _zones(facts: DialFacts, policy: Policy) -> tuple[ZoneInfo, ...]:
    known = tuple(zone for zone in map(known_zone, facts.zones) if zone is not None)
    return known or tuple({site.hours.zone: ZoneInfo(site.hours.zone) for site in policy.sites}.values())


def _wall_time(value: str) -> time | None:
    try:
        return time.fromisoformat(value.strip().zfill(len("HH:MM"))).replace(tzinfo=None)
    except ValueError:
        return None


def _digits(value: str) -> str:
    return "".join(character for character in value if character in "0123456789")


def _day(at: datetime, policy: Policy) -> str:
    local = at.astimezone(ZoneInfo(policy.sites[0].hours.zone))
    return f"{local.day} {local:%b}"


def _times(count: int) -> str:
    return "once" if count == 1 else "twice" if count == 2 else f"{count} times"
