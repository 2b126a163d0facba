"""Reads the time a message was left, in the ways exports write it, and says how sure the reading is."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from callback_tui.models.vocabulary import ReceivedHow

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
"""An older time is a mistake of the export: message systems that write exports are younger."""

_DATE_ONLY = re.compile(r"\d{4}-?\d{2}-?\d{2}")
_OFFSET_GAP = re.compile(r"(?<=[0-9]) +(?=[+-]\d{2}:?\d{2}$)")
_ZONE_WORD = re.compile(r"(?<=[0-9]) ?(UTC|GMT|UT|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT)$")
_OFFSETS = {
    "UTC": "+00:00",
    "GMT": "+00:00",
    "UT": "+00:00",
    "Z": "+00:00",
    "EST": "-05:00",
    "EDT": "-04:00",
    "CST": "-06:00",
    "CDT": "-05:00",
    "MST": "-07:00",
    "MDT": "-06:00",
    "PST": "-08:00",
    "PDT": "-07:00",
}
_EPOCH = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d{1,9})?")
_WEEKDAY_COMMA = re.compile(r"(?:[A-Za-z]{3}, *)?\d{1,2} [A-Za-z]{3} \d{2,4} ")
_SLASHED = re.compile(
    r"(?:[A-Za-z]{3,9}\.?,? +)?(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})"
    r"(?:,? +(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?(?: ?([AaPp])\.?[Mm]\.?)?)?"
)


class TimeReading(NamedTuple):
    """An instant in UTC and how it was read; `at` is None when the text is not a time."""

    at: datetime | None
    how: ReceivedHow


UNREADABLE = TimeReading(None, ReceivedHow.UNKNOWN)


def read_time(text: str, zone: tzinfo, *, date_order: str = "", formats: Sequence[str] = ()) -> TimeReading:
    """Read one received time. Never raises; never guesses whether 4/3 is in March or April.

    Tried in turn: ISO 8601, RFC 2822, seconds or milliseconds since 1970, a slashed date when `date_order` ("mdy" or
    "dmy") declares it, the strptime `formats` of the profile. A time without a zone is in `zone`; one that happens
    twice or never there, or a date without a time, is marked ambiguous. Source: ref-formats section 1.3.
    """
    text = text.strip()
    if not text or len(text) > 64:
        return UNREADABLE
    try:
        moment, only_a_date = _parsed(text, date_order, formats)
        if moment is None:
            return UNREADABLE
        if moment.tzinfo is None:
            moment, how = _placed(moment, zone)
        else:
            how = ReceivedHow.EXACT
        at = moment.astimezone(UTC)
    except (ValueError, OverflowError, TypeError, IndexError):
        return UNREADABLE
    if at < EARLIEST:
        return UNREADABLE
    return TimeReading(at, ReceivedHow.AMBIGUOUS if only_a_date else how)


def _parsed(text: str, date_order: str, formats: Sequence[str]) -> tuple[datetime | None, bool]:
    epoch = _EPOCH.fullmatch(text) if text[:10].isdecimal() else None
    if epoch:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(epoch[1])), False
    moment = _iso(text)
    if moment is not None:
        return moment, len(text) <= len("2026-11-23") and _DATE_ONLY.fullmatch(text) is not None
    moment = _rfc_2822(text) if _WEEKDAY_COMMA.match(text) else None
    if moment is not None:
        return moment, False
    slashed = _SLASHED.fullmatch(text) if date_order else None
    if slashed:
        return _from_slashed(slashed, date_order), slashed[4] is None
    for pattern in formats:
        try:
            return datetime.strptime(text, pattern), "%H" not in pattern and "%I" not in pattern  # noqa: DTZ007 - placed later
        except ValueError:
            continue
    return None, False


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    word = _ZONE_WORD.search(text)
    changed = text[: word.start()] + _OFFSETS[word[1]] if word else _OFFSET_GAP.sub("", text)
    if changed == text:
        return None
    try:
        return datetime.fromisoformat(changed)
    except ValueError:
        return None


def _rfc_2822(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    # -0000 is how mail writes a time in UTC whose local zone is unknown.
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None and text.endswith("-0000") else moment


def _from_slashed(found: "re.Match[str]", date_order: str) -> datetime:
    first, second, year = int(found[1]), int(found[2]), int(found[3])
    month, day = (first, second) if date_order == "mdy" else (second, first)
    hour, minute, second_of_minute = int(found[4] or 0), int(found[5] or 0), int(found[6] or 0)
    half = (found[7] or "").casefold()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("no such hour on a twelve-hour clock")
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second_of_minute)  # noqa: DTZ001 - placed later


def _placed(wall: datetime, zone: tzinfo) -> tuple[datetime, ReceivedHow]:
    early, late = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    # The two differ where the clock goes back (the time happens twice) or forward (it never happens).
    twice = early.utcoffset() != late.utcoffset()
    return early, ReceivedHow.AMBIGUOUS if twice else ReceivedHow.ZONE_ASSUMED
