"""Reads what a stretch of time in a message tells: an age, weeks of pregnancy, or how long something lasts."""

from collections.abc import Mapping, Sequence

_AGE_REACH = 4
_WEEK_REACH = 3


def span_names(
    amount: float,
    before: Sequence[str],
    after: Sequence[str],
    days: float,
    cues: Mapping[str, frozenset[str]],
    limits: Mapping[str, float],
) -> list[str]:
    """Return concept names for `amount` of the unit `after` begins with.

    `days` is how many days that unit has, or 0 for hours and minutes.
    """
    unit = after[0]
    if days and _is_age(before, after, cues):
        return age_names(amount * days, limits)
    is_pregnancy = not cues["pregnant"].isdisjoint(after[1:3])
    if unit in cues["week"]:
        return _week_names(amount, is_pregnancy, before, after, cues, limits)
    if unit in cues["month"] and (is_pregnancy or _is_months_along(amount, before, after, cues, limits)):
        return ["pregnant", "preterm"] if amount * days < limits["term_weeks"] * limits["days_week"] else ["pregnant"]
    if days and _stands_alone(before, after, cues) and amount * days < limits["child_days"]:
        return age_names(amount * days, limits)
    hours = amount if unit in cues["hour"] else amount / 60 if unit in cues["minute"] else amount * days * 24
    return _lasting(hours, limits)


def age_names(age_days: float, limits: Mapping[str, float]) -> list[str]:
    """Return which of infant, baby and child somebody of that age is."""
    names = ["infant"] if age_days < limits["infant_days"] else []
    if age_days <= limits["baby_days"]:
        names.append("baby")
    return [*names, "child"] if age_days < limits["child_days"] else []


def is_end(after: Sequence[str], cues: Mapping[str, frozenset[str]]) -> bool:
    """Whether a bare number ends here, as an age does ("he is six, and")."""
    return not after or after[0] in cues["ends_age"]


def _is_age(before: Sequence[str], after: Sequence[str], cues: Mapping[str, frozenset[str]]) -> bool:
    if not cues["old"].isdisjoint(after[1:3]) or after[0] in cues["years_old"]:
        return True
    if not cues["not_weeks"].isdisjoint(after[1:3]) or cues["children"].isdisjoint(before[-_AGE_REACH:]):
        return False
    return before[-1] in cues["is"] or before[-1] in cues["children"]


def _is_months_along(
    amount: float,
    before: Sequence[str],
    after: Sequence[str],
    cues: Mapping[str, frozenset[str]],
    limits: Mapping[str, float],
) -> bool:
    is_said = not cues["i_am"].isdisjoint(before[-1:]) and cues["not_weeks"].isdisjoint(after[1:3])
    return is_said and limits["months_least"] <= amount <= limits["months_most"]


def _stands_alone(before: Sequence[str], after: Sequence[str], cues: Mapping[str, frozenset[str]]) -> bool:
    """Whether a stretch of time is a remark of its own, as an age is ("bad cough, 9 months.")."""
    starts = not before or before[-1] in cues["marks"]
    return starts and after[0] not in (*cues["day"], *cues["week"]) and is_end(after[1:], cues)


def _week_names(
    amount: float,
    is_pregnancy: bool,
    before: Sequence[str],
    after: Sequence[str],
    cues: Mapping[str, frozenset[str]],
    limits: Mapping[str, float],
) -> list[str]:
    if not cues["due"].isdisjoint(before[-2:]):
        return ["pregnant", "preterm"] if limits["weeks_most"] - limits["term_weeks"] < amount else ["pregnant"]
    is_bare = cues["lasting"].isdisjoint([*before[-_WEEK_REACH:], *after[1:3]])
    is_told = not cues["am"].isdisjoint(before[-1:]) and cues["not_weeks"].isdisjoint(after[1:3])
    is_told = is_told or (is_bare and amount >= limits["weeks_late"])
    is_possible = limits["weeks_least"] <= amount <= limits["weeks_most"]
    names = ["pregnant"] if is_told and is_possible else []
    if is_possible and (is_told or is_bare):
        names.append("weeks_bare")
    if amount < limits["term_weeks"] and (is_pregnancy or is_told or not cues["pregnant"].isdisjoint(before)):
        names.append("preterm")
    return [*names, *_lasting(amount * 7 * 24, limits)]


def _lasting(hours: float, limits: Mapping[str, float]) -> list[str]:
    names = ["lasting_20_minutes"] if hours * 60 >= limits["nosebleed_minutes"] else []
    return [*names, "lasting_8_hours"] if hours >= limits["diaper_hours"] else names
