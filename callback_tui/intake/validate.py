"""Turns a mapped row into a message: cleans, reads number and time, tags, flags what a person should look at."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache, partial
from typing import NamedTuple

from callback_tui.intake.dedupe import KeyMaker, content_hash
from callback_tui.intake.received_time import read_time
from callback_tui.models.vocabulary import Channel, ReceivedHow, ReviewFlag
from callback_tui.rules.age import age_years
from callback_tui.rules.clean import clean, clean_line
from callback_tui.rules.heard import heard
from callback_tui.rules.match_name import person_name
from callback_tui.rules.phone import HEARD_NOTE, has_no_number, read_phone
from callback_tui.rules.record_number import record_number
from callback_tui.rules.triage import tag
from callback_tui.views.heard import Heard
from callback_tui.views.intake import ParsedMessage, PhoneReading
from callback_tui.views.triage import NO_OWN_RULES, OwnRules, Triage

LONGEST_BODY = 65_536
LONGEST_LINE = 500
CLOCK_SKEW = timedelta(minutes=10)
"""A phone system's clock may run ahead of ours by this much before its time counts as in the future."""

_OLDEST_BIRTH_YEAR = 1890
# an enum member costs a slow look-up each time it is named
_EXACT, _AMBIGUOUS = ReceivedHow.EXACT, ReceivedHow.AMBIGUOUS


def plain_tag(text: str, age_years: int | None, own: OwnRules | None = None) -> Triage:
    """Return the tag of a text; the patient's age where it is known, the practice's own rules where it has some."""
    return tag(text, age_years=age_years, own=own)


def tagger_of(own: OwnRules) -> Callable[[str, int | None], Triage]:
    """Return what tags by the built-in rules and the practice's own."""
    return partial(plain_tag, own=own) if own else plain_tag


class MappedRow(NamedTuple):
    """A row by our own fields, all text as it came."""

    row: int
    channel: Channel
    source_id: str = ""
    received: str = ""
    phone: str = ""
    caller_name: str = ""
    patient_name: str = ""
    date_of_birth: str = ""
    record_number: str = ""
    site_name: str = ""
    subject: str = ""
    body: str = ""
    duration: str = ""
    is_repaired: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """How the rows of one source are read: region of its numbers, zone and order of its dates, who tags its texts."""

    source: str
    region: str
    zone_of: Callable[[str], tzinfo]
    now: datetime
    date_order: str = ""
    date_formats: tuple[str, ...] = ()
    names_from_caller_id: bool = False
    machine_transcript: bool = False
    tag: Callable[[str, int | None], Triage] = plain_tag


def read_message(
    mapped: MappedRow, reading: Reading, keys: KeyMaker, *, known_time: datetime | None = None
) -> ParsedMessage:
    """Return the message of a row. Never refuses one: what is missing or unreadable becomes a flag (ref-formats 0.2).

    What no field says, number and names, is looked for in the words, and flagged as heard; the key is of the fields
    alone, so that a better look does not make a known message new. `known_time` is the received time where it needs
    no reading, as for a message taken by hand.
    """
    body = clean(mapped.body, limit=LONGEST_BODY).strip()
    subject = _line(mapped.subject)
    caller = person_name(_line(mapped.caller_name), from_caller_id=reading.names_from_caller_id)
    patient = person_name(_line(mapped.patient_name))
    phone = read_phone(_line(mapped.phone), reading.region)
    born_on = _birth_date(mapped.date_of_birth, reading) if mapped.date_of_birth else None
    received_text = _line(mapped.received)
    site_name = _line(mapped.site_name)
    if known_time is None:
        zone = reading.zone_of(mapped.site_name)
        at, how = read_time(received_text, zone, date_order=reading.date_order, formats=reading.date_formats)
    else:
        at, how = known_time, _EXACT
    name = patient or caller
    key = keys.key(_line(mapped.source_id), phone.e164 or phone.raw, at, received_text, name, f"{subject}\n{body}")
    today = reading.now.astimezone(UTC).date()
    said = heard(
        body, region=reading.region, today=today, number=phone.e164 is None, name=not name, born=born_on is None
    )
    flags = _flags(mapped, reading, phone, at, how, said, has_text=bool(body or subject), has_name=bool(name))
    if said.number is not None:
        phone = PhoneReading(phone.raw, said.number.value, "", HEARD_NOTE)
    if said.caller is not None:
        caller = said.caller.value
    if said.patient is not None:
        patient = said.patient.value
    age_from = born_on or (said.born_on.value if said.born_on is not None else None)
    return ParsedMessage(
        mapped.row,
        reading.source,
        key,
        content_hash(subject, body),
        mapped.channel,
        at,
        received_text,
        how,
        phone,
        caller,
        patient,
        born_on,
        record_number(_line(mapped.record_number)) if mapped.record_number else "",
        site_name,
        subject,
        body,
        read_duration(mapped.duration),
        reading.machine_transcript and bool(body),
        flags,
        age_years(age_from, today) if age_from else None,
        reading.tag,
    )


def _flags(
    mapped: MappedRow,
    reading: Reading,
    phone: PhoneReading,
    at: datetime | None,
    how: ReceivedHow,
    said: Heard,
    *,
    has_text: bool,
    has_name: bool,
) -> tuple[ReviewFlag, ...]:
    flags = []
    if phone.e164 is None and not has_no_number(phone):
        flags.append(ReviewFlag.NUMBER_UNREADABLE)
    elif phone.e164 is None and said.number is None:
        flags.append(ReviewFlag.NO_NUMBER)
    if said.number is not None:
        flags.append(ReviewFlag.NUMBER_HEARD)
    if at is None:
        flags.append(ReviewFlag.TIME_UNKNOWN)
    if how is _AMBIGUOUS:
        flags.append(ReviewFlag.TIME_AMBIGUOUS)
    if at is not None and at - CLOCK_SKEW > reading.now:
        flags.append(ReviewFlag.TIME_IN_FUTURE)
    if not has_text:
        flags.append(ReviewFlag.NO_TEXT)
    if not has_name:
        is_heard = said.caller is not None or said.patient is not None
        flags.append(ReviewFlag.NAME_HEARD if is_heard else ReviewFlag.NO_NAME)
    if len(mapped.body) > LONGEST_BODY:
        flags.append(ReviewFlag.TEXT_CUT)
    if mapped.is_repaired:
        flags.append(ReviewFlag.ROW_REPAIRED)
    return tuple(flags)


def _line(text: str) -> str:
    if not text:
        return ""
    if len(text) <= LONGEST_LINE and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    return clean_line(text, limit=LONGEST_LINE)


def tag_remembering(texts: int, own: OwnRules = NO_OWN_RULES) -> Callable[[str, int | None], Triage]:
    """Return a tagger that remembers its last `texts` answers: exports repeat "thanks" and empty texts a lot."""
    return lru_cache(maxsize=texts)(tagger_of(own))


def read_duration(text: str) -> int | None:
    """Return a length in seconds from "83", "1:23" or "0:01:23"; None for anything else."""
    if not text:
        return None
    parts = text.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() and len(part) <= 6 for part in parts):
        return None
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds


def _birth_date(text: str, reading: Reading) -> date | None:
    text = text.strip()
    if not text:
        return None
    try:
        born_on: date | None = date.fromisoformat(text)
    except ValueError:
        born_on = _slashed_date(text, reading.date_order)
    if born_on is None or not born_on.year >= _OLDEST_BIRTH_YEAR or born_on > reading.now.date():
        return None
    return born_on


def _slashed_date(text: str, date_order: str) -> date | None:
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if len(parts) != 3 or not date_order or len(parts[2]) != 4:
        return None
    if not all(part.isascii() and part.isdigit() for part in parts):
        return None
    first, second, year = (int(part) for part in parts)
    month, day = (first, second) if date_order == "mdy" else (second, first)
    try:
        return date(year, month, day)
    except ValueError:
        return None
