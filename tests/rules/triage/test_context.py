"""What is denied, long past, imagined or somebody else's is shown and never silently dropped."""

import pytest

from callback_tui.models.vocabulary import Priority, Tier
from callback_tui.rules.triage import tag
from callback_tui.views.triage import ReadAs

READ_OTHERWISE = [
    ("I do not have chest pain", ReadAs.NEGATED),
    ("no dizziness, cramps, chest pain or trouble breathing", ReadAs.NEGATED),
    ("i dont have any chest pain just calling about my bill", ReadAs.NEGATED),
    ("denies vomiting, fainting, or seizures", ReadAs.NEGATED),
    ("My chest does not hurt", ReadAs.NEGATED),
    ("no face drooping and no slurred speech", ReadAs.NEGATED),
    ("no tengo dolor en el pecho", ReadAs.NEGATED),
    ("vengo sin fiebre ni dolor en el pecho", ReadAs.NEGATED),
    ("I had a seizure ten years ago, need my forms", ReadAs.PAST),
    ("history of heart attack, needs a refill", ReadAs.PAST),
    ("I used to get chest pain when I smoked", ReadAs.PAST),
    ("The chest pain went away after the stent", ReadAs.PAST),
    ("What if I get chest pain on this drug?", ReadAs.HYPOTHETICAL),
    ("Can it cause chest pain?", ReadAs.HYPOTHETICAL),
    ("When should I worry about chest pain?", ReadAs.HYPOTHETICAL),
    ("There is a family history of heart attack", ReadAs.OTHER_PERSON),
    ("My father had a heart attack years ago", ReadAs.OTHER_PERSON),
    ("My aunt had slurred speech and I want to know my risk", ReadAs.OTHER_PERSON),
    ("In that movie a man had a seizure, can I see it with epilepsy?", ReadAs.OTHER_PERSON),
    ("I had a seizure when I was a kid", ReadAs.PAST),
    ("Can this medicine cause chest pain?", ReadAs.HYPOTHETICAL),
    ("Should I worry about trouble breathing with the new pills?", ReadAs.HYPOTHETICAL),
    ("Chest pain? No. I want my results.", ReadAs.NEGATED),
]

STILL_DANGER = [
    "No fever but I have chest pain",
    "I don't know why I have chest pain",
    "no one called me back and I have chest pain",
    "not sure if this is a heart attack",
    "I had a heart attack last year and now my chest hurts again",
    "I am not able to breathe",
    "The bleeding will not stop",
    "She is not responding",
    "my mother is having chest pain",
    "My husband had a seizure this morning",
    "his face drooped for ten minutes and then it went away",
    "I have no appointment until Friday and I am having chest pain",
    "no fever, chest pain since Monday",
    "no estoy bien, me duele el pecho",
    "I haven't felt the baby move",
    "no wet diapers all day for my 4 month old",
    "I don't know if it is a heart attack but my chest hurts",
    "this is not just a headache, it is the worst headache of my life",
    "what if this is a heart attack, my chest hurts",
    "what should I do if I ever stop breathing, my chest hurts",
    "I was watching the movie and I got chest pain",
    "I had a stent last year and my chest hurts",
    "I had a heart attack in 2019, chest feels heavy",
    "stent last year, my chest hurts",
    "hi I had my physical last year and it was fine and my chest has been hurting since then",
    "I had surgery two weeks ago and my calf is swollen",
    "my father had a heart attack and my chest hurts",
    "my mother had a seizure, she's on the floor",
    "my sister had an allergic reaction, her tongue is swelling",
    "my uncle had a heart attack, please hurry",
    "mi papá tuvo un infarto y a mí me duele el pecho",
    "the cat scared me and I passed out",
    "my mom has had chest pain",
    "my dad had a seizure please call me back",
    "my father had chest pain after dinner",
    "mi mamá tuvo una convulsión, qué hago",
    "our cat bit me and my hand is swollen",
    "he says he is not hungry, talks funny",
    "Chest pain? Yes. Fever? No.",
]

NEVER_SET_ASIDE = [
    "If I had a gun I would kill myself",
    "I used to think about killing myself years ago",
    "What if I kill myself?",
    "Last year I wanted to die",
    "what should I do if I took too many pills",
    "My father died years ago and I want to be dead too",
    "I overdosed a few years ago",
    "I do not want to live",
    "no reason to live anymore",
    "my brother had thoughts of suicide months ago",
]


@pytest.mark.parametrize(("text", "read_as"), READ_OTHERWISE)
def test_a_sign_read_otherwise_stays_visible_and_asks_for_a_look(text: str, read_as: ReadAs) -> None:
    tagged = tag(text)
    dangers = [hit for hit in tagged.hits if hit.tier in (Tier.EMERGENT, Tier.URGENT)]
    assert dangers
    assert {hit.read_as for hit in dangers} == {read_as}
    assert (tagged.priority, tagged.emergent, tagged.check) == (Priority.ROUTINE, False, True)
    assert tagged.summary.endswith("?")


@pytest.mark.parametrize("text", STILL_DANGER)
def test_an_unclear_scope_counts_as_present(text: str) -> None:
    assert tag(text).priority is Priority.URGENT


@pytest.mark.parametrize("text", NEVER_SET_ASIDE)
def test_self_harm_and_overdose_are_never_set_aside_by_tense_or_if(text: str) -> None:
    tagged = tag(text)
    assert (tagged.priority, tagged.emergent) == (Priority.URGENT, True)


def test_a_direct_no_to_self_harm_is_shown_and_asks_for_a_look() -> None:
    tagged = tag("Doing well on the new dose, no suicidal thoughts")
    assert (tagged.priority, tagged.check) == (Priority.ROUTINE, True)
    assert [hit.read_as for hit in tagged.hits if hit.category == "self_harm"] == [ReadAs.NEGATED]


def test_a_denied_and_a_present_sign_are_both_kept() -> None:
    tagged = tag("No chest pain yesterday. Tonight I have chest pain.")
    assert tagged.emergent
    assert [hit.read_as for hit in tagged.hits if hit.rule == "chest.pain"] == [ReadAs.NEGATED, ReadAs.PRESENT]


def test_a_denied_sign_lifts_informational_to_routine() -> None:
    assert tag("What are your office hours?").priority is Priority.INFORMATIONAL
    assert tag("What are your office hours? No chest pain.").priority is Priority.ROUTINE
