"""Names the reason for a call and the short "why" of the queue from the rules that fired."""

from collections.abc import Sequence
from operator import attrgetter

from callback_tui.models.vocabulary import CallReason
from callback_tui.rules.triage.concepts import ROUTINE_RANK, Rule

CELLS = 12
_ORDER = tuple(CallReason)
_RANK = attrgetter("rank")
# an enum member costs a slow look-up each time it is named
_GENERAL, _APPOINTMENT, _SYMPTOM = CallReason.GENERAL, CallReason.APPOINTMENT, CallReason.SYMPTOM
_ASIDE = frozenset({_GENERAL, _APPOINTMENT, _SYMPTOM})


def worst_of(rules: Sequence[Rule]) -> Rule | None:
    """Return the rule with the highest tier, the first of several."""
    return min(rules, key=_RANK) if rules else None


def reason_of(worst: Rule | None, present: Sequence[Rule], has_symptom: bool) -> CallReason:
    """Return why the patient wants a call: danger decides; a symptom outweighs booking and small talk."""
    if worst is not None and worst.rank < ROUTINE_RANK:
        return worst.reason
    reasons = {rule.reason for rule in present}
    named = reasons - _ASIDE
    if named:
        return min(named, key=_ORDER.index)
    if has_symptom:
        return _SYMPTOM
    return _APPOINTMENT if _APPOINTMENT in reasons else _GENERAL


def summary_of(worst: Rule | None, absent: Rule | None, note: str, has_symptom: bool) -> str:
    """Return at most 12 cells of our own words; a danger sign read as `absent` carries a question mark."""
    if worst is not None and worst.rank < ROUTINE_RANK:
        return worst.cell
    if absent is not None:
        return absent.cell[: CELLS - 1] + "?"
    if note:
        return "listen" if note.startswith("listen") else "language"
    if worst is None or (worst.rank > ROUTINE_RANK and has_symptom):
        return "symptom" if has_symptom else "message"
    return worst.cell
