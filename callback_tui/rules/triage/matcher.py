"""Finds where rules fire: one pass over the words for concepts, then only the rules whose concepts are all there."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import chain, count
from typing import NamedTuple

from callback_tui.rules.triage.concepts import Rule, RuleSet

_KEPT_PER_RULE = 64

NumberConcepts = Mapping[int, Sequence[tuple[int, int]]]
_Place = tuple[int, int, int]
_Met = tuple[Sequence[int], int, int, int]


class Found(NamedTuple):
    """One place where a rule fired: its first and last token, and those of every slot."""

    rule: Rule
    first: int
    last: int
    slots: tuple[tuple[int, int], ...]


class Matches(NamedTuple):
    """What one pass found. `symptoms`: tokens that are symptom words; `absorbed`: a "not" that belongs to a phrase.

    `understood` counts the words that mean something, `examined` the rules that had to be looked at.
    """

    found: Sequence[Found]
    symptoms: Collection[int]
    absorbed: Collection[int]
    understood: int
    examined: int


def find(words: Sequence[str], rules: RuleSet, numbers: NumberConcepts, given: frozenset[int]) -> Matches:
    """Return every place where a rule's slots stand close enough together.

    `numbers` maps a token to the concepts of a measurement that ends there, with its first token; `given` are concepts
    known beforehand (the patient is a baby), near everything.
    """
    met: list[_Met] = []
    absorbed: set[int] = set()
    marks = shift = 0
    masked_to = -1
    meanings = list(map(rules.memory.__getitem__, words))
    for token, meaning, following in zip(count(), meanings, chain(words[1:], ("",))):
        if numbers and token in numbers:
            met += [((concept,), first, token, token + shift) for concept, first in numbers[token]]
        if meaning is None:
            continue
        concepts, phrases, gap = meaning
        if following in phrases and token > masked_to:
            for phrase in phrases[following]:
                end = token + len(phrase.tail)
                if len(phrase.tail) > 1 and tuple(words[token + 1 : end + 1]) != phrase.tail:
                    continue
                if phrase.is_mask:
                    masked_to = end
                if phrase.is_negative:
                    absorbed.update(range(token, end + 1))
                if phrase.concepts:
                    met.append((phrase.concepts, token, end, end + shift))
        if concepts:
            if token > masked_to:
                met.append((concepts, token, token, token + shift))
        elif gap:
            shift += gap
            marks += 1
    understood = len(words) - meanings.count(None) - marks
    if not met:
        return Matches((), (), absorbed, understood, 0)
    symptom = rules.symptom
    symptoms = {token for concepts, first, last, _ in met if symptom in concepts for token in range(first, last + 1)}
    concepts_met = given.union(*[concepts for concepts, _, _, _ in met])
    examined = rules.examined(concepts_met)
    possible = [rule for rule, others in examined if others <= concepts_met]
    found = _fire(possible, met, given) if possible else ()
    return Matches(found, symptoms, absorbed, understood, len(examined))


def _fire(rules: Iterable[Rule], met: Iterable[_Met], given: Set[int]) -> list[Found]:
    """Return the places of the rules whose slots are close enough, remembering where each slot was met last."""
    found: list[Found] = []
    triggered: dict[int, list[tuple[Rule, tuple[int, ...]]]] = {}
    for rule in rules:
        if len(rule.slots) == 1:
            alone = rule.slots[0]
            places = [(first, last) for concepts, first, last, _ in met if alone in concepts]
            found += [Found(rule, *place, (place,)) for place in places[:_KEPT_PER_RULE]]
            continue
        for slot in rule.slots:
            triggered.setdefault(slot, [])
        for slot, others in rule.triggers:
            triggered[slot].append((rule, others))
    if not triggered:
        return found
    wanted = triggered.keys()
    seen: dict[int, _Place] = {}
    earlier: dict[int, _Place] = {}
    counts: dict[str, int] = {}
    for concepts, first, last, place in met:
        if wanted.isdisjoint(concepts):
            continue
        for concept in concepts:
            if concept not in triggered:
                continue
            before = seen.get(concept)
            if before is not None and before[1] < first:
                earlier[concept] = before
            seen[concept] = (first, last, place)
            for rule, others in triggered[concept]:
                slots = [(first, last)]
                begin, end = first, last
                for other in others:
                    at = seen.get(other)
                    if at is not None and at[1] >= first:
                        at = earlier.get(other)
                    if at is not None and place - at[2] <= rule.within:
                        slots.append(at[:2])
                        begin, end = min(begin, at[0]), max(end, at[1])
                    elif other not in given:
                        break
                else:
                    if rule.ordered and slots[1:] != sorted(slots[1:]):
                        continue
                    kept = counts.get(rule.rule, 0)
                    if kept < _KEPT_PER_RULE:
                        counts[rule.rule] = kept + 1
                        found.append(Found(rule, begin, end, tuple(slots)))
    return found
