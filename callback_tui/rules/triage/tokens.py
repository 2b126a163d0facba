"""Turns a message into lower-case words, and words back into places in the text."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, chain

from callback_tui.rules.triage.memory import Memory

# every alternative consumes at least one character and none nests, so the scan is linear
_TOKEN = re.compile(
    r"[a-z][a-z0-9\u0300-\u036f\u00ad\u200b]*(?:'[a-z][a-z0-9]*)*|\d+(?:[.,]\d+)*|[.!?;\n,/%:+&]|[^\W\d_a-z]+|\["
)
_INNER = re.compile("['\u0300-\u036f\u00ad\u200b]")
_APOSTROPHES = "\u2019\u2018\u02bc\u0060\u00b4\u2032"
_LAST_FOLDED = 0x250


def _fold(text: str) -> str:
    """Return `text` in lower case without accents, every character still at its place."""
    if text.isascii():
        return text.lower()
    return text.translate(_fold_table())


@cache
def _fold_table() -> dict[int, str]:
    table = {code: chr(code + 32) for code in range(ord("A"), ord("Z") + 1)}
    for code in (*range(0xC0, _LAST_FOLDED), *range(0xFF21, 0xFF5B), *range(0xFF10, 0xFF1A)):
        base = unicodedata.normalize("NFKD", chr(code))[0].lower()
        if len(base) == 1 and base.isascii() and base.isalnum():
            table[code] = base
        elif len(chr(code).lower()) == 1:
            table[code] = chr(code).lower()
    table.update({ord(mark): "'" for mark in _APOSTROPHES})
    table[ord("¿")] = table[ord("¡")] = "."
    return table


def pieces_of(text: str) -> list[str]:
    """Return the pieces of `text` between spaces; no word reaches over a space."""
    if "`" in text and not text.isascii():
        # plain text quotes code with it, typeset text writes it for an apostrophe
        text = text.replace("`", "'")
    return text.split(" ")


def words_of(pieces: Sequence[str]) -> list[str]:
    """Return the folded words, numbers and marks; apostrophes inside words are dropped ("cant")."""
    return list(chain.from_iterable(map(_WORDS.__getitem__, pieces)))


def places_of(pieces: Sequence[str], tokens: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return start and end of the given `tokens` of `words_of(pieces)`, as character offsets into the text."""
    tokens_to = list(accumulate(map(len, map(_WORDS.__getitem__, pieces))))
    places = {}
    for token in tokens:
        number = bisect_right(tokens_to, token)
        start, end = _SPANS[pieces[number]][token - tokens_to[number]]
        before = number + sum(map(len, pieces[:number]))
        places[token] = (before + start, before + end)
    return places


def _words_of_piece(piece: str) -> tuple[str, ...]:
    return tuple(_INNER.sub("", word) for word in _TOKEN.findall(_fold(piece)))


def _spans_of_piece(piece: str) -> tuple[tuple[int, int], ...]:
    return tuple(found.span() for found in _TOKEN.finditer(_fold(piece)))


# the same few thousand pieces make up most messages
_WORDS = Memory(_words_of_piece)
_SPANS = Memory(_spans_of_piece)
