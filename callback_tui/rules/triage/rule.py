"""One compiled rule: which concepts must stand close together, and what that makes of a message."""

from collections.abc import Mapping
from typing import NamedTuple

from callback_tui.models.vocabulary import CallReason, Tier

ROUTINE_RANK = Tier.ROUTINE.rank
_USUALLY_WITHIN = 6
_REASONS = tuple(CallReason)
# booking and small talk come along with everything; they are the reason only where there is no other
_NAMED_LAST = (CallReason.APPOINTMENT, CallReason.GENERAL, CallReason.SYMPTOM)
FIRST_NAMED_LAST = len(_REASONS)


class Rule(NamedTuple):
    """One to three slots within `within` tokens; a slot is the number of its concept.

    `kept` yields to a direct "no" only; `fleeting` counts although it has passed (a short stroke).
    """

    rule: str
    category: str
    tier: Tier
    rank: int
    reason: CallReason
    reason_order: int
    """How soon the reason is named among those of one message; from `FIRST_NAMED_LAST` on, only for want of others."""

    cell: str
    slots: tuple[int, ...]
    within: int
    ordered: bool
    kept: bool
    fleeting: bool
    triggers: tuple[tuple[int, tuple[int, ...]], ...]
    """The slots that can complete the rule, each with the slots that must have been met before."""


def compiled_rule(row: Mapping[str, object], slots: tuple[int, ...]) -> Rule:
    """Return the rule of a line of rules.json; `slots` are the numbers of its concepts."""
    is_ordered = bool(row.get("ordered", False))
    last = slots[-1:] if is_ordered else dict.fromkeys(slots)
    tier = Tier(str(row["tier"]))
    reason = CallReason(str(row.get("reason", "symptom")))
    order = FIRST_NAMED_LAST + _NAMED_LAST.index(reason) if reason in _NAMED_LAST else _REASONS.index(reason)
    return Rule(
        rule=str(row["id"]),
        category=str(row["id"]).split(".")[0],
        tier=tier,
        rank=tier.rank,
        reason=reason,
        reason_order=order,
        cell=str(row["cell"]),
        slots=slots,
        within=int(str(row.get("within", _USUALLY_WITHIN))),
        ordered=is_ordered,
        kept=bool(row.get("kept", False)),
        fleeting=bool(row.get("fleeting", False)),
        triggers=tuple((slot, tuple(other for other in slots if other != slot)) for slot in last),
    )
