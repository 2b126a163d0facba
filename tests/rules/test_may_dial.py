"""May this number be rung: every gate, who passes it, and what no sequence of facts can do."""

from datetime import datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import (
    Channel,
    ContactKind,
    LeavePermission,
    NumberQuality,
    OptOutScope,
    SafeContactKind,
    Tier,
)
from callback_tui.rules.may_dial import may_dial, may_leave_message
from callback_tui.rules.opt_outs import opt_outs_in_force
from callback_tui.views.call import DialVerdict
from callback_tui.views.dial import DialFacts, DialNumber, OptOut, SafeInstruction
from tests.rules.call_cases import MOBILE, MONDAY_1042, POLICY, asked_not_to, at, facts, number

PRESSING = (Tier.EMERGENT, Tier.URGENT)
PATIENT = (Tier.ROUTINE, Tier.INFORMATIONAL)
OTHER = "+12125550199"


def wish(kind: SafeContactKind, value: str = "") -> tuple[SafeInstruction, ...]:
    """Return one safe-contact instruction."""
    return (SafeInstruction(kind, value, at(3, 9)),)


GATES: list[tuple[str, DialFacts, DialNumber, datetime]] = [
    ("opt_out", facts(asked_not_to()), number(), MONDAY_1042),
    ("opt_out", facts(asked_not_to(scope=OptOutScope.NUMBER, e164=MOBILE)), number(), MONDAY_1042),
    ("opt_out", facts(asked_not_to(scope=OptOutScope.NUMBER)), number(), MONDAY_1042),
    ("opt_out", facts(asked_not_to(scope=OptOutScope.CHANNEL, channel=Channel.PHONE)), number(), MONDAY_1042),
    ("dead_number", facts(), number(quality=NumberQuality.DEAD), MONDAY_1042),
    ("safe_contact", facts(instructions=wish(SafeContactKind.NEVER_NUMBER, MOBILE)), number(), MONDAY_1042),
    ("safe_contact", facts(instructions=wish(SafeContactKind.NEVER_NUMBER, "(212) 555-0147")), number(), MONDAY_1042),
    (
        "safe_contact",
        facts(instructions=wish(SafeContactKind.NEVER_KIND, "work")),
        number(kind=ContactKind.WORK),
        MONDAY_1042,
    ),
    ("safe_contact", facts(instructions=wish(SafeContactKind.NOT_BEFORE, "17:00")), number(), MONDAY_1042),
    ("safe_contact", facts(instructions=wish(SafeContactKind.NOT_AFTER, "9:00")), number(), MONDAY_1042),
    ("unclear_instruction", facts(instructions=wish(SafeContactKind.NOT_BEFORE, "lunch")), number(), MONDAY_1042),
    ("unclear_instruction", facts(instructions=wish(SafeContactKind.NEVER_KIND, "office")), number(), MONDAY_1042),
    ("unclear_instruction", facts(instructions=wish(SafeContactKind.NEVER_NUMBER)), number(), MONDAY_1042),
    ("quiet_hours", facts(), number(), at(23, 21)),
    ("quiet_hours", facts(), number(), at(23, 7, 59)),
    ("quiet_hours", facts(zones=("America/New_York", "America/Los_Angeles")), number(), MONDAY_1042.replace(hour=14)),
]


@pytest.mark.parametrize("tier", PRESSING)
@pytest.mark.parametrize(("code", "known", "to", "now"), GATES)
def test_pressing_tiers_pass_a_gate_with_a_written_reason_only(
    tier: Tier, code: str, known: DialFacts, to: DialNumber, now: datetime
) -> None:
    asked = may_dial(known, to, tier, POLICY, now)
    assert (asked.verdict, asked.code) == (DialVerdict.REASON_NEEDED, code)
    assert asked.next_step.endswith("write why.")
    assert may_dial(known, to, tier, POLICY, now, reason=" \t\n") == asked
    written = may_dial(known, to, tier, POLICY, now, reason="worse pain than in the message")
    assert (written.verdict, written.code) == (DialVerdict.ALLOWED, f"override:{code}")


@pytest.mark.parametrize("tier", PATIENT)
@pytest.mark.parametrize(("code", "known", "to", "now"), GATES)
def test_other_tiers_pass_no_gate(tier: Tier, code: str, known: DialFacts, to: DialNumber, now: datetime) -> None:
    decision = may_dial(known, to, tier, POLICY, now, reason="they will not mind")
    assert (decision.verdict, decision.code) == (DialVerdict.BLOCKED, code)
    assert decision.sentence
    assert decision.next_step


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize(
    ("known", "to", "now"),
    [
        (facts(), number(), MONDAY_1042),
        (facts(), number(), at(23, 8)),
        (facts(), number(), at(23, 20, 59)),
        (facts(asked_not_to(1), asked_not_to(2, revokes=1)), number(), MONDAY_1042),
        (facts(asked_not_to(scope=OptOutScope.NUMBER, e164=OTHER)), number(), MONDAY_1042),
        (facts(asked_not_to(scope=OptOutScope.CHANNEL, channel=Channel.TEXT)), number(), MONDAY_1042),
        (facts(instructions=wish(SafeContactKind.NEVER_KIND, "work")), number(), MONDAY_1042),
        (facts(instructions=wish(SafeContactKind.NEVER_NUMBER, OTHER)), number(), MONDAY_1042),
        (facts(instructions=wish(SafeContactKind.NOT_BEFORE, "10:42")), number(), MONDAY_1042),
        (facts(instructions=wish(SafeContactKind.MAY_HEAR, "the sister")), number(), MONDAY_1042),
        (facts(zones=("Etc/Unknown", "not a zone")), number(quality=NumberQuality.UNPROVEN), MONDAY_1042),
    ],
)
def test_nothing_in_the_way(tier: Tier, known: DialFacts, to: DialNumber, now: datetime) -> None:
    decision = may_dial(known, to, tier, POLICY, now)
    assert (decision.verdict, decision.code) == (DialVerdict.ALLOWED, "")


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("to", [number(kind=ContactKind.EMAIL), number(kind=ContactKind.PORTAL), number("")])
def test_what_is_no_phone_is_never_rung(tier: Tier, to: DialNumber) -> None:
    decision = may_dial(facts(), to, tier, POLICY, MONDAY_1042, reason="urgent")
    assert (decision.verdict, decision.code) == (DialVerdict.BLOCKED, "no_number")


def test_the_daily_cap_holds_for_tiers_two_and_three_only() -> None:
    known = facts(dials=POLICY.dialling.dials_per_day)
    assert [may_dial(known, number(), tier, POLICY, MONDAY_1042).verdict for tier in Tier] == [
        DialVerdict.ALLOWED,
        DialVerdict.ALLOWED,
        DialVerdict.BLOCKED,
        DialVerdict.BLOCKED,
    ]
    below = facts(dials=POLICY.dialling.dials_per_day - 1)
    assert may_dial(below, number(), Tier.ROUTINE, POLICY, MONDAY_1042).verdict is DialVerdict.ALLOWED


def test_an_override_names_all_that_it_passes_in_order() -> None:
    known = facts(asked_not_to(), instructions=wish(SafeContactKind.NEVER_NUMBER, MOBILE))
    dead = number(quality=NumberQuality.DEAD)
    decision = may_dial(known, dead, Tier.URGENT, POLICY, at(23, 22), reason="chest pain")
    assert decision.code == "override:opt_out+dead_number+safe_contact+quiet_hours"


def test_the_sentence_says_when_they_asked() -> None:
    decision = may_dial(facts(asked_not_to()), number(), Tier.URGENT, POLICY, MONDAY_1042)
    assert decision.sentence == "They asked not to be called (3 Nov)."


def test_a_revocation_that_was_taken_back_no_longer_counts() -> None:
    chain = (asked_not_to(1), asked_not_to(2, revokes=1), asked_not_to(3, revokes=2))
    assert [fact.id for fact in opt_outs_in_force(chain)] == [1]


def test_nothing_can_revoke_what_comes_after_it() -> None:
    assert [fact.id for fact in opt_outs_in_force((asked_not_to(1, revokes=2), asked_not_to(2)))] == [2]


@pytest.mark.parametrize(
    ("known", "to", "tier", "code"),
    [
        (facts(), number(leave=LeavePermission.NOTHING), Tier.ROUTINE, "nothing_permitted"),
        (facts(), number(leave=LeavePermission.NOTHING), Tier.EMERGENT, "nothing_permitted"),
        (facts(instructions=wish(SafeContactKind.NO_VOICEMAIL)), number(), Tier.URGENT, "no_voicemail"),
        (facts(voicemails=1), number(), Tier.ROUTINE, "voicemail_cap"),
        (facts(asked_not_to()), number(), Tier.ROUTINE, "opt_out"),
        (facts(asked_not_to(scope=OptOutScope.CHANNEL, channel=Channel.VOICEMAIL)), number(), Tier.URGENT, "opt_out"),
    ],
)
def test_no_message_may_be_left(known: DialFacts, to: DialNumber, tier: Tier, code: str) -> None:
    decision = may_leave_message(known, to, tier, POLICY, MONDAY_1042)
    assert (decision.verdict, decision.code) == (DialVerdict.BLOCKED, code)
    assert "without a message" in decision.next_step


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        (SafeContactKind.NEVER_NUMBER, MOBILE, "safe_contact"),
        (SafeContactKind.NEVER_KIND, "Mobile ", "safe_contact"),
        (SafeContactKind.NEVER_NUMBER, "her old one", "unclear_instruction"),
        (SafeContactKind.NEVER_KIND, "office", "unclear_instruction"),
        (SafeContactKind.NOT_AFTER, "supper", "unclear_instruction"),
    ],
)
def test_no_message_where_they_are_never_to_be_called(tier: Tier, kind: SafeContactKind, value: str, code: str) -> None:
    """A call may have been made for an urgent reason; what is left on a machine others can hear."""
    to = number(leave=LeavePermission.DETAIL)
    decision = may_leave_message(facts(instructions=wish(kind, value)), to, tier, POLICY, MONDAY_1042)
    assert (decision.verdict, decision.code) == (DialVerdict.BLOCKED, code)


@pytest.mark.parametrize("kind", [SafeContactKind.NEVER_NUMBER, SafeContactKind.NEVER_KIND])
def test_a_message_may_be_left_where_the_instruction_does_not_reach(kind: SafeContactKind) -> None:
    other = wish(kind, OTHER if kind is SafeContactKind.NEVER_NUMBER else "work")
    decision = may_leave_message(facts(instructions=other), number(), Tier.ROUTINE, POLICY, MONDAY_1042)
    assert decision.code == "minimum"


def test_a_message_holds_the_minimum_unless_detail_was_permitted() -> None:
    assert may_leave_message(facts(), number(), Tier.ROUTINE, POLICY, MONDAY_1042).code == "minimum"
    detail = number(leave=LeavePermission.DETAIL)
    assert may_leave_message(facts(), detail, Tier.ROUTINE, POLICY, MONDAY_1042).code == "detail"
    capped = may_leave_message(facts(voicemails=1), number(), Tier.URGENT, POLICY, MONDAY_1042)
    assert capped.verdict is DialVerdict.ALLOWED
    alone = may_leave_message(facts(), number(), Tier.EMERGENT, POLICY, MONDAY_1042)
    assert "not enough" in alone.next_step


def _number_facts(drawn: list[tuple[OptOutScope, str, Channel | None, int | None]]) -> tuple[OptOut, ...]:
    return tuple(
        asked_not_to(place, scope, e164=e164, channel=channel, revokes=revokes)
        for place, (scope, e164, channel, revokes) in enumerate(drawn, start=1)
    )


OPT_OUTS = st.lists(
    st.tuples(
        st.sampled_from(OptOutScope),
        st.sampled_from(["", MOBILE, OTHER]),
        st.sampled_from([None, *Channel]),
        st.none() | st.integers(1, 8),
    ),
    max_size=8,
).map(_number_facts)
REASONS = st.sampled_from(["", "  ", "\n", "they asked to be rung"])


def is_silenced(history: tuple[OptOut, ...], e164: str) -> bool:
    """Say, by replaying the facts one by one, whether the number may not be rung on the telephone."""
    standing = {fact.id: True for fact in history}
    for fact in reversed(history):
        if standing[fact.id] and fact.revokes_id in standing and fact.revokes_id < fact.id:
            standing[fact.revokes_id] = False
    return any(
        standing[fact.id]
        and fact.revokes_id is None
        and (
            fact.scope is OptOutScope.ALL
            or (fact.scope is OptOutScope.NUMBER and fact.number in ("", e164))
            or (fact.scope is OptOutScope.CHANNEL and fact.channel in (None, Channel.PHONE))
        )
        for fact in history
    )


@settings(deadline=None)
@given(history=OPT_OUTS, tier=st.sampled_from(Tier), reason=REASONS, order=st.randoms())
def test_no_sequence_of_facts_gets_past_an_opt_out_in_force(
    history: tuple[OptOut, ...], tier: Tier, reason: str, order: Random
) -> None:
    shuffled = list(history)
    order.shuffle(shuffled)
    verdict = may_dial(facts(*shuffled), number(), tier, POLICY, MONDAY_1042, reason=reason).verdict
    if not is_silenced(history, MOBILE):
        assert verdict is DialVerdict.ALLOWED
    elif not tier.always_on:
        assert verdict is DialVerdict.BLOCKED
    elif reason.strip():
        assert verdict is DialVerdict.ALLOWED
    else:
        assert verdict is DialVerdict.REASON_NEEDED


STRICTNESS = {DialVerdict.ALLOWED: 0, DialVerdict.REASON_NEEDED: 1, DialVerdict.BLOCKED: 2}


@settings(deadline=None)
@given(
    history=OPT_OUTS,
    scope=st.sampled_from(OptOutScope),
    tier=st.sampled_from(Tier),
    reason=REASONS,
    quality=st.sampled_from(NumberQuality),
    hour=st.integers(0, 23),
    dials=st.integers(0, 4),
)
def test_one_more_opt_out_never_opens_a_way(
    history: tuple[OptOut, ...],
    scope: OptOutScope,
    tier: Tier,
    reason: str,
    quality: NumberQuality,
    hour: int,
    dials: int,
) -> None:
    to = number(quality=quality)
    now = MONDAY_1042.replace(hour=hour)
    more = (*history, asked_not_to(len(history) + 1, scope))
    before = may_dial(facts(*history, dials=dials), to, tier, POLICY, now, reason=reason)
    after = may_dial(facts(*more, dials=dials), to, tier, POLICY, now, reason=reason)
    assert STRICTNESS[after.verdict] >= STRICTNESS[before.verdict]
