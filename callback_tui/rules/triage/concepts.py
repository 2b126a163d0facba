"""Loads the rules and concepts of the package and turns words into concepts."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache
from itertools import chain, pairwise
from typing import NamedTuple

from callback_tui.rules.triage.contractions import spellings
from callback_tui.rules.triage.memory import Memory
from callback_tui.rules.triage.number_words import STARTS, begins_number
from callback_tui.rules.triage.numbers import COUNTED, MEASURED, number_rules
from callback_tui.rules.triage.rule import ROUTINE_RANK, Rule, compiled_rule
from callback_tui.rules.triage.typos import Slips

_FILES = ("concepts.json", "rules.json", "context.json")


class Phrase(NamedTuple):
    """A phrase of the lists, found by the rarest two words that follow each other; `before` words stand before them.

    `is_negative` holds a "not" of its own, `is_mask` hides what its words mean alone. `number` is its place among all.
    """

    number: int
    words: Sequence[str]
    before: int
    concepts: tuple[int, ...]
    is_negative: bool
    is_mask: bool


class RuleSet:
    """The compiled rules. A concept is a small number, and so is every slot that accepts several."""

    def __init__(self, concepts: dict[str, str], rules: list[dict[str, object]], context: dict[str, object]) -> None:
        """Compile the three files; a rule that names an unknown concept is a defect and raises KeyError."""
        self.context = context
        self.limits = number_rules(context)
        self._texts = concepts
        self._numbers = {name: number for number, name in enumerate(concepts)}
        self._common = frozenset(str(context["common"]).split(", "))
        members = {name: list(self._variants(name)) for name in concepts}
        self.rules = tuple(self._compile(rule, members) for rule in rules)
        self.symptom = self._numbers["symptom"]
        self.number = len(self._numbers)
        """What a number tells by itself: a concept of no rule."""

        dangers = (rule for rule in self.rules if rule.rank < ROUTINE_RANK)
        self._raising = {self.symptom, *(slot for rule in dangers for slot in rule.slots)}
        told = self._told(members)
        self._words = {words: told[words] for words in told if " " not in words}
        phrases = {words: told[words] for words in told if " " in words}
        self._first_words = frozenset(words.split()[0] for words in phrases)
        self._known = self._common.union(*map(str.split, told))
        self.pairs = self._phrases(phrases)
        """Two words that follow each other to the phrases found by them."""

        self._slips = Slips(self._may_be_misspelt(phrases), frozenset(str(context["not_typos"]).split()))
        self._by_rarest = self._index_rules(members)
        self._rarest = frozenset(self._by_rarest)
        self.filled_by: Memory[tuple[int, ...]] = Memory(self._find_filled)
        """The name of a concept to its number and those of every slot that accepts it."""

        self.counters = self._counters()
        """The concepts that a rule has beside one that is counted; where none is, counting is for nothing."""

        self.memory: Memory[tuple[int, ...]] = Memory(self._find)
        """A folded word to its concepts; none for a word that tells nothing."""

    def possible(self, met: Set[int]) -> tuple[list[Rule], int]:
        """Return the rules whose slots are all met, and how many had to be looked at: those whose rarest one is."""
        by_rarest = self._by_rarest
        examined = [row for concept in self._rarest & met for row in by_rarest[concept]]
        return [rule for rule, slots in examined if slots <= met], len(examined)

    def respelt(self, word: str) -> str:
        """Return the word of a danger sign or a measurement that a misspelt one stands for; any other as it is."""
        if word in self._known or (word[-1:] == "s" and word[:-1] in self._words):
            return word
        return self._slips.meant_by(word) or word

    def understands(self, word: str) -> bool:
        """Return whether a word means something, alone or as the first of a phrase."""
        return word in self._first_words or bool(self._meant(word))

    def lists(self, word: str) -> bool:
        """Return whether a word is one of the lists."""
        return word in self._words

    def is_danger(self, word: str) -> bool:
        """Return whether a listed word is part of a danger sign."""
        return not self._raising.isdisjoint(self._words.get(word, ()))

    def knows(self, word: str) -> bool:
        """Return whether a word is an everyday one or means something."""
        return word in self._common or self.understands(word)

    def lost_letter(self, before: str, after: str) -> str | None:
        """Return the letter that makes a danger word of what stands before and after it."""
        return self._slips.lost_letter(before, after)

    def _variants(self, name: str) -> Iterator[str]:
        for variant in self._texts[name].split(","):
            words = " ".join(variant.split())
            if words.startswith("@"):
                yield from self._variants(words[1:])
            elif words:
                yield from spellings(words)

    def _compile(self, row: dict[str, object], members: dict[str, list[str]]) -> Rule:
        slots = str(row["slots"]).split(" + ")
        for slot in slots:
            if slot not in self._numbers:
                is_word = slot.startswith("=")
                members[slot] = [slot[1:]] if is_word else [text for name in slot.split("|") for text in members[name]]
                self._numbers[slot] = len(self._numbers)
        return compiled_rule(row, tuple(map(self._numbers.__getitem__, slots)))

    def _told(self, members: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, ...]]:
        """Return every listed word and phrase with those of its concepts that a rule asks for."""
        used = {self.symptom, *(slot for rule in self.rules for slot in rule.slots)}
        told: dict[str, tuple[int, ...]] = {}
        for name, variants in members.items():
            concept = (self._numbers[name],) if self._numbers[name] in used else ()
            for variant in dict.fromkeys(variants):
                told[variant] = told.get(variant, ()) + concept
        return told

    def _may_be_misspelt(self, phrases: Mapping[str, tuple[int, ...]]) -> list[str]:
        """Return the words whose slips are forgiven, the most used first.

        No "no" is among them: a slip may only raise a message, never lower it.
        """
        raising = self._raising
        single = [word for word, concepts in self._words.items() if not raising.isdisjoint(concepts)]
        longer = chain.from_iterable(text.split() for text, told in phrases.items() if not raising.isdisjoint(told))
        measuring = re.findall("[a-z]+", str(self.context["cues"]))
        unsaid = frozenset(str(self.context["negators"]).split(", "))
        uses = Counter(word for word in chain(single, longer, measuring, STARTS) if word not in unsaid)
        return sorted(uses, key=lambda word: (-uses[word], word))

    def _phrases(self, phrases: Mapping[str, tuple[int, ...]]) -> dict[tuple[str, str], tuple[Phrase, ...]]:
        negators = frozenset(str(self.context["negators"]).split(", "))
        masks = frozenset(self._texts["masks"].split(", "))
        uses = Counter(word for phrase in phrases for word in set(phrase.split()))
        found: dict[tuple[str, str], tuple[Phrase, ...]] = {}
        for number, (text, concepts) in enumerate(phrases.items()):
            words = text.split()
            is_negative, is_mask = not negators.isdisjoint(words), text in masks
            if concepts or is_negative or is_mask:
                commonness = [(word in self._common, uses[word]) for word in words]
                pairs = [(min(two), max(two), before) for before, two in enumerate(pairwise(commonness))]
                before = min(pairs)[2]
                pair = words[before], words[before + 1]
                found[pair] = (
                    *found.get(pair, ()),
                    Phrase(number, words, before, concepts, is_negative, is_mask),
                )
        return found

    def _index_rules(self, members: dict[str, list[str]]) -> dict[int, list[tuple[Rule, frozenset[int]]]]:
        """Return every rule, with its slots, under the slot that the fewest messages have."""
        texts = {number: members[name] for name, number in self._numbers.items()}
        index: dict[int, list[tuple[Rule, frozenset[int]]]] = {}
        for rule in self.rules:
            rarest = min(rule.slots, key=lambda slot: (len(self._common.intersection(texts[slot])), len(texts[slot])))
            index.setdefault(rarest, []).append((rule, frozenset(rule.slots)))
        return index

    def _counters(self) -> frozenset[int]:
        counted = {concept for name in COUNTED for concept in self.filled_by[name]}
        measured = {concept for name in MEASURED for concept in self.filled_by[name]}
        found: set[int] = set()
        for rule in self.rules:
            if not counted.isdisjoint(rule.slots):
                found.update(set(rule.slots) - measured or rule.slots)
        return frozenset(found)

    def _find_filled(self, name: str) -> tuple[int, ...]:
        return tuple(number for slot, number in self._numbers.items() if name in slot.split("|"))

    def _find(self, word: str) -> tuple[int, ...]:
        return (*self._meant(word), self.number) if begins_number(word) else self._meant(word)

    def _meant(self, word: str) -> tuple[int, ...]:
        """Return the concepts of a word; of one that nobody listed, the danger signs of the word it may stand for."""
        listed = self._words.get(word, ())
        if listed or word in self._first_words:
            return listed
        right = word[:-1] if word.endswith("s") and self._words.get(word[:-1]) else None
        return tuple(concept for concept in self._words[right] if concept in self._raising) if right is not None else ()


def _read(name: str) -> bytes:
    from importlib.resources import files

    return (files("callback_tui.rules.triage") / name).read_bytes()


@cache
def rule_set() -> RuleSet:
    """Return the compiled rules of this version, built at the first message."""
    return RuleSet(*rule_files())


def rule_files() -> tuple[dict[str, str], list[dict[str, object]], dict[str, object]]:
    """Return the concepts, the rules and the cues of context as the three files have them."""
    import json

    concepts, rules, context = (json.loads(_read(name)) for name in _FILES)
    return concepts, rules, context


@cache
def rule_set_hash() -> str:
    """Return the name of exactly these rules: the first 16 hexadecimal digits of the SHA-256 over the three files."""
    import hashlib

    return hashlib.sha256(b"\0".join(_read(name) for name in _FILES)).hexdigest()[:16]
