"""Numbers as they are spoken: "one oh three point four", "one eighty", "a hundred and two", "treinta y nueve"."""

from collections.abc import Sequence

_SMALL_NAMES = """zero/cero one/uno two/dos three/tres four/cuatro five/cinco six/seis seven/siete eight/ocho nine/nueve
ten/diez eleven/once twelve/doce thirteen/trece fourteen/catorce fifteen/quince sixteen seventeen eighteen nineteen"""
_TENS_NAMES = """twenty/veinte thirty/treinta forty/cuarenta fifty/cincuenta sixty/sesenta seventy/setenta
eighty/ochenta ninety/noventa"""
_SMALL = {word: number for number, words in enumerate(_SMALL_NAMES.split()) for word in words.split("/")}
_TENS = {word: 10 * (place + 2) for place, words in enumerate(_TENS_NAMES.split()) for word in words.split("/")}
_HUNDRED = frozenset({"hundred", "cien", "ciento"})
POINTS = frozenset({"point", "punto"})
_AND = frozenset({"and", "y"})
_OH = frozenset({"oh", "o"})
_MOST_WORDS = 8

STARTS = frozenset({*_SMALL, *_TENS, *_HUNDRED})


def begins_number(word: str) -> bool:
    """Return whether a word is in digits or one that begins a spoken number; the "a" of "a hundred" is not asked."""
    # in the order of characters the digits stand between "/" and ":"
    return "/" < word < ":" or word in STARTS


def spoken_value(words: Sequence[str], start: int) -> tuple[float, int] | None:
    """Return the number spoken at token `start` and how many tokens it takes, or None."""
    first = words[start]
    if first == "a" and words[start + 1 : start + 2] == ["hundred"]:
        value, length = _below_thousand(words, start + 1)
        length += 1
    elif first in _SMALL or first in _TENS or first in _HUNDRED:
        value, length = _below_thousand(words, start)
    else:
        return None
    after = start + length
    if after + 1 < len(words) and words[after] in POINTS and words[after + 1] in _SMALL:
        digit = _SMALL[words[after + 1]]
        return (value + digit / (10 if digit < 10 else 100), length + 2)
    return (float(value), length)


def _below_thousand(words: Sequence[str], start: int) -> tuple[int, int]:
    value, length, last = 0, 0, ""
    while length < _MOST_WORDS and start + length < len(words):
        word = words[start + length]
        following = words[start + length + 1] if start + length + 1 < len(words) else ""
        if word in _HUNDRED:
            if last not in ("", "small") or value >= 10:
                break
            value, last = max(value, 1) * 100, "hundred"
        elif word in _TENS:
            if last in ("tens", "oh"):
                break
            value, last = value * (100 if last == "small" and value < 10 else 1) + _TENS[word], "tens"
        elif word in _SMALL:
            number = _SMALL[word]
            if last == "small" and (value >= 10 or number < 10):
                break
            if last == "tens" and number >= 10:
                break
            value, last = (value * 100 if last == "small" else value) + number, "small" if last == "" else "done"
        elif word in _OH and last == "small" and value < 10 and following in _SMALL:
            value, last = value * 100, "oh"
        elif word in _AND and last in ("hundred", "tens") and (following in _SMALL or following in _TENS):
            length += 1
            continue
        else:
            break
        length += 1
        if last == "done":
            break
    return value, length
