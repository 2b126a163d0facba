"""Profiles and mapping: which columns mean what, and which rows are no messages."""

import csv
import io
from dataclasses import replace

import pytest

from callback_tui.errors import ImportRefused
from callback_tui.intake.mapping import Mapper
from callback_tui.intake.profile import SkipRule, choose_profile, known_columns, profiles, read_profile
from callback_tui.intake.readers.csv_file import CsvFile
from callback_tui.intake.validate import MappedRow
from callback_tui.models.vocabulary import Channel
from callback_tui.views.intake import RawRow, RowProblem, SkippedRow
from tests.intake.exports import RINGCENTRAL_DETAILED, TWILIO_NEW, TWILIO_OLD

RINGCENTRAL_SIMPLE = "Type,Phone Number,Name,Date,Time,Action,Action Result,Result Description,Duration,Attachment"


def mapped(header: str, *rows: dict[str, str]) -> list[MappedRow | SkippedRow | RowProblem]:
    names = header.split(",")
    mapper = Mapper(choose_profile(names, None), names)
    return [
        mapper.map(RawRow(number, {name: row.get(name, "") for name in names})) for number, row in enumerate(rows, 2)
    ]


def words(results: list[MappedRow | SkippedRow | RowProblem]) -> list[str]:
    return [result.channel.value if isinstance(result, MappedRow) else result.code for result in results]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (RINGCENTRAL_DETAILED, "ringcentral_detailed"),
        (RINGCENTRAL_SIMPLE, "ringcentral_simple"),
        (TWILIO_NEW, "twilio_console"),
        (TWILIO_OLD, "twilio_console"),
        (TWILIO_NEW.upper(), "twilio_console"),
        ("Phone,Name,Message", "generic"),
    ],
)
def test_the_header_tells_the_profile(header: str, name: str) -> None:
    assert choose_profile(header.split(","), None).name == name


def test_a_wanted_profile_wins() -> None:
    assert choose_profile(TWILIO_NEW.split(","), "generic").name == "generic"


def test_built_in_profiles_are_well_formed() -> None:
    assert list(profiles()) == ["ringcentral_detailed", "ringcentral_simple", "twilio_console", "generic"]
    with pytest.raises(ValueError, match="not known"):
        read_profile('{"version": 2, "name": "next", "columns": {}}')


def test_of_a_detailed_call_log_missed_calls_and_voicemails_are_messages() -> None:
    master = {"Type": "Voice", "CallId": "K1", "Direction": "Incoming", "From": "(212) 555-0147"}
    assert words(
        mapped(
            RINGCENTRAL_DETAILED,
            {**master, "Action Result": "Voicemail"},
            {**master, "Action Result": "Missed"},
            {**master, "Action Result": "Hang Up"},
            {**master, "Action Result": "Something new"},
            {**master, "Action Result": "Accepted"},
            {**master, "Action Result": "Blocked"},
            {**master, "Direction": "Outgoing", "Action Result": "No Answer"},
            {**master, "Type": "Fax", "Action Result": "Received"},
            {"Leg": "Leg-1", "Direction": "Incoming", "Action Result": "Missed"},
            {},
        )
    ) == ["voicemail", "phone", "phone", "phone", "answered", "blocked", "outbound", "fax", "call_leg", "empty"]


def test_a_simple_call_log_tells_the_direction_by_the_result() -> None:
    row = {"Type": "Voice", "Phone Number": "(212) 555-0147", "Action": "Phone Call"}
    results = ("Voicemail", "Missed", "Hang Up", "No Answer", "Call connected", "Accepted")
    assert words(mapped(RINGCENTRAL_SIMPLE, *({**row, "Action Result": result} for result in results))) == [
        *("voicemail", "phone", "phone", "outbound", "answered", "answered")
    ]


@pytest.mark.parametrize("header", [TWILIO_NEW, TWILIO_OLD])
def test_of_a_message_log_only_inbound_ones_are_messages(header: str) -> None:
    row = {"From": "MapleRx", "Body": "ready", "Sid": "SM1", "SentDate": "2026-11-23T10:00:00Z"}
    results = mapped(
        header, *({**row, "Direction": word} for word in ("inbound", "outbound-api", "outbound-reply", ""))
    )
    assert words(results) == ["text", "outbound", "outbound", "text"]
    first = results[0]
    assert isinstance(first, MappedRow)
    assert (first.source_id, first.phone, first.body, first.received) == ("SM1", "MapleRx", "ready", row["SentDate"])


def test_generic_columns_are_known_by_many_names() -> None:
    (row,) = mapped(
        "caller_id,First Name,LAST NAME,Date,Time,Voicemail Transcript,MRN,D.O.B,DOB,Office,Type,Length",
        {
            "caller_id": "2125550147",
            "First Name": "Ana",
            "LAST NAME": "Ruiz",
            "Date": "11/23/2026",
            "Time": "10:00 AM",
            "Voicemail Transcript": "hello",
            "MRN": "A1",
            "DOB": "1980-01-02",
            "Office": "Main",
            "Type": "Voice Mail",
            "Length": "1:05",
        },
    )
    assert row == MappedRow(
        row=2,
        channel=Channel.VOICEMAIL,
        received="11/23/2026 10:00 AM",
        phone="2125550147",
        patient_name="Ana Ruiz",
        date_of_birth="1980-01-02",
        record_number="A1",
        site_name="Main",
        body="hello",
        duration="1:05",
    )


def test_a_transcript_that_is_empty_leaves_the_note() -> None:
    (row,) = mapped("Phone,Transcript,Notes", {"Phone": "1", "Notes": "called about a refill"})
    assert isinstance(row, MappedRow)
    assert row.body == "called about a refill"


def uneven(text: str, header: str = "Phone,Name,Message") -> list[MappedRow | SkippedRow | RowProblem]:
    stream = io.BytesIO(f"{header}\n{text}".encode("latin-1"))
    reader = CsvFile(known_columns())
    names = reader.header(stream)
    mapper = Mapper(choose_profile(names, None), names)
    return [mapper.map(row) for row in reader.rows(stream)]


def test_commas_of_an_unquoted_text_in_the_last_column_are_kept() -> None:
    (row,) = uneven("1,Ana,hello, it is me, bye\n")
    assert isinstance(row, MappedRow)
    assert (row.body, row.is_repaired) == ("hello, it is me, bye", False)


@pytest.mark.parametrize(
    ("text", "phone", "body", "received"),
    [
        ("(212) 555-0147\n", "(212) 555-0147", "", ""),
        ("(212) 555-0147,Ana\n", "(212) 555-0147", "", ""),
        (",Ana,hello\n", "", "hello", ""),
        ("1,Ana,hello, it is me,2026-11-23\n", "1", "hello, it is me", "2026-11-23"),
        ("1,Ana,hello,2026-11-23,more\n", "1", "hello,more", "2026-11-23"),
        ('1,Ana,"hello, 2026\n', "1", "hello, 2026", ""),
        ("1,A\0na,hello,2026-11-23\n", "1", "hello", "2026-11-23"),
    ],
)
def test_a_damaged_row_is_kept_and_marked(text: str, phone: str, body: str, received: str) -> None:
    (row,) = uneven(text, "Phone,Name,Message,Received")
    assert isinstance(row, MappedRow)
    assert (row.phone, row.body, row.received.strip(), row.is_repaired) == (phone, body, received, True)


def test_a_row_too_long_without_a_text_column_is_kept() -> None:
    (row,) = uneven("(212) 555-0147,Ana,1:23,more\n", "Phone,Name,Duration")
    assert isinstance(row, MappedRow)
    assert (row.phone, row.duration, row.is_repaired) == ("(212) 555-0147", "1:23", True)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1,Ana\n", "columns"),
        ("Total: 45 calls\n", "columns"),
        ('1,Ana,"\n', "broken_quote"),
        ("1,A\0na,\n", "nul"),
        ("\x81,Ana,\n", "undecodable"),
    ],
)
def test_a_damaged_row_with_nobody_to_ring_and_nothing_to_read_is_rejected(text: str, code: str) -> None:
    (row,) = uneven(text)
    assert isinstance(row, RowProblem)
    assert row.code == code


def test_a_column_that_a_short_row_lacks_does_not_make_it_an_outbound_one_or_a_leg() -> None:
    profile = replace(profiles()["generic"], skip=(SkipRule("outbound", {"direction": frozenset({""})}),))
    mapper = Mapper(profile, ["Phone", "Message", "Direction"])
    short = RawRow(2, {"Phone": "(212) 555-0147", "Message": "hello"}, damage="columns")
    assert isinstance(mapper.map(short), MappedRow)
    assert isinstance(mapper.map(RawRow(3, {**short.cells, "Direction": ""})), SkippedRow)


def test_a_header_in_the_middle_is_passed_over() -> None:
    names = ["Phone", "Name", "Message"]
    result = Mapper(profiles()["generic"], names).map(RawRow(9, dict(zip(names, names, strict=True))))
    assert result == SkippedRow(9, "header")


def test_a_file_that_says_neither_who_nor_what_is_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        Mapper(profiles()["generic"], ["Date", "Duration"])
    assert refused.value.code == "no_columns"


def test_dates_follow_the_region_unless_the_profile_declares_them() -> None:
    generic = profiles()["generic"]
    assert [generic.order_of_dates(region) for region in ("US", "GB", "CA")] == ["mdy", "dmy", ""]
    assert replace(generic, date_order="dmy").order_of_dates("US") == "dmy"


def test_exports_hold_what_they_claim() -> None:
    assert next(csv.reader(io.StringIO(TWILIO_OLD)))[0] == "Body"
