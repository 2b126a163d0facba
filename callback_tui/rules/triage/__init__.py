"""The tagger: reads what a patient wrote or said and orders the call queue by it. Never a diagnosis."""

from functools import cache, lru_cache

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage.concepts import ROUTINE_RANK, RuleSet, rule_set, rule_set_hash
from callback_tui.rules.triage.context import Context, ContextWords, context_words
from callback_tui.rules.triage.language import Readable, readable, unreadable_note
from callback_tui.rules.triage.matcher import Found, Matches, find
from callback_tui.rules.triage.numbers import NumberRules, measurements, number_rules
from callback_tui.rules.triage.own import own_rule_set, own_rule_set_hash
from callback_tui.rules.triage.reasons import reason_of, summary_of, worst_of
from callback_tui.rules.triage.tokens import pieces_of, places_of, words_of
from callback_tui.views.triage import Hit, OwnRules, ReadAs, Triage

__all__ = ["RULE_SET_HASH", "tag"]

RULE_SET_HASH: str

_ADULT_YEARS = 18
# an enum member costs a slow look-up each time it is named
_PRESENT = ReadAs.PRESENT
_URGENT, _ROUTINE, _INFORMATIONAL = Priority.URGENT, Priority.ROUTINE, Priority.INFORMATIONAL


def __getattr__(name: str) -> str:
    if name == "RULE_SET_HASH":
        return rule_set_hash()
    raise AttributeError(name)


def tag(text: str, *, age_years: int | None = None, own: OwnRules | None = None) -> Triage:
    """Return priority, reasons and hits for any text; `age_years` is the patient's age where it is known.

    `own` is what the practice changed in the rules; the hash of the tag covers it.

    Deterministic and linear in the length of the text; no text is refused. A suppressed danger sign keeps the message
    at routine with `check`; what cannot be read is routine with `check`. Source: domain section 1.
    """
    rules, cues, number_part, readability = _compiled() if own is None else _compiled_with(own)
    pieces = pieces_of(text)
    words = words_of(pieces)
    measured = measurements(words, number_part)
    numbers = {
        token: [(concept, first) for name, first in named for concept in rules.filled_by(name)]
        for token, named in measured.items()
    }
    matches = find(words, rules, numbers, _given(rules, age_years))
    found = _read_places(words, matches, cues)
    present = [place.rule for place, reading in found if reading is _PRESENT]
    worst = worst_of(present)
    absent = worst_of([place.rule for place, reading in found if reading is not _PRESENT])
    is_urgent = worst is not None and worst.rank < ROUTINE_RANK
    has_symptom = bool(matches.symptoms)
    note = "" if is_urgent else unreadable_note(words, text, readability, matches.understood)
    if is_urgent:
        priority = _URGENT
    elif worst is not None and worst.rank > ROUTINE_RANK and not (absent or note or has_symptom):
        priority = _INFORMATIONAL
    else:
        priority = _ROUTINE
    return Triage(
        priority,
        worst is not None and worst.rank == 0,
        not is_urgent and (absent is not None or bool(note)),
        reason_of(worst, present, has_symptom),
        summary_of(worst, absent, note, has_symptom),
        _hits(text, pieces, found) if found else (),
        rule_set_hash() if own is None else own_rule_set_hash(own),
        note or ("" if found else "no rule fired"),
    )


@cache
def _compiled() -> tuple[RuleSet, ContextWords, NumberRules, Readable]:
    rules = rule_set()
    return rules, context_words(rules.context), number_rules(rules.context), readable(rules.context)


@lru_cache(maxsize=4)
def _compiled_with(own: OwnRules) -> tuple[RuleSet, ContextWords, NumberRules, Readable]:
    return own_rule_set(own), *_compiled()[1:]


@lru_cache(maxsize=16)
def _given(rules: RuleSet, age_years: int | None) -> frozenset[int]:
    if age_years is None or age_years >= _ADULT_YEARS:
        return frozenset()
    names = ("child", "baby") if age_years < 2 else ("child",)
    return frozenset(concept for name in names for concept in rules.filled_by(name))


def _read_places(words: list[str], matches: Matches, cues: ContextWords) -> list[tuple[Found, ReadAs]]:
    """Return the first place of each rule and reading, in reading order; only danger signs are read in context."""
    dangers = [found for found in matches.found if found.rule.rank < ROUTINE_RANK]
    context = Context(words, matches, dangers, cues) if dangers else None
    kept: dict[tuple[str, ReadAs], tuple[Found, ReadAs]] = {}
    for found in matches.found:
        reading = _PRESENT if context is None or found.rule.rank >= ROUTINE_RANK else context.read(found)
        kept.setdefault((found.rule.rule, reading), (found, reading))
    places = list(kept.values())
    if len(places) > 1:
        places.sort(key=_in_reading_order)
    return places


def _in_reading_order(place: tuple[Found, ReadAs]) -> tuple[int, int, str]:
    found, _ = place
    return found.first, found.last, found.rule.rule


def _hits(text: str, pieces: list[str], found: list[tuple[Found, ReadAs]]) -> tuple[Hit, ...]:
    spans = places_of(pieces, {token for place, _ in found for token in place[1:3]})
    hits = []
    for (rule, first, last, _), reading in found:
        start, end = spans[first][0], spans[last][1]
        hits.append(Hit(rule.rule, rule.category, rule.tier, start, end, text[start:end], reading))
    return tuple(hits)
