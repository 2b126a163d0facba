"""Loads the rules and concepts of the package and turns words into concepts."""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import NamedTuple

from callback_tui.models.vocabulary import CallReason, Tier
from callback_tui.rules.triage.contractions import spellings
from callback_tui.rules.triage.memory import Memory

_FILES = ("concepts.json", "rules.json", "context.json")
ROUTINE_RANK = Tier.ROUTINE.rank
_SHORTEST_TYPO = 6
_SHORTEST_SWAPPED_LETTER = 7
_LONGEST_WORD = 24
_LONGEST_SQUEEZED = 200
_THREE_ALIKE = re.compile(r"(.)\1\1")
_BREAK_COSTS = 4


class Rule(NamedTuple):
    """One to three slots within `within` tokens.

    `kept` yields to a direct "no" only; `fleeting` counts although it has passed (a short stroke).
    """

    rule: str
    category: str
    tier: Tier
    rank: int
    reason: CallReason
    cell: str
    slots: tuple[int, ...]
    within: int
    ordered: bool
    kept: bool
    fleeting: bool
    triggers: tuple[tuple[int, tuple[int, ...]], ...]
    """The slots that can complete the rule, each with the slots that must have been met before."""


class Phrase(NamedTuple):
    """The words after the first; `is_negative` holds a "not" of its own, `is_mask` hides what its words mean alone."""

    tail: tuple[str, ...]
    concepts: tuple[int, ...]
    is_negative: bool
    is_mask: bool


class Meaning(NamedTuple):
    """What a word is on its own, and the phrases it starts, by their second word.

    `shift` is not 0 for a mark: how much farther apart it sets what stands on both its sides.
    """

    concepts: tuple[int, ...]
    phrases: Mapping[str, tuple[Phrase, ...]]
    shift: int = 0


_MARKS = dict.fromkeys(".!?;\n", Meaning((), {}, _BREAK_COSTS)) | dict.fromkeys(",:[&+%/", Meaning((), {}, -1))


class RuleSet:
    """The compiled rules. `memory` maps a folded word to its meaning, or None for a word that has none."""

    def __init__(self, concepts: dict[str, str], rules: list[dict[str, object]], context: dict[str, object]) -> None:
        """Compile the three files; a rule that names an unknown concept is a defect and raises KeyError."""
        self.context = context
        self._texts = concepts
        self._numbers: dict[str, int] = {name: number for number, name in enumerate(concepts)}
        self._words: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        self._phrases: dict[str, dict[tuple[str, ...], list[int]]] = {}
        self.memory: Memory[Meaning | None] = Memory(self._find)
        self._filled: dict[str, tuple[int, ...]] = {}
        self._typos: dict[str, str] | None = None
        self._negators = frozenset(str(context["negators"]).split(", "))
        self._masks = frozenset(concepts["masks"].split(", "))
        self._not_typos = frozenset(str(context["not_typos"]).split())
        members = {name: list(self._variants(name)) for name in concepts}
        self.rules = tuple(self._compile(rule, members) for rule in rules)
        raising = {c for r in self.rules if r.rank < ROUTINE_RANK for c in r.slots}
        self.symptom = self._numbers["symptom"]
        self._raising = raising | {self.symptom}
        self._used = frozenset({self.symptom, *(slot for rule in self.rules for slot in rule.slots)})
        for name, variants in members.items():
            for variant in variants:
                self._add(variant, self._numbers[name])
        self._by_rarest = self._index_rules(members)

    def examined(self, met: Set[int]) -> list[tuple[Rule, frozenset[int]]]:
        """Return the rules whose rarest slot is among the concepts met, with their other slots; no other can fire."""
        by_rarest = self._by_rarest
        return [row for concept in by_rarest.keys() & met for row in by_rarest[concept]]

    def filled_by(self, name: str) -> tuple[int, ...]:
        """Return the numbers of the concept and of every slot that accepts it."""
        if name not in self._filled:
            self._filled[name] = tuple(n for slot, n in self._numbers.items() if name in slot.split("|"))
        return self._filled[name]

    def _variants(self, name: str) -> Iterator[str]:
        for variant in self._texts[name].split(","):
            variant = variant.strip()
            if variant.startswith("@"):
                yield from self._variants(variant[1:])
            elif variant:
                yield from spellings(variant)

    def _compile(self, row: dict[str, object], members: dict[str, list[str]]) -> Rule:
        slots = []
        for slot in str(row["slots"]).split(" + "):
            if slot not in self._numbers:
                variants = [slot[1:]] if slot.startswith("=") else []
                for name in [] if slot.startswith("=") else slot.split("|"):
                    variants += members[name]
                self._numbers[slot] = len(self._numbers)
                members[slot] = variants
            slots.append(self._numbers[slot])
        is_ordered = bool(row.get("ordered", False))
        last = slots[-1:] if is_ordered else dict.fromkeys(slots)
        return Rule(
            rule=str(row["id"]),
            category=str(row["id"]).split(".")[0],
            tier=Tier(str(row["tier"])),
            rank=Tier(str(row["tier"])).rank,
            reason=CallReason(str(row.get("reason", "symptom"))),
            cell=str(row["cell"]),
            slots=tuple(slots),
            within=int(str(row.get("within", 6))),
            ordered=is_ordered,
            kept=bool(row.get("kept", False)),
            fleeting=bool(row.get("fleeting", False)),
            triggers=tuple((slot, tuple(other for other in slots if other != slot)) for slot in last),
        )

    def _add(self, variant: str, concept: int) -> None:
        first, *rest = variant.split()
        if rest:
            self._phrases.setdefault(first, {}).setdefault(tuple(rest), []).append(concept)
        else:
            table = self._stems if first.endswith("*") else self._words
            numbers = table.setdefault(first.rstrip("*"), [])
            if concept not in numbers:
                numbers.append(concept)

    def _index_rules(self, members: dict[str, list[str]]) -> dict[int, tuple[tuple[Rule, frozenset[int]], ...]]:
        """Return every rule under the slot that the fewest messages have, with its other slots."""
        common = frozenset(str(self.context["common"]).split(", "))
        slots = {number: members[name] for name, number in self._numbers.items()}
        index: dict[int, list[tuple[Rule, frozenset[int]]]] = {}
        for rule in self.rules:
            rarest = min(rule.slots, key=lambda slot: (len(common.intersection(slots[slot])), len(slots[slot])))
            index.setdefault(rarest, []).append((rule, frozenset(rule.slots) - {rarest}))
        return {concept: tuple(rows) for concept, rows in index.items()}

    def _find(self, word: str) -> Meaning | None:
        if word in _MARKS:
            return _MARKS[word]
        concepts = self._concepts(word)
        phrases = self._phrases.get(word, {})
        if not concepts and not phrases:
            short = _squeeze(word)
            if short != word:
                return self._find(short)
            right = word[:-1] if word.endswith("s") and self._concepts(word[:-1]) else self._correct(word)
            if right is not None:
                concepts = tuple(c for c in self._concepts(right) if c in self._raising)
        if not concepts and not phrases:
            return None
        by_second: dict[str, tuple[Phrase, ...]] = {}
        for tail, numbers in phrases.items():
            whole = f"{word} {' '.join(tail)}"
            is_negative = not self._negators.isdisjoint(whole.split())
            phrase = Phrase(tail, tuple(c for c in numbers if c in self._used), is_negative, whole in self._masks)
            by_second[tail[0]] = (*by_second.get(tail[0], ()), phrase)
        return Meaning(concepts, by_second)

    def _concepts(self, word: str) -> tuple[int, ...]:
        found = list(self._words.get(word, ()))
        for end in range(3, min(len(word), _LONGEST_WORD) + 1):
            found += [c for c in self._stems.get(word[:end], ()) if c not in found]
        return tuple(c for c in found if c in self._used)

    def _correct(self, word: str) -> str | None:
        if not _SHORTEST_TYPO - 1 <= len(word) <= _LONGEST_WORD or word in self._not_typos:
            return None
        if self._typos is None:
            self._typos = self._typo_index()
        for cut in _cuts(word):
            right = self._typos.get(cut)
            if right is not None and right[0] == word[0] and _one_slip(word, right):
                return right
        return None

    def _typo_index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for word, concepts in self._words.items():
            if len(word) >= _SHORTEST_TYPO and word.isalpha() and self._raising.intersection(concepts):
                for cut in _cuts(word):
                    index.setdefault(cut, word)
        return index


def _cuts(word: str) -> list[str]:
    return [word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))]


def _one_slip(word: str, right: str) -> bool:
    if len(word) != len(right):
        return True
    return sorted(word) == sorted(right) or len(right) >= _SHORTEST_SWAPPED_LETTER


def _squeeze(word: str) -> str:
    if len(word) < _LONGEST_SQUEEZED and _THREE_ALIKE.search(word) is None:
        return word
    kept: list[str] = []
    for letter in word[:_LONGEST_SQUEEZED]:
        if len(kept) < 2 or not kept[-1] == kept[-2] == letter:
            kept.append(letter)
    short = "".join(kept)
    if short == word:
        return word
    return "".join(letter for place, letter in enumerate(short) if place == 0 or letter != short[place - 1])


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
