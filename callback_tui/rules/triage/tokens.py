"""Turns a message into lower-case words, and words back into places in the text."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import islice

# every alternative consumes at least one character and none nests, so the scan is linear
_TOKEN = re.compile(
    r"[a-z][a-z0-9\u0300-\u036f\u00ad\u200b]*(?:'[a-z][a-z0-9]*)*|\d+(?:[.,]\d+)*|[.!?;\n,/%:+&]|[^\W\d_a-z]+|\["
)
_INNER = re.compile("['\u0300-\u036f\u00ad\u200b]")
_INSIDE_WORD = re.compile("(?<=[a-z0-9])'(?=[a-z])")
_APOSTROPHES = "\u2019\u2018\u02bc\u0060\u00b4\u2032"
_LAST_FOLDED = 0x250


def fold(text: str) -> str:
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


def words_of(folded: str) -> list[str]:
    """Return the words, numbers and marks of folded text; apostrophes inside words are dropped ("cant")."""
    if folded.isascii():
        words: list[str] = _TOKEN.findall(_INSIDE_WORD.sub("", folded) if "'" in folded else folded)
        return words
    return [_INNER.sub("", word) for word in _TOKEN.findall(folded)]


def places_of(folded: str, words: Sequence[str], count: int) -> list[tuple[int, int]]:
    """Return start and end of the first `count` of `words`, which `words_of` made of `folded`, as character offsets."""
    if "'" in folded or not folded.isascii():
        return [found.span() for found in islice(_TOKEN.finditer(folded), count)]
    places = []
    end = 0
    for word in islice(words, count):
        # between two tokens stands nothing that a token could begin with, so the next find is the token
        start = folded.find(word, end)
        end = start + len(word)
        places.append((start, end))
    return places
