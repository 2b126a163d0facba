"""A mapped row becomes a message; whatever is missing or odd becomes a flag, never a rejection."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.intake.dedupe import KeyMaker
from callback_tui.intake.validate import LONGEST_BODY, MappedRow, Reading, read_duration, read_message
from callback_tui.models.vocabulary import Channel, ReviewFlag
from callback_tui.rules.triage import tag
from callback_tui.views.intake import ParsedMessage
from callback_tui.views.triage import Triage

NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
READING = Reading("csv", "US", lambda _: ZoneInfo("America/New_York"), NOW, date_order="mdy")
GOOD = MappedRow(
    2,
    Channel.VOICEMAIL,
    received="2026-11-23 10:00",
    phone="(212) 555-0147",
    patient_name="Ana Ruiz",
    body="I need a refill",
)


def parsed(row: MappedRow, keys: KeyMaker | None = None, *, reading: Reading = READING) -> ParsedMessage:
    return read_message(row, reading, keys or KeyMaker(ids_are_stable=True))


def test_a_whole_row_has_no_flags() -> None:
    message = parsed(GOOD)
    assert message.flags == ()
    assert message.phone.e164 == "+12125550147"
    assert message.received_at == datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "flag"),
    [
        (GOOD._replace(phone=""), ReviewFlag.NO_NUMBER),
        (GOOD._replace(phone="Anonymous"), ReviewFlag.NO_NUMBER),
        (GOOD._replace(phone="MapleRx"), ReviewFlag.NUMBER_UNREADABLE),
        (GOOD._replace(received=""), ReviewFlag.TIME_UNKNOWN),
        (GOOD._replace(received="yesterday"), ReviewFlag.TIME_UNKNOWN),
        (GOOD._replace(received="11/1/2026 1:30 AM"), ReviewFlag.TIME_AMBIGUOUS),
        (GOOD._replace(received="2026-11-23 10:53"), ReviewFlag.TIME_IN_FUTURE),
        (GOOD._replace(body=" \n"), ReviewFlag.NO_TEXT),
        (GOOD._replace(patient_name="unknown"), ReviewFlag.NO_NAME),
        (GOOD._replace(body="x" * (LONGEST_BODY + 1)), ReviewFlag.TEXT_CUT),
        (GOOD._replace(is_repaired=True), ReviewFlag.ROW_REPAIRED),
    ],
)
def test_what_is_missing_or_odd_is_flagged(row: MappedRow, flag: ReviewFlag) -> None:
    assert parsed(row).flags == (flag,)


def test_a_clock_slightly_ahead_is_not_in_the_future() -> None:
    assert parsed(GOOD._replace(received="2026-11-23 10:50")).flags == ()


def test_hostile_text_is_made_harmless() -> None:
    message = parsed(GOOD._replace(body="\x1b]52;c;aGk=\x07[/nope] \u202eabc\ud800", patient_name="Ana\x1b[2J Ruiz"))
    assert message.body.isprintable()
    assert message.patient_name.isprintable()
    assert "\x1b" not in message.body + message.patient_name


def test_a_soft_hyphen_hides_no_emergency() -> None:
    message = parsed(MappedRow(row=2, channel=Channel.EMAIL, body="I think it was an over\u00addose"))
    assert message.body == "I think it was an overdose"
    assert message.triage.emergent


def test_the_places_of_hits_count_in_the_body() -> None:
    message = parsed(GOOD._replace(subject="question", body="I have crushing chest pain"))
    assert message.triage.emergent
    assert all(message.body[hit.start : hit.end] == hit.text for hit in message.triage.hits)


def test_an_emergency_in_the_subject_counts() -> None:
    assert parsed(GOOD._replace(subject="crushing chest pain, cannot breathe", body="call me")).triage.emergent


@pytest.mark.parametrize(
    ("text", "seconds"), [("83", 83), ("1:23", 83), ("0:01:23", 83), ("", None), ("1:x", None), ("1:2:3:4", None)]
)
def test_durations(text: str, seconds: int | None) -> None:
    assert read_duration(text) == seconds


@pytest.mark.parametrize(
    ("text", "born_on"),
    [
        ("1980-01-02", date(1980, 1, 2)),
        ("1/2/1980", date(1980, 1, 2)),
        ("13/2/1980", None),
        ("1/2/80", None),
        ("2031-01-01", None),
        ("1066-01-01", None),
        ("x", None),
    ],
)
def test_dates_of_birth(text: str, born_on: date | None) -> None:
    assert parsed(GOOD._replace(date_of_birth=text)).date_of_birth == born_on


def test_the_sources_own_id_is_the_key() -> None:
    one, other = parsed(GOOD._replace(source_id="SM1")), parsed(GOOD._replace(source_id="SM1", body="other"))
    assert one.dedupe_key == other.dedupe_key == "id:SM1"
    assert one.content_hash != other.content_hash


def test_an_id_that_may_be_a_row_number_counts_with_number_and_time() -> None:
    keys = KeyMaker(ids_are_stable=False)
    row = GOOD._replace(source_id="7")
    assert parsed(row, keys).dedupe_key == parsed(row._replace(body="late words"), keys).dedupe_key
    assert parsed(row, keys).dedupe_key != parsed(row._replace(received="2026-11-22 10:00"), keys).dedupe_key
    assert parsed(row, keys).dedupe_key != parsed(row._replace(phone="(212) 555-0148"), keys).dedupe_key


def test_identical_rows_of_one_file_both_live_and_keep_their_keys() -> None:
    first, again = KeyMaker(ids_are_stable=True), KeyMaker(ids_are_stable=True)
    keys = [parsed(GOOD, first).dedupe_key for _ in range(3)]
    assert len(set(keys)) == 3
    assert keys == [parsed(GOOD, again).dedupe_key for _ in range(3)]
    assert all(key.startswith("v1:") for key in keys)


def test_the_minute_counts_and_the_second_does_not() -> None:
    def key(received: str) -> str:
        return parsed(GOOD._replace(received=received)).dedupe_key

    assert key("2026-11-23 10:00:05") == key("2026-11-23T15:00:55Z") != key("2026-11-23 10:01:05")


@settings(max_examples=200, deadline=timedelta(seconds=5))
@given(st.lists(st.text(max_size=30), min_size=11, max_size=11))
def test_any_text_becomes_a_message(cells: list[str]) -> None:
    row = MappedRow._make((2, Channel.TEXT, *cells, False))
    message = parsed(row)
    assert message.dedupe_key
    assert (message.received_at is None) == (ReviewFlag.TIME_UNKNOWN in message.flags)


def test_a_message_is_tagged_once_and_only_when_its_tag_is_asked_for() -> None:
    asked: list[str] = []

    def counted(text: str, age_years: int | None) -> Triage:
        asked.append(text)
        return tag(text, age_years=age_years)

    message = parsed(GOOD._replace(subject="Refill"), reading=replace(READING, tag=counted))
    assert asked == []
    assert message.triage is message.triage
    assert asked == ["I need a refill\nRefill"]


HEARD = "hi this is carol danvers date of birth 5 3 2026 call me at two one two five five five oh one four seven"


def test_what_no_field_says_is_found_in_the_words_and_flagged() -> None:
    message = parsed(GOOD._replace(phone="Anonymous", patient_name="", body=HEARD))
    assert message.flags == (ReviewFlag.NUMBER_HEARD, ReviewFlag.NAME_HEARD)
    assert (message.phone.e164, message.phone.raw) == ("+12125550147", "Anonymous")
    assert (message.caller_name, message.patient_name, message.date_of_birth) == ("Carol Danvers", "", None)
    assert message.age_years == 0
    odd = parsed(GOOD._replace(phone="MapleRx", body=HEARD))
    assert odd.flags == (ReviewFlag.NUMBER_UNREADABLE, ReviewFlag.NUMBER_HEARD)


def test_a_field_of_the_export_is_never_overwritten() -> None:
    message = parsed(GOOD._replace(phone="(212) 555-0199", date_of_birth="1961-04-09", body=HEARD))
    assert message.flags == ()
    assert (message.phone.e164, message.patient_name, message.caller_name) == ("+12125550199", "Ana Ruiz", "")
    assert message.date_of_birth == date(1961, 4, 9)


def test_the_key_of_a_message_does_not_depend_on_what_was_found_in_its_words() -> None:
    row = GOOD._replace(phone="", patient_name="", body=HEARD)
    keys = KeyMaker(ids_are_stable=True)
    assert parsed(row).dedupe_key == keys.key("", "", parsed(row).received_at, row.received, "", f"\n{HEARD}")
