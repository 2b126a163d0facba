"""Tells what cannot be read at all: garbled transcripts, and languages the rules do not know."""

from collections.abc import Callable, Mapping, Sequence

from callback_tui.rules.triage.memory import Memory

_MARKS = frozenset(".!?;\n,/%:+&[")
_FEWEST_WORDS_TO_JUDGE = 3
_FEWEST_FOREIGN = 2
_NEEDS_A_CLOSE_LOOK = -1_000_000_000


class Readable:
    """What context.json says about readability, and which words the rules understand."""

    def __init__(self, raw: Mapping[str, object], understands: Callable[[str], bool]) -> None:
        """Take the loaded file; `understands` tells whether a word means something to the rules."""
        self.gaps, self.common, foreign = (_listed(raw, name) for name in ("gaps", "common", "foreign"))
        self.foreign = foreign - self.common
        self.gap_share, self.foreign_share = float(str(raw["gap_share"])), float(str(raw["foreign_share"]))
        self.understood = Memory(understands)
        self.weights = Memory(self._weight)
        """A text whose words weigh at least nothing together is readable: at least every second one is known."""

    def _weight(self, word: str) -> int:
        if word in self.gaps or word in self.foreign:
            return _NEEDS_A_CLOSE_LOOK
        return 2 * (word in self.common) + 2 * self.understood[word] - 1


def _listed(raw: Mapping[str, object], name: str) -> frozenset[str]:
    return frozenset(str(raw[name]).split(", "))


def unreadable_note(words: Sequence[str], text: str, limits: Readable) -> str:
    """Return what a person should do with a text that cannot be read, or an empty string.

    Source: domain section 8, voicemail.
    """
    if words and "\ufffd" not in text and sum(map(limits.weights.__getitem__, words)) >= 0:
        return ""
    spoken = [word for word in words if word not in _MARKS]
    gaps = sum(map(limits.gaps.__contains__, spoken))
    if not spoken or gaps > limits.gap_share * len(spoken) or text.count("\ufffd") > limits.gap_share * len(text):
        return "listen to the recording"
    common = sum(map(limits.common.__contains__, spoken))
    foreign = sum(map(limits.foreign.__contains__, spoken))
    if foreign >= _FEWEST_FOREIGN and foreign >= common:
        return "not English or Spanish: have it read"
    understood = sum(map(limits.understood.__getitem__, spoken))
    if common + understood >= len(spoken) / 2 or (len(spoken) < _FEWEST_WORDS_TO_JUDGE and understood):
        return ""
    other_script = sum(not word.isascii() for word in spoken)
    if other_script > limits.foreign_share * len(spoken):
        return "not English or Spanish: have it read"
    is_number = any(word[0].isdigit() for word in spoken)
    if not common and not understood and not is_number and len(spoken) >= _FEWEST_WORDS_TO_JUDGE:
        return "not readable by the rules: have it read"
    return ""
