"""Folds letters of every kind into plain lower-case ones, every character still at its place."""

import unicodedata

_ACCENTED = range(0xC0, 0x250)
_REMEMBERED = 20_000
_GIVEN = {
    **dict.fromkeys("\u2019\u2018\u02bc\u0060\u00b4\u2032\uff07", "'"),
    **dict.fromkeys("¿¡。", "."),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    "、": ",",
}
_MARKS = frozenset(".!?;,/%:+&[")
# only in a word that has Latin letters as well, where nobody meant them; capitals have become small before
_LOOKALIKES = str.maketrans(
    "авекмнорстухіјѕԁһӏԛԝгпьαβεζηικμνορτυχωγ",
    "abekmhopctyxijsdhlqwrnbabezhikmvoptuxwy",
)


class _Folding(dict[int, str]):
    """Characters to what they are read as; the first look at one works it out."""

    def __missing__(self, code: int) -> str:
        folded = _folded_character(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded


def _folded_character(letter: str) -> str:
    if letter in _GIVEN:
        return _GIVEN[letter]
    if ord(letter) in _ACCENTED:
        plain = unicodedata.normalize("NFKD", letter)[0].lower()
    else:
        # full-width, mathematical and encircled letters, and the joined ones of typesetting
        plain = unicodedata.normalize("NFKC", letter).lower()
    if plain.isascii() and (plain.isalnum() or plain in _MARKS):
        return plain
    small = letter.lower()
    return small if len(small) == 1 else letter


_FOLDING = _Folding()


def folded(text: str) -> str:
    """Return `text` in lower case without accents; a letter of typesetting that stands for two becomes two."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def without_lookalikes(word: str) -> str:
    """Return a word of mixed scripts in Latin letters; one that stays mixed, or is all of one script, as it is."""
    if word.isascii() or not any("a" <= letter <= "z" for letter in word):
        return word
    latin = word.translate(_LOOKALIKES)
    return latin if latin.isascii() else word
