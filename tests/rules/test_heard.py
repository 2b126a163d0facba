"""What a message says of who is to be rung: what is plainly said is found at its place, what is doubtful is not."""

import calendar
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.rules.heard import heard
from callback_tui.views.heard import Heard

TODAY = date(2026, 11, 24)
CAROLS = "+12125550147"
DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
CIFRAS = ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"]


def found(text: str, region: str = "US") -> Heard:
    return heard(text, region=region, today=TODAY)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("call me back at 212-555-0147", CAROLS),
        ("2125550147 is my number", CAROLS),
        ("my number is (212) 555.0147 thanks", CAROLS),
        ("reach me at 212 555 01 47 um after 5", CAROLS),
        ("call me 1-212-555-0147", CAROLS),
        ("my cell is 212, 555, 0147.", CAROLS),
        ("two one two five five five oh one hundred", "+12125550100"),
        ("call two one two, um, five five five, oh one four seven", CAROLS),
        ("my number is two twelve, five fifty-five, oh one forty seven", CAROLS),
        ("area code two one two uh triple five zero one four seven", CAROLS),
        ("two one two double five five oh one four seven, again 212-555-0147", CAROLS),
        ("212 555 0147 2 1 2 5 5 5 0 1 4 7", CAROLS),
        ("date of birth five three seventy one two one two five five five oh one four seven", CAROLS),
        ("the pharmacy is 212-555-0199, call me back at 212-555-0147", CAROLS),
        ("call me back at 212-555-0147, the pharmacy is 212-555-0199", CAROLS),
        ("212-555-0199 did not work, my number is 212-555-0147", CAROLS),
        ("my cell 212-555-0147 or at home 212-555-0148", CAROLS),
        ("MRN 2125550199, reach me at 212-555-0147", CAROLS),
        ("one eight hundred five five five oh one nine nine", "+18005550199"),
        ("mi numero es dos uno dos cinco cinco cinco cero uno cuatro siete", CAROLS),
        ("llámeme al doscientos doce, quinientos cincuenta y cinco, cero uno cuarenta y siete", CAROLS),
        ("doble dos doce no, dos doce, cinco cincuenta y cinco, cero uno cuarenta y siete", CAROLS),
        ("from abroad, +44 20 7946 0958 please", "+442079460958"),
    ],
)
def test_a_number_is_found_however_it_is_said(text: str, number: str) -> None:
    said = found(text).number
    assert said is not None
    assert said.value == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "please call me",
        "call me at 555-0147",
        "call me at 212-555-01",
        "my record number is 2125550147",
        "MRN: 2125550147",
        "claim 2125550147",
        "my account number there is 2125550147",
        "the bill was $2125550147",
        "2125550147 dollars",
        "born 05/03/1971 and seen 11/20/2026",
        "date of birth oh five oh three nineteen seventy one",
        "from 11/20/2026 10:30 to 11/21/2026 11:45",
        "ring the pharmacy, 212-555-0199",
        "your fax is 212-555-0199",
        "Dr. Lee's office is at 212-555-0199",
        "call me at 000-000-0000",
        "call me after 5 2 1 2 5 5 5 0 1 4 7",
        "my sugar was one two one and then two one two and five five",
    ],
)
def test_what_is_no_number_of_theirs_is_not_taken_for_one(text: str) -> None:
    assert found(text).number is None


def test_a_number_without_a_country_code_is_read_as_the_practice_s_own_country_has_it() -> None:
    abroad = found("call me on oh two oh seven nine four six oh nine five eight", "GB").number
    assert abroad is not None
    assert abroad.value == "+442079460958"


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("DOB 5/3/71", date(1971, 5, 3)),
        ("DOB: 05-03-1971, thanks", date(1971, 5, 3)),
        ("d.o.b. is 1971-05-03", date(1971, 5, 3)),
        ("D O B 5.3.1971", date(1971, 5, 3)),
        ("born 05031971", date(1971, 5, 3)),
        ("my birthday is May 3rd, 1971", date(1971, 5, 3)),
        ("born on the 3rd of May 1971", date(1971, 5, 3)),
        ("date of birth is may third nineteen seventy one", date(1971, 5, 3)),
        ("his date of birth um five three seventy one", date(1971, 5, 3)),
        ("date of birth oh five oh three nineteen seventy one", date(1971, 5, 3)),
        ("born may twenty first two thousand five", date(2005, 5, 21)),
        ("born may twenty one twenty ten", date(2010, 5, 21)),
        ("born march 4 nineteen oh six", None),
        ("DOB 1/2/05", date(2005, 1, 2)),
        ("nací el 3 de mayo de 1971", date(1971, 5, 3)),
        ("fecha de nacimiento tres de mayo de mil novecientos setenta y uno", date(1971, 5, 3)),
        ("fecha de nacimiento: cinco tres setenta y uno", date(1971, 5, 3)),
        ("nacida el primero de enero de dos mil cinco", date(2005, 1, 1)),
        ("DOB 5/3/71, DOB 05/03/1971", date(1971, 5, 3)),
        ("my DOB is 5/3/71, my son's DOB is 7/4/2015", None),
        ("DOB 5/3/24", None),
        ("DOB 13/5/1971", None),
        ("born 2/30/1971", None),
        ("DOB 5/3/2030", None),
        ("born in 1971", None),
        ("born 3 weeks ago", None),
        ("the baby was born on May 3", None),
        ("the newborn has had 5/3/1971", None),
        ("seen on 5/3/1971", None),
        ("DOB " + "9" * 6000 + " 3 4", None),
        ("DOB ²/3/71", None),
    ],
)
def test_a_date_of_birth_is_read_whole_or_not_at_all(text: str, born: date | None) -> None:
    said = found(text).born_on
    assert (None if said is None else said.value) == born


def test_dates_of_digits_follow_the_country() -> None:
    said = found("DOB 3/5/1971", "GB").born_on
    assert said is not None
    assert said.value == date(1971, 5, 3)
    assert found("DOB 3/5/1971", "CA").born_on is None
    assert found("DOB 13/5/1971", "CA").born_on is not None


@pytest.mark.parametrize(
    ("text", "caller", "patient"),
    [
        ("Hi, this is Carol Danvers. Please call.", "Carol Danvers", ""),
        ("hi this is carol danvers calling about my refill", "Carol Danvers", ""),
        ("hi this is carol danvers my knee hurts", "Carol Danvers", ""),
        ("THIS IS CAROL DANVERS CALLING MY KNEE HURTS", "Carol Danvers", ""),
        ("hello this is steve.", "Steve", ""),
        ("my name is maria de la cruz and i need", "Maria de la Cruz", ""),
        ("My name is Carol Please call me", "Carol", ""),
        ("this is Mrs. Danvers calling", "Danvers", ""),
        ("this is J. Park calling", "J. Park", ""),
        ("My name is Carol Danvers-Smith", "Carol Danvers-Smith", ""),
        ("I'm Carol Danvers and I need", "Carol Danvers", ""),
        ("Me llamo José Núñez y necesito", "José Núñez", ""),
        ("le habla carol danvers llamando por mi hija mia", "Carol Danvers", "Mia"),
        ("Hi, this is Carol Danvers calling for my son Leo, he", "Carol Danvers", "Leo"),
        ("calling for my son leo he has a fever", "", "Leo"),
        ("This is Leo's mom calling about his fever", "", "Leo"),
        ("hi this is leo's mom", "", "Leo"),
        ("soy la mamá de Leo", "", "Leo"),
        ("this is urgent please call", "", ""),
        ("This is Urgent. Call me", "", ""),
        ("This is ridiculous I have been waiting", "", ""),
        ("this is my third call", "", ""),
        ("this is really bad and i need help", "", ""),
        ("This is Elm Street Pharmacy calling", "", ""),
        ("this is Dr. Lee's office calling", "", ""),
        ("i'm dizzy and i'm scared", "", ""),
        ("I'm In Pain", "", ""),
        ("no habla ingles", "", ""),
        ("soy diabetica y tengo fiebre", "", ""),
        ("calling about my son vomiting all night", "", ""),
        ("i am calling for my mother she fell", "", ""),
    ],
)
def test_names_are_taken_where_somebody_introduces_themselves(text: str, caller: str, patient: str) -> None:
    said = found(text)
    assert (said.caller.value if said.caller else "", said.patient.value if said.patient else "") == (caller, patient)


def test_only_what_is_asked_for_is_looked_for() -> None:
    text = "this is Carol Danvers, born 5/3/1971, call me at 212-555-0147"
    assert None not in (found(text).number, found(text).caller, found(text).born_on)
    assert heard(text, region="US", today=TODAY, number=False, name=False, born=False) == Heard()


@given(st.integers(200, 999), st.integers(0, 99), st.sampled_from(["said", "written", "dicho"]), st.text(max_size=20))
def test_a_made_up_number_is_found_at_its_place(exchange: int, last: int, how: str, before: str) -> None:
    number = f"212{exchange}01{last:02}"
    spoken = {"said": DIGITS, "dicho": CIFRAS}
    words = number if how == "written" else " ".join(spoken[how][int(digit)] for digit in number)
    lead = "".join(letter for letter in before if letter.isalpha() or letter == " ")
    text = f"{lead}. call me back at {words} thank you"
    said = found(text).number
    assert said is not None
    assert said.value == f"+1{number}"
    assert text[said.start : said.end] == words


@given(st.dates(date(1930, 1, 1), date(2020, 12, 31)))
def test_every_date_of_birth_is_read_as_it_was_written(born: date) -> None:
    months = calendar.month_name
    for text in (f"{born:%m/%d/%Y}", f"{born.isoformat()}", f"{months[born.month]} {born.day}, {born.year}"):
        said = found(f"date of birth {text}").born_on
        assert said is not None, text
        assert said.value == born


_PIECES = ["this is", "my name is", "DOB", "born", "call me at", "212-555-0147", "five", "two hundred", "/", ".", "Leo"]
_HOSTILE = st.lists(
    st.sampled_from([*_PIECES, "'s mom", "my son", "\ud800", "²", "٣", "\u202e", "e\u0301", "$", "+", "\n"])
)


@given(st.one_of(st.text(), _HOSTILE.map(" ".join), _HOSTILE.map("".join)), st.sampled_from(["US", "CA", "GB", "MX"]))
@settings(max_examples=300)
def test_any_text_gives_an_answer_with_its_place_in_the_text(text: str, region: str) -> None:
    said = found(text, region)
    assert said == found(text, region)
    for each in said:
        assert each is None or 0 <= each.start < each.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    ["1 ", "5", "212-", "two ", "2125550147 ", "this is ", "this is Ab ", "born ", "DOB 5/", "my son ", "(", "+1"],
)
def test_the_time_grows_no_faster_than_the_text(piece: str) -> None:
    """Long texts of what announces much and says nothing; the limit is a hundred times what they take."""
    started = time.process_time()
    found(piece * (60_000 // len(piece)))
    assert time.process_time() - started < 10
