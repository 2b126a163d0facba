"""What a person may set a message's priority to, and how it is told."""

from collections.abc import Sequence

from callback_tui.errors import CallRefused, NotAllowed
from callback_tui.models.vocabulary import ClockEventKind, Role, Tier
from callback_tui.views.clock import ClockEvent

MAY_LOWER = (Role.NURSE, Role.CLINICIAN)
TIER_WORDS = {
    Tier.EMERGENT: "an emergency",
    Tier.URGENT: "urgent",
    Tier.ROUTINE: "routine",
    Tier.INFORMATIONAL: "information only",
}

TEXT_CHANGED = "text changed by a later import"
JOINED = "joined"
NEW_RULE = "new rule"
"""Why the program raised a priority by itself; it never lowers one."""

_BY_ITSELF = frozenset((TEXT_CHANGED, JOINED, NEW_RULE))


def set_by_person(events: Sequence[ClockEvent]) -> bool:
    """Return whether a person gave the item its priority: what lowers is always theirs, and so is any other reason."""
    tier: Tier | None = None
    is_theirs = False
    for event in events:
        if event.tier is None:
            continue
        if event.kind is ClockEventKind.PRIORITY_SET:
            lowers = tier is not None and event.tier.rank > tier.rank
            is_theirs = is_theirs or lowers or event.reason not in _BY_ITSELF
        tier = event.tier
    return is_theirs


def check_new_tier(old: Tier, new: Tier, role: Role, reason: str) -> None:
    """Raise unless a person may set the priority: anybody raises, a nurse or clinician lowers with a reason.

    Raises NotAllowed for the role, CallRefused for a priority it has already and for a missing reason (domain
    section 2).
    """
    if new is old:
        raise CallRefused("same_priority", tier=TIER_WORDS[new])
    if new.rank < old.rank:
        return
    if role not in MAY_LOWER:
        who = " or ".join(each.value for each in MAY_LOWER)
        raise NotAllowed("role", role=role.value, doing="lower a priority", who=who)
    if not reason.strip():
        raise CallRefused("lower_reason")
