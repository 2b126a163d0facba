"""What a rule means in plain words, and what the practice gives up when it switches one off."""

from collections.abc import Sequence

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.evidence_words import TIER_SAID
from callback_tui.rules.triage.own import RuleFacts, concept_words, rule_facts
from callback_tui.views.triage import OwnRules, Triage
from callback_tui.views.triage_rules import RulesEffect

_WORDS_SHOWN = 1


def meaning(facts: RuleFacts) -> str:
    """Return what fires a rule: '"chest" near "pain"', '"passed out"'; "measured fever" for what is a number."""
    return " near ".join(" or ".join(_example(name) for name in slot.split("|")) for slot in facts.slots.split(" + "))


def words_of_rule(facts: RuleFacts, own: OwnRules) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """Return each concept of a rule with its built-in words and the practice's own ones."""
    added = dict(own.phrases)
    names = dict.fromkeys(name for slot in facts.slots.split(" + ") for name in slot.split("|"))
    return tuple(
        (name, (name[1:],), ()) if name.startswith("=") else (name, concept_words()[name], added.get(name, ()))
        for name in names
    )


def switched_off_words(rule: str) -> str:
    """Return the warning of a rule that is switched off: what it protects, and that it will not be found by it."""
    facts = rule_facts()[rule]
    after = "urgent" if facts.tier in (Tier.EMERGENT, Tier.URGENT) else facts.tier.value
    return (
        f"{rule}: {facts.cell}, {TIER_SAID[facts.tier]}: "
        f"messages with {meaning(facts)} would no longer be {after} by it"
    )


def warnings(own: OwnRules, before: OwnRules | None = None) -> tuple[str, ...]:
    """Return a warning for every rule that is switched off, most pressing first, unless it was off in `before`.

    A rule that this version does not have is named too: nothing is switched off by it.
    """
    known = rule_facts()
    new = [rule for rule in own.rules_off if before is None or rule not in before.rules_off]
    found = sorted((rule for rule in new if rule in known), key=lambda rule: (known[rule].tier.rank, rule))
    gone = [name for name in sorted(own.names) if name not in known and name not in concept_words()]
    return (
        *map(switched_off_words, found),
        *(f"{name}: these rules do not have it any more; nothing changes by it" for name in gone),
    )


def difference(before: OwnRules, after: OwnRules) -> tuple[str, ...]:
    """Return what changes from one to the other, a line each: rules off and on, phrases added and removed."""
    old, new = dict(before.phrases), dict(after.phrases)
    lines = [f"{rule}: switched off" for rule in after.rules_off if rule not in before.rules_off]
    lines += [f"{rule}: on again" for rule in before.rules_off if rule not in after.rules_off]
    for concept in sorted({*old, *new}):
        lines += [f'{concept}: "{phrase}" added' for phrase in _missing(new.get(concept, ()), old.get(concept, ()))]
        lines += [f'{concept}: "{phrase}" removed' for phrase in _missing(old.get(concept, ()), new.get(concept, ()))]
    return tuple(lines)


def effect_words(effect: RulesEffect) -> str:
    """Return what other rules would do: to the messages of the last days, then to what waits now."""
    of = f"Of {_messages(effect.messages)} of the last {effect.days} days"
    higher = [
        f"{count} would be raised to {what}"
        for count, what in (
            (effect.to_emergent, "911"),
            (effect.to_urgent, "urgent"),
            (effect.to_routine, "routine"),
        )
        if count
    ]
    lower = [f"{effect.lowered} would be lowered, for new messages only"] if effect.lowered else []
    if not higher and not lower:
        past = f"{of} none would be tagged higher or lower."
    else:
        past = f"{of}: {', '.join(higher) or 'none would be raised'}; {''.join(lower) or 'none would be lowered'}."
    kept = effect.kept_by_person
    stays = f" {_messages(kept)} {'stays' if kept == 1 else 'stay'} as a person has decided." if kept else ""
    raised = f"{_messages(effect.open_raised)} would be raised at once and none lowered"
    waiting = f"Of what waits now {raised if effect.open_raised else 'nothing would be raised or lowered'}."
    return f"{past} {waiting}{stays}"


def tagged_words(tagged: Triage) -> str:
    """Return how a text is tagged, in words: "911", "urgent", "routine, please look"."""
    word = "911" if tagged.emergent else tagged.priority.value
    return f"{word}, please look" if tagged.check else word


def _messages(count: int) -> str:
    return f"{count:,} message{'' if count == 1 else 's'}"


def _missing(words: Sequence[str], other: Sequence[str]) -> list[str]:
    return [word for word in words if word not in other]


def _example(name: str) -> str:
    if name.startswith("="):
        return f'"{name[1:]}"'
    words = [word for word in concept_words()[name] if not word.startswith("@")]
    if not words:
        return name.replace("_", " ")
    return " or ".join(f'"{word.rstrip("*")}"' for word in words[:_WORDS_SHOWN])
