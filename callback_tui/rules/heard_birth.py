"""Finds a date of birth in the words of a message: only behind words that announce one, and never a guess."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date

from callback_tui.rules.heard_words import SMALL, TENS, Word, digits_at, word_set
from callback_tui.views.heard import HeardDay

CUES = ("birth", "born", "dob", "d.o.b", "d o b", "d. o. b", "nac")
"""One of these stands in every text, in lower case, that announces a date of birth."""

_OLDEST_YEARS = 105
_MOST_FILLERS = 6
_MOST_NUMBERS = 6
_LONGEST_GROUP = 4
_BORN = frozenset({"born", "dob", "birthdate", "birthday", "naci", "nacio", "nacido", "nacida", "nacimiento"})
_LAST_OF_CUE = _BORN | {"birth", "date", "day", "b"}
_FILLERS = word_set(
    """is was on the of in his her my our their em um uh are and it its it's that thats : , . - = ( es el la en su fue
    de del"""
)
_MONTHS_NAMES = """january/jan/enero february/feb/febrero march/mar/marzo april/apr/abril may/mayo june/jun/junio
july/jul/julio august/aug/agosto september/sep/sept/septiembre/setiembre october/oct/octubre
november/nov/noviembre december/dec/diciembre"""
_ORDINAL_NAMES = """first/primero second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"""
_MONTHS = {name: number for number, names in enumerate(_MONTHS_NAMES.split(), 1) for name in names.split("/")}
_ORDINALS = {name: number for number, names in enumerate(_ORDINAL_NAMES.split(), 1) for name in names.split("/")}
_ORDINALS["thirtieth"] = 30
_BETWEEN = frozenset({"/", "-", ".", ",", "of", "the", "de", "del", "st", "nd", "rd", "th", "'", "\u2019"})


def heard_birth(words: Sequence[Word], *, date_order: str, today: date) -> HeardDay | None:
    """Return the date of birth that a text names, None for no whole one or for two that differ.

    A year of two digits is read where only one century is possible for somebody alive; what lies in the future, or
    fits no calendar, is nothing. `date_order` is "mdy", "dmy" or "" (undecided) for dates of digits alone.
    """
    found: HeardDay | None = None
    for place in _announced(words):
        day = _date_at(words, place, date_order=date_order, today=today)
        if day is not None and found is not None and day.value != found.value:
            return None
        found = found or day
    return found


def _announced(words: Sequence[Word]) -> Iterator[int]:
    """Yield the place after each announcement and the little words behind it."""
    for number, word in enumerate(words):
        if word.folded not in _LAST_OF_CUE:
            continue
        if word.folded in _BORN or _is_birth_date(words, number) or _is_spelled(words, number):
            place = number + 1
            while place < len(words) and place - number <= _MOST_FILLERS and words[place].folded in _FILLERS:
                place += 1
            if place < len(words):
                yield place


def _is_birth_date(words: Sequence[Word], number: int) -> bool:
    """Return whether this is the "birth" of "date of birth" or the "date" of "birth date"."""
    around = [word.folded for word in words[max(0, number - 2) : number + 1]]
    return around[-3:] == ["date", "of", "birth"] or around[-2:] in (["birth", "date"], ["birth", "day"])


def _is_spelled(words: Sequence[Word], number: int) -> bool:
    letters = [word.folded for word in words[max(0, number - 4) : number + 1] if word.raw != "."]
    return words[number].folded == "b" and letters[-3:] == ["d", "o", "b"]


def _date_at(words: Sequence[Word], place: int, *, date_order: str, today: date) -> HeardDay | None:
    month, parts, last = _parts(words, place)
    days: set[date | None] = set()
    if month:
        days.add(_day("".join(parts[1:]), str(month), "".join(parts[:1]), today))
    else:
        year, first, second = _three(parts)
        is_iso = parts[:1] == [year]
        if is_iso or date_order != "dmy":
            days.add(_day(year, first, second, today))
        if not is_iso and date_order != "mdy":
            days.add(_day(year, second, first, today))
    days.discard(None)
    value = days.pop() if len(days) == 1 else None
    return None if value is None else HeardDay(value, words[place].start, words[last].end)


def _parts(words: Sequence[Word], place: int) -> tuple[int, list[str], int]:
    """Return the month where it is named, the groups of digits around it, and the last word of the date."""
    month, parts, last = 0, list[str](), place
    while place < len(words) and len(parts) < _MOST_NUMBERS:
        word = words[place].folded
        if word in _MONTHS and not month and len(parts) < 2:
            month, taken = _MONTHS[word], 1
        else:
            digits, taken = _group(words, place)
            if not taken and word in _BETWEEN:
                place += 1
                continue
            if not taken:
                break
            if _is_complete(month, parts):
                break
            parts.append(digits)
        place += taken
        last = place - 1
    return month, parts, last


def _is_complete(month: int, parts: Sequence[str]) -> bool:
    """Return whether day, month and year are there, so that what follows is another number."""
    if not month and parts and len(parts[0]) > _LONGEST_GROUP:
        return True
    year = "".join(parts[1:] if month else parts[2:])
    return len(year) == 4 or (len(year) == 2 and year not in ("19", "20"))


def _group(words: Sequence[Word], place: int) -> tuple[str, int]:
    """Return the digits said at a place of a date: also "third", "21st" and years in words."""
    word = words[place].folded
    if word in _ORDINALS:
        return str(_ORDINALS[word]), 1
    following = words[place + 1].folded if place + 1 < len(words) else ""
    if word in ("twenty", "thirty"):
        second = place + 2 if following == "-" else place + 1
        ordinal = _ORDINALS.get(words[second].folded, 0) if second < len(words) else 0
        if 0 < ordinal < 10:
            return str(TENS[word] + ordinal), second - place + 1
    year, taken = _thousands(words, place)
    if taken:
        return year, taken
    if word in ("oh", "o", "zero", "cero") and 0 < SMALL.get(following, 0) < 10:
        return f"0{SMALL[following]}", 2
    return digits_at(words, place)


def _thousands(words: Sequence[Word], place: int) -> tuple[str, int]:
    """Return a year said as "two thousand five", "dos mil cinco", "mil novecientos setenta y uno"; or nothing."""
    first, following = words[place].folded, words[place + 1].folded if place + 1 < len(words) else ""
    if first in ("two", "dos") and following in ("thousand", "mil"):
        start, base = place + 2, 2000
    elif first == "mil":
        start, base = place + 1, 1000
    else:
        return "", 0
    after = start + (start < len(words) and words[start].folded == "and")
    digits, taken = digits_at(words, after) if after < len(words) else ("", 0)
    if not taken or len(digits) > 3:
        return (str(base), start - place) if base == 2000 else ("", 0)
    return str(base + int(digits)), after + taken - place


def _three(parts: Sequence[str]) -> tuple[str, str, str]:
    """Return year, first and second part of a date of digits: "5 3 1971", "5 3 19 71", "05031971", "1971 5 3"."""
    if len(parts) == 1 and len(parts[0]) in (6, 8):
        return parts[0][4:], parts[0][:2], parts[0][2:4]
    if len(parts) == 3 and len(parts[0]) == _LONGEST_GROUP:
        return parts[0], parts[1], parts[2]
    if len(parts) == 3:
        return parts[2], parts[0], parts[1]
    if len(parts) == 4 and len(parts[2]) == len(parts[3]) == 2:
        return parts[2] + parts[3], parts[0], parts[1]
    return "", "", ""


def _day(year: str, month: str, day: str, today: date) -> date | None:
    """Return the one day that year, month and day can mean for somebody alive on `today`."""
    if len(year) not in (2, 4) or not (0 < len(month) <= 2 and 0 < len(day) <= 2):
        return None
    century = today.year // 100 * 100
    years = [int(year)] if len(year) == 4 else [century - 100 + int(year), century + int(year)]
    possible = []
    for each in years:
        with suppress(ValueError):
            possible.append(date(each, int(month), int(day)))
    alive = [each for each in possible if each <= today and today.year - each.year <= _OLDEST_YEARS]
    return alive[0] if len(alive) == 1 else None
