"""The verb that hands a message to a clinician without a call, its context written."""

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import ClockEventKind, Outcome, Role
from callback_tui.rules.due import due_at
from callback_tui.rules.retries import when_words
from callback_tui.services.desk import OpenDesk
from callback_tui.services.item_state import write_item
from callback_tui.services.item_verb import item_verb
from callback_tui.services.queue_row import item_tier
from callback_tui.store import follow_on
from callback_tui.views.clock import ClockEvent
from callback_tui.views.queue import ItemDone


def escalate_item(desk: OpenDesk, item_id: int, situation: str, request: str) -> ItemDone:
    """Hand a message in the queue to a clinician: the hand-off clock starts, and the patient still waits.

    Raises CallRefused when it is finished, somebody else rings, it was handed over already, or what it is about and
    what is asked for are not both written.
    """
    with item_verb(desk, "item_escalated", item_id) as (work, item, policy):
        if not (situation.strip() and request.strip()):
            raise CallRefused("hand_over_incomplete")
        if follow_on.hand_off_due(work.connection, item_id) is not None:
            raise CallRefused("waits_for_clinician")
        site = policy.site_of(item.site_name)
        due = due_at(site.hand_off_targets[item_tier(item)], site.hours, work.now)
        follow_on.add_hand_off(
            work.connection,
            {
                "item_id": item_id,
                "to_role": Role.CLINICIAN,
                "situation": situation.strip(),
                "request": request.strip(),
                "made_at": work.now,
                "made_by_id": desk.actor.staff_id,
                "due_at": due,
            },
        )
        reason = Outcome.ESCALATED.value
        escalated = ClockEvent(ClockEventKind.ESCALATED, work.now, work.verb_id, until=due, reason=reason)
        write_item(desk, work, item, (escalated,))
        work.facts["due_at"] = due.isoformat()
        return ItemDone(item_id, f"Handed to a clinician, due {when_words(due, site, policy, work.now)}.")
