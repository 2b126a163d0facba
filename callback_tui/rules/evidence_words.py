"""The evidence of a tag in words: which tier a rule is of, and how the words around a hit were read."""

from collections.abc import Sequence

from callback_tui.models.vocabulary import Tier
from callback_tui.views.triage import Hit, ReadAs

TIER_SAID = {
    Tier.EMERGENT: "911 tier",
    Tier.URGENT: "1-hour tier",
    Tier.ROUTINE: "routine",
    Tier.INFORMATIONAL: "information only",
}
_READ_WORDS = {
    ReadAs.NEGATED: "read as denied",
    ReadAs.PAST: "read as past",
    ReadAs.HYPOTHETICAL: "read as only imagined",
    ReadAs.OTHER_PERSON: "read as somebody else's",
}


def read_words(read_as: ReadAs) -> str:
    """Return how the words around a hit were read: "read as denied"; nothing for what counts."""
    return _READ_WORDS.get(read_as, "")


def rule_words(hit: Hit) -> str:
    """Return which rule a hit is of, in words instead of its id: "911 tier: chest, jaw sweat"."""
    return f"{TIER_SAID[hit.tier]}: {hit.rule.replace('.', ', ').replace('_', ' ')}"


def set_aside(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Return the hits that do not count as they were read, most pressing first, each words and reading once."""
    aside = sorted((hit for hit in hits if hit.read_as is not ReadAs.PRESENT), key=lambda hit: hit.tier.rank)
    return tuple({(hit.text.casefold(), hit.read_as): hit for hit in reversed(aside)}.values())[::-1]
