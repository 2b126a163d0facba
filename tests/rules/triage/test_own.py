"""A practice's own rules: phrases fire like built-in words, a rule can be switched off, the hash covers both."""

import pytest

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage import tag
from callback_tui.rules.triage.own import (
    concept_words,
    own_phrase,
    own_rule_set_hash,
    own_rules,
    rule_facts,
    unknown_concept,
    unknown_rule,
    with_phrase,
    with_rule,
)
from callback_tui.rules.triage.own_lines import phrase_lines, rule_lines
from callback_tui.rules.triage.own_words import difference, meaning, warnings
from callback_tui.views.triage import NO_OWN_RULES, OwnRules

TEXT = "Since noon I have pain in my squodge."
SQUODGE = own_rules(frozenset(), {"chest": frozenset({"squodge"})})
CHEST = "I have chest pain"


def fired(text: str, own: OwnRules | None = None) -> set[str]:
    """Return the rules that fired."""
    return {hit.rule for hit in tag(text, own=own).hits}


def test_a_phrase_of_the_practice_fires_like_a_built_in_word() -> None:
    tagged = tag(TEXT, own=SQUODGE)
    assert (tagged.priority, tagged.emergent) == (Priority.URGENT, True)
    hit = next(hit for hit in tagged.hits if hit.rule == "chest.pain")
    assert TEXT[hit.start : hit.end] == hit.text == "pain in my squodge"
    assert "chest.pain" not in fired(TEXT)
    assert not tag("No pain in my squodge, I just need a form.", own=SQUODGE).emergent


def test_a_rule_that_is_off_fires_no_more_and_the_others_do() -> None:
    off = own_rules(frozenset({"chest.pain"}), {})
    assert "chest.pain" in fired(CHEST)
    assert "chest.pain" not in fired(CHEST, off)
    both = f"{CHEST} and I passed out"
    assert fired(both, off) == fired(both) - {"chest.pain"}


def test_the_hash_names_the_rules_and_no_other_ones() -> None:
    off = own_rules(frozenset({"chest.pain"}), {})
    assert tag(TEXT, own=SQUODGE).rule_set_hash == own_rule_set_hash(SQUODGE)
    assert len({tag(TEXT).rule_set_hash, own_rule_set_hash(SQUODGE), own_rule_set_hash(off)}) == 3
    assert own_rule_set_hash(NO_OWN_RULES) == tag(TEXT).rule_set_hash
    assert tag(TEXT, own=NO_OWN_RULES) == tag(TEXT)
    one = own_rules(frozenset({"b", "a"}), {"chest": frozenset({"y y", "x x"}), "ache": frozenset()})
    assert one == OwnRules(("a", "b"), (("chest", ("x x", "y y")),))


def test_names_this_version_does_not_have_change_nothing() -> None:
    gone = own_rules(frozenset({"chest.gone"}), {"gone_concept": frozenset({"squodge"})})
    assert fired(TEXT, gone) == fired(TEXT)
    assert [line.partition(":")[0] for line in warnings(gone)] == ["chest.gone", "gone_concept"]


@pytest.mark.parametrize(
    "phrase",
    ["", " ", "the", "The", "me", "really", "por favor", "feel like", "chest, pain", "x" * 81, "¿?", "it's", "a b"],
)
def test_phrases_that_stand_everywhere_or_nowhere_are_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"^write "):
        own_phrase(phrase)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Squodge", "squodge"),
        ("  my   Chésty thing ", "my chesty thing"),
        ("Doesn't wake", "doesnt wake"),
        ("no pulse", "no pulse"),
    ],
)
def test_phrases_are_read_as_the_tagger_reads_a_message(written: str, read: str) -> None:
    assert own_phrase(written) == read


def test_unknown_names_are_told_with_near_ones_and_masks_cannot_be_added_to() -> None:
    assert unknown_rule("chest.pain") == unknown_concept("chest") == ""
    assert unknown_rule("chest.pian").startswith("there is no such rule; near it are chest.pain, ")
    assert "chest" in unknown_concept("chestt")
    assert "no such concept" in unknown_concept("masks")
    assert "lists them all" in unknown_rule("zzzzzz")


def test_a_warning_names_what_a_rule_protects_most_pressing_first() -> None:
    own = own_rules(frozenset({"topic.refill", "chest.sore", "chest.pain"}), {})
    first, second, last = warnings(own)
    assert first.startswith("chest.pain: chest pain, 911 tier: messages with")
    assert '"chest"' in first
    assert first.endswith("would no longer be urgent by it")
    assert second.startswith("chest.sore: chest sore, 1-hour tier")
    assert last.startswith("topic.refill: refill, routine")
    assert [line[:12] for line in warnings(own, own_rules(frozenset({"chest.pain"}), {}))] == [
        "chest.sore: ",
        "topic.refill",
    ]


def test_every_rule_has_a_meaning_in_words_and_every_difference_a_line() -> None:
    assert all(meaning(facts) and "@" not in meaning(facts) for facts in rule_facts().values())
    assert "masks" not in concept_words()
    before = own_rules(frozenset({"chest.sore"}), {"chest": frozenset({"squodge"})})
    after = own_rules(frozenset({"chest.pain"}), {"chest": frozenset({"my wobble"}), "ache": frozenset({"the zing"})})
    assert difference(before, after) == (
        "chest.pain: switched off",
        "chest.sore: on again",
        'ache: "the zing" added',
        'chest: "my wobble" added',
        'chest: "squodge" removed',
    )
    assert difference(after, after) == ()


def test_the_list_finds_rules_by_any_word_and_shows_what_is_not_saved_first() -> None:
    own = with_rule(SQUODGE, "topic.refill", is_on=False)
    first = rule_lines(SQUODGE, own)[0]
    assert (first.rule, first.on, first.changed) == ("topic.refill", False, True)
    assert "chest.pain" in [line.rule for line in rule_lines(SQUODGE, own, "SQUODGE 911")]
    assert rule_lines(SQUODGE, own, "squodge 911 zzz") == ()
    assert len(rule_lines(SQUODGE, own)) == len(rule_facts())
    assert with_rule(own, "topic.refill", is_on=True) == SQUODGE
    gone = with_phrase(SQUODGE, "chest", "squodge", is_there=False)
    assert gone == NO_OWN_RULES
    assert with_phrase(gone, "chest", "squodge", is_there=True) == SQUODGE
    (line,) = phrase_lines(SQUODGE, gone)
    assert (line.concept, line.phrase, line.there, line.changed) == ("chest", "squodge", False, True)
