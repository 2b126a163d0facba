"""What the tagger's vocabulary knows of symptoms, drugs, tests and illnesses, found in a text as whole words."""

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from callback_tui.rules.heard_words import Word, words_of

_CATEGORIES = {
    "drug": ("drug", "medicine", "opioid", "critical_med", "vaccine"),
    "test": ("results", "lab_name"),
    "diagnosis": ("disease", "pregnant", "postpartum", "diabetic"),
    "symptom": ("symptom",),
}
"""The concepts of the tagger behind each category of `rules.voicemail`."""

_SAID_TO_ALL = frozenset({"emergency", "emergencies", "hung", "labor"})
"""Words of the vocabulary that need not be about health: the minimum message names 911 for an emergency."""

_SHORTEST_STEM = 3


class _Vocabulary(NamedTuple):
    """Phrases by their first word, the words after it and the category; stems, which any ending may follow."""

    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]
    stems: Mapping[str, str]


def concept_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, category) of each word or phrase of the vocabulary, the longest at its place, in order."""
    words = [word for word in words_of(text) if word.raw[0].isalnum()]
    place = 0
    while place < len(words):
        taken, category = _at(words, place, _vocabulary())
        if taken:
            yield words[place].start, words[place + taken - 1].end, category
        place += taken or 1


def _at(words: Sequence[Word], place: int, known: _Vocabulary) -> tuple[int, str]:
    first = _bare(words[place])
    for tail, category in known.phrases.get(first, ()):
        if tuple(_bare(word) for word in words[place + 1 : place + 1 + len(tail)]) == tail:
            return 1 + len(tail), category
    stems = (first[:end] for end in range(_SHORTEST_STEM, len(first) + 1))
    return next(((1, known.stems[stem]) for stem in stems if stem in known.stems), (0, ""))


def _bare(word: Word) -> str:
    return word.folded.replace("'", "")


@cache
def _vocabulary() -> _Vocabulary:
    concepts = json.loads((files("callback_tui.rules.triage") / "concepts.json").read_text("utf-8"))
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, str] = {}
    for category, names in _CATEGORIES.items():
        for variant in sorted({variant for name in names for variant in _variants(concepts, name)} - _SAID_TO_ALL):
            first, *rest = variant.split()
            if rest or not first.endswith("*"):
                phrases.setdefault(first, []).append((tuple(rest), category))
            elif len(first) > _SHORTEST_STEM:
                stems.setdefault(first.removesuffix("*"), category)
    for known in phrases.values():
        known.sort(key=lambda phrase: -len(phrase[0]))
    return _Vocabulary(phrases, stems)


def _variants(concepts: Mapping[str, str], name: str) -> Iterator[str]:
    for variant in (each.strip() for each in concepts[name].split(",")):
        if variant.startswith("@"):
            yield from _variants(concepts, variant[1:])
        elif variant:
            yield variant.replace("'", "")
