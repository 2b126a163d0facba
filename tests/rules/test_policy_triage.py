"""The policy's own triage rules: read, refused with a sentence, and written back without moving anything else."""

import pytest

from callback_tui.errors import DeskError, PolicyError
from callback_tui.rules.policy_edit_triage import with_own_rules
from callback_tui.rules.policy_file import new_policy_text, parse_policy
from callback_tui.rules.triage.own import MOST_PHRASES, own_rules
from callback_tui.views.triage import NO_OWN_RULES, OwnRules

TEXT = new_policy_text(
    name="Maple Street Family Medicine",
    short_name="Maple Street",
    zone="America/New_York",
    region="US",
    callback_number="+12125550100",
)
OWN = own_rules(frozenset({"chest.pain"}), {"chest": frozenset({"squodge", "my top part"})})
BY_HAND = """
[triage]   # agreed with Dr. Lee
rules_off = [   # few
  "chest.sore",   # sore is not tight
]

[triage.phrases]
ache = ["the zing"]   # since May
chest = ["squodge"]

[huddle]   # stands after it
first_minutes = 30
"""


def test_own_rules_are_read_sorted_and_folded() -> None:
    written = '[triage]\nrules_off = ["chest.sore", "chest.pain", "chest.sore"]\nphrases.chest = ["Squodge", "Á top"]\n'
    assert parse_policy(TEXT + written).triage == OwnRules(
        ("chest.pain", "chest.sore"), (("chest", ("a top", "squodge")),)
    )
    assert parse_policy(TEXT).triage == parse_policy(TEXT + "[triage]\nphrases.chest = []").triage == NO_OWN_RULES


@pytest.mark.parametrize(
    ("written", "path", "remedy"),
    [
        ('rules_off = ["chest.pian"]', "triage.rules_off[0]", "there is no such rule; near it are chest.pain"),
        ("rules_off = [7]", "triage.rules_off[0]", "write the id of a rule"),
        ('rules_off = "chest.pain"', "triage.rules_off", "write a list"),
        ('phrases.chestt = ["squodge"]', "triage.phrases.chestt", "there is no such concept; near it"),
        ('phrases.masks = ["squodge"]', "triage.phrases.masks", "there is no such concept"),
        ('phrases.chest = ["squodge", "the"]', "triage.phrases.chest[1]", 'write more than "the"'),
        ('phrases.chest = [""]', "triage.phrases.chest[0]", "write the words as patients say them"),
        ("phrases.chest = [7]", "triage.phrases.chest[0]", "write words in quotation marks"),
        ('phrases.chest = "squodge"', "triage.phrases.chest", "write a list"),
        ('phrases = ["squodge"]', "triage.phrases", "write a table"),
        ('rule_off = ["chest.pain"]', "triage.rule_off", 'no such setting; did you mean "rules_off"?'),
        (f"phrases.chest = {[f'squodge {n}' for n in range(MOST_PHRASES + 1)]}", "triage.phrases", "write at most"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(written: str, path: str, remedy: str) -> None:
    with pytest.raises(PolicyError) as refused:
        parse_policy(f"{TEXT}[triage]\n{written}\n")
    assert any(where == path and what.startswith(remedy) for where, what in refused.value.problems)


def test_names_given_up_by_a_later_version_pass_where_a_policy_is_in_force() -> None:
    gone = f'{TEXT}[triage]\nrules_off = ["chest.gone"]\nphrases.gone = ["squodge"]\n'
    with pytest.raises(PolicyError):
        parse_policy(gone)
    assert parse_policy(gone, passing=None).triage.names == {"chest.gone", "gone"}
    assert parse_policy(gone, passing={"chest.gone", "gone"}).triage.rules_off == ("chest.gone",)
    with pytest.raises(PolicyError):
        parse_policy(gone, passing={"chest.gone"})
    common = f'{TEXT}[triage]\nphrases.chest = ["the", "squodge"]\n'
    assert parse_policy(common, passing=None).triage.phrases == (("chest", ("squodge",)),)
    tables = common.replace("phrases.chest", "\n[triage.phrases]\nchest")
    assert '["squodge", "my top part"]' in with_own_rules(tables, OWN)


def test_own_rules_are_written_into_the_text_and_out_of_it_again() -> None:
    text = with_own_rules(TEXT, OWN)
    assert text.startswith(TEXT.rstrip("\n"))
    assert parse_policy(text).triage == OWN
    assert with_own_rules(text, OWN) == text
    assert parse_policy(with_own_rules(text, NO_OWN_RULES)) == parse_policy(TEXT)
    many = own_rules(frozenset({"chest.pain"}), {"chest": frozenset(f"squodge {number}" for number in range(40))})
    assert max(map(len, with_own_rules(TEXT, many).splitlines())) < 120


def test_what_stands_around_them_stays_as_it_was() -> None:
    before = TEXT + BY_HAND
    wanted = own_rules(frozenset({"chest.sore", "chest.pain"}), {"chest": frozenset({"squodge", "my top part"})})
    after = with_own_rules(before, wanted)
    assert parse_policy(after).triage == wanted
    assert after.startswith(f"{TEXT}\n[triage]   # agreed with Dr. Lee\n")
    assert after.endswith("\n[huddle]   # stands after it\nfirst_minutes = 30\n")
    assert '"chest.sore",   # sore is not tight' in after
    assert "the zing" not in after
    kept = with_own_rules(before, own_rules(frozenset({"chest.sore"}), {"ache": frozenset({"the zing"})}))
    assert 'ache = ["the zing"]   # since May' in kept


@pytest.mark.parametrize(
    "written", ['triage = { rules_off = ["chest.sore"] }\n', 'triage.rules_off = ["chest.sore"]\n']
)
def test_a_text_that_cannot_be_changed_piece_by_piece_is_left_alone(written: str) -> None:
    with pytest.raises(DeskError) as refused:
        with_own_rules(written + TEXT, OWN)
    assert refused.value.code == "policy_by_hand"
