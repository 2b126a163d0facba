"""What an outcome is refused for: something missing, a shut gate, or another answer at the door."""

from dataclasses import replace
from datetime import timedelta

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
        (replace(entry(Outcome.ANOTHER_TIME), call_again_at=NOW + timedelta(days=367)), "time_too_far"),
        (replace(entry(Outcome.RESOLVED), survey_score=0), "score_out_of_range"),
        (replace(entry(Outcome.RESOLVED), survey_score=6), "score_out_of_range"),
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


TELLING = "This is Dana from Maple Street for Wei Chen. Your metformin is ready."
VOICEMAIL = situation(who=WhoAnswered.VOICEMAIL)
SOMEONE_ELSE = situation(who=WhoAnswered.SOMEONE_ELSE)


def test_a_voicemail_holds_no_word_about_health_unless_detail_is_permitted() -> None:
    telling = replace(entry(Outcome.VOICEMAIL_LEFT), voicemail_wording=TELLING, note=" ")
    with pytest.raises(CallRefused) as refused:
        plan_outcome(telling, VOICEMAIL)
    assert refused.value.code == "too_much_said"
    assert refused.value.next_step
    assert plan_outcome(telling, replace(VOICEMAIL, detail_permitted=True)).qualifies
    assert plan_outcome(replace(telling, note="She asked for it on her machine."), VOICEMAIL).qualifies
    assert plan_outcome(replace(telling, voicemail_wording="Please call Maple Street."), VOICEMAIL).qualifies


@pytest.mark.parametrize("detail_permitted", [True, False])
def test_a_voicemail_without_a_wording_is_refused(detail_permitted: bool) -> None:
    blank = replace(entry(Outcome.VOICEMAIL_LEFT), voicemail_wording=" \n")
    with pytest.raises(CallRefused) as refused:
        plan_outcome(blank, replace(VOICEMAIL, detail_permitted=detail_permitted))
    assert refused.value.code == "wording_needed"


@pytest.mark.parametrize(
    ("wording", "note"), [(TELLING, ""), (TELLING, "He asked."), ("", "Told him about the biopsy.")]
)
def test_another_person_is_told_no_word_about_health(wording: str, note: str) -> None:
    telling = replace(entry(Outcome.MESSAGE_WITH_PERSON), voicemail_wording=wording, note=note)
    with pytest.raises(CallRefused) as refused:
        plan_outcome(telling, replace(SOMEONE_ELSE, detail_permitted=True))
    assert refused.value.code == "too_much_passed_on"


def test_the_nurses_own_note_on_a_message_with_a_person_stays_free() -> None:
    noted = replace(entry(Outcome.MESSAGE_WITH_PERSON), note="He says the fever is down.")
    assert plan_outcome(noted, SOMEONE_ELSE).qualifies


@pytest.mark.parametrize("score", [None, 1, 5])
def test_a_survey_score_is_one_to_five_or_none(score: int | None) -> None:
    call = situation(who=PATIENT, identity=PASSED)
    assert plan_outcome(replace(entry(Outcome.RESOLVED), survey_score=score), call).contact


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("identity", [NOT_ASKED, IdentityResult.FAILED, IdentityResult.GENERAL_ONLY])
@pytest.mark.parametrize("who", [None, WhoAnswered.REPRESENTATIVE])
def test_nobody_unverified_silences_the_patient(who: WhoAnswered | None, identity: IdentityResult, tier: Tier) -> None:
    with pytest.raises(CallRefused, match="Only the patient") as refused:
        plan_outcome(entry(Outcome.REFUSED), situation(tier, who=who, identity=identity))
    assert refused.value.code == "no_calls_unverified"


def test_a_verified_representative_may_ask_for_no_more_calls() -> None:
    call = situation(who=WhoAnswered.REPRESENTATIVE, identity=PASSED)
    assert plan_outcome(entry(Outcome.REFUSED), call).opt_out
