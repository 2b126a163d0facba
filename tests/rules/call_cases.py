"""A practice's policy and the facts of made-up calls, for the tests of the call's rules."""

from dataclasses import replace
from datetime import UTC, datetime

from callback_tui.models.vocabulary import (
    Channel,
    ContactKind,
    IdentityResult,
    LeavePermission,
    NumberQuality,
    OptOutScope,
    Outcome,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.outcomes import CallSituation
from callback_tui.rules.policy_file import new_policy_text, parse_policy
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.dial import DialFacts, DialNumber, OptOut, SafeInstruction

POLICY = parse_policy(
    new_policy_text(
        name="Maple Street Family Medicine",
        short_name="Maple Street",
        zone="America/New_York",
        region="US",
        callback_number="+12125550100",
    )
)
SITE = POLICY.site(None)
MONDAY_1042 = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
MOBILE = "+12125550147"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """Return a wall time of November 2026 in New York (UTC-5) as an instant."""
    return (
        datetime(2026, 11, day, hour + 5, minute, tzinfo=UTC)
        if hour < 19
        else datetime(2026, 11, day + 1, hour - 19, minute, tzinfo=UTC)
    )


def number(
    e164: str = MOBILE,
    *,
    kind: ContactKind = ContactKind.MOBILE,
    quality: NumberQuality = NumberQuality.GOOD,
    leave: LeavePermission = LeavePermission.MINIMUM,
) -> DialNumber:
    """Return one number on file."""
    return DialNumber(1, e164, kind, quality, leave, on_file=True)


def facts(
    *opt_outs: OptOut,
    instructions: tuple[SafeInstruction, ...] = (),
    zones: tuple[str, ...] = ("America/New_York",),
    dials: int = 0,
    voicemails: int = 0,
) -> DialFacts:
    """Return what is known of a patient."""
    return DialFacts(opt_outs, instructions, zones, (MONDAY_1042,) * dials, voicemails)


def asked_not_to(
    fact_id: int = 1,
    scope: OptOutScope = OptOutScope.ALL,
    *,
    e164: str = "",
    channel: Channel | None = None,
    revokes: int | None = None,
) -> OptOut:
    """Return a fact of 3 November: a request not to be called, or one that takes another back."""
    return OptOut(fact_id, scope, e164, channel, revokes, at(3, 9))


def situation(
    tier: Tier = Tier.ROUTINE,
    *,
    who: WhoAnswered | None = None,
    identity: IdentityResult = IdentityResult.NOT_ASKED,
    now: datetime = MONDAY_1042,
    earlier: tuple[datetime, ...] = (),
    alternates: int = 0,
    on_file: bool = True,
    detail_permitted: bool = False,
) -> CallSituation:
    """Return a call that began when its outcome was logged."""
    return CallSituation(
        tier=tier,
        policy=POLICY,
        site=SITE,
        identity=identity,
        who_answered=who,
        number_on_file=on_file,
        earlier_tries=earlier,
        alternates_left=alternates,
        started_at=now,
        now=now,
        verb_id="verb-1",
        detail_permitted=detail_permitted,
    )


_FULL_ENTRY = OutcomeEntry(
    outcome=Outcome.RESOLVED,
    note="Talked it through.",
    call_again_at=at(23, 15),
    situation="Pain 8 of 10 since six.",
    request="Please ring within the hour.",
    voicemail_wording="Please call Maple Street.",
    duplicate_of_item_id=7,
)


def entry(outcome: Outcome) -> OutcomeEntry:
    """Return an entry that holds everything any outcome needs."""
    return replace(_FULL_ENTRY, outcome=outcome)
