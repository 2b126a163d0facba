"""What somebody who rings back says of themselves, read as digits of a number and words of a name."""

import re
from typing import NamedTuple

from callback_tui.rules.match_name import folded

DIGITS_NEEDED = 4
LETTERS_NEEDED = 3
# A number said whole may begin with the zeros of its country, which a stored number does not have.
_WHOLE_NUMBER_DIGITS = 7
_EXTENSION = re.compile(r"(?:\bext(?:ension)?|\bx|#)[.:\s]*\d+\s*$", re.IGNORECASE)


class Said(NamedTuple):
    """What to look for: one of `digits` in a number, and every one of `words` in a folded name."""

    digits: tuple[str, ...]
    words: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether it is enough to look for."""
        return bool(self.digits or self.words)


def read_said(typed: str) -> Said:
    """Return what was typed as digits, at least four, and words of together at least three letters.

    Signs between digits, an extension and accents do not matter; less than that finds nobody, so that one key does not
    list every patient. Source: screens "They are calling me back".
    """
    text = _EXTENSION.sub(" ", typed)
    digits = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    words = tuple(folded("".join(" " if sign.isdigit() else sign for sign in text)).split())
    if len(digits) < DIGITS_NEEDED:
        found: tuple[str, ...] = ()
    elif digits.startswith("0") and len(digits) >= _WHOLE_NUMBER_DIGITS:
        found = (digits, digits.lstrip("0"))
    else:
        found = (digits,)
    enough = sum(map(len, words)) >= LETTERS_NEEDED
    return Said(tuple(each for each in found if len(each) >= DIGITS_NEEDED), words if enough else ())
