"""Turns a message into lower-case words, and words back into places in the text."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, chain

from callback_tui.rules.triage.folding import folded, without_lookalikes
from callback_tui.rules.triage.memory import Memory
from callback_tui.rules.triage.typos import squeezed

# marks over letters, characters of no width and of control: inside a word they count for nothing
_NOTHING = (
    "\u0300-\u036f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    "\x00-\x08\x0e-\x1b\x7f"
)
# every alternative consumes at least one character and none nests, so the scan is linear
_TOKEN = re.compile(rf"[a-z][a-z0-9{_NOTHING}]*(?:'[a-z][a-z0-9]*)*|\d+(?:[.,]\d+)*|[.!?;\n,/%:+&]|[^\W\d_a-z]+|\[")
_INNER = re.compile(f"['{_NOTHING}]")
_LETTERS = re.compile(r"[^\W\d_]+")
# a sound, what stands for it and the comma after it say nothing and may stand in the middle of a phrase
_SOUND = re.compile(r"(?:u+h*m+|u+h+|e+r+m+|h+m+|e+h+)(?:,|\.{2,3}|\u2026|-)?")
_YOU_KNOW = (" you know, ", " you know ")


def pieces_of(text: str) -> list[str]:
    """Return the pieces of `text` between spaces, without "you know"; no word reaches over a space."""
    if "`" in text and not text.isascii():
        # plain text quotes code with it, typeset text writes it for an apostrophe
        text = text.replace("`", "'")
    if " you know" in text:
        for said in _YOU_KNOW:
            text = text.replace(said, " " * len(said))
    return text.split(" ")


def words_of(pieces: Sequence[str]) -> list[str]:
    """Return the folded words, numbers and marks of a text; apostrophes inside words are dropped ("cant")."""
    return list(chain.from_iterable(map(_words_of_piece, pieces)))


class Pieces:
    """What every piece of text reads as; the same few thousand make up most messages, so it is remembered."""

    def __init__(self, mended: Callable[[str], str], respelt: Callable[[str], str]) -> None:
        """Take what mends the broken words of a piece, every character staying at its place, and a misspelt word."""
        self.words: Memory[tuple[str, ...]] = Memory(lambda piece: tuple(map(respelt, _words_of_piece(mended(piece)))))
        self._spans: Memory[tuple[tuple[int, int], ...]] = Memory(lambda piece: _spans_of_piece(mended(piece)))

    def places(
        self, pieces: Sequence[str], groups: Sequence[Sequence[str]], tokens: Iterable[int]
    ) -> dict[int, tuple[int, int]]:
        """Return start and end of the given `tokens`, as offsets into the text; `groups` are the words of `pieces`."""
        tokens_to = list(accumulate(map(len, groups)))
        letters_to = list(accumulate(map(len, pieces)))
        places = {}
        for token in tokens:
            number = bisect_right(tokens_to, token)
            start, end = self._spans[pieces[number]][token - tokens_to[number]]
            before = number + letters_to[number] - len(pieces[number])
            places[token] = (before + start, before + end)
        return places


def _read(piece: str) -> str:
    small = folded(piece)
    return small if small.isascii() else _LETTERS.sub(lambda word: without_lookalikes(word[0]), small)


def _words_of_piece(piece: str) -> tuple[str, ...]:
    if _SOUND.fullmatch(piece.lower()):
        return ()
    return tuple(squeezed(_INNER.sub("", word)) for word in _TOKEN.findall(_read(piece)))


def _spans_of_piece(piece: str) -> tuple[tuple[int, int], ...]:
    read = _read(piece)
    if len(read) != len(piece):
        # a letter of typesetting became two
        return ((0, len(piece)),) * len(_TOKEN.findall(read))
    return tuple(found.span() for found in _TOKEN.finditer(read))
