"""The rule set: named by its content, the same in every process, kind to typing slips."""

import json
import os
import subprocess
import sys
from importlib.resources import files

import pytest

from callback_tui.models.vocabulary import CallReason, Priority, Tier
from callback_tui.rules.triage import RULE_SET_HASH, tag
from callback_tui.rules.triage.concepts import rule_set
from callback_tui.rules.triage.reasons import CELLS
from tests.rules.triage.damaged import DAMAGED
from tests.rules.triage.sentences import EMERGENT, INFORMATIONAL, ROUTINE, URGENT

SCRIPT = """
import json, sys
from callback_tui.rules.triage import RULE_SET_HASH, tag
print(json.dumps([RULE_SET_HASH, [repr(tag(text)) for text in json.load(sys.stdin)]]))
"""


def test_every_rule_has_a_name_of_its_own_and_a_short_cell() -> None:
    rows = json.loads((files("callback_tui.rules.triage") / "rules.json").read_text(encoding="utf-8"))
    assert len({row["id"] for row in rows}) == len(rows) == len(rule_set().rules)
    assert [row["id"] for row in rows if not 0 < len(row["cell"]) <= CELLS] == []


def test_every_rule_has_one_to_three_slots() -> None:
    assert {len(rule.slots) for rule in rule_set().rules} == {1, 2, 3}


def test_the_answer_does_not_depend_on_the_hash_seed() -> None:
    texts = json.dumps([*EMERGENT[:60], *URGENT, *ROUTINE, *INFORMATIONAL, *DAMAGED, " ".join(EMERGENT)])
    answers = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=texts,
            env=dict(os.environ, PYTHONHASHSEED=seed),
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(answers) == 1
    assert json.loads(answers.pop())[0] == RULE_SET_HASH


@pytest.mark.parametrize(
    "text",
    [
        "my chset hurts and chest presure",
        "he had a siezure",
        "I have been vomitting blood",
        "my throat is swelllling",
        "she faintted",
        "unresponsve",
    ],
)
def test_one_typing_slip_still_raises(text: str) -> None:
    assert tag(text).priority is Priority.URGENT


@pytest.mark.parametrize(
    "text", ["we went to the beach and took photos", "thank you for the treats", "the chess club form"]
)
def test_ordinary_words_are_not_read_as_slips(text: str) -> None:
    assert tag(text).priority is not Priority.URGENT


@pytest.mark.parametrize(
    ("text", "reason", "summary"),
    [
        ("chest pain", CallReason.SYMPTOM, "chest pain"),
        ("need a refill", CallReason.MEDICATION, "refill"),
        ("any news on my biopsy results", CallReason.RESULTS, "results"),
        ("please send a referral", CallReason.REFERRAL, "referral"),
        ("I want an appointment", CallReason.APPOINTMENT, "appointment"),
        ("I want an appointment for my cough", CallReason.SYMPTOM, "appointment"),
        ("why was I charged twice", CallReason.BILLING, "billing"),
        ("what are your office hours", CallReason.GENERAL, "hours"),
        ("I took too many pills", CallReason.MEDICATION, "overdose"),
        ("no chest pain", CallReason.SYMPTOM, "chest pain?"),
        ("", CallReason.GENERAL, "listen"),
        ("my nose is itchy", CallReason.SYMPTOM, "symptom"),
    ],
)
def test_reason_and_short_why(text: str, reason: CallReason, summary: str) -> None:
    tagged = tag(text)
    assert (tagged.reason, tagged.summary) == (reason, summary)


def test_a_symptom_word_lifts_an_informational_message() -> None:
    assert tag("Where do I park?").tier is Tier.INFORMATIONAL
    assert tag("Where do I park? I have a cough").tier is Tier.ROUTINE
