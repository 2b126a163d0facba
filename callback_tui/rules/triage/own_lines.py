"""The rules and the practice's phrases as an admin looks at them, with what is not saved yet."""

from callback_tui.rules.evidence_words import TIER_SAID
from callback_tui.rules.triage.own import rule_facts
from callback_tui.rules.triage.own_words import meaning, words_of_rule
from callback_tui.views.triage import OwnRules
from callback_tui.views.triage_rules import PhraseLine, RuleLine


def rule_lines(before: OwnRules, own: OwnRules, needle: str = "") -> tuple[RuleLine, ...]:
    """Return the rules that have every word of `needle` in their name, tier, words or meaning; switched-off ones first.

    `before` are the rules in force, `own` those that are being made.
    """
    wanted = needle.casefold().split()
    off, off_before = set(own.rules_off), set(before.rules_off)
    lines = []
    for facts in rule_facts().values():
        if wanted:
            words = [word for _, built_in, added in words_of_rule(facts, own) for word in (*built_in, *added)]
            text = " ".join((facts.rule, facts.cell, TIER_SAID[facts.tier], *words)).casefold()
            if not all(word in text for word in wanted):
                continue
        is_off, was_off = facts.rule in off, facts.rule in off_before
        line = RuleLine(facts.rule, facts.tier, facts.cell, meaning(facts), not is_off, is_off != was_off)
        lines.append(line)
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
