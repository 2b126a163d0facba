"""Finds who calls, and for whom, in the words of a message: only behind words that introduce somebody."""

import re
from collections.abc import Sequence

from callback_tui.rules.heard_name_words import (
    GREETINGS,
    HOUSES,
    NO_NAMES,
    PARTICLES,
    RELATIVES,
    TITLES,
    WHAT_FOLLOWS,
    WHAT_MAY_FOLLOW,
)
from callback_tui.rules.heard_words import Word
from callback_tui.views.heard import HeardText

CUES = re.compile(
    r"this is|name|nombre|llamo|soy |habla|i['\u2019]m [A-Z]|i am [A-Z]"
    rf"|(?:my|our|mi|la) (?:{'|'.join(sorted(RELATIVES))})\b|['\u2019]s (?:{'|'.join(sorted(RELATIVES))})\b",
    re.IGNORECASE,
)
"""Found in every text in which somebody says who they are."""

_MOST_WORDS = 4
_EARLY = 8
"""Words into the message; later "this is" seldom introduces anybody."""

_CALLER_CUES = (
    ("this", "is"),
    ("name", "is"),
    ("name's",),
    ("nombre", "es"),
    ("me", "llamo"),
    ("habla",),
    ("soy",),
    ("i'm",),
    ("i", "am"),
)
_FIRST_OF_CUE = frozenset(cue[0] for cue in _CALLER_CUES)
_SURE_CUES = frozenset({("name", "is"), ("name's",), ("nombre", "es"), ("me", "llamo")})
_WEAK_CUES = frozenset({("i'm",), ("i", "am")})
_FOR = frozenset({"for", "about", "regarding", "of", "por", "para", "de", "sobre"})
_MY = frozenset({"my", "our", "mi", "nuestro", "nuestra"})


def heard_names(words: Sequence[Word]) -> tuple[HeardText | None, HeardText | None]:
    """Return the caller, and the patient where the caller names somebody else as such; None for who is not named.

    Capital letters help but are not needed. A first name alone is a name; a practice, a pharmacy or "urgent" is none.
    """
    has_small_letters = any(word.raw.islower() for word in words)
    caller = patient = None
    for place in range(len(words)):
        cue = _cue_at(words, place)
        if cue and caller is None:
            found = _name_at(words, place + len(cue), has_small_letters=has_small_letters, cue=cue)
            if found is not None and _is_relative_of(words, found[1]):
                patient = patient or _text_of(words, *found)
            elif found is not None:
                caller = _text_of(words, *found)
        elif patient is None and place > 1 and words[place].folded in RELATIVES:
            patient = _relative_at(words, place, has_small_letters=has_small_letters)
        if caller is not None and patient is not None:
            break
    return caller, patient


def _cue_at(words: Sequence[Word], place: int) -> tuple[str, ...]:
    if words[place].folded not in _FIRST_OF_CUE:
        return ()
    for cue in _CALLER_CUES:
        if tuple(word.folded for word in words[place : place + len(cue)]) == cue:
            before = words[place - 1].folded if place else ""
            # "no habla", "se habla": nobody introduces themselves
            return () if cue == ("habla",) and before in ("no", "se", "quien", "solo") else cue
    return ()


def _name_at(
    words: Sequence[Word], place: int, *, has_small_letters: bool, cue: tuple[str, ...]
) -> tuple[int, int] | None:
    """Return the first and last word of the name that begins at a place; capitals tell where there are others too."""
    while place < len(words) and (words[place].folded in TITLES or words[place].raw in (".", ",", ":")):
        place += 1
    if place >= len(words):
        return None
    by_capitals = has_small_letters and words[place].raw[0].isupper()
    last = count = 0
    for number in range(place, min(place + 2 * _MOST_WORDS, len(words))):
        if _is_joint(words, number, place) or _is_particle(words, number, place):
            continue
        if count == _MOST_WORDS or not _may_be_name(words[number], by_capitals=by_capitals):
            break
        last, count = number, count + 1
    if not count or last - place > 2 * count:
        return None
    following = words[last + 1].folded if last + 1 < len(words) else ""
    if following in HOUSES or words[last].folded in HOUSES:
        return None
    if by_capitals:
        is_plain = cue not in _WEAK_CUES or count > 1 or following in WHAT_FOLLOWS
    else:
        is_plain = cue not in _WEAK_CUES and (
            cue in _SURE_CUES
            or following in WHAT_FOLLOWS
            or _is_relative_of(words, last)
            or (count > 1 and place <= _EARLY and following in WHAT_MAY_FOLLOW)
            or _is_greeted(words, place, cue)
        )
    return (place, last) if is_plain else None


def _is_joint(words: Sequence[Word], number: int, first: int) -> bool:
    """Return whether a mark stands inside a name: the point of "J. Park", the line of "Danvers-Smith"."""
    if number == first:
        return False
    is_point = words[number].raw == "." and len(words[number - 1].raw) == 1
    return is_point or (words[number].raw == "-" and words[number].start == words[number - 1].end)


def _is_particle(words: Sequence[Word], number: int, first: int) -> bool:
    return number > first and words[number].folded in PARTICLES


def _may_be_name(word: Word, *, by_capitals: bool) -> bool:
    bare = word.folded.removesuffix("'s")
    if not word.raw[0].isalpha() or bare in NO_NAMES or word.folded in WHAT_FOLLOWS:
        return False
    if by_capitals:
        return word.raw[0].isupper()
    return len(word.raw) > 1 and not word.folded.endswith("ing")


def _is_greeted(words: Sequence[Word], place: int, cue: tuple[str, ...]) -> bool:
    """Return whether "hi this is" stands before, and the sentence ends behind the name."""
    before = place - len(cue) - 1
    while before >= 0 and words[before].raw == ",":
        before -= 1
    after = place + 1
    ends = after >= len(words) or words[after].raw in (".", ",", "!")
    return ends and before >= 0 and words[before].folded in GREETINGS and cue not in _WEAK_CUES


def _is_relative_of(words: Sequence[Word], last: int) -> bool:
    """Return whether the name is somebody's whose relative speaks: "Leo's mom"."""
    following = words[last + 1].folded if last + 1 < len(words) else ""
    return words[last].folded.endswith("'s") and following in RELATIVES


def _relative_at(words: Sequence[Word], place: int, *, has_small_letters: bool) -> HeardText | None:
    """Return the name behind "for my son", "por mi hija", "soy la mama de"; the relative stands at `place`."""
    first = place + 1
    named = words[place - 1].folded in _MY and words[place - 2].folded in _FOR
    if first < len(words) and words[first].folded == "de" and words[place - 1].folded in ("la", "el"):
        named, first = True, first + 1
    if not named:
        return None
    while first < len(words) and words[first].raw in (",", "-"):
        first += 1
    found = _name_at(words, first, has_small_letters=has_small_letters, cue=("name", "is"))
    if found is None:
        return None
    if not (has_small_letters and words[first].raw[0].isupper()):
        # in small letters only the word right behind can be told from what the message says of them
        found = (found[0], found[0])
    return _text_of(words, *found)


def _text_of(words: Sequence[Word], first: int, last: int) -> HeardText:
    """Return the words as a name; in small or in capital letters only, each gets a capital."""
    raw = [word.raw for word in words[first : last + 1]]
    end = words[last].end
    if words[last].folded.endswith("'s"):
        raw[-1], end = raw[-1][:-2], end - 2
    name = " ".join(raw).replace(" .", ".").replace(" - ", "-")
    if name.islower() or (name.isupper() and len(name) > 2):
        name = " ".join(word if word in PARTICLES else word.capitalize() for word in name.lower().split())
    return HeardText(name, words[first].start, end)
