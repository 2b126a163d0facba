"""Whose message it is: strangers stay apart, and a patient's card changes only when a message is published."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import NumberQuality
from callback_tui.services import file_import
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import import_files
from callback_tui.store import follow_on
from callback_tui.store import tables as t
from tests.services.made_up import give_card, leave

HEADER = "Phone,Patient Name,MRN,DOB,Received,Message\n"
TOM = "+12125550110"


@pytest.fixture
def patients(desk: OpenDesk, tmp_path: Path) -> Callable[..., list[int]]:
    """Return a function that imports "phone,name,record,birth" rows, one file each call, and returns their patients."""
    files: list[Path] = []

    def bring(*rows: str) -> list[int]:
        path = tmp_path / f"{len(files)}.csv"
        files.append(path)
        lines = [f"{row},2026-11-23 10:{n:02},file {len(files)} row {n}\n" for n, row in enumerate(rows)]
        path.write_text(HEADER + "".join(lines), encoding="utf-8")
        report = import_files(desk, [path])
        with desk.store.read() as connection:
            query = select(t.message.c.patient_id).where(t.message.c.batch_id == report.batch_id)
            return list(connection.execute(query.order_by(t.message.c.row_number)).scalars())

    return bring


def points(desk: OpenDesk, patient_id: int) -> dict[str, tuple[NumberQuality, NumberQuality | None]]:
    """Return quality and quality before of each number of a patient."""
    with desk.store.read() as connection:
        rows = connection.execute(select(t.contact_point).where(t.contact_point.c.patient_id == patient_id)).all()
    return {row.value: (row.quality, row.quality_before) for row in rows}


def born_on(desk: OpenDesk, patient_id: int) -> date | None:
    with desk.store.read() as connection:
        found: date | None = connection.execute(
            select(t.patient.c.date_of_birth).where(t.patient.c.id == patient_id)
        ).scalar_one()
    return found


def test_a_message_that_fits_two_namesakes_is_of_neither(patients: Callable[..., list[int]]) -> None:
    """One number, one name, two people: what tells which decides; else it has a card of its own, always the same."""
    old, young = patients("2125550110,Tom Reid,A1,1950-02-03", "2125550110,Tom Reid,B2,1990-04-05")
    (unsure,) = patients("2125550110,Tom Reid,,")
    assert unsure not in (old, young)
    assert patients("2125550110,Tom Reid,,", "2125550110,Tom Reid,B2,", "2125550110,Tom Reid,,1950-02-03") == [
        *(unsure, young, old)
    ]
    (alone,) = patients("2125550111,Ana Lima,C3,1980-01-01")
    assert patients("2125550111,Ana Lima,,") == [alone]


@pytest.mark.parametrize("record", ["N/A", "none", "-", "0", "unknown", "000"])
def test_a_placeholder_for_a_record_number_matches_nobody(patients: Callable[..., list[int]], record: str) -> None:
    found = patients(f"2125550110,Tom Reid,{record},", f"2125550111,Ana Lima,{record},", f"2125550112,,{record},")
    assert len(set(found)) == 3


@pytest.mark.parametrize("in_one_file", [True, False])
def test_one_record_number_at_two_people_is_two_patients(
    patients: Callable[..., list[int]], *, in_one_file: bool
) -> None:
    rows = [
        "2125550110,Tom Reid,A1,1961-04-09",
        "2125550111,Ana Lima,A1,",
        "2125550112,Tom Reid,A1,1990-01-01",
        "2125550113,T. Reid,A1,",
        "2125550114,Thomas M Reid,A1,1961-04-09",
        "2125550115,Lima Ana,A1,",
    ]
    tom, ana, young_tom, initial, whole_name, ana_again = (
        patients(*rows) if in_one_file else [patients(row)[0] for row in rows]
    )
    assert tom == initial == whole_name
    assert ana == ana_again
    assert len({tom, ana, young_tom}) == 3


@pytest.mark.parametrize("in_one_file", [True, False])
def test_a_patient_without_a_birth_date_learns_one_and_is_then_no_other(
    desk: OpenDesk, patients: Callable[..., list[int]], *, in_one_file: bool
) -> None:
    rows = ["2125550110,Tom Reid,,", "2125550110,Tom Reid,,1961-04-09", "2125550110,Tom Reid,,1990-01-01"]
    first, second, third = patients(*rows) if in_one_file else [patients(row)[0] for row in rows]
    assert first == second != third
    assert (born_on(desk, first), born_on(desk, third)) == (date(1961, 4, 9), date(1990, 1, 1))


def test_a_card_that_was_confirmed_learns_no_birth_date(desk: OpenDesk, patients: Callable[..., list[int]]) -> None:
    patient_id = give_card(desk, leave(desk), provisional=False, date_of_birth=None)
    assert patients("2125550110,Tom Reid,,1990-01-01") == [patient_id]
    assert born_on(desk, patient_id) is None


def test_a_number_reaches_the_card_when_the_import_is_published_not_before(
    desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_import, "CHUNK_ROWS", 1)
    patient_id = give_card(desk, leave(desk), record_number="77")
    path = tmp_path / "a.csv"
    path.write_text(HEADER + "2125550199,Tom Reid,77,1961-04-09,2026-11-23 10:00,a\n2125550198,Bo,,,,b\n")
    seen: list[set[str]] = []

    def fail(_rows: int) -> None:
        seen.append(set(points(desk, patient_id)))
        raise OSError("made up")

    assert import_files(desk, [path], progress=fail).files[0].unreadable
    assert [*seen, set(points(desk, patient_id))] == [{TOM}, {TOM}]
    assert import_files(desk, [path]).files[0].new == 2
    assert set(points(desk, patient_id)) == {TOM, "+12125550199"}


@pytest.mark.parametrize(
    ("minutes_ago", "expected"),
    [(10, (NumberQuality.UNPROVEN, NumberQuality.DEAD)), (90, (NumberQuality.DEAD, NumberQuality.GOOD))],
)
def test_a_dead_number_is_unproven_again_once_its_patient_rings_from_it(
    desk: OpenDesk, clock: FixedClock, minutes_ago: int, expected: tuple[NumberQuality, NumberQuality]
) -> None:
    tom = give_card(desk, leave(desk))
    ann = give_card(desk, leave(desk, name="Ann Reid"))
    with desk.store.write() as connection:
        connection.execute(update(t.contact_point).values(quality=NumberQuality.GOOD))
        follow_on.mark_dead(connection, TOM, clock.now())
    clock.advance(timedelta(minutes=30))
    leave(desk, "Please ring me about my refill", minutes_ago=minutes_ago)
    assert points(desk, tom) == {TOM: expected}
    assert points(desk, ann) == {TOM: (NumberQuality.DEAD, NumberQuality.GOOD)}


def hear(desk: OpenDesk, words: str, name: str = "") -> int:
    """Take a message without a number in its field and return its patient."""
    item_id = leave(desk, f"{words} call me at two one two five five five oh one one oh", name, "")
    with desk.store.read() as connection:
        found = connection.execute(select(t.queue_item.c.patient_id).where(t.queue_item.c.id == item_id)).scalar_one()
    return int(found)


def test_a_number_that_was_only_heard_tells_nobody_without_a_name(
    desk: OpenDesk, patients: Callable[..., list[int]]
) -> None:
    (rang,) = patients("2125550110,,,")
    assert patients("2125550110,,,") == [rang]
    heard, again = hear(desk, "please"), hear(desk, "please")
    assert len({rang, heard, again}) == 3
    assert patients("2125550110,,,") == [rang]
    tom = give_card(desk, leave(desk))
    assert hear(desk, "please", "Tom Reid") == hear(desk, "this is Tom Reid calling, please") == tom


def test_a_heard_number_is_kept_as_such_until_a_message_comes_from_it(desk: OpenDesk) -> None:
    tom = hear(desk, "please", "Tom Reid")
    assert points(desk, tom) == {TOM: (NumberQuality.HEARD, None)}
    leave(desk)
    assert points(desk, tom) == {TOM: (NumberQuality.UNPROVEN, NumberQuality.HEARD)}
    with desk.store.write() as connection:
        follow_on.mark_dead(connection, TOM, desk.clock.now())
    assert hear(desk, "please", "Tom Reid") == tom
    assert points(desk, tom)[TOM][0] is NumberQuality.DEAD
