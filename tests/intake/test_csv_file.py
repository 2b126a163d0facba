"""The CSV reader: encodings, delimiters, and bad rows that cost themselves and nothing else."""

import codecs
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.errors import ImportRefused
from callback_tui.intake.profile import known_columns
from callback_tui.intake.readers import SURPLUS
from callback_tui.intake.readers.csv_file import END_KEPT, LONGEST_LINE, MOST_LINES_OF_A_ROW, CsvFile, _unique
from callback_tui.intake.readers.quotes import split_leniently
from callback_tui.views.intake import RawRow

HEADER = "Phone,Name,Message\r\n"


def read(data: bytes, encoding: str | None = None) -> tuple[CsvFile, list[RawRow]]:
    reader = CsvFile(known_columns(), encoding=encoding)
    return reader, list(reader.rows(io.BytesIO(data)))


def names(rows: list[RawRow]) -> list[str]:
    return [row.cells.get("Name", "") for row in rows]


def damage(rows: list[RawRow]) -> list[str]:
    return [row.damage for row in rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_the_header_tells_the_delimiter(delimiter: str, line_end: str) -> None:
    lines = ["Phone,Name,Message", "1,Ana,hi", "2,Bo,ho"]
    reader, rows = read(line_end.join(lines).replace(",", delimiter).encode())
    assert reader.delimiter == delimiter
    assert names(rows) == ["Ana", "Bo"]
    assert [row.number for row in rows] == [2, 3]


@pytest.mark.parametrize(
    ("codec", "said"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp1252", "cp1252"), ("utf-16", "utf-16"), ("utf-32", "utf-32")],
)
def test_encodings_are_found(codec: str, said: str) -> None:
    reader, rows = read((HEADER + "1,Zoë – José,“hi”\r\n").encode(codec))
    assert reader.encoding == said
    assert names(rows) == ["Zoë – José"]


def test_the_encoding_can_be_given() -> None:
    data = (HEADER + "1,Łukasz,hi").encode("cp1250")
    assert names(read(data, "cp1250")[1]) == ["Łukasz"]
    assert names(read((HEADER + "1,Ana,hi").encode("utf-16-le"), "utf-16-le")[1]) == ["Ana"]


@pytest.mark.parametrize(
    ("text", "wanted"), [(HEADER + "1,José,hi", "ascii"), (HEADER, "utf-16"), (HEADER + "x", "utf-32")]
)
def test_a_file_that_is_not_in_the_encoding_given_is_refused_by_its_name(text: str, wanted: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read(text.encode(), wanted)
    assert refused.value.code == "not_in_encoding"
    assert f"not text in {wanted}." in refused.value.sentence
    assert "Leave --encoding away" in refused.value.next_step


def test_an_encoding_that_turns_the_columns_into_other_words_is_named() -> None:
    with pytest.raises(ImportRefused) as refused:
        read((HEADER + "1,Ana,hi").encode(), "utf-16-le")
    assert (refused.value.code, "utf-16-le" in refused.value.sentence) == ("no_known_columns", True)


@pytest.mark.parametrize("wanted", ["none", "base64", "undefined", ""])
def test_an_encoding_that_is_none_is_refused_by_its_name(wanted: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        read(HEADER.encode(), wanted)
    assert refused.value.sentence == f"The encoding {wanted} is not known."


def test_utf_16_without_a_mark_is_refused_with_what_to_do() -> None:
    with pytest.raises(ImportRefused) as refused:
        read((HEADER + "1,Ana,hi").encode("utf-16-le"))
    assert refused.value.code == "utf_16_unmarked"
    assert "--encoding utf-16-le" in refused.value.next_step


@pytest.mark.parametrize("preface", ["sep=,\r\n", "\r\n\r\n", "Voicemail report\r\nMaple Street,November\r\n\r\n"])
def test_lines_before_the_header_are_passed_over(preface: str) -> None:
    assert names(read((preface + HEADER + "1,Ana,hi\r\n").encode())[1]) == ["Ana"]


def test_a_file_without_known_columns_is_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        read(b"alpha,beta\r\n1,2\r\n")
    assert refused.value.code == "no_known_columns"


def test_columns_of_one_name_are_kept_apart() -> None:
    (row,) = read(b"Phone,Note,Note\r\n1,a,b\r\n")[1]
    assert row.cells == {"Phone": "1", "Note": "a", "Note (2)": "b"}


def test_a_column_keeps_its_name_beside_one_with_a_remark() -> None:
    (row,) = read(b"Phone (cell),Phone,Phone,Phone (2)\r\n1,2,3,4\r\n")[1]
    assert row.cells == {"Phone (cell)": "1", "Phone": "2", "Phone (2)": "3", "Phone (2) (2)": "4"}


def test_a_header_of_thousands_of_equal_names_is_read_at_once() -> None:
    made = _unique([""] * 3 + ["Phone"] * 100_000)
    assert len(set(made)) == len(made) == 100_003


def test_files_put_together_keep_no_byte_order_mark_inside() -> None:
    one = codecs.BOM_UTF8 + (HEADER + "1,Ana,hi\r\n").encode()
    rows = read(one + one)[1]
    assert rows[1].cells == {"Phone": "Phone", "Name": "Name", "Message": "Message"}


@pytest.mark.parametrize("after", [1, 3, MOST_LINES_OF_A_ROW * 3])
def test_an_unclosed_quote_costs_its_row_only(after: int) -> None:
    good = "".join(f'{index},P{index},"said ""ok"", bye"\r\n' for index in range(after))
    rows = read((HEADER + '1,Ana,"hello\r\n' + good).encode())[1]
    assert names(rows) == ["Ana", *(f"P{index}" for index in range(after))]
    assert damage(rows) == ["broken_quote", *[""] * after]
    assert rows[0].cells["Message"] == "hello"


def test_an_unclosed_quote_that_closes_by_chance_in_a_later_row_eats_nothing() -> None:
    rows = read((HEADER + '1,Ana,"hello\r\n2,Bo,",x"\r\n3,Cy,ho\r\n').encode())[1]
    assert names(rows) == ["Ana", "Bo", "Cy"]
    assert damage(rows) == ["broken_quote", "", ""]


def test_a_multi_line_text_is_one_row() -> None:
    rows = read((HEADER + '1,Ana,"one\r\ntwo\nthree"\r\n2,Bo,x\r\n').encode())[1]
    assert names(rows) == ["Ana", "Bo"]
    assert rows[0].cells["Message"] == "one\r\ntwo\nthree"


def test_a_quote_inside_a_quoted_name_is_repaired() -> None:
    rows = read((HEADER + '1,"Ana "Annie" Ruiz",hi\r\n').encode())[1]
    assert (names(rows), damage(rows)) == (['Ana "Annie" Ruiz'], [""])


@pytest.mark.parametrize(
    ("row", "name", "code"),
    [
        (b"1,A\0na,hi\r\n", "Ana", "nul"),
        (b"1,Ana\0\0,hi\r\n", "Ana", ""),
        (b"1,A\x81na,hi\r\n", "A\ufffdna", "undecodable"),
        (b"1,Ana\r\n", "Ana", "columns"),
        (b'1,Ana,"' + b"x" * 200_000 + b'"\r\n', "Ana", ""),
        (b'1,Ana,"' + b"x" * 3_000_000 + b'"\r\n', "Ana", "oversize"),
        (b"1,Ana," + b"x" * 3_000_000 + b"\r\n", "Ana", "oversize"),
        (b'1,Ana,"' + b"x\r\n" * MOST_LINES_OF_A_ROW + b'"\r\n', "Ana", "broken_quote"),
    ],
)
def test_a_damaged_row_is_repaired_and_the_rest_goes_on(row: bytes, name: str, code: str) -> None:
    rows = read(HEADER.encode() + row + b"2,Bo,x\r\n")[1]
    assert (names(rows)[0], damage(rows)[0], rows[0].number) == (name, code, 2)
    assert (names(rows)[-1], damage(rows)[-1]) == ("Bo", "")


def test_of_an_endless_line_both_ends_are_kept_and_no_more() -> None:
    row = b'1,"' + b"x" * 9_000_000 + b'",the end\r\n'
    (found,) = read(b"Phone,Message,Name\r\n" + row)[1]
    assert (found.cells["Phone"], found.cells["Name"]) == ("1", "the end")
    assert len(found.raw) == LONGEST_LINE + END_KEPT


def test_a_quoted_text_of_many_long_lines_does_not_grow_without_end() -> None:
    rows = read(HEADER.encode() + b'1,Ana,"' + (b"x" * 200_000 + b"\r\n") * 9 + b'"\r\n2,Bo,x\r\n')[1]
    assert (names(rows[:1]), names(rows[-1:])) == (["Ana"], ["Bo"])
    assert max(len(row.raw) for row in rows) < LONGEST_LINE


def test_cells_beyond_the_header_are_kept_for_the_mapping() -> None:
    rows = read((HEADER + "1,Ana,hi, there, you\r\n2,Bo,x,,\r\n3,Cy\r\n").encode())[1]
    assert [row.cells.get(SURPLUS) for row in rows] == [", there, you", None, None]
    assert "Message" not in rows[2].cells


def test_blank_lines_are_no_rows() -> None:
    rows = read((HEADER + "\r\n1,Ana,x\r\n\r\n\r\n").encode())[1]
    assert [(row.number, row.cells["Name"]) for row in rows] == [(3, "Ana")]


@pytest.mark.parametrize("head", [b"PK\x03\x04rest", b"%PDF-1.7", b'{"records": []}', b"[1]", b"<html>", b"MSH|^~"])
def test_other_formats_are_not_taken_for_csv(head: bytes) -> None:
    assert not CsvFile(known_columns()).sniff(head)


@pytest.mark.parametrize(
    ("line", "cells", "is_closed"),
    [
        ("a,b,", ["a", "b", ""], True),
        ('"a "b" c",d\r\n', ['a "b" c', "d"], True),
        ('"a, b",c', ["a, b", "c"], True),
        ('x,"a,b\n', ["x", "a,b"], False),
        ("", [""], True),
    ],
)
def test_lenient_split(line: str, cells: list[str], is_closed: bool) -> None:
    assert split_leniently(line, ",") == (cells, is_closed)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_after_a_header_leave_the_last_row_whole(data: bytes) -> None:
    rows = read(HEADER.encode() + data + b"\r\n9,Last,fine\r\n")[1]
    assert rows[-1].cells["Name"] == "Last"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=8))
def test_what_a_csv_writer_writes_is_read_back(cells: list[tuple[str, str]]) -> None:
    import csv

    kept = [(name.replace("\0", ""), text.replace("\0", "")) for name, text in cells]
    kept = [pair for pair in kept if not any("\ud800" <= character <= "\udfff" for character in "".join(pair))]
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(("Phone", "Name", "Message"))
    writer.writerows(("1", *pair) for pair in kept)
    rows = read(out.getvalue().encode())[1]
    assert [(row.cells["Name"], row.cells["Message"]) for row in rows] == kept
