"""The rules and the practice's phrases as an admin looks at them, with what is not saved yet."""

from collections.abc import Mapping, Sequence
from functools import cache

from callback_tui.rules.evidence_words import TIER_SAID
from callback_tui.rules.triage.own import RuleFacts, rule_facts
from callback_tui.rules.triage.own_words import meaning, words_of_rule
from callback_tui.views.triage import NO_OWN_RULES, OwnRules
from callback_tui.views.triage_rules import PhraseLine, RuleLine


def rule_lines(before: OwnRules, own: OwnRules, needle: str = "") -> tuple[RuleLine, ...]:
    """Return the rules that have every word of `needle` in their name, tier, words or meaning; switched-off ones first.

    `before` are the rules in force, `own` those that are being made.
    """
    wanted = needle.casefold().split()
    off, off_before = set(own.rules_off), set(before.rules_off)
    added = dict(own.phrases)
    lines = []
    for facts in rule_facts().values():
        means, concepts, text = _told(facts)
        if not all(word in text or any(word in _joined(added, name) for name in concepts) for word in wanted):
            continue
        is_off, was_off = facts.rule in off, facts.rule in off_before
        lines.append(RuleLine(facts.rule, facts.tier, facts.cell, means, not is_off, is_off != was_off))
    return tuple(sorted(lines, key=lambda line: line.on and not line.changed))


def phrase_lines(before: OwnRules, own: OwnRules, needle: str = "") -> tuple[PhraseLine, ...]:
    """Return the practice's phrases by concept, those that go when this is saved too, as `rule_lines` does."""
    old = {(concept, phrase) for concept, phrases in before.phrases for phrase in phrases}
    new = {(concept, phrase) for concept, phrases in own.phrases for phrase in phrases}
    wanted = needle.casefold().split()
    return tuple(
        PhraseLine(concept, phrase, (concept, phrase) in new, ((concept, phrase) in new) != ((concept, phrase) in old))
        for concept, phrase in sorted(old | new)
        if all(word in f"{concept} {phrase}" for word in wanted)
    )


@cache
def _told(facts: RuleFacts) -> tuple[str, tuple[str, ...], str]:
    """Return what a rule means, its concepts, and all that a search looks through, put together once."""
    concepts = words_of_rule(facts, NO_OWN_RULES)
    words = [word for _, built_in, _ in concepts for word in built_in]
    text = " ".join((facts.rule, facts.cell, TIER_SAID[facts.tier], *words)).casefold()
    return meaning(facts), tuple(name for name, _, _ in concepts), text


def _joined(added: Mapping[str, Sequence[str]], concept: str) -> str:
    return " ".join(added.get(concept, ()))
