"""Mends words that were broken on their way here: over the end of a line, or by a character that got lost."""

import re

from callback_tui.rules.triage.concepts import RuleSet
from callback_tui.rules.triage.folding import folded

_FILLER = "\u00ad"
_LONGEST_PART = 24
_SHORTEST_WITHOUT_HYPHEN = 5
# every repetition is bounded, so the scans are linear
_WRAPPED = re.compile(r"(?<=[-\u00ad\u2010\u2011])[ \t]{0,20}\r?\n[ \t]{0,20}")
_BREAK = re.compile(r"(?:([-\u00ad\u2010\u2011]\u00ad{0,20}\r?\n\u00ad{0,20})|(\r?\n)|\ufffd{1,3}|\?)(?=[^\W\d_])")
_END = re.compile(r"[^\W\d_]+\Z")
_START = re.compile(r"[^\W\d_]+")


def unwrapped(text: str) -> str:
    """Return the text without the spaces around the end of a line that has a hyphen; all else stays at its place."""
    if "\n " not in text and " \n" not in text and " \r\n" not in text:
        return text
    return _WRAPPED.sub(lambda found: found[0].replace(" ", _FILLER).replace("\t", _FILLER), text)


def mended(piece: str, rules: RuleSet) -> str:
    """Return what stands between two spaces with such words whole, every character still at its place.

    A word broken with a hyphen is mended if it is listed; without one, or where a letter is lost, only if it is one of
    a danger sign.
    """
    if "\n" not in piece and "?" not in piece and "\ufffd" not in piece:
        return piece
    return _BREAK.sub(lambda found: _mend(found, rules), piece)


def _mend(found: re.Match[str], rules: RuleSet) -> str:
    text, broken = found.string, found[0]
    before = _END.search(text, max(0, found.start() - _LONGEST_PART), found.start())
    after = _START.match(text, found.end(), found.end() + _LONGEST_PART)
    if before is None or after is None:
        return broken
    left, right = folded(before[0]), folded(after[0])
    if found[1]:
        is_whole = rules.lists(left + right)
    elif found[2]:
        is_danger = len(left + right) >= _SHORTEST_WITHOUT_HYPHEN and rules.is_danger(left + right)
        is_whole = is_danger and not (rules.knows(left) and rules.knows(right))
    else:
        lost = rules.lost_letter(left, right)
        return broken if lost is None else lost + _FILLER * (len(broken) - 1)
    return _FILLER * len(broken) if is_whole else broken
