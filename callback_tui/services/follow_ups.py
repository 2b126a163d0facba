"""The verbs on what is still to be done after calls: done, sent, awake, taken, back to the queue; and taken back."""

from datetime import timedelta
from typing import Any

from callback_tui.errors import CallRefused, DeskError, NotAllowed
from callback_tui.models.vocabulary import ClockEventKind, FollowUpKind, FollowUpState, ItemState, Role
from callback_tui.rules.follow_up_next import follow_ups_after_sending
from callback_tui.rules.follow_up_words import is_sent, kind_words, section_of
from callback_tui.rules.speak import desk_zone_of, moment
from callback_tui.services.desk import OpenDesk, Work, require_role, verb
from callback_tui.services.item_state import write_item
from callback_tui.services.queue_row import item_tier
from callback_tui.store import calls, follow_on, follow_ups, queue
from callback_tui.store import policy as policies
from callback_tui.views.clock import ClockEvent
from callback_tui.views.follow_up import TaskDone, TaskSection

_NOBODYS = frozenset({None, Role.STAFF})


def mark_done(desk: OpenDesk, follow_up_id: int, note: str = "") -> TaskDone:
    """Record that a follow-up was done, with a note added to its call; the last one closes the message.

    Raises DeskError when it is done already or waits for somebody with another role.
    """
    with verb(desk, "follow_up_done", "follow_up", follow_up_id) as work:
        row = _open(desk, work, follow_up_id)
        if note.strip() and row.attempt_id is not None:
            calls.add_note(
                work.connection, row.attempt_id, note, at=work.now, staff_id=desk.actor.staff_id, addendum=True
            )
        _end(desk, work, row)
        closed = _close_if_last(desk, work, row)
        sentence = "Done, recorded."
        if closed:
            sentence = "Done, recorded. Nothing else is open, so the message is closed."
        return _task_done(work, section_of(row.kind), follow_up_id, row.item_id, sentence)


def mark_sent(desk: OpenDesk, follow_up_id: int) -> TaskDone:
    """Record that a letter, text or portal message went out, and raise what follows where nobody was ever reached.

    Raises DeskError when it went out already, is nothing to send, or waits for somebody with another role.
    """
    with verb(desk, "follow_up_sent", "follow_up", follow_up_id) as work:
        row = _open(desk, work, follow_up_id)
        if not is_sent(row.kind):
            raise DeskError("nothing_to_send")
        _end(desk, work, row)
        sentence = _raise_next(desk, work, row)
        if not sentence:
            closed = _close_if_last(desk, work, row)
            sentence = "Nothing else is open, so the message is closed." if closed else ""
        return _task_done(work, TaskSection.TO_SEND, follow_up_id, row.item_id, f"Sent, recorded. {sentence}".strip())


def mark_in_chart(desk: OpenDesk, attempt_id: int) -> TaskDone:
    """Record that a call was written in the chart. Raises DeskError when it was already, or has no outcome yet."""
    with verb(desk, "call_in_chart", "call_attempt", attempt_id) as work:
        attempt = calls.attempt(work.connection, attempt_id)
        if attempt is None or attempt.outcome is None:
            raise DeskError("no_outcome")
        if attempt.in_chart_at is not None:
            raise DeskError("in_chart")
        calls.change_attempt(work.connection, attempt_id, {"in_chart_at": work.now})
        work.facts["item_id"] = attempt.item_id
        sentence = "In the chart, recorded."
        return _task_done(work, TaskSection.NOT_IN_CHART, attempt_id, attempt.item_id, sentence)


def wake(desk: OpenDesk, item_id: int) -> TaskDone:
    """Put a sleeping message back among those that wait. Raises DeskError when it does not sleep."""
    with verb(desk, "item_woken", "queue_item", item_id) as work:
        item = queue.item(work.connection, item_id)
        asleep = item is not None and item.state is ItemState.ASLEEP
        if not asleep or item is None or item.asleep_until is None or item.asleep_until <= work.now:
            raise DeskError("not_asleep")
        write_item(desk, work, item, (ClockEvent(ClockEventKind.WOKEN, work.now, work.verb_id),))
        return _task_done(work, TaskSection.ASLEEP, item_id, item_id, "Awake; it waits in the queue.")


def take_hand_off(desk: OpenDesk, hand_off_id: int) -> TaskDone:
    """Record that a clinician took an escalation, which ends its clock; the message waits in the queue for the call.

    Raises NotAllowed unless a clinician takes it, DeskError when somebody has it.
    """
    require_role(desk, "take a hand-off", Role.CLINICIAN)
    with verb(desk, "hand_off_taken", "hand_off", hand_off_id) as work:
        row = follow_ups.hand_off(work.connection, hand_off_id)
        if row is None or row.taken_at is not None or row.withdrawn_at is not None:
            raise DeskError("follow_up_taken")
        follow_ups.change_hand_off(
            work.connection, hand_off_id, {"taken_at": work.now, "taken_by_id": desk.actor.staff_id}
        )
        item = queue.item(work.connection, row.item_id)
        if item is not None and item.state is ItemState.ESCALATED:
            write_item(desk, work, item, (ClockEvent(ClockEventKind.WOKEN, work.now, work.verb_id, reason="taken"),))
        work.facts.update(item_id=row.item_id, in_time=work.now <= row.due_at)
        sentence = "Taken. The message waits in the queue for your call."
        return _task_done(work, TaskSection.HAND_OFF, hand_off_id, row.item_id, sentence)


def to_queue(desk: OpenDesk, follow_up_id: int) -> int:
    """Bring the message of a follow-up back to the queue, due now, and return its id; the follow-up stays open.

    Raises DeskError when there is no message, or it is closed.
    """
    with verb(desk, "follow_up_to_queue", "follow_up", follow_up_id) as work:
        row = _open(desk, work, follow_up_id, to_end=False)
        item = None if row.item_id is None else queue.item(work.connection, row.item_id)
        if item is None or item.state in (ItemState.CLOSED, ItemState.MERGED):
            raise CallRefused("message_closed")
        if item.state is ItemState.FOLLOWING_UP:
            again = ClockEvent(ClockEventKind.RETRY_SET, work.now, work.verb_id, until=work.now, reason=row.kind.value)
            write_item(desk, work, item, (again,), state=ItemState.OPEN)
        work.facts["item_id"] = item.id
        return int(item.id)


def take_back(desk: OpenDesk, done: TaskDone) -> str:
    """Take a person's own verb back within the policy's seconds and return the sentence that says so.

    Raises DeskError when it is too late, or somebody has worked on it since.
    """
    with verb(desk, "follow_up_undone", done.section.value, done.record_id) as work:
        undo_seconds = policies.current(work.connection)[1].desk.undo_seconds
        if work.now > done.at + timedelta(seconds=undo_seconds):
            raise DeskError("too_late")
        match done.section:
            case TaskSection.DUE | TaskSection.TO_SEND:
                _reopen(desk, work, done)
            case TaskSection.NOT_IN_CHART:
                attempt = calls.attempt(work.connection, done.record_id)
                _check_unchanged(attempt is not None and attempt.in_chart_at == done.at)
                calls.change_attempt(work.connection, done.record_id, {"in_chart_at": None})
            case TaskSection.HAND_OFF:
                _give_back(desk, work, done)
            case _:
                _take_events_back(desk, work, done, state=None)
        work.facts.update(item_id=done.item_id, undone_verb=done.verb_id)
        return "Taken back."


def _open(desk: OpenDesk, work: Work, follow_up_id: int, *, to_end: bool = True) -> Any:
    row = follow_ups.follow_up(work.connection, follow_up_id)
    if row is None or row.state is not FollowUpState.OPEN:
        raise DeskError("follow_up_over")
    if to_end and row.owner_role not in _NOBODYS and row.owner_role is not desk.actor.role:
        raise NotAllowed("not_your_role", role=row.owner_role.value)
    work.facts.update(kind=row.kind.value, item_id=row.item_id)
    return row


def _end(desk: OpenDesk, work: Work, row: Any) -> None:
    follow_ups.change_follow_up(
        work.connection,
        row.id,
        {"state": FollowUpState.DONE, "ended_at": work.now, "ended_by_id": desk.actor.staff_id},
    )


def _raise_next(desk: OpenDesk, work: Work, row: Any) -> str:
    item = None if row.item_id is None else queue.item(work.connection, row.item_id)
    if item is None or item.state is not ItemState.FOLLOWING_UP or item.contact_at is not None:
        return ""
    policy = policies.current(work.connection)[1]
    site = policy.site_of(item.site_name)
    raised = follow_ups_after_sending(row.kind, item_tier(item), policy, site, work.now)
    shared = {
        "patient_id": row.patient_id,
        "item_id": row.item_id,
        "attempt_id": row.attempt_id,
        "raised_by_id": desk.actor.staff_id,
        "raised_verb_id": work.verb_id,
    }
    follow_on.add_follow_ups(work.connection, raised, shared, at=work.now)
    zone, desk_zone = site.hours.zone, desk_zone_of(policy)
    said = [f"Next: {kind_words(each.kind)}, {moment(each.due_at, zone, work.now, desk_zone)}." for each in raised]
    return " ".join(said)


def _close_if_last(desk: OpenDesk, work: Work, row: Any) -> bool:
    item = None if row.item_id is None else queue.item(work.connection, row.item_id)
    if item is None or not (item.state is ItemState.FOLLOWING_UP or _sleeps_for(item, row)):
        return False
    if follow_ups.open_of_item(work.connection, item.id):
        if item.state is ItemState.ASLEEP:
            woken = ClockEvent(ClockEventKind.WOKEN, work.now, work.verb_id, reason=row.kind.value)
            write_item(desk, work, item, (woken,), state=ItemState.FOLLOWING_UP)
        return False
    completed = ClockEvent(ClockEventKind.COMPLETED, work.now, work.verb_id, reason=row.kind.value)
    write_item(desk, work, item, (completed,), state=ItemState.CLOSED)
    work.facts["closed"] = True
    return True


def _sleeps_for(item: Any, row: Any) -> bool:
    """Whether the message sleeps only until this reminder call, so that it need not wake once that is done."""
    is_reminder = row.kind is FollowUpKind.REMINDER_CALL
    return is_reminder and item.state is ItemState.ASLEEP and item.asleep_until == row.due_at


def _reopen(desk: OpenDesk, work: Work, done: TaskDone) -> None:
    row = follow_ups.follow_up(work.connection, done.record_id)
    mine = row is not None and (row.ended_at, row.ended_by_id) == (done.at, desk.actor.staff_id)
    if row is None or not mine or row.state is not FollowUpState.DONE:
        raise DeskError("worked_since")
    open_again = {"state": FollowUpState.OPEN, "ended_at": None, "ended_by_id": None}
    follow_ups.change_follow_up(work.connection, done.record_id, open_again)
    follow_ups.withdraw_raised(work.connection, done.verb_id, at=work.now, staff_id=desk.actor.staff_id)
    item = None if done.item_id is None else queue.item(work.connection, done.item_id)
    if item is None or all(event.verb_id != done.verb_id for event in queue.clock_events(work.connection, item.id)):
        return
    slept = row.kind is FollowUpKind.REMINDER_CALL and item.next_due_at == row.due_at
    _take_events_back(desk, work, done, state=None if slept else ItemState.FOLLOWING_UP)


def _give_back(desk: OpenDesk, work: Work, done: TaskDone) -> None:
    row = follow_ups.hand_off(work.connection, done.record_id)
    _check_unchanged(row is not None and (row.taken_at, row.taken_by_id) == (done.at, desk.actor.staff_id))
    follow_ups.change_hand_off(work.connection, done.record_id, {"taken_at": None, "taken_by_id": None})
    item = None if done.item_id is None else queue.item(work.connection, done.item_id)
    _check_unchanged(item is not None and item.state in queue.IN_QUEUE)
    write_item(desk, work, item, ())


def _take_events_back(desk: OpenDesk, work: Work, done: TaskDone, *, state: ItemState | None) -> None:
    item = None if done.item_id is None else queue.item(work.connection, done.item_id)
    _check_unchanged(item is not None and queue.last_verb_id(work.connection, item.id) == done.verb_id)
    undone = ClockEvent(ClockEventKind.UNDONE, work.now, work.verb_id, undoes_verb_id=done.verb_id)
    write_item(desk, work, item, (undone,), state=state)


def _check_unchanged(unchanged: bool) -> None:
    if not unchanged:
        raise DeskError("worked_since")


def _task_done(work: Work, section: TaskSection, record_id: int, item_id: int | None, sentence: str) -> TaskDone:
    undo_seconds = policies.current(work.connection)[1].desk.undo_seconds
    return TaskDone(
        section=section,
        record_id=record_id,
        item_id=item_id,
        verb_id=work.verb_id,
        at=work.now,
        sentence=sentence,
        undo_until=work.now + timedelta(seconds=undo_seconds),
    )
