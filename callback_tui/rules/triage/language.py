"""Tells what cannot be read at all: garbled transcripts, and languages the rules do not know."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

_MARKS = frozenset(".!?;\n,/%:+&[")
_FEWEST_WORDS_TO_JUDGE = 3
_FEWEST_FOREIGN = 2


class Readable(NamedTuple):
    """What context.json says about readability."""

    gaps: frozenset[str]
    common: frozenset[str]
    foreign: frozenset[str]
    gap_share: float
    foreign_share: float


def readable(raw: Mapping[str, object]) -> Readable:
    """Return the readability part of the loaded file."""
    gaps, common, foreign = (frozenset(str(raw[name]).split(", ")) for name in ("gaps", "common", "foreign"))
    return Readable(gaps, common, foreign - common, float(str(raw["gap_share"])), float(str(raw["foreign_share"])))


def unreadable_note(words: Sequence[str], text: str, limits: Readable, understood: int) -> str:
    """Return what a person should do with a text that cannot be read, or an empty string.

    `understood` is the number of words that mean something to the rules. Source: domain section 8, voicemail.
    """
    if limits.gaps.isdisjoint(words) and limits.foreign.isdisjoint(words):
        if 2 * understood > len(words):
            return ""
        if "\ufffd" not in text and understood + sum(map(limits.common.__contains__, words)) >= len(words) / 2 > 0:
            return ""
    spoken = [word for word in words if word not in _MARKS]
    gaps = sum(map(limits.gaps.__contains__, spoken))
    if not spoken or gaps > limits.gap_share * len(spoken) or text.count("\ufffd") > limits.gap_share * len(text):
        return "listen to the recording"
    common = sum(map(limits.common.__contains__, spoken))
    foreign = sum(map(limits.foreign.__contains__, spoken))
    if foreign >= _FEWEST_FOREIGN and foreign >= common:
        return "not English or Spanish: have it read"
    if common + understood >= len(spoken) / 2 or (len(spoken) < _FEWEST_WORDS_TO_JUDGE and understood):
        return ""
    other_script = sum(not word.isascii() for word in spoken)
    if other_script > limits.foreign_share * len(spoken):
        return "not English or Spanish: have it read"
    is_number = any(word[0].isdigit() for word in spoken)
    if not common and not understood and not is_number and len(spoken) >= _FEWEST_WORDS_TO_JUDGE:
        return "not readable by the rules: have it read"
    return ""
