"""Reads vital signs, laboratory values and counts of times; the limits stand in context.json."""

from collections.abc import Mapping, Sequence, Set

_LABS = ("inr", "potassium", "sodium", "hemoglobin", "platelets", "calcium", "lithium")

_Cues = Mapping[str, frozenset[str]]
_Limits = Mapping[str, float]


def vital_names(amount: float, before: Sequence[str], after: Sequence[str], cues: _Cues, limits: _Limits) -> list[str]:
    """Return the danger signs that `amount` is: oxygen, sugar, pulse, breaths, pressure or a laboratory value."""
    near = {*before, *after}

    def around(cue: str) -> bool:
        return not cues[cue].isdisjoint(near)

    names: list[str] = []
    if around("oxygen") and limits["oxygen_least"] <= amount < limits["oxygen"]:
        names.append("oxygen_low")
    if around("sugar") and not around("a1c"):
        names += _sugar(amount, near, cues, limits)
    if around("pulse") and (limits["pulse_high"] <= amount <= 300 or 20 <= amount <= limits["pulse_low"]):
        names.append("pulse_odd")
    if around("breaths") and limits["breaths"] <= amount <= 200:
        names.append("breath_rate")
    if around("systolic") and limits["systolic"] <= amount <= 300:
        names.append("pressure_high")
    named = (lab for word in (*reversed(before), *after) for lab in _LABS if word in cues[lab])
    lab = next(named, None)
    if lab is not None and _is_critical(amount, lab, limits):
        names.append("lab_critical")
    return names


def _sugar(amount: float, near: Set[str], cues: _Cues, limits: _Limits) -> list[str]:
    is_molar = amount <= limits["molar_most"] and (amount != int(amount) or not cues["molar"].isdisjoint(near))
    amount = amount * limits["milligrams_a_molar"] if is_molar else amount
    if limits["sugar_least"] <= amount < limits["sugar_low"]:
        return ["sugar_low"]
    if limits["sugar_high"] < amount <= limits["sugar_most"]:
        return ["sugar_high"]
    return ["sugar_raised"] if limits["sugar_raised"] <= amount <= limits["sugar_high"] else []


def _is_critical(amount: float, lab: str, limits: _Limits) -> bool:
    """Whether a laboratory value is past a limit and yet possible."""
    is_low = limits[f"{lab}_least"] <= amount <= limits[f"{lab}_low"]
    return is_low or limits[f"{lab}_high"] <= amount <= limits[f"{lab}_most"]


def count_names(amount: float, after: Sequence[str], cues: _Cues, limits: _Limits) -> list[str]:
    """Return what "70 times a minute" and "six times today" tell."""
    if after[1:2] != ["/"] and not cues["minute"].isdisjoint(after[1:3]):
        return ["breath_rate"] if limits["breaths"] <= amount <= 200 else []
    is_recent = amount >= limits["many_times"] and not cues["times_since"].isdisjoint(after[1:2])
    return ["many_times"] if is_recent else []
