"""Forgives one typing slip in a word, and letters held down too long."""

import re
from collections.abc import Iterable, Iterator
from operator import ne

_SHORTEST = 6
_SHORTEST_DAMAGED = 4
_SHORTEST_SWAPPED_LETTER = 7
_LONGEST = 24
_LONGEST_SQUEEZED = 200
_THREE_ALIKE = re.compile(r"(\D)\1\1")


class Slips:
    """Finds the danger word that somebody meant."""

    def __init__(self, words: Iterable[str], never: frozenset[str]) -> None:
        """Take the words a slip may mean, the likeliest first, and those that are `never` one.

        An index is built at the first question.
        """
        self._words = [word for word in words if len(word) >= _SHORTEST_DAMAGED and word.isalpha()]
        self._short = {word: place for place, word in enumerate(self._words) if len(word) < _SHORTEST}
        self._never = never
        self._by_cut: dict[str, str] | None = None
        self._by_loss: dict[str, str] = {}
        self._by_gap: dict[tuple[str, str], str] | None = None

    def meant_by(self, word: str) -> str | None:
        """Return the word that is one letter more, one less, one swapped or one other; None where there is none.

        In a short word no letter is another one, and only a doubled one is too many.
        """
        if not _SHORTEST_DAMAGED - 1 <= len(word) <= _LONGEST or word in self._never or not word.isalpha():
            return None
        if self._by_cut is None:
            self._by_cut = self._index()
            self._by_loss = self._short_index()
        for cut in _cuts(word) if len(word) >= _SHORTEST - 1 else ():
            right = self._by_cut.get(cut)
            if right is not None and right[0] == word[0] and _one_slip(word, right):
                return right
        known = [right for right in (*_unslipped(word), self._by_loss.get(word, "")) if right in self._short]
        return min(known, key=self._short.__getitem__, default=None)

    def _short_index(self) -> dict[str, str]:
        """Return what is left of every short word when a letter inside it is lost."""
        index: dict[str, str] = {}
        for word in self._short:
            for place in range(1, len(word) - 1):
                index.setdefault(word[:place] + word[place + 1 :], word)
        return index

    def _index(self) -> dict[str, str]:
        index: dict[str, str] = {}
        for word in self._words:
            for cut in _cuts(word) if len(word) >= _SHORTEST else ():
                index.setdefault(cut, word)
        return index

    def lost_letter(self, before: str, after: str) -> str | None:
        """Return the letter between two parts that makes one of the words of them; None where there is none."""
        if self._by_gap is None:
            gaps = ((word, place) for word in self._words for place in range(1, len(word) - 1))
            self._by_gap = {(word[:place], word[place + 1 :]): word[place] for word, place in gaps}
        return self._by_gap.get((before, after))


def _cuts(word: str) -> list[str]:
    return [word, *(word[:place] + word[place + 1 :] for place in range(1, len(word)))]


def _unslipped(word: str) -> Iterator[str]:
    """Return what a short word would be with two letters swapped back or a double one single."""
    for place in range(1, len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    for place in range(1, len(word)):
        if word[place] == word[place - 1]:
            yield word[:place] + word[place + 1 :]


def _one_slip(word: str, right: str) -> bool:
    if len(word) != len(right):
        return True
    others = sum(map(ne, word, right))
    return (others == 2 and sorted(word) == sorted(right)) or (others == 1 and len(right) >= _SHORTEST_SWAPPED_LETTER)


def squeezed(word: str) -> str:
    """Return a word without the letters held down ("sooo" is "so"), and what is no word at all cut short."""
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
