"""The tagger: reads what a patient wrote or said and orders the call queue by it. Never a diagnosis."""

from functools import cache

from callback_tui.models.vocabulary import Priority, Tier
from callback_tui.rules.triage.concepts import RuleSet, rule_set, rule_set_hash
from callback_tui.rules.triage.context import Context, ContextWords, context_words
from callback_tui.rules.triage.language import Readable, readable, unreadable_note
from callback_tui.rules.triage.matcher import Found, Matches, find
from callback_tui.rules.triage.numbers import NumberRules, measurements, number_rules
from callback_tui.rules.triage.reasons import reason_of, summary_of
from callback_tui.rules.triage.tokens import fold, places_of, words_of
from callback_tui.views.triage import Hit, ReadAs, Triage

__all__ = ["RULE_SET_HASH", "tag"]

RULE_SET_HASH: str

_ADULT_YEARS = 18


def __getattr__(name: str) -> str:
    if name == "RULE_SET_HASH":
        return rule_set_hash()
    raise AttributeError(name)


def tag(text: str, *, age_years: int | None = None) -> Triage:
    """Return priority, reasons and hits for any text; `age_years` is the patient's age where it is known.

    Deterministic and linear in the length of the text; no text is refused. A suppressed danger sign keeps the message
    at routine with `check`; what cannot be read is routine with `check`. Source: domain section 1.
    """
    rules, cues, number_part, readability = _compiled()
    folded = fold(text)
    words = words_of(folded)
    numbers = {
        token: [(concept, first) for name, first in named for concept in rules.filled_by(name)]
        for token, named in measurements(words, folded, number_part).items()
    }
    matches = find(words, rules, numbers, _given(rules, age_years))
    hits = _hits(text, folded, words, matches, cues) if matches.found else ()
    present = [hit for hit in hits if hit.read_as is ReadAs.PRESENT]
    worst = min((hit.tier for hit in present), key=lambda tier: tier.rank, default=None)
    is_suppressed = any(hit.read_as is not ReadAs.PRESENT and hit.tier.rank < Tier.ROUTINE.rank for hit in hits)
    is_urgent = worst in (Tier.EMERGENT, Tier.URGENT)
    note = "" if is_urgent else unreadable_note(words, text, readability, matches.understood)
    if is_urgent:
        priority = Priority.URGENT
    elif worst is Tier.INFORMATIONAL and not (is_suppressed or note or matches.symptoms):
        priority = Priority.INFORMATIONAL
    else:
        priority = Priority.ROUTINE
    if not note and not hits:
        note = "no rule fired"
    return Triage(
        priority=priority,
        emergent=worst is Tier.EMERGENT,
        check=not is_urgent and (is_suppressed or note not in ("", "no rule fired")),
        reason=reason_of(present, rules, bool(matches.symptoms)),
        summary=summary_of(hits, rules, note, bool(matches.symptoms)),
        hits=hits,
        rule_set_hash=rule_set_hash(),
        note=note,
    )


@cache
def _compiled() -> tuple[RuleSet, ContextWords, NumberRules, Readable]:
    rules = rule_set()
    return rules, context_words(rules.context), number_rules(rules.context), readable(rules.context)


@cache
def _given(rules: RuleSet, age_years: int | None) -> frozenset[int]:
    if age_years is None or age_years >= _ADULT_YEARS:
        return frozenset()
    names = ("child", "baby") if age_years < 2 else ("child",)
    return frozenset(concept for name in names for concept in rules.filled_by(name))


def _hits(text: str, folded: str, words: list[str], matches: Matches, cues: ContextWords) -> tuple[Hit, ...]:
    """Return one hit for each rule and reading: the first place, in reading order."""
    context = Context(words, matches, cues) if any(f.rule.tier.rank < 2 for f in matches.found) else None
    places = places_of(folded)
    kept: dict[tuple[str, ReadAs], Hit] = {}
    for found in matches.found:
        urgent = found.rule.tier.rank < Tier.ROUTINE.rank
        reading = context.read(found) if context is not None and urgent else ReadAs.PRESENT
        key = (found.rule.rule, reading)
        if key not in kept:
            kept[key] = _hit(text, found, reading, places)
    return tuple(sorted(kept.values(), key=lambda hit: (hit.start, hit.end, hit.rule)))


def _hit(text: str, found: Found, reading: ReadAs, places: list[tuple[int, int]]) -> Hit:
    start, end = places[found.first][0], places[found.last][1]
    rule = found.rule
    return Hit(rule.rule, rule.category, rule.tier, start, end, text[start:end], reading)
