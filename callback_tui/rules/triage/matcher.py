"""Finds where rules fire: one pass over the words, each concept's last places remembered."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from callback_tui.rules.triage.concepts import Rule, RuleSet

_BREAK_COSTS = 4
_KEPT_PER_RULE = 64
_BREAKS = frozenset(".!?;\n")
_MARKS = frozenset(",:[&+%/")

NumberConcepts = Mapping[int, Sequence[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule fired: the first and last token of every slot."""

    rule: Rule
    slots: tuple[tuple[int, int], ...]

    @property
    def first(self) -> int:
        """Token number of the first token."""
        return min(first for first, _ in self.slots)

    @property
    def last(self) -> int:
        """Token number of the last token."""
        return max(last for _, last in self.slots)


@dataclass(frozen=True, slots=True)
class Matches:
    """What one pass found. `symptoms`: tokens that are symptom words; `absorbed`: a "not" that belongs to a phrase."""

    found: tuple[Found, ...]
    symptoms: frozenset[int]
    absorbed: frozenset[int]
    understood: int


def find(words: Sequence[str], rules: RuleSet, numbers: NumberConcepts, given: Set[int]) -> Matches:
    """Return every place where a rule's slots stand close enough together.

    `numbers` maps a token to the concepts of a measurement that ends there, with its first token; `given` are concepts
    known beforehand (the patient is a baby), near everything.
    """
    seen: dict[int, tuple[int, int, int]] = {}
    earlier: dict[int, tuple[int, int, int]] = {}
    waiting: dict[int, list[tuple[int, int]]] = {}
    counts: dict[int, int] = {}
    found: list[Found] = []
    symptoms: set[int] = set()
    absorbed: set[int] = set()
    understood = place = 0
    look, by_concept, symptom = rules.look, rules.by_concept, rules.symptom
    for token, word in enumerate(words):
        if word in _BREAKS:
            place += _BREAK_COSTS
            continue
        if word in _MARKS:
            continue
        place += 1
        meaning = look(word)
        events: list[tuple[int, int]] = []
        if meaning is not None:
            understood += 1
            events = [(concept, token) for concept in meaning.concepts]
            for tail, concepts, negative in meaning.phrases:
                end = token + len(tail)
                if end < len(words) and tuple(words[token + 1 : end + 1]) == tail:
                    waiting.setdefault(end, []).extend((concept, token) for concept in concepts)
                    if negative:
                        absorbed.update(range(token, end + 1))
        if token in waiting:
            events += waiting.pop(token)
        if token in numbers:
            events += numbers[token]
        for concept, first in events:
            if concept == symptom:
                symptoms.add(token)
            last = seen.get(concept)
            if last is not None and last[1] < first:
                earlier[concept] = last
            seen[concept] = (first, token, place)
            for number, rule, others in by_concept.get(concept, ()):
                slots = [(first, token)]
                for other in others:
                    near = seen.get(other)
                    if near is not None and near[1] >= first:
                        near = earlier.get(other)
                    if near is None or place - near[2] > rule.within:
                        if other not in given:
                            break
                    else:
                        slots.append(near[:2])
                else:
                    seen_before = counts.get(number, 0)
                    if seen_before < _KEPT_PER_RULE:
                        counts[number] = seen_before + 1
                        found.append(Found(rule, tuple(slots)))
    return Matches(tuple(found), frozenset(symptoms), frozenset(absorbed), understood)
