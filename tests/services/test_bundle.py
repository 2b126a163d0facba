"""One call, many messages: one dial, an outcome for each, never another patient's, taken back together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import AttemptState, IdentityKind, ItemState, Outcome, Role, Tier, WhoAnswered
from callback_tui.services.calling_back import take_call
from callback_tui.services.calls import answer, answer_same_person, park, resume_call, start_call
from callback_tui.services.calls import sheet as sheet_of
from callback_tui.services.desk import OpenDesk
from callback_tui.services.handoff import chart_note
from callback_tui.services.identity import match_identity, mismatch_identity
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.undo import last_undoable, undo
from callback_tui.store import calls
from callback_tui.store import tables as t
from callback_tui.views.call import CallSheet, OutcomeEntry
from tests.services.made_up import CHEST, HOURS, PAIN, REFILL, audited, column, give_card, leave, reach

Switch = Callable[[OpenDesk, Role], OpenDesk]
NO_ANSWER = OutcomeEntry(Outcome.NO_ANSWER)
RESOLVED = OutcomeEntry(Outcome.RESOLVED, note="all said")


def two_messages(desk: OpenDesk) -> tuple[int, int]:
    """Leave a pain and a refill message of one patient with a card."""
    first, second = leave(desk, PAIN, minutes_ago=5), leave(desk, REFILL, minutes_ago=90)
    give_card(desk, first)
    return first, second


def ring_in_vain(desk: OpenDesk, item_id: int, entry: OutcomeEntry = NO_ANSWER) -> str:
    """Ring, reach nobody and return the verb that says so."""
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    return log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry).verb_id


def of(desk: OpenDesk, name: str, *item_ids: int) -> list[object]:
    """Return one column of several items."""
    return [column(desk, "queue_item", item_id, name) for item_id in item_ids]


def dials(desk: OpenDesk, item_id: int) -> int:
    """Return how often the patient of an item was dialled in the last day."""
    patient_id = column(desk, "queue_item", item_id, "patient_id")
    assert isinstance(patient_id, int)
    with desk.store.read() as connection:
        return len(calls.dials_since(connection, patient_id, desk.clock.now() - timedelta(days=1)))


def test_one_dial_in_vain_is_a_try_of_every_message(desk: OpenDesk) -> None:
    """Both ladders move, each by its own tier; the day has one dial and the person rang once; undo takes all back."""
    first, second = two_messages(desk)
    verb_id = ring_in_vain(desk, second)
    assert of(desk, "state", first, second) == [ItemState.ASLEEP] * 2
    assert of(desk, "attempts", first, second) == [1, 1]
    assert of(desk, "first_attempt_at", first, second) == [desk.clock.now()] * 2
    lead = column(desk, "call_attempt", second, "id")
    assert column(desk, "call_attempt", first, "lead_attempt_id") == lead
    assert column(desk, "call_attempt", second, "lead_attempt_id") is None
    assert dials(desk, first) == 1
    last = last_undoable(desk)
    assert last is not None
    assert last.attempt_id == lead
    undo(desk, verb_id)
    assert of(desk, "state", first, second) == [ItemState.OPEN] * 2
    assert of(desk, "attempts", first, second) == [0, 0]
    assert of(desk, "first_attempt_at", first, second) == [None, None]
    assert column(desk, "call_attempt", first, "state") is AttemptState.OUTCOME_MISSING


def test_an_outcome_taken_back_and_logged_anew_leaves_one_attempt_for_each(desk: OpenDesk) -> None:
    first, second = two_messages(desk)
    undo(desk, ring_in_vain(desk, first))
    sheet = start_call(desk, first)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    with desk.store.read() as connection:
        assert len(connection.execute(t.call_attempt.select()).all()) == 2
    assert of(desk, "attempts", first, second) == [1, 1]


def test_a_talk_settles_what_it_was_about_and_nothing_else(desk: OpenDesk) -> None:
    """All with one entry, or each with its own; what nobody named waits as it did, and so does a later arrival."""
    first, second = two_messages(desk)
    third = leave(desk, HOURS)
    sheet = reach(desk, first)
    assert [each.item_id for each in sheet.along] == [second, third]
    assert all(each.words for each in sheet.along)
    late = leave(desk, CHEST, minutes_ago=0)
    entry = OutcomeEntry(Outcome.FOLLOW_UP, note="send the refill")
    result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, RESOLVED, {second: entry})
    assert result.sentence == "Resolved and closed. Logged for 2 messages."
    assert of(desk, "state", first, second) == [ItemState.CLOSED, ItemState.FOLLOWING_UP]
    assert of(desk, "state", third, late) == [ItemState.OPEN] * 2
    assert of(desk, "contact_at", first, second) == [sheet.started_at] * 2
    assert of(desk, "first_contact_outcome", first, second) == [Outcome.RESOLVED, Outcome.FOLLOW_UP]
    assert dials(desk, first) == 1
    note = chart_note(desk, sheet.attempt_id)
    assert "all said" in note
    assert "send the refill" in note
    undo(desk, result.verb_id)
    assert of(desk, "state", first, second, third, late) == [ItemState.OPEN] * 4
    assert column(desk, "follow_up", second, "state") == "withdrawn"


def test_two_duplicates_of_one_message_are_taken_back_together(desk: OpenDesk) -> None:
    first, second = two_messages(desk)
    third = leave(desk, HOURS)
    sheet = reach(desk, first)
    survivor = leave(desk, CHEST, minutes_ago=0)
    same = OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=survivor)
    result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, RESOLVED, {second: same, third: same})
    assert of(desk, "state", second, third) == [ItemState.MERGED] * 2
    before = column(desk, "queue_item", second, "started_at")
    assert column(desk, "queue_item", survivor, "started_at") == before
    undo(desk, result.verb_id)
    assert of(desk, "state", first, second, third, survivor) == [ItemState.OPEN] * 4
    assert column(desk, "queue_item", survivor, "started_at") != before


def test_what_was_agreed_or_handed_over_does_not_ride_along(desk: OpenDesk, as_role: Switch, clock: FixedClock) -> None:
    """A vain try moves no promise and takes nothing from a clinician; a clinician's call is about both."""
    promised, handed = leave(desk, REFILL), leave(desk, PAIN)
    give_card(desk, promised)
    sheet = reach(desk, promised)
    at = clock.now() + timedelta(hours=3)
    entry = OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at)
    handing = OutcomeEntry(Outcome.ESCALATED, situation="pain", request="please advise")
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry, {handed: handing})
    newer = leave(desk, HOURS)
    before = of(desk, "version", promised, handed)
    ring_in_vain(desk, newer)
    assert of(desk, "version", promised, handed) == before
    clinician = as_role(desk, Role.CLINICIAN)
    assert [each.item_id for each in start_call(clinician, newer).along] == [handed]


def test_the_call_is_made_in_the_name_of_the_most_pressing(desk: OpenDesk, clock: FixedClock) -> None:
    """At ten in the evening a refill alone waits; with a tight chest beside it a reason opens the call."""
    refill = leave(desk, REFILL)
    give_card(desk, refill, zone="America/New_York")
    clock.advance(timedelta(hours=12))
    with pytest.raises(CallRefused) as refused:
        start_call(desk, refill)
    assert refused.value.code == "may_not_ring"
    leave(desk, CHEST, minutes_ago=1)
    sheet = start_call(desk, refill, reason="chest pain")
    assert sheet.tier is Tier.EMERGENT
    assert sheet.clock.tier is Tier.EMERGENT


def test_nothing_is_disclosed_before_identity_and_after_it_failed(desk: OpenDesk) -> None:
    first, second = two_messages(desk)
    sheet = start_call(desk, first)
    sheet = answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.PATIENT)
    assert [(each.item_id, each.words) for each in sheet.along] == [(second, "")]
    for _ in range(2):
        sheet = mismatch_identity(desk, sheet.attempt_id, sheet.claim_token)
    assert (sheet.message, [each.words for each in sheet.along], sheet.alike) == (None, [""], ())
    with pytest.raises(CallRefused):
        log_outcome(desk, sheet.attempt_id, sheet.claim_token, RESOLVED, {second: RESOLVED})


def test_a_parked_call_keeps_its_messages_and_what_another_desk_finished_stays_finished(desk: OpenDesk) -> None:
    first, second = two_messages(desk)
    sheet = reach(desk, first)
    park(desk, sheet.attempt_id, sheet.claim_token)
    sheet = resume_call(desk, sheet.attempt_id)
    assert [each.item_id for each in sheet.along] == [second]
    with desk.store.write() as connection:
        connection.execute(t.queue_item.update().where(t.queue_item.c.id == second).values(state=ItemState.CLOSED))
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, RESOLVED, {second: RESOLVED})
    assert column(desk, "call_attempt", second, "id") is None
    assert column(desk, "queue_item", first, "state") is ItemState.CLOSED


def identified(desk: OpenDesk, item_id: int) -> CallSheet:
    """Take the call of the patient and pass the gate."""
    sheet = take_call(desk, item_id)
    for kind in (IdentityKind.DATE_OF_BIRTH, IdentityKind.ADDRESS):
        sheet = match_identity(desk, sheet.attempt_id, sheet.claim_token, kind)
    return sheet


@pytest.mark.parametrize("same", [True, False])
def test_cards_that_are_only_alike_are_asked_about_once(desk: OpenDesk, *, same: bool) -> None:
    """After identity, audited; only "the same" goes along, and neither answer is asked for again."""
    ana = leave(desk, REFILL, "Ana Lima")
    other = leave(desk, HOURS, "A. Lima")
    leave(desk, HOURS, "Tom Reid")
    give_card(desk, ana)
    sheet = take_call(desk, ana)
    assert (sheet.alike, sheet.along) == ((), ())
    park(desk, sheet.attempt_id, sheet.claim_token)
    sheet = identified(desk, ana)
    assert [card.who for card in sheet.alike] == ["A. Lima"]
    card = sheet.alike[0].patient_id
    sheet = answer_same_person(desk, sheet.attempt_id, sheet.claim_token, card, same=same)
    assert sheet.alike == ()
    assert [each.item_id for each in sheet.along] == ([other] if same else [])
    (entry,) = audited(desk, "same_person_answered")
    assert entry.facts["same"] is same
    with pytest.raises(CallRefused):
        answer_same_person(desk, sheet.attempt_id, sheet.claim_token, card, same=True)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, RESOLVED, {other: RESOLVED})
    assert column(desk, "queue_item", other, "state") is (ItemState.CLOSED if same else ItemState.OPEN)


def test_a_child_and_a_parent_at_one_number_are_two_patients(desk: OpenDesk) -> None:
    """Another date of birth says it already: nobody is asked, and nothing goes along."""
    mother = leave(desk, REFILL, "Ana Lima")
    child = leave(desk, PAIN, "Ana Lima Jr")
    give_card(desk, mother)
    give_card(desk, child, date_of_birth=desk.clock.now().date() - timedelta(days=900))
    sheet = identified(desk, mother)
    assert (sheet.alike, sheet.along) == ((), ())
    assert sheet_of(desk, sheet.attempt_id, sheet.claim_token).along == ()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(who=st.lists(st.sampled_from(["Ana Lima", "Ben Okafor", "A. Lima"]), min_size=2, max_size=5), data=st.data())
def test_a_call_never_mixes_patients_and_is_one_dial(desk: OpenDesk, who: list[str], data: st.DataObject) -> None:
    """However many messages there are: one dial for the patient rung, none for anybody else."""
    ids = [leave(desk, REFILL, name, "(212) 555-0110") for name in who]
    rung = data.draw(st.sampled_from(ids))
    patients = {item_id: column(desk, "queue_item", item_id, "patient_id") for item_id in ids}
    before = {item_id: (dials(desk, item_id), column(desk, "queue_item", item_id, "attempts")) for item_id in ids}
    ring_in_vain(desk, rung)
    for item_id in ids:
        is_mine = patients[item_id] == patients[rung]
        rung_before, tried_before = before[item_id]
        assert isinstance(tried_before, int)
        tried = column(desk, "queue_item", item_id, "attempts")
        assert (dials(desk, item_id), tried) == (rung_before + is_mine, tried_before + is_mine)
    with desk.store.write() as connection:
        connection.execute(t.queue_item.update().values(state=ItemState.CLOSED))
        connection.execute(t.call_attempt.update().values(dialled_at=desk.clock.now() - timedelta(days=2)))
