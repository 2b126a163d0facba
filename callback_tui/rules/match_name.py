"""Folds names so that two spellings of one person compare equal, and tells a person's name from a caller id's place."""

import re
import unicodedata
from functools import lru_cache

_PLACE = re.compile(r"[A-Z .'-]+ (?:[A-Z]{2})")
_NOT_A_PERSON = frozenset(
    {
        "anonymous",
        "blocked",
        "cell phone",
        "no name",
        "not available",
        "out of area",
        "private",
        "private caller",
        "restricted",
        "toll free",
        "toll free call",
        "unavailable",
        "unknown",
        "unknown caller",
        "unknown name",
        "v mail",
        "wireless caller",
    }
)
_LAST_FIRST = re.compile(r"([^,]+),\s*([^,]+)")
_ASCII_KEPT = {code: None if chr(code) == "'" else " " for code in range(128) if not chr(code).isalnum()}


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """Return a name for comparing: no accents, case, punctuation; "Last, First" turned round. Empty for no name."""
    turned = _LAST_FIRST.fullmatch(name.strip()) if "," in name else None
    if turned:
        name = f"{turned[2]} {turned[1]}"
    if name.isascii():
        return " ".join(name.lower().translate(_ASCII_KEPT).split())
    name = "".join(part for part in unicodedata.normalize("NFKD", name) if not unicodedata.combining(part))
    kept = "".join(character if character.isalnum() else " " for character in name.casefold() if character != "'")
    return " ".join(kept.split())


def names_agree(one: str, other: str) -> bool:
    """Return whether two folded names may be one person's: the shorter fits into the longer, initials count."""
    shorter, longer = sorted((one.split(), other.split()), key=len)
    return all(any(a.startswith(b) or b.startswith(a) for b in longer) for a in shorter)


def person_name(text: str, *, from_caller_id: bool = False) -> str:
    """Return the text when it can be a person's name, else nothing.

    Words such as "unknown" are no name; from a caller id neither is a place such as "SPRINGFIELD IL"
    (ref-formats section 1.1: the carrier's name is often one).
    """
    if not text:
        return ""
    if text.casefold().strip(" <>()[].-") in _NOT_A_PERSON or not any(map(str.isalpha, text)):
        return ""
    if from_caller_id and _PLACE.fullmatch(text) and text[-2:] in _STATES:
        return ""
    return text


_STATES = frozenset(
    {
        *("AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA"),
        *("ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK"),
        *("OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "PR"),
        *("AB", "BC", "MB", "NB", "NL", "NS", "ON", "PE", "QC", "SK"),
    }
)
