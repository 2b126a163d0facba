"""What people decide about a message without a call: another priority, later, a clinician's, open again."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import ItemState, PauseReason, Role, Tier
from callback_tui.services.assign import give
from callback_tui.services.escalate_item import escalate_item
from callback_tui.services.note_warnings import note_warnings
from callback_tui.services.pause_item import pause_item
from callback_tui.services.queue import snapshot
from callback_tui.services.reopen_item import reopen_item
from callback_tui.services.schedule_item import schedule_item
from callback_tui.services.set_priority import set_priority
from callback_tui.store import tables as t

if TYPE_CHECKING:
    from tests.services.simulated_caller import Caller, Doing

_MAY_BE_REFUSED = (
    *("held", "role", "same_priority", "not_waiting", "given_to_other", "not_for_role"),
    *("pause_urgent", "pause_used_up", "pause_reason", "promised_already"),
    *("cannot_wait", "waits_for_clinician", "may_not_ring", "reason_needed", "no_number"),
    *("reopen_merged", "reopen_followed_up", "reopen_waits", "reopen_too_late"),
)


def decide(caller: "Caller") -> "Doing":
    """Decide one thing about a message picked at random; what the rules refuse is refused."""
    verb = caller.chance.choices((_reprioritise, _pause, _schedule, _give, _hand_over, _reopen), (4, 4, 3, 3, 1, 1))[0]
    yield timedelta(seconds=caller.chance.randrange(5, 30))
    try:
        verb(caller)
    except DeskError as refused:
        caller.week.refused(refused, _MAY_BE_REFUSED)


def warn(caller: "Caller") -> None:
    """Keep the warnings that are due, as every open desk does."""
    rows = snapshot(caller.at_desk).rows
    if note_warnings(caller.at_desk, [row.item_id for row in rows]):
        caller.week.count("warnings kept")


def _waiting(caller: "Caller") -> int | None:
    rows = snapshot(caller.at_desk).rows
    return caller.chance.choice(rows).item_id if rows else None


def _on_one(do: Callable[["Caller", int], object]) -> Callable[["Caller"], None]:
    def verb(caller: "Caller") -> None:
        item_id = _waiting(caller)
        if item_id is not None:
            do(caller, item_id)
            caller.week.done(do.__name__.strip("_"))

    return verb


@_on_one
def _reprioritise(caller: "Caller", item_id: int) -> None:
    set_priority(caller.at_desk, item_id, caller.chance.choice(tuple(Tier)[1:]), "On a second look.")


@_on_one
def _pause(caller: "Caller", item_id: int) -> None:
    until = caller.week.clock.now() + timedelta(hours=caller.chance.choice((1, 5, 26, 80)))
    pause_item(caller.at_desk, item_id, until, caller.chance.choice(tuple(PauseReason)).value)


@_on_one
def _schedule(caller: "Caller", item_id: int) -> None:
    until = caller.week.clock.now() + timedelta(minutes=caller.chance.choice((50, 200, 1300, 2700)))
    schedule_item(caller.at_desk, item_id, until, "as they asked")


@_on_one
def _give(caller: "Caller", item_id: int) -> None:
    to = caller.chance.choice((None, *Role))
    give(caller.at_desk, item_id, role=to) if to else give(
        caller.at_desk, item_id, staff_id=caller.chance.randrange(2, 8)
    )


@_on_one
def _hand_over(caller: "Caller", item_id: int) -> None:
    escalate_item(caller.at_desk, item_id, "Not sure about the dose.", "Please decide.")


def _reopen(caller: "Caller") -> None:
    item = t.queue_item.c
    with caller.at_desk.store.read() as connection:
        newest = select(item.id).where(item.state == ItemState.CLOSED).order_by(item.completed_at.desc()).limit(20)
        closed = connection.execute(newest).scalars().all()
    if closed:
        reopen_item(caller.at_desk, caller.chance.choice(closed), "They rang again about it.")
        caller.week.done("reopened")
