"""Finds where rules fire: what concepts a text has, which rules have all of theirs, and only then where they are."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cached_property
from itertools import accumulate, compress, count, pairwise, repeat
from operator import itemgetter
from typing import NamedTuple

from callback_tui.rules.triage.concepts import Phrase, RuleSet
from callback_tui.rules.triage.numbers import measurements
from callback_tui.rules.triage.rule import ROUTINE_RANK, Rule

_KEPT_PER_RULE = 64
_BREAK_COSTS = 4
# how much farther apart a mark sets what stands on both its sides; it counts as a word itself
_SHIFTS = dict.fromkeys(".!?;\n", _BREAK_COSTS) | dict.fromkeys(",:[&+%/", -1)

_Concepts = tuple[int, ...]
_Span = tuple[int, int]
# the token at which it is met, its first and its last one
_Place = tuple[int, int, int]
_Met = tuple[_Concepts, _Place]
_MET_AT = itemgetter(0)


class Found(NamedTuple):
    """One place where a rule fired: its first and last token, and those of every slot."""

    rule: Rule
    first: int
    last: int
    slots: tuple[_Span, ...]


class Matches:
    """What one pass found: the places of danger signs, those of other rules, and what context has to know."""

    def __init__(self, told: Sequence[_Concepts], longer: Sequence[_Met], absorbed: Collection[int]) -> None:
        """Start without places; `absorbed` are the tokens of a "not" that belongs to a phrase.

        `told` are the concepts of every token, `longer` those of phrases and measurements.
        """
        self.absorbed = absorbed
        self.dangers: list[Found] = []
        self.others: list[Found] = []
        self.symptom = -1
        self.has_symptom = False
        self.examined = 0
        """How many rules had to be looked at."""

        self._told = told
        self._longer = longer

    @cached_property
    def symptoms(self) -> Set[int]:
        """The tokens that are symptom words."""
        alone = {token for token, concepts in enumerate(self._told) if self.symptom in concepts}
        spans = (range(first, last + 1) for concepts, (_, first, last) in self._longer if self.symptom in concepts)
        return alone.union(*spans)

    def places(self, slots: Iterable[int]) -> dict[int, list[_Place]]:
        """Return where these slots are, in reading order."""
        places: dict[int, list[_Place]] = {slot: [] for slot in slots}
        for concepts, place in self._longer:
            for concept in concepts:
                if concept in places:
                    places[concept].append(place)
        several = [found for found in places.values() if found] if self._longer else ()
        for token in compress(count(), self._told):
            for concept in self._told[token]:
                if concept in places:
                    places[concept].append((token, token, token))
        for found in several:
            found.sort(key=_MET_AT)
        return places


def find(words: list[str], rules: RuleSet, given: frozenset[int] = frozenset()) -> Matches:
    """Return every place where a rule's slots stand close enough together.

    `given` are concepts known beforehand (the patient is a baby), near everything.
    """
    told = list(map(rules.memory.__getitem__, words))
    longer: list[_Met] = []
    absorbed: set[int] = set()
    starts = list(compress(count(), map(rules.pairs.__contains__, pairwise(words))))
    if starts:
        longer, absorbed = _understood(sorted(_phrases_at(starts, words, rules.pairs)), told, rules.number)
    met = given.union(*filter(None, told), *[concepts for concepts, _ in longer])
    if rules.number in met:
        measured = _measured(words, told, rules)
        met = met.union(*[concepts for concepts, _ in measured])
        longer += measured
    possible, examined = rules.possible(met)
    matches = Matches(told, longer, absorbed)
    matches.symptom = rules.symptom
    matches.has_symptom = rules.symptom in met
    matches.examined = examined
    if possible:
        _fire(possible, words, given, matches)
    return matches


def _phrases_at(
    starts: Iterable[int], words: Sequence[str], pairs: Mapping[tuple[str, str], Sequence[Phrase]]
) -> list[tuple[int, Phrase]]:
    """Return the phrases whose two rarest words stand at the tokens `starts`, each with its first token."""
    found = []
    for token in starts:
        for phrase in pairs[words[token], words[token + 1]]:
            first = token - phrase.before
            if first >= 0 and words[first : first + len(phrase.words)] == phrase.words:
                found.append((first, phrase))
    return found


def _understood(phrases: Iterable[tuple[int, Phrase]], told: list[_Concepts], kept: int) -> tuple[list[_Met], set[int]]:
    """Return what the phrases tell, and the tokens of those with a "not"; of what one masks only `kept` stays."""
    longer: list[_Met] = []
    absorbed: set[int] = set()
    masked: set[int] = set()
    mask = -1
    for first, phrase in phrases:
        if first in masked and first != mask:
            continue
        tokens = range(first, first + len(phrase.words))
        if phrase.is_mask:
            mask = first
            masked.update(tokens)
        if phrase.is_negative:
            absorbed.update(tokens)
        if phrase.concepts:
            longer.append((phrase.concepts, (first, first, tokens[-1])))
    for token in masked:
        told[token] = (kept,) if kept in told[token] else ()
    return longer, absorbed


def _measured(words: list[str], told: Sequence[_Concepts], rules: RuleSet) -> list[_Met]:
    """Return what the numbers measure."""
    numbers = [token for token in compress(count(), told) if rules.number in told[token]]
    return [
        (rules.filled_by[name], (last, first, last))
        for last, named in measurements(words, numbers, rules.limits).items()
        for name, first in named
    ]


def _fire(rules: Sequence[Rule], words: Sequence[str], given: Set[int], matches: Matches) -> None:
    """Note the places of the rules: of those with one slot by themselves, of others where the slots are close."""
    places = matches.places(slot for rule in rules for slot in rule.slots)
    shifts: Sequence[int] = ()
    for rule in rules:
        is_danger = rule.rank < ROUTINE_RANK
        if len(rule.slots) > 1:
            shifts = shifts or list(accumulate(map(_SHIFTS.get, words, repeat(0))))
            found = _joined(rule, places, given, shifts)
        else:
            # where context is not asked, the first place tells all
            alone = places[rule.slots[0]][: _KEPT_PER_RULE if is_danger else 1]
            found = [Found(rule, first, last, ((first, last),)) for _, first, last in alone]
        if is_danger:
            matches.dangers += found
        else:
            matches.others += found


def _joined(rule: Rule, places: Mapping[int, Sequence[_Place]], given: Set[int], shifts: Sequence[int]) -> list[Found]:
    """Return the places where all slots of a rule are close enough: each with the nearest of the others before it."""
    found: list[Found] = []
    for slot, others in rule.triggers:
        kept = 0
        for _, first, last in places[slot]:
            farthest = last + shifts[last] - rule.within
            slots = [(first, last)]
            for other in others:
                at = _before(first, places[other])
                if at is not None and at[1] + shifts[at[1]] >= farthest:
                    slots.append(at)
                elif other not in given:
                    break
            else:
                if rule.ordered and slots[1:] != sorted(slots[1:]):
                    continue
                found.append(Found(rule, min(slots)[0], last, tuple(slots)))
                kept += 1
                if kept == _KEPT_PER_RULE:
                    break
    if len(found) > 1:
        found.sort(key=_trigger)
    return found[:_KEPT_PER_RULE]


def _trigger(found: Found) -> int:
    return found.slots[0][0]


def _before(token: int, places: Sequence[_Place]) -> _Span | None:
    """Return the last of the places that ends before a token."""
    if not places or places[0][0] >= token:
        return None
    number = bisect_left(places, (token,)) if len(places) > 1 else 1
    while number:
        number -= 1
        _, first, last = places[number]
        if last < token:
            return first, last
    return None
