"""The tagger: reads what a patient wrote or said and orders the call queue by it. Never a diagnosis."""

from collections.abc import Callable, Mapping, Set
from functools import lru_cache, partial
from itertools import chain

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage.concepts import RuleSet, rule_set, rule_set_hash
from callback_tui.rules.triage.context import Context, ContextWords, context_words
from callback_tui.rules.triage.language import Readable, unreadable_note
from callback_tui.rules.triage.matcher import Found, Matches, find
from callback_tui.rules.triage.mending import mended, unwrapped
from callback_tui.rules.triage.own import own_rule_set, own_rule_set_hash
from callback_tui.rules.triage.reasons import reason_of, summary_of, worst_of
from callback_tui.rules.triage.rule import ROUTINE_RANK
from callback_tui.rules.triage.tokens import Pieces, pieces_of
from callback_tui.views.triage import Hit, OwnRules, ReadAs, Triage

__all__ = ["RULE_SET_HASH", "tag"]

RULE_SET_HASH: str

_ADULT_YEARS = 18
_BABY_UNTIL_YEARS = 2
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

    Deterministic and linear in the length of the text; no text is refused, and what is no text is read as an empty one.
    A suppressed danger sign keeps the message at routine with `check`; what cannot be read is routine with `check`.
    Source: domain section 1.
    """
    rules, name, cues, readability, read = _compiled(own)
    if not isinstance(text, str):
        text = ""
    pieces = pieces_of(unwrapped(text))
    groups = list(map(read.words.__getitem__, pieces))
    words = list(chain.from_iterable(groups))
    matches = find(words, rules, _given(rules, age_years))
    found = _read_places(words, matches, cues)
    present = [place.rule for place, reading in found if reading is _PRESENT]
    worst = worst_of(present)
    absent = worst_of([place.rule for place, reading in found if reading is not _PRESENT])
    is_urgent = worst is not None and worst.rank < ROUTINE_RANK
    has_symptom = matches.has_symptom
    note = "" if is_urgent else unreadable_note(words, text, readability)
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
        _hits(text, found, lambda tokens: read.places(pieces, groups, tokens)) if found else (),
        name,
        note or ("" if found else "no rule fired"),
    )


@lru_cache(maxsize=4)
def _compiled(own: OwnRules | None) -> tuple[RuleSet, str, ContextWords, Readable, Pieces]:
    rules, name = (rule_set(), rule_set_hash()) if own is None else (own_rule_set(own), own_rule_set_hash(own))
    readability = Readable(rules.context, rules.understands)
    return rules, name, context_words(rules.context), readability, Pieces(partial(mended, rules=rules), rules.respelt)


@lru_cache(maxsize=16)
def _given(rules: RuleSet, age_years: int | None) -> frozenset[int]:
    if age_years is None or age_years >= _ADULT_YEARS:
        return frozenset()
    names = ("child", "baby") if age_years < _BABY_UNTIL_YEARS else ("child",)
    return frozenset(concept for name in names for concept in rules.filled_by[name])


def _read_places(words: list[str], matches: Matches, cues: ContextWords) -> list[tuple[Found, ReadAs]]:
    """Return the first place of each rule and reading, in reading order; only danger signs are read in context."""
    kept = {found.rule.rule: (found, _PRESENT) for found in reversed(matches.others)}
    if matches.dangers:
        context = Context(words, matches, matches.dangers, cues)
        for found in matches.dangers:
            reading = context.read(found)
            name = found.rule.rule
            kept.setdefault(name if reading is _PRESENT else f"{name} {reading}", (found, reading))
    places = list(kept.values())
    if len(places) > 1:
        places.sort(key=_in_reading_order)
    return places


def _in_reading_order(place: tuple[Found, ReadAs]) -> tuple[int, int, str]:
    found, _ = place
    return found.first, found.last, found.rule.rule


def _hits(
    text: str, found: list[tuple[Found, ReadAs]], places: Callable[[Set[int]], Mapping[int, tuple[int, int]]]
) -> tuple[Hit, ...]:
    spans = places({token for place, _ in found for token in place[1:3]})
    hits = []
    for (rule, first, last, _), reading in found:
        start, end = spans[first][0], spans[last][1]
        hits.append(Hit(rule.rule, rule.category, rule.tier, start, end, text[start:end], reading))
    return tuple(hits)
