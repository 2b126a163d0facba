"""Words of a message with their places, and numbers as people say them digit by digit, in English and Spanish."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

# every alternative takes at least one character and none nests, so the scan is linear
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?|[0-9]+|[^\w\s]|_")
_LONGEST = 20_000
"""Characters of a message that are looked through; who calls says who they are long before."""


def word_set(listed: str) -> frozenset[str]:
    """Return the words of a list written with blanks between them."""
    return frozenset(listed.split())


_SMALL_NAMES = """zero/oh/o/cero/nought one/uno/una two/dos three/tres four/cuatro five/cinco six/seis seven/siete
eight/ocho nine/nueve ten/diez eleven/once twelve/doce thirteen/trece fourteen/catorce fifteen/quince
sixteen/dieciseis seventeen/diecisiete eighteen/dieciocho nineteen/diecinueve"""
_TENS_NAMES = """twenty/veinte thirty/treinta forty/cuarenta fifty/cincuenta sixty/sesenta seventy/setenta
eighty/ochenta ninety/noventa"""
_TWENTIES = "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
_HUNDREDS = "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
SMALL = {name: number for number, names in enumerate(_SMALL_NAMES.split()) for name in names.split("/")} | {
    name: number for number, name in enumerate(_TWENTIES.split(), 21)
}
TENS = {name: 10 * place for place, names in enumerate(_TENS_NAMES.split(), 2) for name in names.split("/")}
_SPANISH_HUNDREDS = {"cien": 100, "ciento": 100} | {
    name: 100 * place for place, name in enumerate(_HUNDREDS.split(), 2)
}
_TIMES = {"double": 2, "doble": 2, "triple": 3, "treble": 3}
_STARTS = SMALL.keys() | TENS.keys() | _SPANISH_HUNDREDS.keys() | _TIMES.keys()
_AND = word_set("and y")


class Word(NamedTuple):
    """One word, run of digits or mark: folded for comparing, as it stands, and where."""

    folded: str
    raw: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """Return the words, digits and marks of a text; of a very long one only the beginning."""
    return [Word(_folded(hit[0]), hit[0], *hit.span()) for hit in _WORD.finditer(text, 0, _LONGEST)]


def digits_at(words: Sequence[Word], place: int) -> tuple[str, int]:
    """Return the digits said at a place and how many words they take; "" and 0 where none are said.

    "five" is "5", "fifty five" "55", "one hundred" "100", "double five" "55", "doscientos doce" "212", "0147" itself.
    """
    word = words[place].folded
    if words[place].raw.isdecimal():
        return words[place].raw, 1
    if word not in _STARTS:
        return "", 0
    following = words[place + 1].folded if place + 1 < len(words) else ""
    if word in _TIMES and following in SMALL and SMALL[following] < 10:
        return str(SMALL[following]) * _TIMES[word], 2
    if word in _SPANISH_HUNDREDS:
        below, taken = _below_hundred(words, place + 1)
        return str(_SPANISH_HUNDREDS[word] + below), 1 + taken
    value, taken = _below_hundred(words, place)
    if not taken:
        return "", 0
    after = words[place + taken].folded if place + taken < len(words) else ""
    if after in ("hundred", "thousand") and 0 < value < 10:
        return str(value * (100 if after == "hundred" else 1000)), taken + 1
    return str(value), taken


def _below_hundred(words: Sequence[Word], place: int) -> tuple[int, int]:
    """Return the number under a hundred said at a place, and its words; 0 and 0 where there is none."""
    if place >= len(words):
        return 0, 0
    word = words[place].folded
    if word in SMALL:
        return SMALL[word], 1
    if word not in TENS:
        return 0, 0
    last = place + 1
    if last < len(words) and (words[last].raw == "-" or words[last].folded in _AND):
        last += 1
    if last < len(words) and 0 < SMALL.get(words[last].folded, 0) < 10:
        return TENS[word] + SMALL[words[last].folded], last - place + 1
    return TENS[word], 1


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.replace("\u2019", "'"))
    return "".join(part for part in parts if not unicodedata.combining(part)).lower()
