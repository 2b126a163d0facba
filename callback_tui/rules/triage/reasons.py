"""Names the reason for a call and the short "why" of the queue from the rules that fired."""

from collections.abc import Sequence

from callback_tui.models.vocabulary import CallReason, Tier
from callback_tui.rules.triage.concepts import RuleSet
from callback_tui.views.triage import Hit, ReadAs

CELLS = 12
_ASIDE = frozenset({CallReason.GENERAL, CallReason.APPOINTMENT})


def reason_of(present: Sequence[Hit], rules: RuleSet, has_symptom: bool) -> CallReason:
    """Return why the patient wants a call: the worst hit decides; a symptom outweighs booking and small talk."""
    worst = _worst(present)
    if worst is None:
        return CallReason.SYMPTOM if has_symptom else CallReason.GENERAL
    if worst.tier.rank < Tier.ROUTINE.rank:
        return rules.by_name[worst.rule].reason
    reasons = {rules.by_name[hit.rule].reason for hit in present}
    named = reasons - _ASIDE - {CallReason.SYMPTOM}
    if named:
        order = tuple(CallReason)
        return min(named, key=order.index)
    if has_symptom or CallReason.SYMPTOM in reasons:
        return CallReason.SYMPTOM
    return CallReason.APPOINTMENT if CallReason.APPOINTMENT in reasons else CallReason.GENERAL


def summary_of(hits: Sequence[Hit], rules: RuleSet, note: str, has_symptom: bool) -> str:
    """Return at most 12 cells of our own words; a suppressed danger sign carries a question mark."""
    present = [hit for hit in hits if hit.read_as is ReadAs.PRESENT]
    suppressed = _worst([hit for hit in hits if hit.read_as is not ReadAs.PRESENT])
    worst = _worst(present)
    if worst is not None and (worst.tier.rank < Tier.ROUTINE.rank or suppressed is None):
        is_aside = worst.tier is Tier.INFORMATIONAL and has_symptom
        return "symptom" if is_aside else rules.by_name[worst.rule].cell
    if suppressed is not None:
        return rules.by_name[suppressed.rule].cell[: CELLS - 1] + "?"
    if note.startswith("listen"):
        return "listen"
    if note.startswith(("not ", "read")):
        return "not readable" if "readable" in note or note.startswith("read") else "language"
    return "symptom" if has_symptom else "message"


def _worst(hits: Sequence[Hit]) -> Hit | None:
    return min(hits, key=lambda hit: (hit.tier.rank, hit.start), default=None)
