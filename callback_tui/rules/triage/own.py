"""A practice's own changes to the rules: rules switched off and phrases added; checked, and compiled with the rest."""

from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from typing import NamedTuple

from callback_tui.models.vocabulary import Tier
from callback_tui.rules.triage.concepts import RuleSet, rule_files, rule_set, rule_set_hash
from callback_tui.rules.triage.tokens import pieces_of, words_of
from callback_tui.views.triage import OwnRules

MOST_PHRASES = 500
_LONGEST_PHRASE = 80
_SHORTEST_WORD = 3
_NEAR = 0.6
_KEPT = 8
_NEAR_SHOWN = 3
_MASKS = "masks"
"""What stands there hides words that would fire; a practice can only add to what fires."""

_EVERYDAY = """
about after again all also always and another any anything are ask asked back bad because been before being best
better but call called calling can cannot could day days did does doing done dont down each else even ever every
feel feeling feels felt few find first for friend from get gets getting give go going gone good got had has have
having hear hello her here hers him his home how husband into its just keep know last later left let like little
long look looking lot made make many may maybe mine month more morning most much must name need needed needs never
new next night not nothing now number off office often old once one only other our out over own patient phone please
put really regarding right said same say see she should since some someone something son soon still such sure take
taken taking tell than thank thanks that the their them then there these they thing things think this those time
times today told tomorrow too took tonight try trying two until use used very visit want wanted wants was way week
weeks well went were what when where which while who why wife will with without would year years yes yesterday yet
you your
ahora algo antes aqui bien buenas buenos casa como con cuando del desde despues dia dias donde ella ellos entre era
esa ese esta estaba estan estar este esto estoy favor gracias hace hacer hasta hay hola hoy las llamar los manana
mas mejor mucho muy nada necesito nombre nos numero otra otro para pero poco por porque pues puede puedo que quien
quiero senor senora ser siempre sin sobre solo son soy tambien tan tengo tiene toda todo una uno usted
"""


class RuleFacts(NamedTuple):
    """One rule as its file has it: what fires it stands in `slots`, concepts joined by "+" and "|"."""

    rule: str
    tier: Tier
    cell: str
    slots: str


@cache
def rule_facts() -> Mapping[str, RuleFacts]:
    """Return every built-in rule by its id, in the file's order."""
    rows = rule_files()[1]
    return {
        str(row["id"]): RuleFacts(str(row["id"]), Tier(str(row["tier"])), str(row["cell"]), str(row["slots"]))
        for row in rows
    }


@cache
def concept_words() -> Mapping[str, tuple[str, ...]]:
    """Return the built-in words of every concept that phrases can be added to, in the file's order."""
    return {
        name: tuple(word.strip() for word in text.split(",") if word.strip())
        for name, text in rule_files()[0].items()
        if name != _MASKS
    }


def unknown_rule(name: str) -> str:
    """Return what is wrong with the id of a rule, naming near ones; nothing when there is such a rule."""
    return "" if name in rule_facts() else f"there is no such rule; {_near(name, rule_facts())}"


def unknown_concept(name: str) -> str:
    """Return what is wrong with the name of a concept, naming near ones; nothing when there is such a concept."""
    return "" if name in concept_words() else f"there is no such concept; {_near(name, concept_words())}"


def own_phrase(text: str) -> str:
    """Return a phrase as the tagger reads it: lower case, no accents, no apostrophes.

    Raises ValueError, saying what would be right, for a phrase without words, with marks in it, too long, or of one
    word that stands in every second message.
    """
    words = words_of(pieces_of(" ".join(text.split())))
    if not words:
        raise ValueError("write the words as patients say them, not an empty text")
    if len(text) > _LONGEST_PHRASE:
        raise ValueError(f"write at most {_LONGEST_PHRASE} characters; a few words close together are found best")
    marks = [word for word in words if not word.isalnum()]
    if marks:
        raise ValueError(f'write words only, without "{marks[0]}"')
    everyday = frozenset(_EVERYDAY.split())
    if len(words) == 1 and (len(words[0]) < _SHORTEST_WORD or words[0] in everyday):
        raise ValueError(f'write more than "{words[0]}": it stands in every second message')
    if all(len(word) < _SHORTEST_WORD or word in everyday for word in words) and len(words) == 2:
        raise ValueError(f'write more than "{" ".join(words)}": such words stand in every second message')
    return " ".join(words)


def own_rules(rules_off: frozenset[str], phrases: Mapping[str, frozenset[str]]) -> OwnRules:
    """Return the value that the same changes always give, in whatever order they were made."""
    kept = ((concept, tuple(sorted(words))) for concept, words in sorted(phrases.items()) if words)
    return OwnRules(tuple(sorted(rules_off)), tuple(kept))


def with_rule(own: OwnRules, rule: str, *, is_on: bool) -> OwnRules:
    """Return the changes with one rule switched on or off."""
    off = {*own.rules_off, rule} - ({rule} if is_on else set())
    return own_rules(frozenset(off), {concept: frozenset(words) for concept, words in own.phrases})


def with_phrase(own: OwnRules, concept: str, phrase: str, *, is_there: bool) -> OwnRules:
    """Return the changes with one phrase added to a concept or taken out of it."""
    phrases = {name: frozenset(words) for name, words in own.phrases}
    words = phrases.get(concept, frozenset())
    phrases[concept] = words | {phrase} if is_there else words - {phrase}
    return own_rules(frozenset(own.rules_off), phrases)


@lru_cache(maxsize=_KEPT)
def own_rule_set(own: OwnRules) -> RuleSet:
    """Return the rules compiled with a practice's changes; what this version does not know is passed over."""
    if not own:
        return rule_set()
    concepts, rules, context = rule_files()
    for concept, phrases in own.phrases:
        if concept in concepts:
            concepts[concept] = ", ".join(filter(None, (concepts[concept], *phrases)))
    off = set(own.rules_off)
    return RuleSet(concepts, [row for row in rules if row["id"] not in off], context)


@lru_cache(maxsize=_KEPT)
def own_rule_set_hash(own: OwnRules) -> str:
    """Return the name of exactly these rules: 16 hexadecimal digits; that of the built-in ones when nothing changed."""
    import hashlib
    import json

    if not own:
        return rule_set_hash()
    changes = json.dumps([own.rules_off, own.phrases])
    return hashlib.sha256(f"{rule_set_hash()}\0{changes}".encode()).hexdigest()[:16]


def _near(name: str, known: Mapping[str, object]) -> str:
    near = get_close_matches(name, known, n=_NEAR_SHOWN, cutoff=_NEAR)
    if not near:
        return "the screen of the triage rules lists them all"
    return f"near it {'are' if len(near) > 1 else 'is'} {', '.join(near)}"
