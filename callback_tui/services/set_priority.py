"""The verb that gives a waiting message another priority, the emergency flag included."""

from typing import Any

from callback_tui.models.vocabulary import ClockEventKind, Tier
from callback_tui.rules.priority import TIER_WORDS, check_new_tier
from callback_tui.rules.retries import when_words
from callback_tui.services.desk import OpenDesk, Work
from callback_tui.services.item_state import raise_item, write_item
from callback_tui.services.item_verb import item_verb
from callback_tui.services.message_columns import evidence_facts
from callback_tui.services.queue_row import item_tier
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.policy import Policy
from callback_tui.views.queue import ItemDone


def set_priority(desk: OpenDesk, item_id: int, tier: Tier, reason: str = "") -> ItemDone:
    """Raise or lower a message in the queue. Raised, it is due sooner and awake; lowered, a lateness stays on record.

    Raises CallRefused when it is finished, somebody else rings, it has that priority already, or lowering has no
    reason; NotAllowed unless a nurse or a clinician lowers.
    """
    with item_verb(desk, "priority_set", item_id, reason=reason.strip()) as (work, item, policy):
        clock = change_tier(desk, work, item, policy, tier)
        due_words = when_words(clock.next_due_at, policy.site_of(item.site_name), policy, work.now)
        return ItemDone(item_id, f"Now {TIER_WORDS[tier]}, due {due_words}.")


def change_tier(desk: OpenDesk, work: Work, item: Any, policy: Policy, tier: Tier) -> ClockState:
    """Give an item the tier a person chose, for the reason of the verb, and return its clock from then on.

    Raises as `set_priority` does.
    """
    before = item_tier(item)
    check_new_tier(before, tier, desk.actor.role, work.reason)
    work.facts.update(before=before.value, after=tier.value, **evidence_facts(item))
    if tier.rank < before.rank:
        return raise_item(desk, work, item, tier, policy, work.reason)
    lowered = ClockEvent(ClockEventKind.PRIORITY_SET, work.now, work.verb_id, tier=tier, reason=work.reason)
    return write_item(desk, work, item, (lowered,))
