"""Names the reason for a call and the short "why" of the queue from the rules that fired."""

from collections.abc import Sequence
from operator import attrgetter

from callback_tui.models.vocabulary import CallReason
from callback_tui.rules.triage.rule import FIRST_NAMED_LAST, ROUTINE_RANK, Rule

CELLS = 12
_RANK = attrgetter("rank")
_ORDER = attrgetter("reason_order")
# an enum member costs a slow look-up each time it is named
_GENERAL, _SYMPTOM = CallReason.GENERAL, CallReason.SYMPTOM


def worst_of(rules: Sequence[Rule]) -> Rule | None:
    """Return the rule with the highest tier, the first of several."""
    return min(rules, key=_RANK) if rules else None


def reason_of(worst: Rule | None, present: Sequence[Rule], has_symptom: bool) -> CallReason:
    """Return why the patient wants a call: danger decides; a symptom outweighs booking and small talk."""
    if worst is None:
        return _SYMPTOM if has_symptom else _GENERAL
    if worst.rank < ROUTINE_RANK:
        return worst.reason
    named = min(present, key=_ORDER)
    if has_symptom and named.reason_order >= FIRST_NAMED_LAST:
        return _SYMPTOM
    return _GENERAL if named.reason is _SYMPTOM else named.reason


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
