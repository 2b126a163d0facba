"""They are calling me back: who is found, what is kept of the look, and a call that is no dial of ours."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    AttemptState,
    CallStep,
    IdentityKind,
    ItemState,
    NumberQuality,
    Outcome,
    Role,
    WhoAnswered,
)
from callback_tui.services.calling_back import find_callers, take_call
from callback_tui.services.calls import answer, park, resume_call, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.identity import match_identity, mismatch_identity
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.queue import change_mark, snapshot
from callback_tui.services.undo import undo
from callback_tui.store import calls
from callback_tui.store import tables as t
from callback_tui.views.call import CallSheet, OutcomeEntry
from tests.services.made_up import PAIN, REFILL, add_number, audited, column, give_card, leave, opt_out

Switch = Callable[[OpenDesk, Role], OpenDesk]
RESOLVED = OutcomeEntry(Outcome.RESOLVED, note="they rang; all is well")


def names(desk: OpenDesk, typed: str) -> list[str]:
    """Return who is found."""
    return [caller.who for caller in find_callers(desk, typed).callers]


def verified(desk: OpenDesk, item_id: int) -> CallSheet:
    """Take the call of a patient and pass the identity gate."""
    sheet = take_call(desk, item_id)
    for kind in (IdentityKind.DATE_OF_BIRTH, IdentityKind.ADDRESS):
        sheet = match_identity(desk, sheet.attempt_id, sheet.claim_token, kind)
    return sheet


def voicemail_left(desk: OpenDesk, item_id: int) -> str:
    """Ring, leave the minimum message and return its wording."""
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.VOICEMAIL)
    entry = OutcomeEntry(Outcome.VOICEMAIL_LEFT, voicemail_wording=sheet.voicemail_text)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)
    return sheet.voicemail_text


def test_digits_of_any_number_and_letters_of_any_name_find_the_message(desk: OpenDesk) -> None:
    """Of the message or on file, of the patient or the caller; accents, signs and the country do not matter."""
    zoe = leave(desk, name="Zoë Núñez", phone="(212) 555-0172")
    patient_id = give_card(desk, zoe)
    add_number(desk, patient_id, "+12125550199")
    leave(desk, name="Ben Okafor", phone="(212) 555-0147")
    for typed in ("0172", "0199", "(212) 555-0172", "1 212 555 0199 ext 3", "nunez", "NÚÑ", "zoe n", "Núñez, Zoë"):
        assert names(desk, typed) == ["Zoë Núñez"], typed
    assert names(desk, "okafor") == ["Ben Okafor"]
    assert sorted(names(desk, "555-01")) == ["Ben Okafor", "Zoë Núñez"]


@pytest.mark.parametrize("typed", ["%%%%", "____", "' or 1=1 --", "[/bold]", "\x1b]52;c;QUJD\x07", "nobody", "9999"])
def test_hostile_and_strange_text_finds_nobody(desk: OpenDesk, typed: str) -> None:
    leave(desk)
    assert find_callers(desk, typed).callers == ()


def test_a_caller_shows_what_we_tried_and_the_words_we_left(desk: OpenDesk, as_role: Switch) -> None:
    """Attempts, wording, who holds it; two messages of one patient are one caller."""
    first = leave(desk, PAIN, "Wei Chen", "(212) 555-0172")
    leave(desk, REFILL, "Wei Chen", "(212) 555-0172")
    leave(desk, REFILL, "Mei Chen", "(212) 555-0172")
    wording = voicemail_left(desk, first)
    start_call(as_role(desk, Role.CLINICIAN), first)
    wei, mei = find_callers(desk, "0172").callers
    assert (wei.item_id, wei.more, wei.left, wei.shared) == (first, 1, wording, True)
    assert [(call.who, call.outcome) for call in wei.calls] == [("you", "left voicemail")]
    assert wei.holder is not None
    assert (mei.who, mei.calls, mei.left, mei.holder) == ("Mei Chen", (), "", None)


def test_what_was_closed_lately_is_found_and_marked(desk: OpenDesk, clock: FixedClock) -> None:
    """Within the days in which the same issue counts as reopened; after that it is history."""
    item_id = leave(desk)
    give_card(desk, item_id)
    sheet = verified(desk, item_id)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, RESOLVED)
    (found,) = find_callers(desk, "tom reid").callers
    assert (found.state, found.closed_at) == (ItemState.CLOSED, clock.now())
    with pytest.raises(CallRefused) as refused:
        take_call(desk, item_id)
    assert refused.value.code == "not_waiting"
    clock.advance(timedelta(days=7, minutes=1))
    assert names(desk, "tom reid") == []


def test_a_look_is_audited_without_what_was_typed_and_no_desk_reads_its_queue_again(desk: OpenDesk) -> None:
    item_id = leave(desk, name="Wei Chen")
    assert find_callers(desk, "we").callers == ()
    assert audited(desk, "callers_searched") == ()
    mark = change_mark(desk)
    find_callers(desk, "chen")
    assert change_mark(desk, mark).changed == mark.changed
    (entry,) = audited(desk, "callers_searched")
    patient_id = column(desk, "queue_item", item_id, "patient_id")
    assert dict(entry.facts) | {"verb": ""} == {
        "by_digits": False,
        "by_name": True,
        "patients": [patient_id],
        "verb": "",
    }
    assert "chen" not in str(entry).casefold()


def test_a_call_that_came_in_is_no_dial_and_no_rule_of_dialling_stops_it(desk: OpenDesk, clock: FixedClock) -> None:
    """At three in the morning, by somebody who asked not to be called, after all dials of the day."""
    item_id = leave(desk)
    patient_id = give_card(desk, item_id)
    opt_out(desk, patient_id)
    clock.advance(timedelta(hours=17))
    with pytest.raises(CallRefused):
        start_call(desk, item_id)
    sheet = verified(desk, item_id)
    assert (sheet.came_in, sheet.step, sheet.message is None) == (True, CallStep.PURPOSE, False)
    assert [choice.who for choice in sheet.who_choices] == [
        WhoAnswered.PATIENT,
        WhoAnswered.SOMEONE_ELSE,
        WhoAnswered.CUT_OFF,
        WhoAnswered.REPRESENTATIVE,
    ]
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, RESOLVED)
    with desk.store.read() as connection:
        assert calls.dials_since(connection, patient_id, sheet.started_at - timedelta(days=1)) == ()
    stopped = [column(desk, "queue_item", item_id, name) for name in ("first_attempt_at", "contact_at")]
    assert stopped == [sheet.started_at] * 2
    assert column(desk, "queue_item", item_id, "attempts") == 0
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    with desk.store.read() as connection:
        assert {point.quality for point in calls.numbers(connection, patient_id)} == {NumberQuality.UNPROVEN}


@pytest.mark.parametrize("end", ["failed", "cut off", "someone else"])
def test_a_caller_who_is_nobody_changes_nothing(desk: OpenDesk, end: str) -> None:
    """The ladder stays where it was: no try is counted, no clock stops, and the outcome can be taken back."""
    item_id = leave(desk)
    give_card(desk, item_id)
    voicemail_left(desk, item_id)
    kept = ("state", "first_attempt_at", "next_due_at", "asleep_until", "attempts", "version")
    before = [column(desk, "queue_item", item_id, name) for name in kept]
    sheet = take_call(desk, item_id)
    assert sheet.message is None
    outcome = Outcome.NOT_VERIFIED
    if end == "failed":
        mismatch_identity(desk, sheet.attempt_id, sheet.claim_token)
        mismatch_identity(desk, sheet.attempt_id, sheet.claim_token)
    elif end == "cut off":
        answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.CUT_OFF)
    else:
        answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.SOMEONE_ELSE)
        outcome = Outcome.SOMEONE_ELSE
    result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(outcome))
    assert result.sentence.endswith("The message waits as it did.")
    assert [column(desk, "queue_item", item_id, name) for name in kept] == before
    assert undo(desk, result.verb_id) == "Taken back. The call waits for its outcome."
    assert column(desk, "call_attempt", item_id, "state") is AttemptState.OUTCOME_MISSING
    assert [column(desk, "queue_item", item_id, name) for name in kept] == before


def test_outcomes_of_a_dial_do_not_fit(desk: OpenDesk) -> None:
    item_id = leave(desk)
    sheet = take_call(desk, item_id)
    offered = {choice.outcome for choice in sheet.outcome_choices}
    assert not offered & {Outcome.NO_ANSWER, Outcome.VOICEMAIL_LEFT, Outcome.WRONG_NUMBER, Outcome.OPENED_IN_ERROR}
    with pytest.raises(CallRefused):
        log_outcome(
            desk,
            sheet.attempt_id,
            sheet.claim_token,
            OutcomeEntry(Outcome.VOICEMAIL_LEFT, voicemail_wording="Please call."),
        )


def test_a_message_without_a_number_can_be_talked_about(desk: OpenDesk) -> None:
    item_id = leave(desk, phone="")
    assert take_call(desk, item_id).number.national == ""


def test_who_rings_after_the_last_try_is_reached_after_all(desk: OpenDesk, clock: FixedClock) -> None:
    """The message waits for a letter to be answered; the call closes it, and undo brings it to the queue."""
    item_id = leave(desk)
    give_card(desk, item_id)
    with desk.store.write() as connection:
        connection.execute(t.queue_item.update().values(state=ItemState.FOLLOWING_UP))
        patient_id = connection.execute(t.queue_item.select()).one().patient_id
        connection.execute(
            t.follow_up.insert().values(
                kind="letter",
                text="Please call us.",
                state="open",
                due_at=clock.now(),
                item_id=item_id,
                patient_id=patient_id,
                raised_at=clock.now(),
                raised_by_id=desk.actor.staff_id,
            )
        )
    assert names(desk, "tom") == ["Tom Reid"]
    sheet = verified(desk, item_id)
    result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, RESOLVED)
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    undo(desk, result.verb_id)
    assert [row.item_id for row in snapshot(desk).rows] == [item_id]


def test_a_call_that_came_in_goes_on_after_a_crash_and_is_not_taken_twice(desk: OpenDesk, as_role: Switch) -> None:
    """Enter on its message goes on with it without a dial; another desk is told who has the patient."""
    item_id = leave(desk)
    patient_id = give_card(desk, item_id)
    sheet = take_call(desk, item_id)
    with pytest.raises(CallRefused) as refused:
        take_call(as_role(desk, Role.CLINICIAN), item_id)
    assert refused.value.code == "held"
    assert take_call(desk, item_id).attempt_id == sheet.attempt_id
    park(desk, sheet.attempt_id, resume_call(desk, sheet.attempt_id).claim_token)
    opt_out(desk, patient_id)
    again = start_call(desk, item_id)
    assert (again.attempt_id, again.came_in) == (sheet.attempt_id, True)
