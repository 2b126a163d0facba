"""What the tagger found in a message, with the words that fired, and what a practice changed in its rules."""

from enum import StrEnum
from typing import NamedTuple

from callback_tui.models.vocabulary import CallReason, Priority, Tier

# an enum member costs a slow look-up each time it is named
_EMERGENT = Tier.EMERGENT
_TIERS = {priority: Tier(priority.value) for priority in Priority}


class ReadAs(StrEnum):
    """How the context around a hit was read."""

    PRESENT = "present"
    NEGATED = "negated"
    PAST = "past"
    HYPOTHETICAL = "hypothetical"
    OTHER_PERSON = "other person"


class OwnRules(NamedTuple):
    """What a practice changed in the rules: those it switched off, and the phrases it added to concepts; all sorted."""

    rules_off: tuple[str, ...] = ()
    phrases: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything was changed."""
        return bool(self.rules_off or self.phrases)

    @property
    def names(self) -> frozenset[str]:
        """The rules and concepts that are named."""
        return frozenset((*self.rules_off, *(concept for concept, _ in self.phrases)))


NO_OWN_RULES = OwnRules()


class Hit(NamedTuple):
    """One rule that fired: `start` and `end` are character offsets into the text, `text` is that slice."""

    rule: str
    category: str
    tier: Tier
    start: int
    end: int
    text: str
    read_as: ReadAs


class Triage(NamedTuple):
    """The tag of one message. `check` asks a person to look; `summary` is the short "why" of the queue (12 cells)."""

    priority: Priority
    emergent: bool
    check: bool
    reason: CallReason
    summary: str
    hits: tuple[Hit, ...]
    rule_set_hash: str
    note: str = ""

    @property
    def tier(self) -> Tier:
        """The tier the clock runs on."""
        return _EMERGENT if self.emergent else _TIERS[self.priority]
