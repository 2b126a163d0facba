"""The verbs of a call: claim, dial rules, who answered, identity gate, notes, emergency, resume."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    CallStep,
    ComparedWith,
    FollowUpKind,
    IdentityKind,
    IdentityResult,
    NumberQuality,
    Outcome,
    Role,
    SafeContactKind,
    WhoAnswered,
)
from callback_tui.services.calls import (
    answer,
    enter_step,
    heartbeat,
    open_emergency,
    park,
    resume_call,
    save_note,
    sheet,
    start_call,
    unfinished_call,
)
from callback_tui.services.desk import OpenDesk
from callback_tui.services.identity import general_only, match_identity, mismatch_identity, reveal_identifiers
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.patients import add_instruction
from callback_tui.services.queue import snapshot
from callback_tui.views.call import OutcomeEntry
from tests.services.made_up import CHEST, add_number, audited, column, give_card, leave, opt_out, reach

Switch = Callable[[OpenDesk, Role], OpenDesk]


def test_a_call_claims_the_patient_and_says_who_has_them(desk: OpenDesk, as_role: Switch) -> None:
    """The second person is told who and since when, for every message of the patient."""
    first, second = leave(desk), leave(desk, "And my lab results?")
    start_call(desk, first)
    with pytest.raises(CallRefused) as refused:
        start_call(as_role(desk, Role.STAFF), second)
    assert refused.value.code == "held"
    assert desk.actor.name in refused.value.sentence


def test_a_household_number_is_not_rung_twice_at_once(desk: OpenDesk, as_role: Switch) -> None:
    """Two patients share a line: it is busy for both."""
    mother, child = leave(desk, name="Ana Lima"), leave(desk, name="Leo Lima")
    start_call(desk, mother)
    with pytest.raises(CallRefused):
        start_call(as_role(desk, Role.STAFF), child)


def test_the_message_is_hidden_from_answer_to_identity(desk: OpenDesk) -> None:
    """Visible while it rings, hidden when somebody answers, back when two kinds match."""
    item_id = leave(desk)
    give_card(desk, item_id)
    ringing = start_call(desk, item_id)
    assert ringing.message is not None
    answered = answer(desk, ringing.attempt_id, ringing.claim_token, WhoAnswered.PATIENT)
    assert (answered.message, answered.step) == (None, CallStep.IDENTITY)
    one = match_identity(desk, ringing.attempt_id, ringing.claim_token, IdentityKind.DATE_OF_BIRTH)
    assert (one.message, one.identity.result) == (None, IdentityResult.NOT_ASKED)
    two = match_identity(desk, ringing.attempt_id, ringing.claim_token, IdentityKind.ADDRESS)
    assert two.message is not None
    assert (two.identity.result, two.step) == (IdentityResult.PASSED, CallStep.PURPOSE)


def test_a_tick_can_be_taken_back(desk: OpenDesk) -> None:
    """The same kind twice is one kind less, not two kinds."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    match_identity(desk, call.attempt_id, call.claim_token, IdentityKind.ADDRESS)
    again = match_identity(desk, call.attempt_id, call.claim_token, IdentityKind.ADDRESS)
    assert again.identity.matched == ()
    assert again.message is None


def test_two_failures_shut_the_gate(desk: OpenDesk) -> None:
    """After the second mismatch the message stays hidden, later steps are shut and nothing can be resolved."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    mismatch_identity(desk, call.attempt_id, call.claim_token)
    failed = mismatch_identity(desk, call.attempt_id, call.claim_token)
    assert (failed.identity.result, failed.message) == (IdentityResult.FAILED, None)
    with pytest.raises(CallRefused):
        enter_step(desk, call.attempt_id, call.claim_token, CallStep.PURPOSE)
    with pytest.raises(CallRefused):
        match_identity(desk, call.attempt_id, call.claim_token, IdentityKind.ADDRESS)
    with pytest.raises(CallRefused):
        log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.RESOLVED, note="told"))


def test_another_voice_starts_the_gate_anew(desk: OpenDesk) -> None:
    """The phone handed on means a new person to identify."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = reach(desk, item_id)
    handed_on = answer(desk, call.attempt_id, call.claim_token, WhoAnswered.SOMEONE_ELSE)
    assert (handed_on.message, handed_on.identity.result) == (None, IdentityResult.NOT_ASKED)


def test_general_information_opens_no_record(desk: OpenDesk) -> None:
    """Hours and directions need no gate, and the message stays hidden."""
    call = start_call(desk, leave(desk))
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    general = general_only(desk, call.attempt_id, call.claim_token)
    assert general.message is None
    result = log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.RESOLVED, note="hours told"))
    assert result.sentence


def test_a_reveal_is_audited_and_holds_no_ssn(desk: OpenDesk) -> None:
    """What is on file may be looked at to compare; the record says so."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    expected = reveal_identifiers(desk, call.attempt_id, call.claim_token)
    assert (expected.date_of_birth, expected.address) == ("9 April 1961", "12 Elm Street")
    assert audited(desk, "identifiers_revealed")


def test_the_emergency_key_shows_the_message_and_is_audited(desk: OpenDesk) -> None:
    """From the identity step, gate or not."""
    item_id = leave(desk, CHEST)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    opened = open_emergency(desk, call.attempt_id, call.claim_token)
    assert opened.emergency_open
    assert opened.message is not None
    assert audited(desk, "emergency_opened")


def test_an_opt_out_blocks_a_routine_call(desk: OpenDesk) -> None:
    """No claim is taken and no attempt is opened."""
    item_id = leave(desk)
    opt_out(desk, give_card(desk, item_id))
    with pytest.raises(CallRefused) as refused:
        start_call(desk, item_id)
    assert refused.value.sentence.startswith("They asked not to be called")
    assert column(desk, "call_attempt", item_id, "id") is None


def test_an_urgent_call_past_an_opt_out_needs_a_reason_which_is_kept(desk: OpenDesk) -> None:
    """Without a reason it is asked for; with one the call starts; its words stand in the attempt alone."""
    item_id = leave(desk, CHEST)
    opt_out(desk, give_card(desk, item_id))
    with pytest.raises(CallRefused) as refused:
        start_call(desk, item_id)
    assert refused.value.code == "reason_needed"
    start_call(desk, item_id, reason="chest pain")
    assert column(desk, "call_attempt", item_id, "override_reason") == "chest pain"
    started = audited(desk, "call_started")[0]
    assert (started.reason, started.facts["reason_written"]) == ("", True)
    assert column(desk, "follow_up", item_id, "kind") is FollowUpKind.OVERRIDE_REVIEW
    assert column(desk, "follow_up", item_id, "owner_role") is Role.SUPERVISOR


def test_a_dead_number_gives_way_to_the_next(desk: OpenDesk) -> None:
    """Alternates are rung in order."""
    item_id = leave(desk)
    patient_id = give_card(desk, item_id)
    add_number(desk, patient_id, "+12125550177")
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.WRONG_NUMBER)
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.WRONG_NUMBER))
    assert start_call(desk, item_id).number.e164 == "+12125550177"


def test_no_number_is_refused_with_a_next_step(desk: OpenDesk) -> None:
    """A message without a number cannot be rung, and says what to do."""
    with pytest.raises(CallRefused) as refused:
        start_call(desk, leave(desk, phone="anonymous"))
    assert refused.value.code == "no_number"
    assert refused.value.next_step


def test_notes_are_kept_even_when_the_claim_is_lost(desk: OpenDesk, clock: FixedClock, as_role: Switch) -> None:
    """Lease lapsed, somebody else took over: the text stays, the outcome is refused."""
    item_id = leave(desk)
    call = start_call(desk, item_id)
    clock.advance(timedelta(seconds=121))
    start_call(as_role(desk, Role.STAFF), item_id)
    with pytest.raises(CallRefused) as refused:
        heartbeat(desk, call.attempt_id, call.claim_token)
    assert refused.value.code == "claim_lost"
    save_note(desk, call.attempt_id, call.claim_token, "she said the line is bad")
    with pytest.raises(CallRefused):
        log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert unfinished_call(desk) is not None


def test_a_heartbeat_keeps_the_claim(desk: OpenDesk, clock: FixedClock, as_role: Switch) -> None:
    """Renewed every 30 s, a call of five minutes is still held."""
    item_id = leave(desk)
    call = start_call(desk, item_id)
    for _ in range(10):
        clock.advance(timedelta(seconds=30))
        assert heartbeat(desk, call.attempt_id, call.claim_token) == 120
    with pytest.raises(CallRefused):
        start_call(as_role(desk, Role.STAFF), item_id)


def test_a_wall_clock_jump_ends_no_claim(desk: OpenDesk, clock: FixedClock, as_role: Switch) -> None:
    """Leases run on the boot clock."""
    item_id = leave(desk)
    start_call(desk, item_id)
    clock.set_wall(clock.now() + timedelta(hours=1))
    with pytest.raises(CallRefused):
        start_call(as_role(desk, Role.STAFF), item_id)


def test_a_cut_off_call_is_resumed_with_its_notes(desk: OpenDesk) -> None:
    """The same person goes on where the terminal closed, also by pressing enter on the row again."""
    item_id = leave(desk)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    save_note(desk, call.attempt_id, call.claim_token, "dizzy since")
    waiting = unfinished_call(desk)
    assert waiting is not None
    assert waiting.initials == "T. R."
    resumed = resume_call(desk, waiting.attempt_id)
    assert (resumed.notes, resumed.step, resumed.resumed) == ("dizzy since", CallStep.IDENTITY, True)
    assert start_call(desk, item_id).attempt_id == call.attempt_id
    with pytest.raises(CallRefused):
        answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)


def test_a_parked_call_gives_the_patient_back(desk: OpenDesk, as_role: Switch) -> None:
    """Somebody else may ring; the parked attempt still asks for its outcome."""
    item_id = leave(desk)
    call = start_call(desk, item_id)
    park(desk, call.attempt_id, call.claim_token)
    start_call(as_role(desk, Role.STAFF), item_id)
    assert unfinished_call(desk) is not None


def test_somebody_elses_call_cannot_be_written_to(desk: OpenDesk, as_role: Switch) -> None:
    """A token alone is not enough: the attempt belongs to the person."""
    call = start_call(desk, leave(desk))
    with pytest.raises(CallRefused) as refused:
        sheet(as_role(desk, Role.STAFF), call.attempt_id, call.claim_token)
    assert refused.value.code == "not_your_call"


def test_a_wish_not_to_name_the_practice_reaches_every_word_said_before_the_gate(desk: OpenDesk) -> None:
    """Greeting, line for others and voicemail give a first name and a number; without the wish they name us."""
    item_id = leave(desk)
    patient_id = give_card(desk, item_id)
    named = start_call(desk, item_id)
    practice = named.script.say.split(" from ")[1].split(".")[0]
    assert practice in named.voicemail_text
    add_instruction(desk, patient_id, SafeContactKind.NO_PRACTICE_NAME)
    for who in (None, WhoAnswered.SOMEONE_ELSE, WhoAnswered.VOICEMAIL):
        shown = sheet(desk, named.attempt_id, named.claim_token)
        if who is not None:
            shown = answer(desk, named.attempt_id, named.claim_token, who)
        assert practice not in f"{shown.script.say} {shown.script.advice} {shown.voicemail_text}"
    assert "say where we call from" in shown.safe_contact.never


def test_voicemail_is_offered_from_the_second_try(desk: OpenDesk) -> None:
    """On the first try the choice says so; it can be chosen all the same."""
    item_id = leave(desk)
    first = start_call(desk, item_id)
    assert first.who_choices[2].consequence == "better from try 2, 1 left today"
    assert first.who_choices[2].enabled
    answer(desk, first.attempt_id, first.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, first.attempt_id, first.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert start_call(desk, item_id).who_choices[2].consequence == "write it with me, 1 left today"


def test_an_emergency_nobody_answers_asks_a_clinician_once(desk: OpenDesk) -> None:
    """Rung again at once, with one welfare check to decide on however often it rings in vain."""
    item_id = leave(desk, CHEST)
    for _ in range(2):
        call = start_call(desk, item_id)
        assert call.who_choices[3].consequence == "next try now"
        answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)
        result = log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
        assert result.next_at == desk.clock.now()
    assert column(desk, "follow_up", item_id, "kind") is FollowUpKind.WELFARE_CHECK
    assert len(snapshot(desk).follow_ups_due) == 1


def test_a_child_is_asked_for_by_the_caller(desk: OpenDesk) -> None:
    """For a child the script asks for the caller, not the patient (domain section 4)."""
    item_id = leave(desk, name="Maria Lima")
    give_card(desk, item_id, name="Leo Lima", date_of_birth=desk.clock.now().date() - timedelta(days=700))
    assert start_call(desk, item_id).ask_for == "Maria Lima"


def test_a_number_where_the_patient_was_reached_is_good(desk: OpenDesk) -> None:
    """Reached and identified proves the number."""
    item_id = leave(desk)
    patient_id = give_card(desk, item_id)
    call = reach(desk, item_id)
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.RESOLVED, note="refill sent"))
    again = leave(desk, "thank you, one more question about my refill")
    assert give_card(desk, again) == patient_id
    call = start_call(desk, again)
    with desk.store.read() as connection:
        from callback_tui.store.calls import numbers

        assert [point.quality for point in numbers(connection, patient_id)] == [NumberQuality.GOOD]


def test_a_gate_that_shut_stays_shut_whoever_is_said_to_answer(desk: OpenDesk) -> None:
    """Pressing "the patient" again does not give two more guesses."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    mismatch_identity(desk, call.attempt_id, call.claim_token)
    mismatch_identity(desk, call.attempt_id, call.claim_token)
    again = answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    assert (again.identity.result, again.message) == (IdentityResult.FAILED, None)
    with pytest.raises(CallRefused):
        match_identity(desk, call.attempt_id, call.claim_token, IdentityKind.ADDRESS)


def test_a_line_cut_off_after_identity_can_be_logged_as_talked(desk: OpenDesk) -> None:
    """What was said before the line broke counts."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = reach(desk, item_id)
    cut = answer(desk, call.attempt_id, call.claim_token, WhoAnswered.CUT_OFF)
    assert cut.identity.result is IdentityResult.PASSED
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.RESOLVED, note="all said"))


def test_going_on_with_a_cut_off_call_asks_the_rules_again(desk: OpenDesk) -> None:
    """The patient opted out meanwhile: the row rings nobody; the offer at sign-in still takes the outcome."""
    item_id = leave(desk)
    patient_id = give_card(desk, item_id)
    call = start_call(desk, item_id)
    park(desk, call.attempt_id, call.claim_token)
    opt_out(desk, patient_id)
    with pytest.raises(CallRefused) as refused:
        start_call(desk, item_id)
    assert refused.value.sentence.startswith("They asked not to be called")
    assert resume_call(desk, call.attempt_id).attempt_id == call.attempt_id


def test_the_reason_for_ringing_a_cut_off_call_again_is_kept_and_reviewed(desk: OpenDesk) -> None:
    """Opted out between two tries at one urgent call: the reason stands in the attempt, a supervisor sees it."""
    item_id = leave(desk, CHEST)
    call = start_call(desk, item_id)
    park(desk, call.attempt_id, call.claim_token)
    opt_out(desk, give_card(desk, item_id))
    for reason in ("chest pain", "still no answer"):
        resumed = start_call(desk, item_id, reason=reason)
        park(desk, resumed.attempt_id, resumed.claim_token)
    assert resumed.attempt_id == call.attempt_id
    assert column(desk, "call_attempt", item_id, "override_reason") == "chest pain; still no answer"
    assert column(desk, "follow_up", item_id, "kind") is FollowUpKind.OVERRIDE_REVIEW
    assert audited(desk, "call_resumed")[0].facts["override"] == "override:opt_out"


def test_what_answers_were_held_against_is_kept(desk: OpenDesk) -> None:
    """The card, the chart, or nothing on file, however the gate ends; a tick taken back was held against nothing."""

    def compared(item_id: int) -> object:
        return column(desk, "call_attempt", item_id, "compared_with")

    carded, bare = leave(desk), leave(desk, name="Ana Lima", phone="(212) 555-0114")
    give_card(desk, carded)
    call = start_call(desk, carded)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    for held_against in (ComparedWith.CARD, None):
        match_identity(desk, call.attempt_id, call.claim_token, IdentityKind.ADDRESS)
        assert compared(carded) is held_against
    mismatch_identity(desk, call.attempt_id, call.claim_token)
    assert compared(carded) is ComparedWith.CARD
    other = start_call(desk, bare)
    answer(desk, other.attempt_id, other.claim_token, WhoAnswered.PATIENT)
    general_only(desk, other.attempt_id, other.claim_token)
    assert compared(bare) is ComparedWith.NOTHING_ON_FILE


def test_a_wrong_zone_on_the_card_stops_no_call(desk: OpenDesk) -> None:
    """The site's own zone counts then."""
    item_id = leave(desk)
    give_card(desk, item_id, zone="Mars/Olympus")
    assert start_call(desk, item_id).attempt_id
