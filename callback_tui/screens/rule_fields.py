"""The window for a phrase of the practice's own, and what the list of rules says of one rule in full."""

from collections.abc import Mapping

from textual.content import Content

from callback_tui.errors import DeskError
from callback_tui.rules.evidence_words import TIER_SAID
from callback_tui.rules.triage.own import concept_words, own_phrase, rule_facts, unknown_concept
from callback_tui.rules.triage.own_words import meaning, switched_off_words, words_of_rule
from callback_tui.screens.confirm import SentenceScreen
from callback_tui.screens.few_fields import FewFields
from callback_tui.screens.form import FormField
from callback_tui.views.triage import OwnRules
from callback_tui.widgets.plain import plain_block

_FIELDS = (
    FormField("concept", "Concept", hint="chest, refill, dizzy: what it means"),
    FormField("phrase", "Words, as patients say them", hint="upper torso"),
)
_EXAMPLES = 6


def phrase_fields(concept: str) -> FewFields[tuple[str, str]]:
    """Return the window for a phrase and the concept it belongs to, at first `concept`."""
    return FewFields("A phrase of your own", _FIELDS, {"concept": concept}, _read, _said)


def rule_window(rule: str, own: OwnRules) -> SentenceScreen:
    """Return what a rule means: its tier, its words by concept, and what is lost when it is off."""
    facts = rule_facts()[rule]
    parts = [
        plain_block(f"{facts.cell}, {TIER_SAID[facts.tier]}", "bold $foreground"),
        plain_block(f"fires on {meaning(facts)}"),
        *(_concept(*words) for words in words_of_rule(facts, own)),
        plain_block(f"Off: {switched_off_words(rule)}.", "$soon"),
    ]
    return SentenceScreen(rule, Content("\n\n").join(parts))


def _concept(name: str, built_in: tuple[str, ...], added: tuple[str, ...]) -> Content:
    words = ", ".join(built_in) or "a number that is measured"
    own = Content.assemble(("\nyours: ", "$dim"), (", ".join(added), "$accent")) if added else Content.empty()
    return Content.assemble((f"{name.lstrip('=')}: ", "$dim"), plain_block(words), own)


def _read(values: Mapping[str, str]) -> tuple[str, str]:
    concept = values["concept"].strip().casefold().replace(" ", "_")
    problem = unknown_concept(concept)
    if problem:
        raise DeskError("no_concept", why=problem)
    try:
        phrase = own_phrase(values["phrase"])
    except ValueError as wrong:
        raise DeskError("phrase_refused", why=str(wrong)) from None
    if phrase in concept_words()[concept]:
        raise DeskError("phrase_built_in", concept=concept)
    return concept, phrase


def _said(read: tuple[str, str]) -> str:
    concept, phrase = read
    return f'"{phrase}" means what {", ".join(concept_words()[concept][:_EXAMPLES]) or concept} mean'
