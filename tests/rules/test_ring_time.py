"""A time that somebody set for a call: kept, refused with the first time that is right, or kept with a reason."""

from dataclasses import replace
from datetime import datetime

import pytest

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import FollowUpKind, IdentityResult, NumberQuality, Outcome, Tier, WhoAnswered
from callback_tui.rules.outcomes import plan_outcome
from callback_tui.rules.ring_time import check_ring_time
from callback_tui.views.call import NewFollowUp
from callback_tui.views.dial import DialFacts, Ringing
from tests.rules.call_cases import MONDAY_1042, POLICY, asked_not_to, at, entry, facts, number, situation

TEN_AT_NIGHT = at(23, 22)
DEAD = number("+12125550148", quality=NumberQuality.DEAD)


def check(known: DialFacts, when: datetime, tier: Tier = Tier.ROUTINE, *, reason: str = "") -> str:
    """Ask about a time, with a dead number beside the good one."""
    return check_ring_time(Ringing(known, (DEAD, number())), tier, POLICY, when, MONDAY_1042, reason=reason)


@pytest.mark.parametrize("tier", Tier)
def test_a_time_that_is_right_is_kept(tier: Tier) -> None:
    assert check(facts(), at(24, 9), tier) == ""


@pytest.mark.parametrize(
    ("known", "when", "sentence", "next_step"),
    [
        (
            facts(),
            TEN_AT_NIGHT,
            "At 22:00 where they are it is too late to ring: calls go out 08:00 to 21:00.",
            "They may be rung from 08:00 tomorrow.",
        ),
        (
            facts(dials=3),
            at(23, 15),
            "Rung 3 times today; 3 a day is the most.",
            "They may be rung from 08:00 tomorrow;",
        ),
        (facts(asked_not_to()), at(24, 9), "They asked not to be called (3 Nov).", "Use the portal or a letter unless"),
    ],
)
def test_a_time_that_is_not_is_refused_with_the_first_that_is(
    known: DialFacts, when: datetime, sentence: str, next_step: str
) -> None:
    with pytest.raises(CallRefused) as refused:
        check(known, when, reason="they insist")
    assert (refused.value.code, refused.value.sentence) == ("may_not_ring", sentence)
    assert refused.value.next_step.startswith(next_step)


@pytest.mark.parametrize("tier", [Tier.EMERGENT, Tier.URGENT])
def test_an_urgent_time_stands_with_a_reason(tier: Tier) -> None:
    with pytest.raises(CallRefused) as refused:
        check(facts(asked_not_to()), at(24, 9), tier)
    assert refused.value.code == "reason_needed"
    assert check(facts(asked_not_to()), at(24, 9), tier, reason="biopsy result") == "override:opt_out"
    assert check(facts(), TEN_AT_NIGHT, tier, reason="fever") == "override:quiet_hours"


def test_without_a_number_no_time_is_right() -> None:
    with pytest.raises(CallRefused) as refused:
        check_ring_time(Ringing(facts(), ()), Tier.URGENT, POLICY, at(24, 9), MONDAY_1042, reason="fever")
    assert refused.value.code == "no_number"


@pytest.mark.parametrize("outcome", [Outcome.ANOTHER_TIME, Outcome.FOLLOW_UP])
def test_the_outcomes_that_set_a_time_ask(outcome: Outcome) -> None:
    talked = situation(who=WhoAnswered.PATIENT, identity=IdentityResult.PASSED)
    call = replace(talked, ringing=Ringing(facts(), (number(),)))
    reminder = NewFollowUp(FollowUpKind.REMINDER_CALL, "Ring again.", TEN_AT_NIGHT)
    late = replace(entry(outcome), call_again_at=TEN_AT_NIGHT, follow_ups=(reminder,))
    with pytest.raises(CallRefused, match=r"too late to ring.*from 08:00 tomorrow"):
        plan_outcome(late, call)
    assert plan_outcome(late, replace(call, tier=Tier.URGENT)).next_at == TEN_AT_NIGHT
    with pytest.raises(CallRefused) as refused:
        plan_outcome(replace(late, note=""), replace(call, tier=Tier.URGENT))
    assert refused.value.code in ("reason_needed", "note_needed")
