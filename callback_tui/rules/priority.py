"""What a person may set a message's priority to, and how it is told."""

from callback_tui.errors import CallRefused, NotAllowed
from callback_tui.models.vocabulary import Role, Tier

MAY_LOWER = (Role.NURSE, Role.CLINICIAN)
TIER_WORDS = {
    Tier.EMERGENT: "an emergency",
    Tier.URGENT: "urgent",
    Tier.ROUTINE: "routine",
    Tier.INFORMATIONAL: "information only",
}


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
