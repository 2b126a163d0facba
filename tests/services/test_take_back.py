"""Taking back an opt-out, and a number wrongly logged as dead: new facts, with who said so and why."""

from collections.abc import Callable

import pytest

from callback_tui.errors import CallRefused, DeskError, NotAllowed
from callback_tui.models.vocabulary import (
    Channel,
    IdentityKind,
    NumberQuality,
    OptOutScope,
    Outcome,
    Role,
    WhoAnswered,
)
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.identity import match_identity
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.patients import add_opt_out
from callback_tui.services.take_back import opt_outs_standing, reopen_number, take_back_opt_out
from callback_tui.services.undo import undo
from callback_tui.store import calls
from callback_tui.views.call import OutcomeEntry
from tests.services.made_up import CHEST, audited, give_card, leave
from tests.services.test_dialling import change_card, dialling_of
from tests.services.test_outcomes import end

Switch = Callable[[OpenDesk, Role], OpenDesk]


def test_an_opt_out_is_taken_back_by_a_new_fact(desk: OpenDesk) -> None:
    """The request stays as it was written; the fact that ends it says who and how."""
    item_id = leave(desk)
    patient_id = give_card(desk, item_id)
    opt_out_id = add_opt_out(desk, patient_id, OptOutScope.CHANNEL, channel=Channel.PHONE)
    add_opt_out(desk, patient_id, OptOutScope.ALL)
    with pytest.raises(CallRefused):
        start_call(desk, item_id)
    for fact in opt_outs_standing(desk, patient_id):
        take_back_opt_out(desk, fact.id, said_by=" her daughter ", how="by portal, 20 Nov")
    assert opt_outs_standing(desk, patient_id) == ()
    with desk.store.read() as connection:
        facts = calls.opt_outs(connection, patient_id)
    assert len(facts) == 4
    (revoked,) = (fact for fact in facts if fact.revokes_id == opt_out_id)
    assert (revoked.said_by, revoked.how, revoked.scope) == ("her daughter", "by portal, 20 Nov", OptOutScope.CHANNEL)
    assert audited(desk, "opt_out_taken_back")[0].facts["revokes"] != opt_out_id
    assert start_call(desk, item_id).attempt_id


def test_what_takes_nothing_back_is_refused(desk: OpenDesk, as_role: Switch) -> None:
    patient_id = give_card(desk, leave(desk))
    fact_id = add_opt_out(desk, patient_id, OptOutScope.ALL)
    for said_by, how in (("", "by phone"), ("the patient", " ")):
        with pytest.raises(DeskError) as refused:
            take_back_opt_out(desk, fact_id, said_by=said_by, how=how)
        assert refused.value.code == "take_back_by_whom"
    with pytest.raises(NotAllowed):
        take_back_opt_out(as_role(desk, Role.STAFF), fact_id, said_by="the patient", how="by phone")
    revoking = take_back_opt_out(desk, fact_id, said_by="the patient", how="by phone")
    for over in (fact_id, revoking, 99):
        with pytest.raises(DeskError) as refused:
            take_back_opt_out(desk, over, said_by="the patient", how="by phone")
        assert refused.value.code == "opt_out_over"


def test_an_opt_out_on_a_merged_card_is_taken_back_for_the_person(desk: OpenDesk) -> None:
    first, second = leave(desk), leave(desk, name="Thomas Reid", phone="(212) 555-0120")
    card, survivor = give_card(desk, first), give_card(desk, second)
    add_opt_out(desk, card, OptOutScope.ALL)
    change_card(desk, card, merged_into_id=survivor)
    (fact,) = opt_outs_standing(desk, survivor)
    take_back_opt_out(desk, fact.id, said_by="the patient", how="in writing")
    assert opt_outs_standing(desk, survivor) == opt_outs_standing(desk, card) == ()


def test_a_dead_number_is_reopened_with_a_reason_for_one_person_only(desk: OpenDesk, as_role: Switch) -> None:
    """A mistyped "wrong number" must not silence a patient; somebody else's card with the number keeps the mark."""
    item_id, other = leave(desk), leave(desk, name="Lena Reid")
    end(desk, item_id, WhoAnswered.WRONG_NUMBER, OutcomeEntry(Outcome.WRONG_NUMBER))
    (number,) = dialling_of(desk, item_id).numbers
    with pytest.raises(DeskError) as refused:
        reopen_number(desk, number.contact_point_id, "  ")
    assert refused.value.code == "reopen_why"
    with pytest.raises(NotAllowed):
        reopen_number(as_role(desk, Role.STAFF), number.contact_point_id, "mistyped")
    reopen_number(desk, number.contact_point_id, "mistyped: it was busy")
    assert dialling_of(desk, item_id).numbers[0].quality is NumberQuality.UNPROVEN
    assert dialling_of(desk, other).numbers[0].quality is NumberQuality.DEAD
    (line,) = audited(desk, "number_reopened")
    assert (line.reason, line.entity_id) == ("mistyped: it was busy", str(number.contact_point_id))
    with pytest.raises(DeskError) as refused:
        reopen_number(desk, number.contact_point_id, "again")
    assert refused.value.code == "not_dead"


def test_a_patient_reached_at_a_dead_number_has_proved_it(desk: OpenDesk) -> None:
    """Rung for an urgent reason, and it was the patient: nobody need look for another number."""
    item_id = leave(desk, CHEST)
    give_card(desk, item_id)
    end(desk, item_id, WhoAnswered.DISCONNECTED, OutcomeEntry(Outcome.DISCONNECTED))
    with pytest.raises(CallRefused) as refused:
        start_call(desk, item_id)
    assert "logged as wrong or out of service (23 Nov)" in refused.value.sentence
    call = start_call(desk, item_id, reason="chest pain")
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    for kind in (IdentityKind.DATE_OF_BIRTH, IdentityKind.ADDRESS):
        match_identity(desk, call.attempt_id, call.claim_token, kind)
    done = log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.RESOLVED, note="Came in."))
    assert dialling_of(desk, item_id).numbers[0].quality is NumberQuality.GOOD
    undo(desk, done.verb_id)
    assert dialling_of(desk, item_id).numbers[0].quality is NumberQuality.DEAD
