"""Phone numbers as exports write them."""

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.rules.phone import (
    NO_NUMBER_NOTE,
    NOT_VALID_NOTE,
    SEVERAL_NOTE,
    WITHHELD_NOTE,
    has_no_number,
    national,
    read_phone,
    zones_of,
)

SHAPES = (
    "{a}{e}{l}",
    "({a}) {e}-{l}",
    "({a}){e}-{l}",
    "{a}-{e}-{l}",
    "{a}.{e}.{l}",
    "{a} {e} {l}",
    "+1{a}{e}{l}",
    "+1 ({a}) {e}-{l}",
    "1{a}{e}{l}",
    "1-{a}-{e}-{l}",
    "({a}) {e}-{l} x12",
)


def test_fast_path_gives_the_answer_of_the_library_for_twenty_thousand_numbers() -> None:
    chance = random.Random(20_26)  # noqa: S311  # made-up numbers, not secrets
    valid = 0
    for index in range(20_000):
        area, exchange, line = (
            chance.randrange(100, 1000),
            chance.randrange(100, 1000),
            f"{chance.randrange(10_000):04d}",
        )
        text = SHAPES[index % len(SHAPES)].format(a=area, e=exchange, l=line)
        number = phonenumbers.parse(text, "US")
        expected = None
        if phonenumbers.is_valid_number(number) and len(str(number.national_number)) == 10:
            expected = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            valid += 1
        reading = read_phone(text, "US")
        assert (reading.raw, reading.e164) == (text, expected), text
        if expected is not None:
            assert reading.extension == (number.extension or "")
    assert 5_000 < valid < 15_000


@pytest.mark.parametrize("line", range(100, 200))
def test_numbers_for_fiction_are_accepted(line: int) -> None:
    assert read_phone(f"(212) 555-0{line}", "US").e164 == f"+12125550{line}"


@pytest.mark.parametrize(
    "text",
    [
        "(212) 555-0147 x12",
        "(212) 555-0147x12",
        "212-555-0147 ext. 12",
        "+1 212 555 0147 extension 12",
        "2125550147;ext=12",
        "2125550147 #12",
    ],
)
def test_an_extension_is_kept_apart(text: str) -> None:
    reading = read_phone(text, "US")
    assert (reading.e164, reading.extension, reading.raw) == ("+12125550147", "12", text)


@pytest.mark.parametrize("word", ["", "  ", "-", "None", "n/a"])
def test_an_empty_cell_is_no_number(word: str) -> None:
    reading = read_phone(word, "US")
    assert (reading.e164, reading.note) == (None, NO_NUMBER_NOTE)
    assert has_no_number(reading)


@pytest.mark.parametrize(
    "word",
    [
        "Anonymous",
        "RESTRICTED",
        "unavailable",
        "Private",
        "unknown",
        "266696687",
        "+266696687",
        "Unknown Caller",
        "<private>",
    ],
)
def test_a_withheld_number_is_no_number(word: str) -> None:
    reading = read_phone(word, "US")
    assert (reading.e164, reading.note, reading.raw) == (None, WITHHELD_NOTE, word)
    assert has_no_number(reading)


@pytest.mark.parametrize(
    "text",
    [
        "CHAutoworks",
        "101",
        "5550147",
        "310-1234",
        "(196) 310-9265",
        "+11111111111",
        "+11035550133",
        "2125550147662453",
        "call me",
        "1-800-FLOWERS",
        "9" * 5000,
    ],
)
def test_what_is_not_a_valid_number_stays_as_text(text: str) -> None:
    reading = read_phone(text, "US")
    assert (reading.e164, reading.note, reading.raw) == (None, NOT_VALID_NOTE, text)
    assert not has_no_number(reading)


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("whatsapp:+12125550147", "+12125550147"),
        ("tel:+1-212-555-0147", "+12125550147"),
        ("sip:+12125550147@phones.example", "+12125550147"),
        ("VOICE=+12125550147@vms", "+12125550147"),
        ("+12125550147 (mobile)", "+12125550147"),
        ("cell: 212 555 0147", "+12125550147"),
        ("２１２５５５０１４７", "+12125550147"),
        ("+44 20 7946 0958", "+442079460958"),
        ("011 44 20 7946 0958", "+442079460958"),
    ],
)
def test_other_ways_to_write_a_number(text: str, e164: str) -> None:
    assert read_phone(text, "US").e164 == e164


def test_of_several_numbers_the_first_is_used_and_said_so() -> None:
    reading = read_phone("212-555-0147 / 212-555-0148", "US")
    assert (reading.e164, reading.note) == ("+12125550147", SEVERAL_NOTE)


def test_the_region_decides_what_a_plain_number_means() -> None:
    assert read_phone("020 7946 0958", "GB").e164 == "+442079460958"
    assert read_phone("2125550147", "GB").e164 is None


@given(st.text(max_size=60))
def test_any_text_ends_in_a_reading(text: str) -> None:
    reading = read_phone(text, "US")
    assert reading.raw == text
    assert (reading.e164 is None) <= bool(reading.note)


def test_national_form() -> None:
    assert national("+12125550147") == "(212) 555-0147"
    assert national("+442079460958") == "+44 20 7946 0958"
    assert national("front desk") == "front desk"


def test_zones_of_a_number() -> None:
    assert zones_of("+12125550147") == ("America/New_York",)
    assert "America/Chicago" in zones_of("+13125550147")
    assert len(zones_of("+18005550147")) > 1
    assert zones_of("front desk") == ()
