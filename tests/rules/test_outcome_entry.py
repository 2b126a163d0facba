"""What an outcome is refused for: something missing, a shut gate, or another answer at the door."""

from dataclasses import replace

import pytest

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import IdentityResult, Outcome, Tier, WhoAnswered
from callback_tui.rules.outcomes import note_required, plan_outcome
from callback_tui.views.call import OutcomeEntry
from tests.rules.call_cases import MONDAY_1042, entry, situation

NOW = MONDAY_1042
PASSED = IdentityResult.PASSED
NOT_ASKED = IdentityResult.NOT_ASKED
PATIENT = WhoAnswered.PATIENT
EMERGENT, URGENT = Tier.EMERGENT, Tier.URGENT


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (replace(entry(Outcome.RESOLVED), note=" "), "note_needed"),
        (replace(entry(Outcome.FOLLOW_UP), note=""), "note_needed"),
        (replace(entry(Outcome.ESCALATED), situation=""), "hand_over_incomplete"),
        (replace(entry(Outcome.ESCALATED), request="\n"), "hand_over_incomplete"),
        (replace(entry(Outcome.ANOTHER_TIME), call_again_at=None), "time_needed"),
        (replace(entry(Outcome.ANOTHER_TIME), call_again_at=NOW.replace(tzinfo=None)), "time_needed"),
        (replace(entry(Outcome.ANOTHER_TIME), call_again_at=NOW), "time_in_past"),
        (replace(entry(Outcome.DUPLICATE), duplicate_of_item_id=None), "which_message"),
    ],
)
def test_what_is_missing_is_said(bad: OutcomeEntry, code: str) -> None:
    with pytest.raises(CallRefused) as refused:
        plan_outcome(bad, situation(who=PATIENT, identity=PASSED))
    assert refused.value.code == code
    assert refused.value.next_step


def test_opened_in_error_needs_a_word_of_why() -> None:
    with pytest.raises(CallRefused, match="needs a note"):
        plan_outcome(OutcomeEntry(Outcome.OPENED_IN_ERROR), situation())


def test_notes_are_asked_for_only_where_the_outcome_does_not_say_it_all() -> None:
    needing = {outcome for outcome in Outcome if note_required(outcome)}
    assert needing == {Outcome.RESOLVED, Outcome.FOLLOW_UP, Outcome.OPENED_IN_ERROR}


@pytest.mark.parametrize("identity", [NOT_ASKED, IdentityResult.FAILED])
@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("outcome", [Outcome.RESOLVED, Outcome.FOLLOW_UP])
def test_a_shut_gate_resolves_nothing(identity: IdentityResult, tier: Tier, outcome: Outcome) -> None:
    with pytest.raises(CallRefused) as refused:
        plan_outcome(entry(outcome), situation(tier, who=PATIENT, identity=identity))
    assert refused.value.code == "identity_needed"


@pytest.mark.parametrize("tier", [EMERGENT, URGENT])
def test_general_information_resolves_nothing_pressing(tier: Tier) -> None:
    with pytest.raises(CallRefused, match="Identity has not been verified"):
        plan_outcome(entry(Outcome.RESOLVED), situation(tier, who=PATIENT, identity=IdentityResult.GENERAL_ONLY))


def test_an_outcome_that_contradicts_who_answered_is_refused() -> None:
    with pytest.raises(CallRefused) as refused:
        plan_outcome(entry(Outcome.BUSY), situation(who=WhoAnswered.VOICEMAIL))
    assert refused.value.code == "outcome_does_not_fit"
