"""The guided call: what is said before and after the gate, which choices there are, which step comes next."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import (
    CallReason,
    CallStep,
    IdentityKind,
    IdentityResult,
    Outcome,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.outcome_choices import legal_outcomes, voicemail_words
from callback_tui.rules.script import (
    ScriptFields,
    outcome_choices,
    script_text,
    step_after,
    step_after_answer,
    steps_open,
    who_choices,
)
from callback_tui.rules.script_words import REASON_WORDS, TIER_WORDS
from callback_tui.rules.voicemail import health_words, minimum_message
from callback_tui.views.call import ScriptText

FIELDS = ScriptFields(
    caller_first_name="Dana",
    short_name="Maple Street",
    ask_for="Wei Chen",
    patient_name="Wei Chen",
    reason=CallReason.RESULTS,
    left_on="today",
    asks=(IdentityKind.DATE_OF_BIRTH, IdentityKind.ADDRESS),
)
BEFORE_THE_GATE = (CallStep.GREETING, CallStep.WHO, CallStep.IDENTITY)
PAST_THE_GATE = (CallStep.PURPOSE, CallStep.CLARIFY, CallStep.ACTION)
TALKERS = (WhoAnswered.PATIENT, WhoAnswered.REPRESENTATIVE)
NOT_PASSED = tuple(result for result in IdentityResult if result is not IdentityResult.PASSED)

# What gives each reason away; "message" and "call" give nothing away.
GIVEAWAYS = {
    CallReason.SYMPTOM: r"symptom|feeling|pain|worse|clinician",
    CallReason.MEDICATION: r"medic|refill|prescri|dose|pharmac",
    CallReason.RESULTS: r"result|test|lab",
    CallReason.APPOINTMENT: r"appointment|visit|book",
    CallReason.REFERRAL: r"referr|specialist",
    CallReason.BILLING: r"\bbill|payment|insur|invoice",
    CallReason.GENERAL: r"confirm|question of yours",
}

# One key, one outcome, whatever the call; t and s are the ticks of the close.
OUTCOME_OF_KEY = {
    "1": Outcome.RESOLVED,
    "2": Outcome.FOLLOW_UP,
    "3": Outcome.ESCALATED,
    "4": Outcome.ANOTHER_TIME,
    "5": Outcome.NOT_VERIFIED,
    "6": Outcome.REFUSED,
    "7": Outcome.NO_ANSWER,
    "8": Outcome.BUSY,
    "9": Outcome.VOICEMAIL_LEFT,
    "m": Outcome.MAILBOX_FULL,
    "p": Outcome.MESSAGE_WITH_PERSON,
    "x": Outcome.SOMEONE_ELSE,
    "w": Outcome.WRONG_NUMBER,
    "d": Outcome.DISCONNECTED,
    "e": Outcome.EMERGENCY,
    "r": Outcome.DUPLICATE,
    "o": Outcome.OPENED_IN_ERROR,
}


def said(
    step: CallStep,
    fields: ScriptFields = FIELDS,
    *,
    who: WhoAnswered | None = None,
    tier: Tier = Tier.ROUTINE,
    records: bool = False,
    identity: IdentityResult = IdentityResult.PASSED,
) -> ScriptText:
    """Return the script of a step, on an unrecorded routine call unless told."""
    return script_text(step, fields, who=who, records_calls=records, tier=tier, identity=identity)


def test_the_greeting_asks_for_the_person_and_says_no_more() -> None:
    greeting = "Hello, this is Dana from Maple Street. May I speak with Wei Chen, please?"
    assert said(CallStep.GREETING).say == greeting
    assert said(CallStep.WHO).say == greeting


UNNAMED = replace(FIELDS, names_practice=False, number="(212) 555-0100")


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("number", ["(212) 555-0100", ""])
def test_who_asked_us_not_to_name_the_practice_is_obeyed_until_the_gate(tier: Tier, number: str) -> None:
    fields = replace(UNNAMED, number=number)
    unnamed = [
        said(step, fields, who=who, tier=tier, identity=identity).say
        for step, who, identity in (
            (CallStep.GREETING, None, IdentityResult.NOT_ASKED),
            (CallStep.WHO, WhoAnswered.SOMEONE_ELSE, IdentityResult.NOT_ASKED),
            (CallStep.WHO, WhoAnswered.VOICEMAIL, IdentityResult.NOT_ASKED),
            (CallStep.IDENTITY, WhoAnswered.PATIENT, IdentityResult.NOT_ASKED),
            (CallStep.CLOSE, WhoAnswered.PATIENT, IdentityResult.FAILED),
            (CallStep.CLOSE, WhoAnswered.SOMEONE_ELSE, IdentityResult.NOT_ASKED),
            (CallStep.CLOSE, WhoAnswered.WRONG_NUMBER, IdentityResult.NOT_ASKED),
        )
    ]
    advice = said(CallStep.WHO, fields, who=WhoAnswered.SOMEONE_ELSE, tier=tier).advice
    assert FIELDS.short_name in said(CallStep.GREETING).say
    assert not [text for text in (*unnamed, advice) if FIELDS.short_name in text or "office" in text]


def test_the_words_of_a_caller_without_a_practice() -> None:
    assert said(CallStep.GREETING, UNNAMED).say == "Hello, this is Dana. May I speak with Wei Chen, please?"
    assert "not to say where we call from" in said(CallStep.GREETING, UNNAMED).advice
    someone = said(CallStep.WHO, UNNAMED, who=WhoAnswered.SOMEONE_ELSE).say
    assert someone == "Would you please ask Wei Chen to call Dana at (212) 555-0100? Thank you."
    voicemail = said(CallStep.WHO, UNNAMED, who=WhoAnswered.VOICEMAIL).say
    assert voicemail == "This is Dana for Wei Chen. Please call (212) 555-0100."
    assert "I am calling from Maple Street about" in said(CallStep.PURPOSE, UNNAMED).say


@pytest.mark.parametrize("tier", [Tier.EMERGENT, Tier.URGENT])
@pytest.mark.parametrize("reason", CallReason)
def test_pressing_calls_ask_and_act_in_words_of_their_own(tier: Tier, reason: CallReason) -> None:
    fields = replace(FIELDS, reason=reason)
    clarify, action = (said(step, fields, tier=tier) for step in (CallStep.CLARIFY, CallStep.ACTION))
    assert clarify.say != REASON_WORDS[reason].clarify
    assert {"worst", "since when", "better"} <= set(re.findall("worst|since when|better", clarify.say.lower()))
    assert (action.say, action.advice) == (TIER_WORDS[tier].action, TIER_WORDS[tier].advice)
    assert clarify.say.startswith("Where are you right now?") == (tier is Tier.EMERGENT)
    assert "911" in action.say
    assert "tay on the line" in action.say


def test_the_location_asked_for_is_the_patients() -> None:
    speaks = said(CallStep.CLARIFY, who=WhoAnswered.REPRESENTATIVE, tier=Tier.EMERGENT)
    assert speaks.say.startswith("Where is Wei Chen right now?")


def test_for_a_child_the_caller_is_asked_for_and_the_child_spoken_of() -> None:
    child = replace(FIELDS, ask_for="Mei Chen", reason=CallReason.MEDICATION)
    assert "May I speak with Mei Chen" in said(CallStep.GREETING, child).say
    assert (
        "What is Wei Chen's date of birth, and the address we have for Wei Chen?" in said(CallStep.IDENTITY, child).say
    )
    assert "Wei Chen's question" in said(CallStep.PURPOSE, child).say


def test_identity_asks_for_the_kinds_it_was_given() -> None:
    text = said(CallStep.IDENTITY, who=WhoAnswered.PATIENT)
    asked = "Before we go on, may I check two details? What is your date of birth, and the address we have for you?"
    assert text.say == asked
    assert "never read out" in text.advice
    assert "number on file" in text.advice
    one = replace(FIELDS, asks=(IdentityKind.SSN_LAST_FOUR,))
    assert said(CallStep.IDENTITY, one).say.endswith("What is the last four digits of your Social Security number?")
    assert "general information only" in said(CallStep.IDENTITY, replace(FIELDS, asks=())).advice


def test_recording_is_asked_about_where_the_site_records() -> None:
    question = "For quality purposes, may we record this call?"
    assert said(CallStep.IDENTITY, records=True).say.startswith(question)
    assert question not in said(CallStep.IDENTITY).say


@pytest.mark.parametrize("reason", CallReason)
def test_the_purpose_names_the_message_and_the_reason(reason: CallReason) -> None:
    fields = replace(FIELDS, reason=reason)
    assert "the message you left today." in said(CallStep.PURPOSE, fields).say
    assert said(CallStep.PURPOSE, replace(fields, left_on="Monday 23 Nov")).say.count("left on Monday 23 Nov.") == 1
    assert "the message you left. " in said(CallStep.PURPOSE, replace(fields, left_on="")).say
    assert re.search(GIVEAWAYS[reason], said(CallStep.PURPOSE, fields).say, re.IGNORECASE)
    assert said(CallStep.CLARIFY, fields).say == REASON_WORDS[reason].clarify
    assert said(CallStep.ACTION, fields).say == REASON_WORDS[reason].action


@settings(deadline=None)
@given(
    reason=st.sampled_from(CallReason),
    step=st.sampled_from(CallStep),
    who=st.sampled_from([None, *WhoAnswered]),
    tier=st.sampled_from(Tier),
    records=st.booleans(),
    identity=st.sampled_from(IdentityResult),
)
def test_the_reason_is_never_given_away_before_the_gate(
    reason: CallReason,
    step: CallStep,
    who: WhoAnswered | None,
    tier: Tier,
    records: bool,
    identity: IdentityResult,
) -> None:
    if identity is IdentityResult.PASSED and step not in BEFORE_THE_GATE:
        return
    texts = {
        said(step, replace(FIELDS, reason=each), who=who, tier=tier, records=records, identity=identity)
        for each in (reason, CallReason.GENERAL)
    }
    assert len(texts) == 1
    text = texts.pop()
    for giveaway in GIVEAWAYS.values():
        assert not re.search(giveaway, text.say, re.IGNORECASE)


@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("who", [WhoAnswered.SOMEONE_ELSE, WhoAnswered.VOICEMAIL])
def test_lines_for_others_hold_no_word_about_health(who: WhoAnswered, tier: Tier) -> None:
    assert health_words(said(CallStep.WHO, who=who, tier=tier).say) == ()


def test_someone_else_is_asked_to_pass_on_a_call_and_on_an_emergency_whether_they_are_there() -> None:
    routine = said(CallStep.WHO, who=WhoAnswered.SOMEONE_ELSE)
    assert routine.say == "Would you please ask Wei Chen to call Maple Street? Thank you."
    emergent = said(CallStep.WHO, who=WhoAnswered.SOMEONE_ELSE, tier=Tier.EMERGENT)
    assert emergent.say == "Are you with Wei Chen now?"
    assert "911" in emergent.advice
    assert "clinician decides" in emergent.advice


def test_a_failed_identity_offers_the_number_on_file() -> None:
    assert "number we have on file" in said(CallStep.CLOSE, who=WhoAnswered.PATIENT, identity=IdentityResult.FAILED).say


def test_the_close_asks_to_say_it_back_and_urgent_ones_name_911() -> None:
    assert "in your own words" in said(CallStep.CLOSE).say
    assert "911" not in said(CallStep.CLOSE).say
    assert "call 911" in said(CallStep.CLOSE, tier=Tier.URGENT).say


@pytest.mark.parametrize("who", WhoAnswered)
def test_every_answer_leads_on(who: WhoAnswered) -> None:
    step = step_after_answer(who)
    assert step in steps_open(who, IdentityResult.NOT_ASKED)
    if who in TALKERS:
        assert step is CallStep.IDENTITY
    else:
        assert step in (CallStep.WHO, CallStep.CLOSE)
        assert step_after(step, who=who, identity=IdentityResult.NOT_ASKED) is CallStep.CLOSE


@pytest.mark.parametrize("who", TALKERS)
def test_the_gate_stands_between_greeting_and_purpose(who: WhoAnswered) -> None:
    walked = [CallStep.GREETING]
    for _ in CallStep:
        walked.append(step_after(walked[-1], who=who, identity=IdentityResult.PASSED))
    assert tuple(walked[: len(CallStep)]) == tuple(CallStep)
    assert step_after(CallStep.IDENTITY, who=who, identity=IdentityResult.NOT_ASKED) is CallStep.IDENTITY
    assert step_after(CallStep.IDENTITY, who=who, identity=IdentityResult.FAILED) is CallStep.CLOSE
    assert step_after(CallStep.IDENTITY, who=who, identity=IdentityResult.GENERAL_ONLY) is CallStep.PURPOSE
    assert step_after(CallStep.WHO, who=None, identity=IdentityResult.NOT_ASKED) is CallStep.WHO


@settings(deadline=None)
@given(
    step=st.sampled_from(CallStep),
    who=st.sampled_from([None, *WhoAnswered]),
    identity=st.sampled_from([IdentityResult.NOT_ASKED, IdentityResult.FAILED]),
)
def test_nothing_steps_past_a_shut_gate(step: CallStep, who: WhoAnswered | None, identity: IdentityResult) -> None:
    following = step_after(step, who=who, identity=identity)
    assert following not in PAST_THE_GATE or following is step
    assert not set(steps_open(who, identity)) & set(PAST_THE_GATE)


def test_who_answered_reads_key_verb_consequence() -> None:
    choices = who_choices(next_try_at="10:55", busy_try_at="10:50", voicemail="write it with me, 1 left today")
    assert {choice.who for choice in choices} == set(WhoAnswered)
    assert len({choice.key for choice in choices}) == len(choices)
    shown = [f"{choice.key} {choice.label} {choice.consequence}" for choice in choices]
    assert shown[2:5] == [
        "3 voicemail write it with me, 1 left today",
        "4 nobody next try 10:55",
        "5 busy next try 10:50",
    ]


@pytest.mark.parametrize(
    ("tier", "try_number", "left", "words"),
    [
        (Tier.ROUTINE, 1, 1, "better from try 2, 1 left today"),
        (Tier.ROUTINE, 2, 1, "write it with me, 1 left today"),
        (Tier.INFORMATIONAL, 2, 0, "leave nothing, none left today"),
        (Tier.URGENT, 1, 0, "better from try 2"),
        (Tier.URGENT, 3, -1, "write it with me"),
        (Tier.EMERGENT, 1, 1, "never alone: ring every number"),
        (Tier.EMERGENT, 9, 0, "never alone: ring every number"),
    ],
)
def test_voicemail_is_offered_from_the_second_try_and_never_alone(
    tier: Tier, try_number: int, left: int, words: str
) -> None:
    assert voicemail_words(tier, try_number=try_number, offered_from=2, left_today=left) == words


@settings(deadline=None)
@given(who=st.sampled_from([None, *WhoAnswered]), identity=st.sampled_from(IdentityResult), tier=st.sampled_from(Tier))
def test_outcome_choices_are_the_legal_ones_with_a_key_each(
    who: WhoAnswered | None, identity: IdentityResult, tier: Tier
) -> None:
    choices = outcome_choices(who=who, identity=identity, tier=tier)
    assert tuple(choice.outcome for choice in choices) == legal_outcomes(who, identity, tier)
    assert len({choice.key for choice in choices}) == len(choices)
    assert len({choice.outcome for choice in choices}) == len(choices)
    assert all(choice.label and choice.consequence for choice in choices)
    assert {choice.key: choice.outcome for choice in choices}.items() <= OUTCOME_OF_KEY.items()


@pytest.mark.parametrize("tier", [Tier.ROUTINE, Tier.INFORMATIONAL])
def test_general_information_is_not_called_resolved(tier: Tier) -> None:
    general = outcome_choices(who=WhoAnswered.PATIENT, identity=IdentityResult.GENERAL_ONLY, tier=tier)[0]
    assert (general.outcome, general.label) == (Outcome.RESOLVED, "gave general information")
    passed = outcome_choices(who=WhoAnswered.PATIENT, identity=IdentityResult.PASSED, tier=tier)[0]
    assert (passed.outcome, passed.label) == (Outcome.RESOLVED, "reached, resolved")


@settings(deadline=None)
@given(who=st.sampled_from([None, *WhoAnswered]), tier=st.sampled_from(Tier), identity=st.sampled_from(NOT_PASSED))
def test_without_the_gate_little_may_be_logged(who: WhoAnswered | None, tier: Tier, identity: IdentityResult) -> None:
    legal = legal_outcomes(who, identity, tier)
    assert Outcome.EMERGENCY in legal
    assert Outcome.FOLLOW_UP not in legal
    assert (Outcome.ESCALATED in legal) == tier.always_on
    if Outcome.RESOLVED in legal:
        assert identity is IdentityResult.GENERAL_ONLY
        assert not tier.always_on


def test_the_likeliest_outcome_of_each_answer_comes_first() -> None:
    first = {who: legal_outcomes(who, IdentityResult.NOT_ASKED, Tier.ROUTINE)[0] for who in WhoAnswered}
    assert first == {
        WhoAnswered.PATIENT: Outcome.NOT_VERIFIED,
        WhoAnswered.REPRESENTATIVE: Outcome.NOT_VERIFIED,
        WhoAnswered.SOMEONE_ELSE: Outcome.SOMEONE_ELSE,
        WhoAnswered.VOICEMAIL: Outcome.VOICEMAIL_LEFT,
        WhoAnswered.NOBODY: Outcome.NO_ANSWER,
        WhoAnswered.BUSY: Outcome.BUSY,
        WhoAnswered.WRONG_NUMBER: Outcome.WRONG_NUMBER,
        WhoAnswered.DISCONNECTED: Outcome.DISCONNECTED,
        WhoAnswered.REFUSED: Outcome.REFUSED,
        WhoAnswered.CUT_OFF: Outcome.NO_ANSWER,
    }
    assert legal_outcomes(WhoAnswered.PATIENT, IdentityResult.PASSED, Tier.ROUTINE)[0] is Outcome.RESOLVED


def test_the_voicemail_line_agrees_with_the_composer() -> None:
    message = minimum_message(
        caller_first_name="Dana",
        short_name="Maple Street",
        ask_for="Wei Chen",
        number="(212) 555-0100",
        hours_words="",
        tier=Tier.ROUTINE,
    )
    assert message.startswith("This is Dana from Maple Street for Wei Chen.")
    assert said(CallStep.WHO, who=WhoAnswered.VOICEMAIL).say.startswith("This is Dana from Maple Street for Wei Chen.")
