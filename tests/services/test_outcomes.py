"""Logging an outcome: the stored next state of every outcome, and the minute to take it back."""

from collections.abc import Callable
from datetime import timedelta
from typing import cast

import pytest

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    AttemptState,
    FollowUpKind,
    FollowUpState,
    ItemState,
    LeavePermission,
    NumberQuality,
    Outcome,
    PromiseState,
    Role,
    WhoAnswered,
)
from callback_tui.services.audit import verify
from callback_tui.services.calls import (
    answer,
    open_emergency,
    park,
    resume_call,
    save_note,
    start_call,
    unfinished_call,
)
from callback_tui.services.desk import OpenDesk
from callback_tui.services.follow_ups import take_hand_off
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.queue import snapshot
from callback_tui.services.undo import last_undoable, undo
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry, OutcomeResult
from tests.services.made_up import CHEST, PAIN, audited, column, give_card, leave, reach, supervisor

Switch = Callable[[OpenDesk, Role], OpenDesk]

UNREACHED = {
    Outcome.VOICEMAIL_LEFT: WhoAnswered.VOICEMAIL,
    Outcome.MESSAGE_WITH_PERSON: WhoAnswered.SOMEONE_ELSE,
    Outcome.NO_ANSWER: WhoAnswered.NOBODY,
    Outcome.BUSY: WhoAnswered.BUSY,
    Outcome.MAILBOX_FULL: WhoAnswered.VOICEMAIL,
    Outcome.SOMEONE_ELSE: WhoAnswered.SOMEONE_ELSE,
}


def end(desk: OpenDesk, item_id: int, who: WhoAnswered, entry: OutcomeEntry) -> OutcomeResult:
    """Ring an item and log an outcome."""
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, who)
    return log_outcome(desk, call.attempt_id, call.claim_token, entry)


def end_reached(desk: OpenDesk, item_id: int, entry: OutcomeEntry) -> OutcomeResult:
    """Reach and identify the patient, then log an outcome."""
    give_card(desk, item_id)
    call = reach(desk, item_id)
    return log_outcome(desk, call.attempt_id, call.claim_token, entry)


@pytest.mark.parametrize(("outcome", "who"), UNREACHED.items())
def test_an_unreached_patient_sleeps_until_the_next_try(desk: OpenDesk, outcome: Outcome, who: WhoAnswered) -> None:
    """The attempt stops the first clock, contact stays open, the next time is computed (domain section 4)."""
    item_id = leave(desk)
    result = end(desk, item_id, who, OutcomeEntry(outcome, voicemail_wording="Please call Maple Street."))
    assert column(desk, "queue_item", item_id, "state") is ItemState.ASLEEP
    assert column(desk, "queue_item", item_id, "first_attempt_at") is not None
    assert column(desk, "queue_item", item_id, "contact_at") is None
    assert result.next_at == column(desk, "queue_item", item_id, "asleep_until")
    minutes = 7 if outcome is Outcome.BUSY else 12
    assert result.next_at is not None
    assert timedelta(0) <= result.next_at - desk.clock.now() - timedelta(minutes=minutes) < timedelta(minutes=1)


def test_how_much_a_voicemail_may_say_hangs_on_the_permission_of_its_number(desk: OpenDesk) -> None:
    """Refused where only the minimum may be left; logged where the patient allowed detail."""
    item_id = leave(desk)
    give_card(desk, item_id)
    telling = OutcomeEntry(Outcome.VOICEMAIL_LEFT, voicemail_wording="Your biopsy results are in.")
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.VOICEMAIL)
    with pytest.raises(CallRefused) as refused:
        log_outcome(desk, call.attempt_id, call.claim_token, telling)
    assert refused.value.code == "too_much_said"
    with desk.store.write() as connection:
        connection.execute(t.contact_point.update().values(leave_permission=LeavePermission.DETAIL))
    log_outcome(desk, call.attempt_id, call.claim_token, telling)
    assert column(desk, "queue_item", item_id, "state") is ItemState.ASLEEP


def test_the_next_try_waits_for_the_morning_where_the_patient_is(desk: OpenDesk, clock: FixedClock) -> None:
    """Rung at 16:55 in New York, the card says California: not at 08:00 of the desk, but at 08:00 of theirs."""
    item_id = leave(desk)
    give_card(desk, item_id, zone="America/Los_Angeles")
    clock.advance(timedelta(hours=6, minutes=13))
    call = start_call(desk, item_id)
    assert "next try 11:00 tomorrow" in [choice.consequence for choice in call.who_choices]
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)
    result = log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert result.sentence == "No answer logged. Next try 11:00 tomorrow; they may not be rung before."


def test_resolved_closes(desk: OpenDesk) -> None:
    """Both clocks stop, the item leaves the queue, the patient is given back."""
    item_id = leave(desk)
    end_reached(desk, item_id, OutcomeEntry(Outcome.RESOLVED, note="refill sent to the pharmacy"))
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    assert column(desk, "queue_item", item_id, "contact_at") is not None
    assert column(desk, "queue_item", item_id, "completed_at") is not None
    assert snapshot(desk).rows == ()


def test_a_follow_up_is_raised(desk: OpenDesk) -> None:
    """Reached, something to be done: on the follow-up list with a due time."""
    item_id = leave(desk)
    end_reached(desk, item_id, OutcomeEntry(Outcome.FOLLOW_UP, note="call pharmacy"))
    assert column(desk, "queue_item", item_id, "state") is ItemState.FOLLOWING_UP
    assert column(desk, "follow_up", item_id, "state") is FollowUpState.OPEN
    assert column(desk, "follow_up", item_id, "text") == "call pharmacy"
    assert snapshot(desk).follow_ups_due == (column(desk, "follow_up", item_id, "due_at"),)


def test_an_escalation_waits_for_a_clinician_who_takes_it(desk: OpenDesk, as_role: Switch) -> None:
    """The hand-off has its own due time; the clinician's call takes it."""
    item_id = leave(desk)
    entry = OutcomeEntry(Outcome.ESCALATED, situation="dizzy on new pills", request="please advise dose")
    result = end_reached(desk, item_id, entry)
    assert column(desk, "queue_item", item_id, "state") is ItemState.ESCALATED
    assert result.next_at == column(desk, "hand_off", item_id, "due_at")
    assert [row.item_id for row in snapshot(desk).rows] == [item_id]
    clinician = as_role(desk, Role.CLINICIAN)
    call = start_call(clinician, item_id)
    park(clinician, call.attempt_id, call.claim_token)
    assert column(desk, "hand_off", item_id, "taken_by_id") is None
    result = end(clinician, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "hand_off", item_id, "taken_by_id") == clinician.actor.staff_id
    undo(clinician, result.verb_id)
    assert column(desk, "hand_off", item_id, "taken_by_id") is None
    assert column(desk, "queue_item", item_id, "state") is ItemState.ESCALATED


def test_another_time_is_a_promise_that_is_kept_or_broken(desk: OpenDesk, clock: FixedClock) -> None:
    """Scheduled, asleep until then, with a name on it; rung in time it is kept."""
    item_id = leave(desk)
    at = clock.now() + timedelta(hours=2)
    end_reached(desk, item_id, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at, promise_words="before three"))
    assert column(desk, "queue_item", item_id, "scheduled_at") == at
    assert column(desk, "promise", item_id, "promised_by_id") == desk.actor.staff_id
    clock.advance(timedelta(hours=1, minutes=59))
    end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "promise", item_id, "state") is PromiseState.KEPT


@pytest.mark.parametrize(("minutes", "state"), [(15, PromiseState.KEPT), (16, PromiseState.BROKEN)])
def test_a_promise_rung_too_late_is_broken(
    desk: OpenDesk, clock: FixedClock, minutes: int, state: PromiseState
) -> None:
    """The ledger does not forget; a time the patient named is that time and a quarter of an hour (domain section 1)."""
    item_id = leave(desk)
    at = clock.now() + timedelta(hours=2)
    end_reached(desk, item_id, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at))
    clock.advance(timedelta(hours=2, minutes=minutes))
    end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "promise", item_id, "state") is state


@pytest.mark.parametrize("outcome", [Outcome.WRONG_NUMBER, Outcome.DISCONNECTED])
def test_a_wrong_number_is_dead_for_the_desk_and_stops_no_clock(desk: OpenDesk, outcome: Outcome) -> None:
    """The number is stopped for every patient who has it, and somebody looks for a new one."""
    item_id = leave(desk)
    other = leave(desk, name="Ana Reid")
    end(desk, item_id, WhoAnswered(outcome.value), OutcomeEntry(outcome))
    assert column(desk, "queue_item", item_id, "first_attempt_at") is None
    with desk.store.read() as connection:
        qualities = connection.execute(t.contact_point.select()).all()
    assert {point.quality for point in qualities} == {NumberQuality.DEAD}
    assert column(desk, "follow_up", item_id, "kind") in (FollowUpKind.DEMOGRAPHICS, FollowUpKind.TEXT_OR_PORTAL)
    with pytest.raises(CallRefused):
        start_call(desk, other)


def test_a_refusal_is_an_opt_out_fact(desk: OpenDesk) -> None:
    """Asked not to be called: closed, and the next message of the patient cannot be rung."""
    item_id = leave(desk)
    end(desk, item_id, WhoAnswered.REFUSED, OutcomeEntry(Outcome.REFUSED))
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    with pytest.raises(CallRefused) as refused:
        start_call(desk, leave(desk, "hello again, about my refill"))
    assert refused.value.sentence.startswith("They asked not to be called")


def test_an_emergency_keeps_an_incident(desk: OpenDesk) -> None:
    """Location, who was told, and a clinician's review."""
    item_id = leave(desk, CHEST)
    entry = OutcomeEntry(Outcome.EMERGENCY, location="12 Elm Street, flat 3", told="911 by desk 2")
    end(desk, item_id, WhoAnswered.PATIENT, entry)
    assert column(desk, "incident", item_id, "location") == "12 Elm Street, flat 3"
    assert column(desk, "follow_up", item_id, "kind") is FollowUpKind.INCIDENT_REVIEW


def test_not_verified_never_closes(desk: OpenDesk) -> None:
    """Rung again on the number on file; no contact is counted."""
    item_id = leave(desk)
    end(desk, item_id, WhoAnswered.PATIENT, OutcomeEntry(Outcome.NOT_VERIFIED))
    assert column(desk, "queue_item", item_id, "state") is ItemState.ASLEEP
    assert column(desk, "queue_item", item_id, "contact_at") is None


def test_a_duplicate_joins_a_message_of_the_same_patient(desk: OpenDesk) -> None:
    """Merged items leave the queue; strangers cannot be joined."""
    kept, twin = leave(desk), leave(desk, "Me again about the refill of my pills.")
    stranger = leave(desk, name="Ana Lima", phone="(212) 555-0144")
    call = start_call(desk, twin)
    with pytest.raises(CallRefused):
        log_outcome(
            desk,
            call.attempt_id,
            call.claim_token,
            OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=stranger),
        )
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=kept))
    assert column(desk, "queue_item", twin, "state") is ItemState.MERGED
    assert column(desk, "queue_item", twin, "merged_into_id") == kept
    assert column(desk, "queue_item", twin, "attempts") == 0


def test_an_outcome_is_logged_once(desk: OpenDesk) -> None:
    """A repeated key press cannot log twice."""
    call = start_call(desk, leave(desk))
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    with pytest.raises(CallRefused) as refused:
        log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert refused.value.code == "outcome_logged"


@pytest.mark.parametrize(
    ("who", "entry"),
    [
        (WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER)),
        (WhoAnswered.WRONG_NUMBER, OutcomeEntry(Outcome.WRONG_NUMBER)),
        (WhoAnswered.REFUSED, OutcomeEntry(Outcome.REFUSED)),
    ],
)
def test_undo_restores_item_number_and_wishes(desk: OpenDesk, who: WhoAnswered, entry: OutcomeEntry) -> None:
    """Within the minute the item waits as before, and the patient can be rung again at once."""
    item_id = leave(desk)
    before = snapshot(desk).rows
    result = end(desk, item_id, who, entry)
    found = last_undoable(desk)
    assert found is not None
    assert found.verb_id == result.verb_id
    undo(desk, result.verb_id)
    assert snapshot(desk).rows == before
    waiting = unfinished_call(desk)
    assert waiting is not None
    again = resume_call(desk, waiting.attempt_id)
    assert again.number.decision.sentence == ""
    assert column(desk, "call_attempt", item_id, "state") is AttemptState.IN_CALL
    assert verify(supervisor(desk)).sound


def test_undo_withdraws_follow_up_promise_and_hand_off(desk: OpenDesk, clock: FixedClock) -> None:
    """What the slip raised is withdrawn, never deleted; the right outcome can be logged afterwards."""
    item_id = leave(desk)
    entry = OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=clock.now() + timedelta(hours=1))
    result = end_reached(desk, item_id, entry)
    undo(desk, result.verb_id)
    assert column(desk, "promise", item_id, "state") is PromiseState.WITHDRAWN
    call = resume_call(desk, result.attempt_id)
    right = log_outcome(
        desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.ESCALATED, situation="dizzy", request="advise")
    )
    undo(desk, right.verb_id)
    assert column(desk, "hand_off", item_id, "withdrawn_at") is not None
    assert column(desk, "queue_item", item_id, "state") is ItemState.OPEN
    call = resume_call(desk, result.attempt_id)
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.RESOLVED, note="all well"))
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    assert column(desk, "queue_item", item_id, "attempts") == 1


def test_undo_is_refused_after_the_minute(desk: OpenDesk, clock: FixedClock) -> None:
    """Then an addendum is the way."""
    result = end(desk, leave(desk), WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    clock.advance(timedelta(seconds=61))
    assert last_undoable(desk) is None
    with pytest.raises(CallRefused) as refused:
        undo(desk, result.verb_id)
    assert refused.value.code == "too_late"


def test_undo_is_refused_while_somebody_else_rings(desk: OpenDesk, as_role: Switch) -> None:
    """Nobody's call is pulled away under them."""
    item_id = leave(desk)
    result = end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    start_call(as_role(desk, Role.STAFF), item_id)
    with pytest.raises(CallRefused) as refused:
        undo(desk, result.verb_id)
    assert refused.value.code == "undo_worked_since"


def test_nobody_undoes_what_another_logged(desk: OpenDesk, as_role: Switch) -> None:
    """Undo is for one's own slip."""
    result = end(desk, leave(desk), WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    with pytest.raises(CallRefused):
        undo(as_role(desk, Role.STAFF), result.verb_id)


def test_every_change_left_one_entry_and_the_chain_holds(desk: OpenDesk) -> None:
    """One verb, one entry."""
    end_reached(desk, leave(desk), OutcomeEntry(Outcome.RESOLVED, note="done"))
    actions = [line.action for line in audited(desk)]
    assert actions.count("outcome_logged") == 1
    assert actions.count("call_started") == 1
    assert actions.count("identity_matched") == 2
    assert verify(supervisor(desk)).sound


def test_a_nurse_who_rings_in_vain_leaves_the_hand_off_standing(desk: OpenDesk) -> None:
    """The message still waits for the clinician, at the hand-off's due time."""
    item_id = leave(desk)
    handed = end_reached(desk, item_id, OutcomeEntry(Outcome.ESCALATED, situation="dizzy", request="advise"))
    again = end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "queue_item", item_id, "state") is ItemState.ESCALATED
    assert again.next_at == handed.next_at == column(desk, "queue_item", item_id, "next_due_at")
    assert "clinician still has it" in again.sentence
    end_reached(desk, item_id, OutcomeEntry(Outcome.RESOLVED, note="advised"))
    assert column(desk, "hand_off", item_id, "taken_at") is not None


def test_the_last_vain_try_of_a_nurse_leaves_the_hand_off_standing(desk: OpenDesk, clock: FixedClock) -> None:
    """The ladder's end asks for a text beside the clinician, never instead of one."""
    item_id = leave(desk)
    handed = end_reached(desk, item_id, OutcomeEntry(Outcome.ESCALATED, situation="dizzy", request="advise"))
    for _ in range(2):
        clock.advance(timedelta(minutes=15))
        last = end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    with desk.store.write() as connection:
        connection.execute(t.call_attempt.update().values(dialled_at=clock.now() - timedelta(days=1)))
    clock.advance(timedelta(minutes=15))
    last = end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "follow_up", item_id, "kind") is FollowUpKind.TEXT_OR_PORTAL
    assert column(desk, "queue_item", item_id, "state") is ItemState.ESCALATED
    assert column(desk, "hand_off", item_id, "taken_at") is None
    assert last.next_at == handed.next_at == column(desk, "queue_item", item_id, "next_due_at")


def test_no_clinician_is_handed_a_message_without_context(desk: OpenDesk) -> None:
    """An emergency and a vain urgent call have no form for it: how they ended, what was noted, what is asked."""
    sent = leave(desk, CHEST)
    told = OutcomeEntry(Outcome.EMERGENCY, note="grey and sweating", location="12 Elm Street", told="911 at 10:43")
    end(desk, sent, WhoAnswered.PATIENT, told)
    assert [column(desk, "hand_off", sent, name) for name in ("situation", "background", "request")] == [
        "Sent to 911; where they are: 12 Elm Street; who was told: 911 at 10:43",
        "grey and sweating",
        "Write the incident note.",
    ]
    refused = leave(desk, PAIN, "Ana Lima", "(212) 555-0114")
    end(desk, refused, WhoAnswered.REFUSED, OutcomeEntry(Outcome.REFUSED))
    assert column(desk, "hand_off", refused, "request") == "Asked not to be called; the message is urgent."
    assert str(column(desk, "hand_off", refused, "situation")).startswith("Asked not to be called, logged.")


def test_a_clinician_who_rings_in_vain_tries_again_by_the_ladder(desk: OpenDesk, as_role: Switch) -> None:
    """Who took the hand-off has it; the message sleeps until the next try instead of staying due."""
    item_id = leave(desk)
    end_reached(desk, item_id, OutcomeEntry(Outcome.ESCALATED, situation="dizzy", request="advise"))
    result = end(as_role(desk, Role.CLINICIAN), item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert result.sentence == "No answer logged. Next try 10:55."
    assert column(desk, "queue_item", item_id, "state") is ItemState.ASLEEP


def test_what_waits_for_a_clinician_still_does_when_its_message_joins_another(desk: OpenDesk) -> None:
    """The survivor waits in its place at the hand-off's due time; taking it back gives the hand-off back as well."""
    handed, again = leave(desk), leave(desk, "Me again about the refill of my pills.")
    due_at = end_reached(desk, handed, OutcomeEntry(Outcome.ESCALATED, situation="dizzy", request="advise")).next_at
    before = snapshot(desk).rows
    joined = OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=again)
    result = end(desk, handed, WhoAnswered.NOBODY, joined)
    (survivor,) = snapshot(desk).rows
    assert (survivor.item_id, survivor.state, survivor.clock.next_due_at) == (again, ItemState.ESCALATED, due_at)
    assert column(desk, "hand_off", again, "taken_at") is None
    undo(desk, result.verb_id)
    assert snapshot(desk).rows == before
    assert column(desk, "hand_off", handed, "due_at") == due_at
    assert column(desk, "hand_off", again, "due_at") is None


def test_what_a_clinician_took_is_not_taken_back_by_who_handed_it_over(desk: OpenDesk, as_role: Switch) -> None:
    """Somebody works on it by then."""
    item_id = leave(desk)
    handed = end_reached(desk, item_id, OutcomeEntry(Outcome.ESCALATED, situation="dizzy", request="advise"))
    take_hand_off(as_role(desk, Role.CLINICIAN), cast("int", column(desk, "hand_off", item_id, "id")))
    with pytest.raises(CallRefused) as refused:
        undo(desk, handed.verb_id)
    assert refused.value.code == "undo_worked_since"
    assert column(desk, "hand_off", item_id, "withdrawn_at") is None


def test_the_end_of_the_ladder_can_be_taken_back_where_no_try_counted(desk: OpenDesk) -> None:
    """A number that is not on file stops no clock; the minute to undo is there all the same."""
    item_id = leave(desk)
    with desk.store.write() as connection:
        connection.execute(t.message.update().values(phone_e164=None))
    for _ in range(3):
        result = end(desk, item_id, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "queue_item", item_id, "first_attempt_at") is None
    assert column(desk, "queue_item", item_id, "state") is ItemState.FOLLOWING_UP
    undo(desk, result.verb_id)
    assert column(desk, "queue_item", item_id, "state") is ItemState.ASLEEP


def test_a_promise_is_kept_by_ringing_the_message_its_own_joined(desk: OpenDesk, clock: FixedClock) -> None:
    """The survivor is what the list rings about; taking that call back opens the promise again."""
    promised, again = leave(desk), leave(desk, "Me again about the refill of my pills.")
    at = clock.now() + timedelta(hours=2)
    end_reached(desk, promised, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at, promise_words="before three"))
    end(desk, promised, WhoAnswered.NOBODY, OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=again))
    result = end(desk, again, WhoAnswered.NOBODY, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "promise", promised, "state") is PromiseState.KEPT
    undo(desk, result.verb_id)
    assert column(desk, "promise", promised, "state") is PromiseState.OPEN


def test_a_message_that_turns_urgent_during_its_call_is_planned_as_urgent(desk: OpenDesk) -> None:
    """A vain try of a routine message would let it sleep; an emergent one is rung on or handed over at once."""
    item_id = leave(desk)
    call = start_call(desk, item_id)
    with desk.store.write() as connection:
        connection.execute(t.queue_item.update().values(priority="urgent", emergent=True, tier_rank=0))
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "queue_item", item_id, "state") in (ItemState.OPEN, ItemState.ESCALATED)


def test_a_message_finished_by_somebody_else_stays_finished(desk: OpenDesk, as_role: Switch) -> None:
    """The cut-off call gets its outcome for the record; the closed message does not wake again."""
    item_id = leave(desk)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)
    park(desk, call.attempt_id, call.claim_token)
    end_reached(as_role(desk, Role.STAFF), item_id, OutcomeEntry(Outcome.RESOLVED, note="all well"))
    resumed = resume_call(desk, call.attempt_id)
    result = log_outcome(desk, resumed.attempt_id, resumed.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert "for the record" in result.sentence
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    assert unfinished_call(desk) is None


@pytest.mark.parametrize(
    ("entry", "table", "name", "kept"),
    [
        (OutcomeEntry(Outcome.ESCALATED, situation="worse", request="ring"), "hand_off", "situation", "worse"),
        (
            OutcomeEntry(Outcome.EMERGENCY, location="12 Elm Street", told="911"),
            "incident",
            "location",
            "12 Elm Street",
        ),
        (OutcomeEntry(Outcome.FOLLOW_UP, note="order the labs"), "follow_up", "text", "order the labs"),
    ],
    ids=["handed over", "emergency", "follow-up"],
)
def test_what_was_said_about_a_finished_message_is_not_lost(
    desk: OpenDesk, as_role: Switch, entry: OutcomeEntry, table: str, name: str, kept: str
) -> None:
    """The patient is reached after somebody else closed the message: what they need is on the list all the same."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = reach(desk, item_id)
    park(desk, call.attempt_id, call.claim_token)
    end_reached(as_role(desk, Role.STAFF), item_id, OutcomeEntry(Outcome.RESOLVED, note="all well"))
    resumed = resume_call(desk, call.attempt_id)
    result = log_outcome(desk, resumed.attempt_id, resumed.claim_token, entry)
    assert column(desk, table, item_id, name) == kept
    assert result.sentence.endswith("Somebody else finished this message meanwhile.")
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED


def test_what_is_followed_up_waits_again_once_a_clinician_is_handed_it(desk: OpenDesk, as_role: Switch) -> None:
    """A call written down late hands over what a colleague left to be followed up: the clinician finds it waiting."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = reach(desk, item_id)
    park(desk, call.attempt_id, call.claim_token)
    end_reached(as_role(desk, Role.STAFF), item_id, OutcomeEntry(Outcome.FOLLOW_UP, note="order the labs"))
    assert column(desk, "queue_item", item_id, "state") is ItemState.FOLLOWING_UP
    resumed = resume_call(desk, call.attempt_id)
    entry = OutcomeEntry(Outcome.ESCALATED, situation="worse", request="ring")
    result = log_outcome(desk, resumed.attempt_id, resumed.claim_token, entry)
    assert column(desk, "queue_item", item_id, "state") is ItemState.ESCALATED
    assert [row.item_id for row in snapshot(desk).rows] == [item_id]
    undo(desk, result.verb_id)
    assert [row.state for row in snapshot(desk).rows] == [ItemState.OPEN], "its call waits for an outcome again"


def test_two_messages_cannot_join_each_other(desk: OpenDesk) -> None:
    """A message that left the queue is no survivor."""
    first, second = leave(desk), leave(desk, "Me again about the refill of my pills.")
    end(desk, first, WhoAnswered.NOBODY, OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=second))
    call = start_call(desk, second)
    entry = OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=first)
    with pytest.raises(CallRefused) as refused:
        log_outcome(desk, call.attempt_id, call.claim_token, entry)
    assert refused.value.code == "twin_done"


def test_the_survivor_takes_the_earliest_start_and_the_more_pressing_tier(desk: OpenDesk) -> None:
    """Joining never hides an emergency; taking it back gives both their own again (domain section 2)."""
    urgent, refill = leave(desk, CHEST, minutes_ago=60), leave(desk)
    before = snapshot(desk).rows
    started_at = column(desk, "queue_item", urgent, "started_at")
    result = end(desk, urgent, WhoAnswered.NOBODY, OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=refill))
    survivor = snapshot(desk).rows[0]
    assert (survivor.item_id, survivor.emergent, survivor.clock.started_at) == (refill, True, started_at)
    undo(desk, result.verb_id)
    assert snapshot(desk).rows == before


def test_a_mistaken_emergency_taken_back_hides_the_message_again(desk: OpenDesk) -> None:
    """The incident is withdrawn, so the gate counts again."""
    item_id = leave(desk, CHEST)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.PATIENT)
    open_emergency(desk, call.attempt_id, call.claim_token)
    entry = OutcomeEntry(Outcome.EMERGENCY, location="12 Elm Street", told="911")
    result = log_outcome(desk, call.attempt_id, call.claim_token, entry)
    undo(desk, result.verb_id)
    resumed = resume_call(desk, call.attempt_id)
    assert (resumed.message, resumed.emergency_open) == (None, False)


def test_what_is_typed_after_the_outcome_is_added_and_replaces_nothing(desk: OpenDesk) -> None:
    """Nothing is deleted: later words are an addendum."""
    item_id = leave(desk)
    give_card(desk, item_id)
    call = reach(desk, item_id)
    save_note(desk, call.attempt_id, call.claim_token, "refill sent")
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.RESOLVED))
    save_note(desk, call.attempt_id, call.claim_token, "")
    save_note(desk, call.attempt_id, call.claim_token, "pharmacy rang back")
    with desk.store.read() as connection:
        notes = connection.execute(t.call_note.select().order_by(t.call_note.c.id)).all()
    assert [(note.text, note.addendum) for note in notes] == [("refill sent", False), ("pharmacy rang back", True)]


def test_a_promise_is_judged_by_the_dial_not_by_the_writing_down(desk: OpenDesk, clock: FixedClock) -> None:
    """Dialled a minute before the promised time, logged five minutes later: kept."""
    item_id = leave(desk)
    at = clock.now() + timedelta(hours=2)
    end_reached(desk, item_id, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at))
    clock.advance(timedelta(hours=1, minutes=59))
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)
    clock.advance(timedelta(minutes=1, seconds=50))
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert column(desk, "promise", item_id, "state") is PromiseState.KEPT


def test_an_outcome_after_midnight_utc_can_still_be_taken_back(desk: OpenDesk, clock: FixedClock) -> None:
    """A call over midnight of Greenwich is an evening call in New York."""
    clock.set_wall(clock.now().replace(hour=23, minute=58))
    call = start_call(desk, leave(desk))
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)
    clock.set_wall(clock.now() + timedelta(minutes=4))
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert last_undoable(desk) is not None
