"""A change of form keeps the tag: shouting, no marks, wrappers, small talk, filler words, spelling mistakes."""

import random
import re
from collections.abc import Callable
from itertools import product

import pytest

from callback_tui.models.vocabulary import Priority, Tier
from callback_tui.rules.triage import tag
from callback_tui.views.triage import ReadAs
from tests.rules.triage.callers import DANGER, HARMLESS
from tests.rules.triage.sentences import EMERGENT, INFORMATIONAL, ROUTINE, URGENT

MESSAGES = (*DANGER, *HARMLESS, *EMERGENT, *URGENT, *ROUTINE, *INFORMATIONAL)
TAGGED = [(text, tag(text).tier) for text in MESSAGES]
VOICEMAIL_BEFORE = "You have a new voice message from 2 1 2 5 5 5 0 1 4 4, duration 42 seconds. Transcript: "
VOICEMAIL_AFTER = " Press 1 to play this message again, press 2 to delete it, or press 3 to call back."
ADMINISTRATIVE = (
    "Hi this is Carol, date of birth March third 1950, my number is 212 555 0123, I'm calling for Dr. Lee, "
    "I also need to update my insurance. "
)
FILLERS = ("um", "uh", "like", "you know", "este")

SIGNS = (
    *("chest pain", "chest pressure", "shortness of breath", "a seizure", "slurred speech", "black stools"),
    *("a stiff neck and a fever", "a swollen tongue", "blue lips", "a severe headache", "numbness in the left arm"),
    *("palpitations and dizziness", "a rash with a fever", "blood in the stool", "a heart attack"),
    *("sudden loss of vision", "fainting"),
)
SPANISH_SIGNS = (
    *("dolor en el pecho", "una convulsión", "la lengua hinchada", "la cara caída", "falta de aire", "un infarto"),
    "vómito con sangre",
)
READ_OTHERWISE = {
    "no {}": ReadAs.NEGATED,
    "denies {}": ReadAs.NEGATED,
    "I don't have {}": ReadAs.NEGATED,
    "my father had {}": ReadAs.OTHER_PERSON,
    "last year I had {}": ReadAs.PAST,
    "last year {}": ReadAs.PAST,
    "if I ever have {}": ReadAs.HYPOTHETICAL,
    "what if {}": ReadAs.HYPOTHETICAL,
}
SPANISH_READ_OTHERWISE = {
    "no tengo {}": ReadAs.NEGATED,
    "mi papá tuvo {}": ReadAs.OTHER_PERSON,
    "el año pasado {}": ReadAs.PAST,
    "si alguna vez tengo {}": ReadAs.HYPOTHETICAL,
}
STAYS = (
    *("I want to kill myself", "I took too many pills", "I swallowed a whole bottle of pills", "I overdosed"),
    *("my husband hits me", "my boyfriend beats me", "quiero morir", "tomé demasiadas pastillas", "mi esposo me pega"),
)


def without_marks(text: str) -> str:
    return re.sub(r"(?<!\d)[.,]|[.,](?!\d)|[!?;:¿¡]", "", text)


def without_apostrophes(text: str) -> str:
    return text.replace("'", "")


def wrapped(text: str) -> str:
    return VOICEMAIL_BEFORE + text + VOICEMAIL_AFTER


def with_fillers(text: str) -> str:
    chance = random.Random(text)  # noqa: S311 - the same typos for the same text, no secret
    words = text.split()
    for place in range(len(words) - 1, 0, -1):
        if chance.random() < 1 / 4:
            words.insert(place, chance.choice(FILLERS))
    return " ".join(["um", *words])


def misspelt(word: str, chance: random.Random) -> str:
    place = chance.randrange(1, len(word) - 1)
    return {
        "swap": word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        "drop": word[:place] + word[place + 1 :],
        "double": word[:place] + word[place] + word[place:],
    }[chance.choice(("swap", "drop", "double"))]


def with_typos(text: str) -> str:
    chance = random.Random(text)  # noqa: S311 - the same typos for the same text, no secret
    words = re.split(r"(\W+)", text)
    for start in range(0, len(words), 12):
        places = [n for n in range(start, min(start + 12, len(words)), 2) if len(words[n]) > 3 and words[n].isalpha()]
        if places:
            place = chance.choice(places)
            words[place] = misspelt(words[place], chance)
    return "".join(words)


CHANGES: dict[str, tuple[Callable[[str], str], float]] = {
    "upper case": (str.upper, 0.97),
    "no punctuation": (without_marks, 0.97),
    "no apostrophes": (without_apostrophes, 0.97),
    "voicemail wrapper": (wrapped, 0.97),
    "administrative text in front": (lambda text: ADMINISTRATIVE + text, 0.97),
    "filler words": (with_fillers, 0.97),
    "typos": (with_typos, 0.95),
}


def kept_share(change: Callable[[str], str]) -> tuple[float, list[str]]:
    moved = []
    for text, before in TAGGED:
        after = tag(change(text)).tier
        if after is not before:
            moved.append(f"{before.value} became {after.value}: {change(text)}")
    return 1 - len(moved) / len(TAGGED), moved


def test_the_messages_get_the_tag_they_are_listed_under() -> None:
    assert [text for text in DANGER if tag(text).priority is not Priority.URGENT] == []
    assert [text for text in HARMLESS if tag(text).priority is Priority.URGENT] == []


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_of_form_keeps_the_tag(name: str) -> None:
    change, least = CHANGES[name]
    share, moved = kept_share(change)
    assert share >= least, f"{name}: {share:.3f} of {len(TAGGED)} kept; " + "; ".join(moved)


def test_every_change_does_change_the_messages() -> None:
    assert all(sum(change(text) != text for text in MESSAGES) > 50 for change, _ in CHANGES.values())


@pytest.mark.parametrize("text", HARMLESS)
def test_what_wraps_a_harmless_message_is_not_a_danger_sign(text: str) -> None:
    assert tag(wrapped(ADMINISTRATIVE + text)).priority is not Priority.URGENT


@pytest.mark.parametrize(
    ("words", "sign", "read_as"),
    [(words, sign, READ_OTHERWISE[words]) for words, sign in product(READ_OTHERWISE, SIGNS)]
    + [(words, sign, SPANISH_READ_OTHERWISE[words]) for words, sign in product(SPANISH_READ_OTHERWISE, SPANISH_SIGNS)],
)
def test_a_word_in_front_of_a_sign_sets_it_aside_and_says_why(words: str, sign: str, read_as: ReadAs) -> None:
    assert tag(sign).priority is Priority.URGENT
    tagged = tag(words.format(sign))
    assert (tagged.priority, tagged.emergent, tagged.check) == (Priority.ROUTINE, False, True)
    assert {hit.read_as for hit in tagged.hits if hit.tier.rank < Tier.ROUTINE.rank} == {read_as}


@pytest.mark.parametrize("text", STAYS)
def test_self_harm_overdose_and_abuse_stay_as_they_are(text: str) -> None:
    for words, read_as in (READ_OTHERWISE | SPANISH_READ_OTHERWISE).items():
        if read_as is not ReadAs.NEGATED:
            assert tag(words.format(text)).tier is tag(text).tier, words
