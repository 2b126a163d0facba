"""Finds the number to call back in the words of a message: written in any form, or said digit by digit."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from callback_tui.rules.heard_words import Word, digits_at, word_set
from callback_tui.rules.phone import read_phone
from callback_tui.views.heard import HeardText

_NORTH_AMERICA = frozenset({"US", "CA"})
_WHOLE = 10
_FEWEST_DIGITS = 7
_MOST_WRITTEN = 16
_MOST_TRIES = 64
_NEAR = 8
"""Words before a number that say whose it is."""

_AFTER = 4
_BETWEEN = word_set("- . , ( ) ; um uh er eh em hmm area code dash hyphen then este guion")
_NO_PHONE = frozenset({"/", "$", ":", "%", "#", "€", "£"})
_MONEY = frozenset({"dollars", "dollar", "bucks", "cents", "dolares", "pesos", "euros", "$"})
_OURS = word_set(
    """back reach cell cellphone mobile phone telephone number callback contact ring text home work landline call llame
    llamar llamarme llameme celular telefono numero movil casa"""
)
_MINE = word_set("me my us our mi mis nos nuestro llamarme llameme contactarme")
_SHORTENED = word_set("dr mr mrs ms st no")
_NOT_A_PHONE = word_set(
    """mrn record account acct claim policy member id confirmation invoice rx prescription reference ssn social
    security group npi dob birth born expediente cuenta poliza reclamo seguro nacimiento zip"""
)
_SOMEBODY_ELSES = word_set(
    """pharmacy cvs walgreens insurance hospital lab clinic doctor dr doctors specialist fax your farmacia clinica
    aseguranza"""
)


class _Candidate(NamedTuple):
    e164: str
    first: int
    last: int


def heard_number(text: str, words: Sequence[Word], region: str) -> HeardText | None:
    """Return the number that somebody asks to be rung at, or None where none is plainly theirs.

    Dates, amounts and record numbers are none; of several the one near words like "call me back at" is taken.
    `words` are those of the text. A number for fiction counts.
    """
    candidates = [*_said(words, region)]
    if not candidates:
        candidates = [*_written(text, words, region)]
    best: _Candidate | None = None
    best_score = -1
    for candidate in candidates:
        score = _score(words, candidate)
        if score > best_score:
            best, best_score = candidate, score
    return None if best is None else HeardText(best.e164, words[best.first].start, words[best.last].end)


def _said(words: Sequence[Word], region: str) -> Iterator[_Candidate]:
    place = 0
    while place < len(words):
        digits, taken = digits_at(words, place)
        if not taken:
            place += 1
            continue
        run = [(digits, place, place + taken - 1)]
        place += taken
        while place < len(words):
            digits, taken = digits_at(words, place)
            if taken:
                run.append((digits, place, place + taken - 1))
                place += taken
            elif words[place].folded in _BETWEEN:
                place += 1
            else:
                break
        if _may_be_phone(words, run[0][1], run[-1][2]) and words[run[0][1] - 1].raw != "+":
            yield from _in_run(run, region)


def _may_be_phone(words: Sequence[Word], first: int, last: int) -> bool:
    """Return whether digits are no date, time or amount."""
    before = words[first - 1].raw if first else ""
    after = words[last + 1].folded if last + 1 < len(words) else ""
    return before not in _NO_PHONE and after not in _MONEY and after not in _NO_PHONE


def _in_run(run: Sequence[tuple[str, int, int]], region: str) -> Iterator[_Candidate]:
    """Yield the numbers a run of digits consists of: one, one said twice, or one at either end of other digits."""
    if sum(len(digits) for digits, _, _ in run) < _FEWEST_DIGITS:
        return
    if region not in _NORTH_AMERICA:
        whole = _valid("".join(digits for digits, _, _ in run), region)
        if whole:
            yield _Candidate(whole, run[0][1], run[-1][2])
        return
    parts = _parted(run, region)
    if parts:
        yield from parts
        return
    ends = {end for end in (_from_start(run, region), _to_end(run, region)) if end is not None}
    if len(ends) == 1:
        yield from ends


def _parted(run: Sequence[tuple[str, int, int]], region: str) -> list[_Candidate]:
    parts: list[_Candidate] = []
    rest = list(run)
    while rest:
        part = _from_start(rest, region)
        if part is None:
            return []
        parts.append(part)
        rest = [group for group in rest if group[1] > part.last]
        if len(parts) > 2:
            return []
    return parts


def _from_start(run: Sequence[tuple[str, int, int]], region: str) -> _Candidate | None:
    said = ""
    for digits, _, last in run:
        said += digits
        if _is_whole(said):
            return _candidate(said, run[0][1], last, region)
        if len(said) > _WHOLE:
            return None
    return None


def _to_end(run: Sequence[tuple[str, int, int]], region: str) -> _Candidate | None:
    said = ""
    for digits, first, _ in reversed(run):
        said = digits + said
        if len(said) >= _WHOLE:
            return _candidate(said, first, run[-1][2], region) if len(said) == _WHOLE else None
    return None


def _is_whole(said: str) -> bool:
    return len(said) == _WHOLE + said.startswith("1")


def _candidate(said: str, first: int, last: int, region: str) -> _Candidate | None:
    e164 = _valid(said, region)
    return _Candidate(e164, first, last) if e164 else None


def _valid(said: str, region: str) -> str | None:
    return read_phone(said, region).e164


def _written(text: str, words: Sequence[Word], region: str) -> Iterator[_Candidate]:
    """Yield the numbers the library finds: those of other countries, and with a code or an extension."""
    end = words[-1].end if words else 0
    if sum(map(str.isdigit, text[:end])) < _FEWEST_DIGITS:
        return
    import phonenumbers

    matcher = phonenumbers.PhoneNumberMatcher(text[:end], region, max_tries=_MOST_TRIES)
    starts = {word.start: number for number, word in enumerate(words)}
    ends = {word.end: number for number, word in enumerate(words)}
    for match in islice(matcher, _MOST_WRITTEN):
        first, last = starts.get(match.start), ends.get(match.end)
        e164 = _valid(match.raw_string, region)
        if e164 and first is not None and last is not None and _may_be_phone(words, first, last):
            yield _Candidate(e164, first, last)


def _score(words: Sequence[Word], candidate: _Candidate) -> int:
    """Return 2 for a number said to be theirs, 0 for one nothing is said of, less for somebody else's or no phone's."""
    before = _clause_before(words, candidate.first)
    after = {word.folded for word in words[candidate.last + 1 : candidate.last + 1 + _AFTER]}
    if not _NOT_A_PHONE.isdisjoint(before[-4:]):
        return -2
    theirs = not (_OURS.isdisjoint(before) or _MINE.isdisjoint(before))
    if theirs or ("my" in after and not _OURS.isdisjoint(after)):
        return 2
    if not _SOMEBODY_ELSES.isdisjoint(before):
        return -2
    return 1 if not _OURS.isdisjoint(before) else 0


def _clause_before(words: Sequence[Word], first: int) -> list[str]:
    """Return the last words before a number, back to the sentence or the digits before it."""
    before: list[str] = []
    ended = False
    for word in reversed(words[max(0, first - 3 * _NEAR) : first]):
        if len(before) == _NEAR or word.raw in ("!", "?") or word.raw.isdecimal():
            break
        if word.raw == ".":
            ended = True
            continue
        if ended and word.folded not in _SHORTENED:
            break
        ended = False
        if word.raw.isalpha() or "'" in word.raw:
            before.append(word.folded)
    return before[::-1]
