"""Finding a message in the queue by what a person types: parts of a name, digits of a number, words of the reason."""

import unicodedata

from callback_tui.views.queue import QueueRow

_DIGITS_NEEDED = 2


def row_matches(row: QueueRow, typed: str) -> bool:
    """Return whether every typed word is found in the row; accents and case do not matter (screens "Queue").

    A word of at least two digits is also looked for in the number, whatever signs stand between its digits.
    """
    words = fold(typed).split()
    if not words:
        return True
    text = fold(f"{row.search_text} {row.who} {row.summary}")
    number = "".join(sign for sign in row.phone_e164 or row.phone_raw if sign.isdigit())
    return all(word in text or _in_number(word, number) for word in words)


def fold(text: str) -> str:
    """Return `text` without accents and case, for comparing."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


def _in_number(word: str, number: str) -> bool:
    digits = "".join(sign for sign in word if sign.isdigit())
    only_number_signs = all(sign.isdigit() or sign in "()-.+/" for sign in word)
    return only_number_signs and len(digits) >= _DIGITS_NEEDED and digits in number
