"""What is still to be done after calls: what is listed and where, and each verb with its state, audit and refusal."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import insert, update

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError, NotAllowed
from callback_tui.models.vocabulary import (
    FollowUpKind,
    FollowUpState,
    ItemState,
    Outcome,
    PromiseState,
    Role,
    SafeContactKind,
    WhoAnswered,
)
from callback_tui.services.calls import answer, save_note, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.follow_up_list import LISTED, follow_up_list
from callback_tui.services.follow_ups import (
    mark_done,
    mark_in_chart,
    mark_sent,
    take_back,
    take_hand_off,
    to_queue,
    wake,
)
from callback_tui.services.handoff import chart_note, hand_off_card, words_to_send
from callback_tui.services.identity import general_only
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.queue import snapshot
from callback_tui.services.undo import undo
from callback_tui.store import tables as t
from callback_tui.views.call import NewFollowUp, OutcomeEntry, OutcomeResult
from callback_tui.views.follow_up import FollowUpsView, Task, TaskSection
from tests.services.made_up import PAIN, audited, column, leave, reach

AsRole = Callable[[OpenDesk, Role], OpenDesk]


def tasks(desk: OpenDesk, section: TaskSection) -> tuple[Task, ...]:
    """Return the lines of one part of the list."""
    return group(follow_up_list(desk), section)


def group(view: FollowUpsView, section: TaskSection) -> tuple[Task, ...]:
    """Return the lines of one part of a list that was read."""
    return next(each.tasks for each in view.groups if each.section is section)


def only(desk: OpenDesk, section: TaskSection) -> Task:
    """Return the one line of a part."""
    (task,) = tasks(desk, section)
    return task


def talk(desk: OpenDesk, item_id: int, entry: OutcomeEntry) -> OutcomeResult:
    """Reach the patient and log how it ended."""
    sheet = reach(desk, item_id)
    return log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)


def raise_follow_up(desk: OpenDesk, *kinds: FollowUpKind) -> int:
    """Reach a patient and raise follow-ups of these kinds, due in an hour; return the item."""
    item_id = leave(desk)
    due = desk.clock.now() + timedelta(hours=1)
    raised = tuple(NewFollowUp(kind, "as agreed", due) for kind in kinds)
    talk(desk, item_id, OutcomeEntry(Outcome.FOLLOW_UP, note="Wants it by Friday.", follow_ups=raised))
    return item_id


def ring_in_vain(desk: OpenDesk, item_id: int, outcome: Outcome = Outcome.NO_ANSWER) -> int:
    """Ring, reach nobody and log it; return the attempt."""
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(outcome))
    return sheet.attempt_id


def hand_over(desk: OpenDesk) -> int:
    """Reach a patient in pain and hand over to a clinician; return the item."""
    item_id = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    entry = OutcomeEntry(Outcome.ESCALATED, situation="Pain 8 of 10", assessment="appendix?", request="see today?")
    talk(desk, item_id, entry)
    return item_id


def test_each_thing_stands_in_its_part(desk: OpenDesk, clock: FixedClock) -> None:
    """Hand-off, due, promised, to send, not in the chart, asleep: with who, when and whose."""
    handed = hand_over(desk)
    both = raise_follow_up(desk, FollowUpKind.LABS, FollowUpKind.LETTER)
    asleep = leave(desk, name="Lea Brandt", phone="(212) 555-0111")
    ring_in_vain(desk, asleep)
    promised = leave(desk, name="Ana Lima", phone="(212) 555-0114")
    at = clock.now() + timedelta(hours=3)
    talk(desk, promised, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at, promise_words="before three"))
    view = follow_up_list(desk)
    listed = {each.section: [task.item_id for task in each.tasks] for each in view.groups}
    assert listed == {
        TaskSection.HAND_OFF: [handed],
        TaskSection.DUE: [both],
        TaskSection.PROMISED: [promised],
        TaskSection.TO_SEND: [both],
        TaskSection.NOT_IN_CHART: [handed, both, promised],
        TaskSection.ASLEEP: [asleep],
    }
    assert [each.count for each in view.groups] == [1, 1, 1, 1, 3, 1]
    assert group(view, TaskSection.DUE)[0].what == "labs"
    promise = group(view, TaskSection.PROMISED)[0]
    assert (promise.who, promise.what, promise.at, promise.whose) == ("Ana Lima", "before three", at, desk.actor.name)
    assert group(view, TaskSection.HAND_OFF)[0].whose == "clinician"
    assert group(view, TaskSection.NOT_IN_CHART)[2].what == "another time"


def test_nothing_of_a_quiet_desk_is_listed(desk: OpenDesk) -> None:
    leave(desk)
    assert [(each.tasks, each.count) for each in follow_up_list(desk).groups] == [((), 0)] * 6


def test_what_was_never_said_and_general_information_stay_out_of_the_chart(desk: OpenDesk) -> None:
    """A try that rang out, and opening hours told to somebody unknown (domain section 4)."""
    ring_in_vain(desk, leave(desk))
    item_id = leave(desk, name="Lea Brandt", phone="(212) 555-0111")
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.PATIENT)
    general_only(desk, sheet.attempt_id, sheet.claim_token)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.RESOLVED, note="Nine to five."))
    assert tasks(desk, TaskSection.NOT_IN_CHART) == ()


def test_a_long_list_is_cut_and_counted(desk: OpenDesk) -> None:
    """More follow-ups than are listed: the first due are, and the count is of all."""
    item_id = leave(desk)
    due = desk.clock.now() + timedelta(hours=1)
    many = tuple(NewFollowUp(FollowUpKind.OTHER, str(at), due + timedelta(minutes=at)) for at in range(LISTED + 5))
    talk(desk, item_id, OutcomeEntry(Outcome.FOLLOW_UP, note="a lot", follow_ups=many))
    listed = next(each for each in follow_up_list(desk).groups if each.section is TaskSection.DUE)
    assert (len(listed.tasks), listed.count, listed.tasks[-1].text) == (LISTED, LISTED + 5, str(LISTED - 1))


def test_done_closes_the_message_with_its_last_follow_up(desk: OpenDesk) -> None:
    """The first of two leaves it open; the second closes it; each has one audit entry."""
    item_id = raise_follow_up(desk, FollowUpKind.LABS, FollowUpKind.FORM)
    labs, form = tasks(desk, TaskSection.DUE)
    assert "closed" not in mark_done(desk, labs.record_id).sentence
    assert column(desk, "queue_item", item_id, "state") is ItemState.FOLLOWING_UP
    assert "closed" in mark_done(desk, form.record_id).sentence
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    assert column(desk, "queue_item", item_id, "completed_at") == desk.clock.now()
    assert tasks(desk, TaskSection.DUE) == ()
    entries = audited(desk, "follow_up_done")
    assert [entry.entity_id for entry in entries] == [str(form.record_id), str(labs.record_id)]
    with pytest.raises(DeskError, match="done already"):
        mark_done(desk, form.record_id)
    assert len(audited(desk, "follow_up_done")) == 2


def test_done_with_a_note_adds_it_to_the_call(desk: OpenDesk) -> None:
    raise_follow_up(desk, FollowUpKind.LABS)
    mark_done(desk, only(desk, TaskSection.DUE).record_id, "Sent to the lab on Elm Street.")
    text = chart_note(desk, only(desk, TaskSection.NOT_IN_CHART).record_id)
    assert "Sam Nurse: Sent to the lab on Elm Street." in text
    assert "labs, done: as agreed" in text


def test_done_is_taken_back_within_the_minute(desk: OpenDesk, clock: FixedClock) -> None:
    """The follow-up is open again and so is its message; later it is too late; nobody else may."""
    item_id = raise_follow_up(desk, FollowUpKind.LABS)
    labs = only(desk, TaskSection.DUE)
    done = mark_done(desk, labs.record_id)
    clock.advance(timedelta(seconds=59))
    assert take_back(desk, done) == "Taken back."
    assert only(desk, TaskSection.DUE) == labs
    assert column(desk, "queue_item", item_id, "state") is ItemState.FOLLOWING_UP
    assert column(desk, "queue_item", item_id, "completed_at") is None
    assert len(audited(desk, "follow_up_undone")) == 1
    with pytest.raises(DeskError, match="worked on this since"):
        take_back(desk, done)
    late = mark_done(desk, labs.record_id)
    clock.advance(timedelta(seconds=61))
    with pytest.raises(DeskError, match="minute to take it back is over"):
        take_back(desk, late)
    assert column(desk, "follow_up", item_id, "state") is FollowUpState.DONE


def test_nobody_takes_back_what_somebody_else_did(desk: OpenDesk, as_role: AsRole) -> None:
    raise_follow_up(desk, FollowUpKind.LABS)
    done = mark_done(desk, only(desk, TaskSection.DUE).record_id)
    with pytest.raises(DeskError, match="worked on this since"):
        take_back(as_role(desk, Role.STAFF), done)


def test_what_waits_for_a_clinician_is_not_a_nurse_s_to_end(desk: OpenDesk, as_role: AsRole) -> None:
    item_id = leave(desk, PAIN)
    due = desk.clock.now() + timedelta(hours=1)
    decide = NewFollowUp(FollowUpKind.CLINICIAN_DECISION, "go on?", due, Role.CLINICIAN)
    talk(desk, item_id, OutcomeEntry(Outcome.FOLLOW_UP, note="unsure", follow_ups=(decide,)))
    task = only(desk, TaskSection.DUE)
    with pytest.raises(NotAllowed, match="waits for a clinician"):
        mark_done(desk, task.record_id)
    assert audited(desk, "follow_up_done") == ()
    mark_done(as_role(desk, Role.CLINICIAN), task.record_id)
    assert tasks(desk, TaskSection.DUE) == ()


def never_reached(desk: OpenDesk, clock: FixedClock) -> int:
    """Ring in vain up the routine ladder until it asks for a text; return the item."""
    item_id = leave(desk)
    for pause in (timedelta(minutes=20), timedelta(days=1), timedelta(0)):
        ring_in_vain(desk, item_id)
        clock.advance(pause)
    return item_id


def test_after_a_text_a_letter_and_ten_open_days_later_it_is_closed(desk: OpenDesk, clock: FixedClock) -> None:
    """Somebody never reached is not dropped when a text went out (routine ladder, domain section 4)."""
    item_id = never_reached(desk, clock)
    text = only(desk, TaskSection.TO_SEND)
    assert text.kind is FollowUpKind.TEXT_OR_PORTAL
    assert "Next: letter" in mark_sent(desk, text.record_id).sentence
    letter = only(desk, TaskSection.TO_SEND)
    assert letter.kind is FollowUpKind.LETTER
    mark_sent(desk, letter.record_id)
    close = only(desk, TaskSection.DUE)
    # Ten open days of Monday to Friday.
    assert (close.at - clock.now()).days == 14
    assert column(desk, "queue_item", item_id, "state") is ItemState.FOLLOWING_UP
    mark_done(desk, close.record_id)
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    assert column(desk, "queue_item", item_id, "contact_at") is None


def test_the_words_to_send_say_no_more_than_a_voicemail(desk: OpenDesk, clock: FixedClock) -> None:
    """A text, then a letter that names the tries; no reason, no name of ours where that was asked; audited."""
    item_id = never_reached(desk, clock)
    text = only(desk, TaskSection.TO_SEND)
    assert words_to_send(desk, text.record_id) == (
        "This is Maple Street for Tom Reid. We could not reach you by phone. "
        "Please call 212-555-0100, Mon-Fri 08:00-17:00."
    )
    mark_sent(desk, text.record_id)
    letter = only(desk, TaskSection.TO_SEND)
    tries = "23 November at 10:42, 23 November at 11:02, 24 November at 11:02"
    assert words_to_send(desk, letter.record_id).split("\n\n") == [
        "Maple Street Family Medicine",
        "24 November 2026",
        "Dear Tom Reid,",
        f"You asked us to call you on 23 November 2026. We rang you on {tries} and did not reach you.",
        "Please call 212-555-0100, Mon-Fri 08:00-17:00.",
        "Maple Street Family Medicine",
    ]
    assert len(audited(desk, "patient_viewed")) == 1
    with desk.store.write() as connection:
        patient_id = column(desk, "follow_up", item_id, "patient_id")
        wish = {"patient_id": patient_id, "kind": SafeContactKind.NO_PRACTICE_NAME, "asked_at": clock.now()}
        connection.execute(insert(t.safe_contact).values(**wish))
    assert "Maple" not in words_to_send(desk, letter.record_id)


def test_what_was_agreed_on_a_call_is_not_worded_for_anybody(desk: OpenDesk) -> None:
    raise_follow_up(desk, FollowUpKind.LETTER)
    assert words_to_send(desk, only(desk, TaskSection.TO_SEND).record_id) == ""
    with pytest.raises(DeskError, match="no such follow-up"):
        words_to_send(desk, 999)


def test_sending_is_taken_back_with_what_it_raised(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = never_reached(desk, clock)
    text = only(desk, TaskSection.TO_SEND)
    take_back(desk, mark_sent(desk, text.record_id))
    assert tasks(desk, TaskSection.TO_SEND) == (text,)
    assert column(desk, "follow_up", item_id, "state") is FollowUpState.WITHDRAWN


def test_a_letter_to_somebody_reached_just_closes(desk: OpenDesk) -> None:
    item_id = raise_follow_up(desk, FollowUpKind.LETTER)
    mark_sent(desk, only(desk, TaskSection.TO_SEND).record_id)
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    assert len(audited(desk, "follow_up_sent")) == 1


def test_labs_are_nothing_to_send(desk: OpenDesk) -> None:
    raise_follow_up(desk, FollowUpKind.LABS)
    with pytest.raises(DeskError, match="nothing to send"):
        mark_sent(desk, only(desk, TaskSection.DUE).record_id)


def test_in_the_chart_is_recorded_once_and_taken_back(desk: OpenDesk) -> None:
    raise_follow_up(desk, FollowUpKind.LABS)
    call = only(desk, TaskSection.NOT_IN_CHART)
    done = mark_in_chart(desk, call.record_id)
    assert tasks(desk, TaskSection.NOT_IN_CHART) == ()
    assert [entry.entity_id for entry in audited(desk, "call_in_chart")] == [str(call.record_id)]
    with pytest.raises(DeskError, match="in the chart already"):
        mark_in_chart(desk, call.record_id)
    take_back(desk, done)
    assert tasks(desk, TaskSection.NOT_IN_CHART) == (call,)


def test_a_call_without_an_outcome_has_no_note(desk: OpenDesk) -> None:
    sheet = start_call(desk, leave(desk))
    for verb in (mark_in_chart, chart_note):
        with pytest.raises(DeskError, match="no outcome yet"):
            verb(desk, sheet.attempt_id)


def test_the_note_says_it_all_and_its_view_is_audited(desk: OpenDesk, clock: FixedClock) -> None:
    """Who, number, start, length, kinds of identifiers, key points, follow-ups, the try before."""
    item_id = leave(desk)
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    save_note(desk, sheet.attempt_id, sheet.claim_token, "rang out")
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    clock.advance(timedelta(minutes=12))
    sheet = reach(desk, item_id)
    clock.advance(timedelta(minutes=3))
    raised = (NewFollowUp(FollowUpKind.PRESCRIPTION, "30 tablets", clock.now() + timedelta(hours=2)),)
    entry = OutcomeEntry(Outcome.FOLLOW_UP, note="Two left.\nNo swelling.", follow_ups=raised, teach_back=True)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)
    text = chart_note(desk, sheet.attempt_id)
    assert text.splitlines() == [
        "Call-back by Maple Street Family Medicine, Main",
        "patient:     Tom Reid, not matched to a chart",
        "message:     voicemail, Mon 23 Nov 2026 10:32, medication",
        "call:        Mon 23 Nov 2026 10:54 (America/New_York), 3 min",
        "by:          Sam Nurse",
        "dialled:     (212) 555-0110, not on file",
        "spoke with:  the patient",
        "identity:    verified, date of birth and address matched, compared with the chart",
        "outcome:     reached, follow-up needed",
        "teach-back:  said back in their own words",
        "Key points:",
        "  Two left.",
        "  No swelling.",
        "Follow-ups:",
        "  prescription, by 23 Nov 12:57: 30 tablets",
        "Earlier tries:",
        "  23 Nov 10:42, (212) 555-0110, no answer, Sam Nurse: rang out",
    ]
    chart_note(desk, sheet.attempt_id)
    assert len(audited(desk, "patient_viewed")) == 1


def test_a_sleeper_is_woken_and_put_to_sleep_again(desk: OpenDesk) -> None:
    item_id = leave(desk)
    ring_in_vain(desk, item_id)
    done = wake(desk, item_id)
    assert [row.item_id for row in snapshot(desk).rows] == [item_id]
    assert tasks(desk, TaskSection.ASLEEP) == ()
    assert [entry.entity_id for entry in audited(desk, "item_woken")] == [str(item_id)]
    with pytest.raises(DeskError, match="does not sleep"):
        wake(desk, item_id)
    take_back(desk, done)
    assert only(desk, TaskSection.ASLEEP).item_id == item_id
    assert snapshot(desk).rows == ()


def test_waking_is_not_taken_back_once_somebody_rang(desk: OpenDesk) -> None:
    item_id = leave(desk)
    ring_in_vain(desk, item_id)
    done = wake(desk, item_id)
    ring_in_vain(desk, item_id)
    with pytest.raises(DeskError, match="worked on this since"):
        take_back(desk, done)


def test_a_clinician_takes_a_hand_off_and_gives_it_back(desk: OpenDesk, as_role: AsRole) -> None:
    """Its clock ends, the message waits for the call; a nurse cannot, and nobody takes it twice."""
    item_id = hand_over(desk)
    task = only(desk, TaskSection.HAND_OFF)
    with pytest.raises(NotAllowed, match="A nurse cannot take a hand-off"):
        take_hand_off(desk, task.record_id)
    clinician = as_role(desk, Role.CLINICIAN)
    done = take_hand_off(clinician, task.record_id)
    assert tasks(desk, TaskSection.HAND_OFF) == ()
    assert column(desk, "queue_item", item_id, "state") is ItemState.OPEN
    assert column(desk, "hand_off", item_id, "taken_by_id") == clinician.actor.staff_id
    with pytest.raises(DeskError, match="taken this already"):
        take_hand_off(clinician, task.record_id)
    take_back(clinician, done)
    assert tasks(desk, TaskSection.HAND_OFF) == (task,)
    assert column(desk, "queue_item", item_id, "state") is ItemState.ESCALATED
    assert len(audited(desk, "hand_off_taken")) == 1


def test_a_hand_off_card_is_an_audited_view(desk: OpenDesk, as_role: AsRole) -> None:
    hand_over(desk)
    clinician = as_role(desk, Role.CLINICIAN)
    card = hand_off_card(clinician, only(desk, TaskSection.HAND_OFF).record_id)
    assert (card.situation, card.request, card.made_by) == ("Pain 8 of 10", "see today?", desk.actor.name)
    assert [entry.who for entry in audited(desk, "patient_viewed")] == [clinician.actor.name]


def test_a_reminder_call_comes_back_to_the_queue_by_itself(desk: OpenDesk, clock: FixedClock) -> None:
    """Article row A6: it is rung like any other call, and done once the patient was reached; an undo opens it again."""
    item_id = raise_follow_up(desk, FollowUpKind.REMINDER_CALL)
    reminder = only(desk, TaskSection.DUE)
    assert snapshot(desk).rows == ()
    assert tasks(desk, TaskSection.ASLEEP) == ()
    clock.advance(timedelta(hours=1))
    (row,) = snapshot(desk).rows
    assert (row.item_id, row.state, row.clock.next_due_at) == (item_id, ItemState.OPEN, reminder.at)
    assert to_queue(desk, reminder.record_id) == item_id
    ring_in_vain(desk, item_id)
    assert only(desk, TaskSection.DUE) == reminder
    clock.advance(timedelta(minutes=20))
    result = talk(desk, item_id, OutcomeEntry(Outcome.RESOLVED, note="Will come."))
    assert tasks(desk, TaskSection.DUE) == ()
    assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
    undo(desk, result.verb_id)
    assert only(desk, TaskSection.DUE) == reminder


@pytest.mark.parametrize(
    ("beside", "state"), [((), ItemState.CLOSED), ((FollowUpKind.LABS,), ItemState.FOLLOWING_UP)], ids=["alone", "labs"]
)
def test_a_reminder_done_by_hand_is_not_rung_again(
    desk: OpenDesk, clock: FixedClock, beside: tuple[FollowUpKind, ...], state: ItemState
) -> None:
    """Its message no longer wakes for it, and sleeps again when that is taken back."""
    item_id = raise_follow_up(desk, FollowUpKind.REMINDER_CALL, *beside)
    reminder = next(task for task in tasks(desk, TaskSection.DUE) if task.kind is FollowUpKind.REMINDER_CALL)
    done = mark_done(desk, reminder.record_id)
    assert column(desk, "queue_item", item_id, "state") is state
    take_back(desk, done)
    assert column(desk, "queue_item", item_id, "state") is ItemState.ASLEEP
    mark_done(desk, reminder.record_id)
    clock.advance(timedelta(hours=2))
    assert snapshot(desk).rows == ()


def test_ringing_about_labs_leaves_them_to_be_done(desk: OpenDesk) -> None:
    item_id = raise_follow_up(desk, FollowUpKind.LABS)
    labs = only(desk, TaskSection.DUE)
    assert to_queue(desk, labs.record_id) == item_id
    assert only(desk, TaskSection.DUE) == labs
    mark_done(desk, labs.record_id)
    assert column(desk, "queue_item", item_id, "state") is ItemState.OPEN


def test_a_closed_message_does_not_come_back(desk: OpenDesk) -> None:
    item_id = raise_follow_up(desk, FollowUpKind.LABS)
    with desk.store.write() as connection:
        closed = update(t.queue_item).where(t.queue_item.c.id == item_id).values(state=ItemState.CLOSED)
        connection.execute(closed)
    with pytest.raises(DeskError, match="message is closed"):
        to_queue(desk, only(desk, TaskSection.DUE).record_id)
    assert audited(desk, "follow_up_to_queue") == ()


def test_a_kept_promise_leaves_the_list(desk: OpenDesk, clock: FixedClock) -> None:
    item_id = leave(desk)
    at = clock.now() + timedelta(hours=1)
    talk(desk, item_id, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at))
    assert only(desk, TaskSection.PROMISED).what == "call again"
    clock.advance(timedelta(minutes=50))
    talk(desk, item_id, OutcomeEntry(Outcome.RESOLVED, note="done"))
    assert tasks(desk, TaskSection.PROMISED) == ()
    assert column(desk, "promise", item_id, "state") is PromiseState.KEPT


def test_made_up_undo_of_nothing_is_refused(desk: OpenDesk) -> None:
    """What never happened cannot be taken back."""
    raise_follow_up(desk, FollowUpKind.LABS)
    done = mark_in_chart(desk, only(desk, TaskSection.NOT_IN_CHART).record_id)
    for section in TaskSection:
        with pytest.raises(DeskError, match="worked on this since"):
            take_back(desk, replace(done, section=section, record_id=999, item_id=None))


def test_a_promise_is_rung_about_the_message_it_was_joined_to(desk: OpenDesk, clock: FixedClock) -> None:
    """The word given on a message that repeats another one stands, until nothing of it waits."""
    first, second = leave(desk), leave(desk, minutes_ago=5)
    at = clock.now() + timedelta(hours=3)
    talk(desk, second, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at))
    clock.advance(timedelta(hours=2))
    talk(desk, second, OutcomeEntry(Outcome.DUPLICATE, duplicate_of_item_id=first))
    assert only(desk, TaskSection.PROMISED).item_id == first
    talk(desk, first, OutcomeEntry(Outcome.RESOLVED, note="done"))
    assert tasks(desk, TaskSection.PROMISED) == ()
