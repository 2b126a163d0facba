"""Which call is whose: the roles that take a tier and a hand-off (domain section 1)."""

from datetime import datetime

from callback_tui.models.vocabulary import ItemState, Role, Tier
from callback_tui.views.queue import QueueRow

RINGING = (Role.CLINICIAN, Role.NURSE, Role.STAFF)
"""The roles that ring patients; supervisors and admins may, but watch over the whole queue."""

TAKES_URGENT = (Role.CLINICIAN, Role.NURSE)
"""Who takes emergent and urgent messages."""

_TAKES_ANY = frozenset({Role.SUPERVISOR, Role.ADMIN})
_TAKES_ROUTINE = (Role.NURSE, Role.STAFF)


def may_take(role: Role, tier: Tier, *, handed_over: bool) -> bool:
    """Say whether a call of a tier is for a role: urgent to clinicians and nurses, the rest to nurses and staff.

    What was handed over is for clinicians; supervisors and admins may take any.
    """
    if role in _TAKES_ANY:
        return True
    if handed_over:
        return role is Role.CLINICIAN
    return role in (TAKES_URGENT if tier.always_on else _TAKES_ROUTINE)


def waits_for_clinician(row: QueueRow, now: datetime) -> bool:
    """Say whether a message is a clinician's; once its hand-off is overdue it is the whole team's again."""
    return row.state is ItemState.ESCALATED and now <= row.clock.late_after
