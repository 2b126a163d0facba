"""Finds where rules fire: one pass over the words, each concept's last places remembered."""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from callback_tui.rules.triage.concepts import BREAK, MARK, Rule, RuleSet

_BREAK_COSTS = 4
_KEPT_PER_RULE = 64

NumberConcepts = Mapping[int, Sequence[tuple[int, int]]]
_Place = tuple[int, int, int]


class Found(NamedTuple):
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

    found: Sequence[Found]
    symptoms: Collection[int]
    absorbed: Collection[int]
    understood: int


def find(words: Sequence[str], rules: RuleSet, numbers: NumberConcepts, given: Set[int]) -> Matches:
    """Return every place where a rule's slots stand close enough together.

    `numbers` maps a token to the concepts of a measurement that ends there, with its first token; `given` are concepts
    known beforehand (the patient is a baby), near everything.
    """
    near = _Nearness(rules, given)
    absorbed: set[int] = set()
    understood = shift = 0
    masked_to = -1
    for token, meaning in enumerate(map(rules.memory.__getitem__, words)):
        if token in numbers:
            for concept, first in numbers[token]:
                near.meet(concept, first, token, token + shift)
        if meaning is None:
            continue
        if meaning is BREAK:
            shift += _BREAK_COSTS
            continue
        if meaning is MARK:
            shift -= 1
            continue
        understood += 1
        is_masked = token <= masked_to
        if meaning.phrases and token + 1 < len(words):
            following = () if is_masked else meaning.phrases.get(words[token + 1], ())
            for phrase in following:
                end = token + len(phrase.tail)
                if len(phrase.tail) > 1 and tuple(words[token + 1 : end + 1]) != phrase.tail:
                    continue
                if phrase.is_mask:
                    masked_to = end
                if phrase.is_negative:
                    absorbed.update(range(token, end + 1))
                for concept in phrase.concepts:
                    near.meet(concept, token, end, end + shift)
        if token > masked_to:
            for concept in meaning.concepts:
                near.meet(concept, token, token, token + shift)
    return Matches(near.found, near.symptoms, absorbed, understood)


class _Nearness:
    """Where each concept was met last, and what fires when the next one is met."""

    def __init__(self, rules: RuleSet, given: Set[int]) -> None:
        self.found: list[Found] = []
        self.symptoms: set[int] = set()
        self._by_concept = rules.by_concept
        self._symptom = rules.symptom
        self._given = given
        self._seen: dict[int, _Place] = {}
        self._earlier: dict[int, _Place] = {}
        self._counts: dict[int, int] = {}

    def meet(self, concept: int, first: int, last: int, place: int) -> None:
        """Take note of a concept at tokens `first` to `last` and keep every rule it completes."""
        if concept == self._symptom:
            self.symptoms.update(range(first, last + 1))
            return
        seen = self._seen
        before = seen.get(concept)
        if before is not None and before[1] < first:
            self._earlier[concept] = before
        seen[concept] = (first, last, place)
        for number, rule, others in self._by_concept.get(concept, ()):
            if not others:
                self._keep(number, rule, ((first, last),))
                continue
            slots = [(first, last)]
            for other in others:
                at = seen.get(other)
                if at is not None and at[1] >= first:
                    at = self._earlier.get(other)
                if at is not None and place - at[2] <= rule.within:
                    slots.append(at[:2])
                elif other not in self._given:
                    break
            else:
                if not rule.ordered or slots[1:] == sorted(slots[1:]):
                    self._keep(number, rule, tuple(slots))

    def _keep(self, number: int, rule: Rule, slots: tuple[tuple[int, int], ...]) -> None:
        kept = self._counts.get(number, 0)
        if kept < _KEPT_PER_RULE:
            self._counts[number] = kept + 1
            self.found.append(Found(rule, slots))
