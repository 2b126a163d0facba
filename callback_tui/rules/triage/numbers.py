"""Reads measurements in a message: temperature, blood pressure, sugar, oxygen, pain, ages, durations, pill counts."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from callback_tui.rules.triage.number_words import STARTS, spoken_value
from callback_tui.rules.triage.spans import age_names, is_end, span_names
from callback_tui.rules.triage.vitals import count_names, vital_names

_PLAIN = re.compile(r"\d{1,7}(?:[.,]\d{1,3})?\Z")
COUNTED = (
    *("many_pills", "infant", "baby", "child", "pregnant", "preterm", "weeks_bare", "bare_fever"),
    *("lasting_20_minutes", "lasting_8_hours"),
)
"""The concepts that a number can be without a word that says what is measured: counts, ages and times."""

MEASURED = (
    *COUNTED,
    *("measured_fever", "high_fever", "oxygen_low", "sugar_low", "sugar_raised", "sugar_high", "pulse_odd"),
    *("pressure_low", "pressure_high", "pressure_pregnant", "lab_critical", "severe_score", "some_pills", "huge_dose"),
    *("pressure_raised", "breath_rate", "many_times"),
)
"""Every concept that a number can be."""

_SPANS = ("minute", "hour", "day", "week", "month", "year")
_VITALS = (
    "oxygen",
    "sugar",
    "pulse",
    "inr",
    "potassium",
    "sodium",
    "hemoglobin",
    "platelets",
    "calcium",
    "lithium",
    "systolic",
)
_SIGNS = ("pills", "fever", "pain", "times")
_DAYS = ("day", "week", "month", "year")
_OUT_OF = ["out", "of"]
# "one" and "once" (Spanish eleven) are too common to look at a message for their sake
_RARELY_NUMBERS = frozenset({"one", "uno", "once"})
_BEFORE = 7
_AFTER = 4

Measured = dict[int, list[tuple[str, int]]]
_Cues = Mapping[str, frozenset[str]]


class _Value(NamedTuple):
    amount: float
    first: int
    last: int


class NumberRules(NamedTuple):
    """Limits and cue words of context.json (`limits`, `cues`)."""

    limits: Mapping[str, float]
    cues: _Cues
    spans: frozenset[str]
    """Every word for a stretch of time."""

    vitals: frozenset[str]
    """Every word that says what a number near it measures."""

    signs: frozenset[str]
    """Every word that gives a number near it a meaning, wherever it stands: vitals, pills, fever, pain."""

    measures: frozenset[str]
    """Every word that makes a measurement of the number right before it."""

    units: frozenset[str]
    """The same and those of a stretch of time."""

    days: Mapping[str, float]
    """How many days the words for a day, a week, a month and a year stand for."""


def number_rules(raw: dict[str, object]) -> NumberRules:
    """Return the number part of the loaded file."""
    limits, cues = raw["limits"], raw["cues"]
    if not isinstance(limits, dict) or not isinstance(cues, dict):
        raise TypeError("limits and cues are tables")
    words = {str(name): frozenset(str(listed).split(", ")) for name, listed in cues.items()}
    amounts = {str(name): float(limit) for name, limit in limits.items()}
    vitals = frozenset().union(*(words[name] for name in _VITALS))
    spans = frozenset().union(*(words[name] for name in _SPANS))
    measures = words["over"] | words["degrees"] | words["milligrams"] | {"out"}
    return NumberRules(
        amounts,
        words,
        spans,
        vitals,
        vitals.union(*(words[name] for name in _SIGNS)),
        measures,
        measures | spans,
        {word: amounts[f"days_{span}"] for span in reversed(_DAYS) for word in words[span]},
    )


def measurements(words: list[str], numbers: Sequence[int], rules: NumberRules, are_counted: bool) -> Measured:
    """Return concept names by the token where a measurement ends, with the token where it begins.

    `numbers` are the tokens that may begin a number, see `number_words.begins_number`. Counts, ages and times are read
    only if they are `are_counted`: asked for by a rule whose other concepts are there.
    """
    measured: Measured = {}
    if _RARELY_NUMBERS.issuperset(map(words.__getitem__, numbers)):
        return measured
    values = _values(words, numbers)
    for place, value in enumerate(values):
        following = values[place + 1] if place + 1 < len(values) else None
        for name, last in _read(words, value, following, rules, are_counted):
            measured.setdefault(last, []).append((name, value.first))
    return measured


def _values(words: list[str], numbers: Sequence[int]) -> list[_Value]:
    values = []
    after = 0
    for token in numbers:
        if token < after:
            continue
        if words[token] not in STARTS:
            if _PLAIN.match(words[token]):
                values.append(_Value(_plain(words[token]), token, token))
            continue
        first = token - 1 if words[token] == "hundred" and token and words[token - 1] == "a" else token
        spoken = spoken_value(words, first)
        if spoken is not None:
            amount, length = spoken
            after = first + length
            values.append(_Value(amount, first, after - 1))
    return values


def _plain(word: str) -> float:
    if "," not in word:
        return float(word)
    return float(word.replace(",", "" if len(word.rsplit(",", 1)[1]) == 3 else "."))


def _read(
    words: list[str], value: _Value, following: _Value | None, rules: NumberRules, are_counted: bool
) -> list[tuple[str, int]]:
    amount, first, last = value
    before = words[max(0, first - _BEFORE) : first]
    after = words[last + 1 : last + 1 + _AFTER]
    unit = after[0] if after else ""
    if following is not None:
        if following.first == last + 2 and unit in rules.cues["over"]:
            return [(name, following.last) for name in _pressure_or_score(words, value, following, rules)]
        if following.first == last + 3 and after[:2] == _OUT_OF:
            return [(name, following.last) for name in _score(amount, following.amount, rules)]
    if len(before) > 1:
        if before[-1] in rules.cues["over"] and before[-2][0].isdigit():
            return []
        if before[-1] == "of" and before[-2] == "out":
            return []
    is_bare = unit not in (rules.units if are_counted else rules.measures)
    if is_bare and rules.signs.isdisjoint(before) and rules.signs.isdisjoint(after):
        names = _bare(amount, before, after, unit, rules) if are_counted or amount != int(amount) else ()
        return [(name, last) for name in names]
    names = _near(amount, before, after, unit, rules)
    if unit in rules.spans:
        names = [*span_names(amount, before, after, rules.days.get(unit, 0.0), rules.cues, rules.limits), *names]
    return [(name, last) for name in names]


def _score(amount: float, top: float, rules: NumberRules) -> list[str]:
    return ["severe_score"] if top == 10 and rules.limits["severe_pain"] <= amount <= 10 else []


def _pressure_or_score(words: list[str], value: _Value, other: _Value, rules: NumberRules) -> list[str]:
    limits = rules.limits
    upper, lower = value.amount, other.amount
    if words[other.last + 1 : other.last + 2] == ["/"]:
        return []
    if 60 <= upper <= 300 and 20 <= lower <= 200 and upper > lower and upper == int(upper):
        is_raised = upper >= limits["systolic_raised"] or lower >= limits["diastolic_raised"]
        names = ["pressure_raised"] if is_raised else []
        if upper >= limits["systolic_pregnant"] or lower >= limits["diastolic_pregnant"]:
            names.append("pressure_pregnant")
        if upper >= limits["systolic"] or lower >= limits["diastolic"]:
            return [*names, "pressure_high"]
        return ["pressure_low"] if upper <= limits["systolic_low"] else names
    near = words[max(0, value.first - 2 * _BEFORE) : other.last + 2 * _AFTER]
    return _score(upper, lower, rules) if not rules.cues["pain"].isdisjoint(near) else []


def _bare(amount: float, before: Sequence[str], after: Sequence[str], unit: str, rules: NumberRules) -> list[str]:
    """Return what a number can be of which no word near it says what it measures."""
    limits, cues = rules.limits, rules.cues
    if unit in cues["other_units"] or (before and before[-1] in cues["money"]):
        return []
    if amount != int(amount):
        return _temperature(amount, False, rules)
    names = _bare_age(amount, before, after, rules)
    if before and limits["many_pills"] <= amount <= limits["most_pills"] and before[-1] not in cues["clock"]:
        names.append("many_pills")
    return [*names, "bare_fever"] if limits["fever"] <= amount < limits["bare_fever_most"] else names


def _bare_age(amount: float, before: Sequence[str], after: Sequence[str], rules: NumberRules) -> list[str]:
    """Return what somebody is of whom a number alone tells the age ("he is six, and")."""
    limits, cues = rules.limits, rules.cues
    if amount >= limits["child_years"] or cues["age"].isdisjoint(before[-1:]) or not is_end(after, cues):
        return []
    return age_names(amount * limits["days_year"], limits)


def _near(amount: float, before: Sequence[str], after: Sequence[str], unit: str, rules: NumberRules) -> list[str]:
    cues, limits = rules.cues, rules.limits
    near = {*before, *after}
    has_sign = not rules.signs.isdisjoint(near)
    names = _doses(amount, after, unit, rules) if has_sign or unit in cues["milligrams"] else []
    is_whole = amount == int(amount)
    if unit in cues["times"]:
        return [*names, *count_names(amount, after, cues, limits)]
    is_share = unit in cues["percent"] and not cues["oxygen"].isdisjoint(near)
    if (unit in cues["other_units"] and not is_share) or (before and before[-1] in cues["money"]):
        return names
    if is_whole:
        names += _bare_age(amount, before, after, rules)
    is_degrees = unit in cues["degrees"]
    is_count = is_whole and limits["many_pills"] <= amount <= limits["most_pills"]
    if is_count and before and before[-1] not in cues["clock"] and not is_degrees:
        names.append("many_pills")
    is_degrees = is_degrees or (has_sign and not cues["fever"].isdisjoint(near))
    if is_whole and limits["fever"] <= amount < limits["bare_fever_most"]:
        names.append("bare_fever")
    if is_degrees or not is_whole:
        names += _temperature(amount, is_degrees, rules)
    if not has_sign:
        return names
    if not rules.vitals.isdisjoint(near):
        names += vital_names(amount, before, after, cues, limits)
    if not cues["pain"].isdisjoint(before[-5:]) and limits["severe_pain"] <= amount <= 10 and is_whole:
        names.append("severe_score")
    return names


def _temperature(amount: float, certain: bool, rules: NumberRules) -> list[str]:
    limits = rules.limits
    fahrenheit = amount * 9 / 5 + 32 if limits["celsius_least"] <= amount <= limits["celsius_most"] else amount
    if fahrenheit != amount and not certain and amount < limits["celsius_bare"]:
        return []
    if not limits["fever"] <= fahrenheit <= limits["temperature_most"]:
        return []
    return ["measured_fever", "high_fever"] if fahrenheit >= limits["high_fever"] else ["measured_fever"]


def _doses(amount: float, after: Sequence[str], unit: str, rules: NumberRules) -> list[str]:
    if unit in rules.cues["milligrams"]:
        return ["huge_dose"] if amount >= rules.limits["huge_milligrams"] else []
    is_pills = not rules.cues["pills"].isdisjoint(after)
    is_daily = is_pills and not rules.cues["daily"].isdisjoint(after)
    if is_pills and amount >= rules.limits["many_pills_daily" if is_daily else "many_pills"]:
        return ["many_pills"]
    return ["some_pills"] if is_pills and amount >= rules.limits["some_pills"] else []
