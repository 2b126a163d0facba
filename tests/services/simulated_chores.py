"""What is left over after calls: hand-offs taken, tasks done, letters sent, sleepers woken."""

from datetime import timedelta
from typing import TYPE_CHECKING

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import Role
from callback_tui.services import follow_ups
from callback_tui.services.follow_up_list import follow_up_list
from callback_tui.views.follow_up import Task, TaskDone, TaskSection

if TYPE_CHECKING:
    from tests.services.simulated_caller import Caller, Doing

_CHANGED_MEANWHILE = ("follow_up_over", "follow_up_taken", "not_asleep", "in_chart", "message_closed", "worked_since")


def do_a_chore(caller: "Caller") -> "Doing":
    """Do one thing of the list that this person may do, and now and then take it back."""
    chance, desk, now = caller.chance, caller.at_desk, caller.week.clock.now()
    view = follow_up_list(desk)
    ours = [task for group in view.groups for task in group.tasks if _is_ours(task, caller)]
    ripe = [task for task in ours if task.at <= now or task.section is not TaskSection.ASLEEP]
    yield timedelta(seconds=chance.randrange(5, 30))
    if not ripe:
        return
    task = min(ripe, key=lambda each: (each.section is not TaskSection.HAND_OFF, chance.random()))
    try:
        done = _do(caller, task)
        if done is None or chance.random() > 0.08:
            return
        yield timedelta(seconds=chance.randrange(3, 55))
        follow_ups.take_back(desk, done)
        caller.week.count("chore taken back")
    except DeskError as refused:
        caller.week.refused(refused, _CHANGED_MEANWHILE)


def _is_ours(task: Task, caller: "Caller") -> bool:
    if task.section is TaskSection.HAND_OFF:
        return caller.who.role is Role.CLINICIAN
    if task.section is TaskSection.ASLEEP:
        return caller.chance.random() < 0.05
    if task.section is TaskSection.NOT_IN_CHART:
        return task.whose == caller.who.name
    return task.section is not TaskSection.PROMISED and task.whose in ("", Role.STAFF.value, caller.who.role.value)


def _do(caller: "Caller", task: Task) -> TaskDone | None:
    desk = caller.at_desk
    caller.week.count(f"chore: {task.section.value}")
    caller.week.known.verbs += 1
    match task.section:
        case TaskSection.HAND_OFF:
            return follow_ups.take_hand_off(desk, task.record_id)
        case TaskSection.NOT_IN_CHART:
            return follow_ups.mark_in_chart(desk, task.record_id)
        case TaskSection.TO_SEND:
            return follow_ups.mark_sent(desk, task.record_id)
        case TaskSection.ASLEEP:
            return follow_ups.wake(desk, task.record_id)
        case _ if task.item_id is not None and caller.chance.random() < 0.15:
            follow_ups.to_queue(desk, task.record_id)
            return None
        case _:
            return follow_ups.mark_done(desk, task.record_id, "Done as agreed.")
