"""Measurements in digits and in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import Priority
from callback_tui.rules.triage import tag
from callback_tui.rules.triage.concepts import rule_set
from callback_tui.rules.triage.number_words import begins_number, spoken_value
from callback_tui.rules.triage.numbers import Measured, NumberRules, measurements, number_rules

NUMBERS = number_rules(rule_set().context)
CUES = sorted({word for words in NUMBERS.cues.values() for word in words})
WORDS = st.one_of(
    st.sampled_from(CUES), st.sampled_from(["my", "took", "out", "of", "knee"]), st.integers(0, 450).map(str)
)


def read(words: list[str], rules: NumberRules) -> Measured:
    return measurements(
        words, [token for token, word in enumerate(words) if begins_number(word)], rules, are_counted=True
    )


@given(st.lists(WORDS, max_size=14))
def test_looking_first_for_a_telling_word_changes_no_reading(words: list[str]) -> None:
    looked_at_always = NUMBERS._replace(signs=frozenset(words))
    assert read(words, NUMBERS) == read(words, looked_at_always)


def test_without_telling_words_a_vital_is_not_read() -> None:
    words = ["sugar", "is", "48"]
    deaf = NUMBERS._replace(signs=frozenset())
    assert ("sugar_low", 2) in read(words, NUMBERS)[2]
    assert ("sugar_low", 2) not in read(words, deaf)[2]


def rules_of(text: str, age_years: int | None = None) -> set[str]:
    return {hit.rule for hit in tag(text, age_years=age_years).hits}


@pytest.mark.parametrize(
    ("words", "value", "length"),
    [
        ("nine", 9, 1),
        ("twenty five", 25, 2),
        ("one oh three point four", 103.4, 5),
        ("one hundred and two", 102, 4),
        ("a hundred and four point one", 104.1, 6),
        ("one eighty", 180, 2),
        ("one eighty five", 185, 3),
        ("two ten", 210, 2),
        ("ninety nine", 99, 2),
        ("treinta y nueve", 39, 3),
        ("four hundred thirty", 430, 3),
        ("three hundred", 300, 2),
    ],
)
def test_spoken_numbers(words: str, value: float, length: int) -> None:
    spoken = spoken_value(words.split(), 0)
    assert spoken is not None
    assert spoken[0] == pytest.approx(value)
    assert spoken[1] == length


def test_a_word_that_is_no_number_is_none() -> None:
    assert spoken_value(["please", "call"], 0) is None


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("fever of 103", "fever.high"),
        ("temp one oh three point five", "fever.high"),
        ("tiene 39.5 de fiebre", "fever.high"),
        ("temperature is 39,6 C", "fever.high"),
        ("my 8 week old has a temp of 100.4", "infant.fever"),
        ("blood pressure is 182/95", "pressure.high"),
        ("bp one ninety over one ten", "pressure.high"),
        ("pressure 70/40", "pressure.low"),
        ("sugar is 50", "sugar.low"),
        ("glucose four hundred fifty", "sugar.high"),
        ("sugar has been 320", "sugar.raised"),
        ("oxygen is 89%", "breath.low_oxygen"),
        ("spo2 ninety", "breath.low_oxygen"),
        ("pain is 8/10", "pain.score"),
        ("pain ten out of ten", "pain.score"),
        ("pain level 9", "pain.score"),
        ("heart rate of 160", "heart.pulse"),
        ("INR came back 5.2", "lab.critical"),
        ("took 15 tablets of it", "overdose.count"),
        ("glucose is 2.6 mmol/L", "sugar.low"),
        ("azúcar en 26 mmol", "sugar.high"),
        ("my top number is 195", "pressure.high"),
        ("la presión me salió 190 con 110", "pressure.high"),
        ("pulse ox says 89 percent", "breath.low_oxygen"),
        ("saturación de 86", "breath.low_oxygen"),
        ("the migraine is 9 outta 10", "pain.score"),
        ("dolor de 9", "pain.score"),
        ("pulso de 150", "heart.pulse"),
        ("sodium is one eighteen", "lab.critical"),
        ("hemoglobina de 6.2", "lab.critical"),
        ("lithium level 2.1", "lab.critical"),
        ("potasio 6.8", "lab.critical"),
        ("he is breathing 70 times a minute", "breath.count"),
        ("my 3 month old vomited six times today", "infant.vomit_many"),
        ("pregnant, 145/95 at the pharmacy", "maternal.pressure_raised"),
        ("34 weeks, and the baby has gone quiet", "maternal.less_active"),
        ("I'm due in 7 weeks and leaking", "maternal.fluid"),
        ("contracciones, tengo 31 semanas", "maternal.early"),
        ("she is hot, 101, our son is 5 weeks", "infant.fever"),
        ("mi bebé de seis semanas tiene calentura", "infant.fever"),
        ("the transplant clinic is closed and I am at 101", "fever.immune_bare"),
    ],
)
def test_a_measurement_past_its_limit_fires(text: str, rule: str) -> None:
    assert rule in rules_of(text)


@pytest.mark.parametrize(
    "text",
    [
        "temperature is 98.6",
        "temp was 37.0 C",
        "blood pressure 128/82",
        "sugar was 110",
        "my a1c is 7.2",
        "oxygen is 97%",
        "pain is 3/10",
        "pain two out of ten",
        "heart rate of 72",
        "INR is 2.4",
        "took 2 tablets",
        "appointment on 8/10 at 9",
        "born 9/10/1950",
        "my number is (212) 555-0188",
        "I weigh 180 pounds and take 500 mg",
        "room 104, suite 120",
        "glucose 6.1 mmol/L",
        "sodium 139, hemoglobin 13.2, platelets 210",
        "I take 8 pills a day and want fewer",
        "physical therapy for 24 weeks",
        "she wants six weeks of leave",
        "my father is 78 and has a cold",
        "take it three times a day",
        "azúcar en 120, presión 130 con 80",
    ],
)
def test_a_measurement_within_its_limit_is_not_urgent(text: str) -> None:
    assert tag(text).priority is not Priority.URGENT


def test_age_decides_over_a_fever() -> None:
    text = "temperature of 100.8"
    assert tag(text).priority is Priority.ROUTINE
    assert tag(text, age_years=30).priority is Priority.ROUTINE
    assert tag(text, age_years=0).priority is Priority.URGENT


def test_high_pressure_with_a_symptom_is_an_emergency_and_without_is_urgent() -> None:
    assert tag("bp is 190/100").emergent is False
    assert tag("bp is 190/100 and I have a headache").emergent is True


@pytest.mark.parametrize("amount", [111, 333, 444, 555])
def test_a_number_of_three_alike_digits_is_no_drawn_out_word(amount: int) -> None:
    """Letters that are drawn out ("sooo") are squeezed; digits never are."""
    text = "my blood sugar is {}"
    assert rules_of(text.format(amount)) == rules_of(text.format(amount + 1))
