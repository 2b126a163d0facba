"""Messages coming in: patients, clocks, places in the queue, and counts that add up."""

import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from callback_tui.clock import FixedClock
from callback_tui.errors import ImportRefused, StoreError
from callback_tui.models.vocabulary import (
    BatchState,
    Channel,
    ClockEventKind,
    ItemState,
    NumberQuality,
    Outcome,
    Priority,
    ReceivedHow,
    ReviewFlag,
    Tier,
)
from callback_tui.rules.sla import derive
from callback_tui.services import file_import
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import import_files, rejected_rows, take_message
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.queue import snapshot
from callback_tui.services.reopen_item import reopen_item
from callback_tui.store import policy as policies
from callback_tui.store import queue
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.intake import FileReport, ImportReport, NewMessage
from tests.intake.exports import ringcentral_detailed, twilio_messages
from tests.services.made_up import give_card, leave, reach

HEADER = "Message ID,Phone,Patient Name,Received,Message\n"
REFILL = "I need a refill of my lisinopril"
EMERGENCY = "I have crushing chest pain and cannot breathe"


@pytest.fixture
def bring(desk: OpenDesk, tmp_path: Path) -> Callable[..., FileReport]:
    """Return a function that imports rows under the generic header and returns the report of the file."""

    def run(*rows: str, name: str = "a.csv", dry_run: bool = False) -> FileReport:
        path = tmp_path / name
        path.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return import_files(desk, [path], dry_run=dry_run).files[0]

    return run


def counts(report: FileReport) -> tuple[int, ...]:
    """Return read, new, duplicate, updated, skipped, rejected after checking that they add up."""
    assert report.read == report.new + report.duplicate + report.updated + report.skipped + report.rejected
    return (report.read, report.new, report.duplicate, report.updated, report.skipped, report.rejected)


def stored(desk: OpenDesk, table: str) -> int:
    with desk.store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(t.metadata.tables[table])).scalar_one())


def last_entry(desk: OpenDesk) -> tuple[str, str, str]:
    """Return action, entity and id of the newest audit entry."""
    with desk.store.read() as connection:
        row = connection.execute(select(t.audit_entry).order_by(t.audit_entry.c.seq.desc()).limit(1)).one()
    return (row.action, row.entity, row.entity_id)


def test_a_message_taken_by_hand_stands_in_the_queue(desk: OpenDesk, clock: FixedClock) -> None:
    left_at = clock.now() - timedelta(minutes=20)
    message = NewMessage(Channel.PHONE, EMERGENCY, left_at, caller_name="Ana Ruiz", phone="(212) 555-0147")
    item_id = take_message(desk, message)
    (row,) = snapshot(desk).rows
    assert (row.item_id, row.who, row.phone_e164, row.flags) == (item_id, "Ana Ruiz", "+12125550147", ())
    assert row.emergent
    assert row.priority is Priority.URGENT
    assert (row.clock.started_at, row.clock.due_at) == (left_at, left_at + timedelta(minutes=5))
    assert last_entry(desk) == ("message_taken", "queue_item", str(item_id))


def test_a_message_without_anything_is_still_kept(desk: OpenDesk, clock: FixedClock) -> None:
    take_message(desk, NewMessage(Channel.VOICEMAIL, "", clock.now()))
    (row,) = snapshot(desk).rows
    assert row.who == "(unknown)"
    assert set(row.flags) == {ReviewFlag.NO_NUMBER, ReviewFlag.NO_NAME, ReviewFlag.NO_TEXT}


def test_imported_rows_stand_in_the_queue_in_calling_order(desk: OpenDesk, bring: Callable[..., FileReport]) -> None:
    report = bring(
        f"1,(212) 555-0147,Ana Ruiz,2026-11-23 09:00,{REFILL}",
        f"2,(212) 555-0148,Bo Smith,2026-11-23 10:30,{EMERGENCY}",
    )
    assert counts(report) == (2, 2, 0, 0, 0, 0)
    assert report.emergent == 1
    first, second = snapshot(desk).rows
    assert (first.who, first.emergent, second.who, second.emergent) == ("Bo Smith", True, "Ana Ruiz", False)
    with desk.store.read() as connection:
        events = connection.execute(select(t.clock_event).order_by(t.clock_event.c.id)).all()
        points = connection.execute(select(t.contact_point)).all()
    assert [(event.kind, event.tier) for event in events] == [
        (ClockEventKind.STARTED, Tier.ROUTINE),
        (ClockEventKind.STARTED, Tier.EMERGENT),
    ]
    assert {(point.quality, bool(point.on_file)) for point in points} == {(NumberQuality.UNPROVEN, False)}


def test_the_same_file_again_brings_nothing_new(desk: OpenDesk, bring: Callable[..., FileReport]) -> None:
    rows = (f"1,2125550147,Ana Ruiz,2026-11-23 09:00,{REFILL}", ",2125550148,Bo,2026-11-23 09:00,hi")
    twins = (",2125550148,Bo,2026-11-23 09:00,hi",)
    assert counts(bring(*rows, *twins)) == (3, 3, 0, 0, 0, 0)
    assert counts(bring(*rows, *twins)) == (3, 0, 3, 0, 0, 0)
    assert counts(bring(*twins, "9,2125550149,Cy,2026-11-23 09:30,new", name="b.csv")) == (2, 1, 1, 0, 0, 0)
    assert len(snapshot(desk).rows) == stored(desk, "queue_item") == 4


def test_a_repeat_in_a_second_file_of_one_import_is_a_duplicate(desk: OpenDesk, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text(HEADER + f"1,2125550147,Ana,2026-11-23 09:00,{REFILL}\n")
    for dry_run in (True, False):
        report = import_files(desk, [tmp_path / "a.csv", tmp_path / "b.csv"], dry_run=dry_run)
        assert [counts(file) for file in report.files] == [(1, 1, 0, 0, 0, 0), (1, 0, 1, 0, 0, 0)]


def test_a_dry_run_counts_and_writes_nothing(desk: OpenDesk, bring: Callable[..., FileReport]) -> None:
    before = stored(desk, "audit_entry")
    rows = (f"1,2125550147,Ana,2026-11-23 09:00,{EMERGENCY}", "2,\0?,x,y,")
    dry = bring(*rows, dry_run=True)
    assert counts(dry) == (2, 1, 0, 0, 0, 1)
    assert [stored(desk, name) for name in ("import_batch", "message", "patient", "rejected_row", "feed")] == [0] * 5
    assert stored(desk, "audit_entry") == before
    assert bring(*rows) == dry


@pytest.mark.parametrize(
    ("received", "how", "is_unknown"),
    [
        ("2026-11-23T14:00:00Z", ReceivedHow.EXACT, False),
        ("2026-11-23 09:00", ReceivedHow.ZONE_ASSUMED, False),
        ("", ReceivedHow.UNKNOWN, True),
        ("2031-01-01 09:00", ReceivedHow.ZONE_ASSUMED, True),
    ],
)
def test_the_clock_starts_when_the_message_was_left_or_else_now(
    desk: OpenDesk,
    clock: FixedClock,
    bring: Callable[..., FileReport],
    received: str,
    how: ReceivedHow,
    is_unknown: bool,
) -> None:
    bring(f"1,2125550147,Ana Ruiz,{received},{REFILL}")
    with desk.store.read() as connection:
        message = connection.execute(select(t.message)).one()
        item = connection.execute(select(t.queue_item)).one()
    assert (message.received_how, message.received_text) == (how, received)
    assert message.imported_at == clock.now()
    assert bool(item.time_unknown) is is_unknown
    assert item.started_at == (clock.now() if is_unknown else message.received_at)


def test_a_zone_can_be_given_and_a_site_has_its_own(desk: OpenDesk, clock: FixedClock, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Phone,Received,Site,Message\n2125550147,2026-11-23 08:00,Riverside,a\n2125550148,2026-11-23 08:00,,b\n"
    )
    import_files(desk, [path])
    main, riverside = sorted(snapshot(desk).rows, key=lambda row: row.site)
    assert (main.site, riverside.site) == ("Main", "Riverside")
    assert riverside.received_at is not None
    assert main.received_at is not None
    assert riverside.received_at - main.received_at == timedelta(hours=1)
    path.write_text("Phone,Received,Message\n2125550149,2026-11-23 08:00,c\n")
    import_files(desk, [path], zone="UTC")
    assert clock.now().replace(hour=8, minute=0, second=0) in {row.received_at for row in snapshot(desk).rows}


def test_households_share_numbers_and_people_have_several(desk: OpenDesk, bring: Callable[..., FileReport]) -> None:
    bring(
        "1,2125550147,José García,2026-11-23 09:00,one",
        "2,(212) 555-0147,GARCIA JOSE,2026-11-23 09:01,other spelling order",
        "3,2125550147,jose garcia,2026-11-23 09:02,same person",
        "4,2125550147,Ines García,2026-11-23 09:03,same household",
        "5,2125550147,,2026-11-23 09:04,who",
        "6,2125550147,,2026-11-23 09:05,who again",
        "7,,,2026-11-23 09:06,nobody",
        "8,,,2026-11-23 09:07,nobody again",
    )
    bring("9,2125550147,Jose Garcia,2026-11-23 09:08,in a later file", name="b.csv")
    with desk.store.read() as connection:
        rows = connection.execute(select(t.message.c.row_number, t.message.c.patient_id, t.message.c.batch_id)).all()
    patient = {(row.batch_id, row.row_number): row.patient_id for row in rows}
    first = [patient[1, number] for number in range(2, 10)]
    assert first[0] == first[2] == patient[2, 2]
    assert first[4] == first[5]
    assert len({first[0], first[1], first[3], first[4], first[6], first[7]}) == 6


def test_a_record_number_finds_the_patient_and_other_births_do_not(desk: OpenDesk, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Phone,Patient Name,MRN,DOB,Message\n"
        "2125550147,Sam Roe,A1,1950-01-02,one\n"
        "2125550150,S. Roe,A1,,from another phone\n"
        "2125550147,Sam Roe,,1980-03-04,the son of the same name\n"
        "2125550147,Sam Roe,B2,1999-05-06,another record\n"
    )
    import_files(desk, [path])
    with desk.store.read() as connection:
        ids = connection.execute(select(t.message.c.patient_id).order_by(t.message.c.row_number)).scalars().all()
        numbers = connection.execute(select(t.contact_point.c.value).where(t.contact_point.c.patient_id == ids[0]))
        assert sorted(numbers.scalars()) == ["+12125550147", "+12125550150"]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


def test_a_changed_text_updates_and_raises(desk: OpenDesk, clock: FixedClock, bring: Callable[..., FileReport]) -> None:
    bring(f"1,2125550147,Ana,2026-11-23 09:00,{REFILL}")
    clock.advance(timedelta(minutes=1))
    report = bring(f"1,2125550147,Ana,2026-11-23 09:00,{EMERGENCY}", name="b.csv")
    assert counts(report) == (1, 0, 0, 1, 0, 0)
    assert (report.flagged, report.emergent) == (1, 1)
    (row,) = snapshot(desk).rows
    assert row.emergent
    assert row.flags == (ReviewFlag.TEXT_CHANGED,)
    assert row.clock.due_at <= clock.now() + timedelta(minutes=5)
    with desk.store.read() as connection:
        events = connection.execute(select(t.clock_event.c.kind).order_by(t.clock_event.c.id)).scalars().all()
        message = connection.execute(select(t.message)).one()
    assert events == [ClockEventKind.STARTED, ClockEventKind.PRIORITY_SET]
    assert message.body == EMERGENCY
    assert counts(bring(f"1,2125550147,Ana,2026-11-23 09:00,{EMERGENCY}", name="c.csv")) == (1, 0, 1, 0, 0, 0)


def test_a_changed_text_never_lowers_and_an_emptied_one_is_not_taken(
    desk: OpenDesk, bring: Callable[..., FileReport]
) -> None:
    bring(f"1,2125550147,Ana,2026-11-23 09:00,{EMERGENCY}")
    assert counts(bring("1,2125550147,Ana,2026-11-23 09:00,thank you", name="b.csv")) == (1, 0, 0, 1, 0, 0)
    (row,) = snapshot(desk).rows
    assert row.emergent
    assert counts(bring("1,2125550147,Ana,2026-11-23 09:00,", name="c.csv")) == (1, 0, 1, 0, 0, 0)
    with desk.store.read() as connection:
        assert connection.execute(select(t.message.c.body)).scalar_one() == "thank you"


def test_a_raised_text_wakes_a_sleeping_item_and_leaves_a_closed_one(
    desk: OpenDesk, bring: Callable[..., FileReport]
) -> None:
    bring(f"1,2125550147,Ana,2026-11-23 09:00,{REFILL}", f"2,2125550148,Bo,2026-11-23 09:00,{REFILL}")
    with desk.store.write() as connection:
        for message_row, state in ((2, ItemState.ASLEEP), (3, ItemState.CLOSED)):
            message_id = select(t.message.c.id).where(t.message.c.row_number == message_row).scalar_subquery()
            connection.execute(t.queue_item.update().where(t.queue_item.c.message_id == message_id).values(state=state))
    bring(
        f"1,2125550147,Ana,2026-11-23 09:00,{EMERGENCY}", f"2,2125550148,Bo,2026-11-23 09:00,{EMERGENCY}", name="b.csv"
    )
    with desk.store.read() as connection:
        items = connection.execute(select(t.queue_item).order_by(t.queue_item.c.id)).all()
    assert [(item.state, bool(item.emergent)) for item in items] == [(ItemState.OPEN, True), (ItemState.CLOSED, False)]


def test_a_late_danger_word_raises_whatever_is_still_open_for_the_message(
    desk: OpenDesk, bring: Callable[..., FileReport]
) -> None:
    """Joined to another message it raises that one; only followed up it comes back; reopened its newest cycle rises."""
    rows = [(1, "Ana"), (2, "Bo"), (3, "Cy")]
    bring(*(f"{number},212555014{number},{name},2026-11-23 09:00,{REFILL}" for number, name in rows))
    twin = leave(desk, "And my pills please.", "Ana", "(212) 555-0141")
    with desk.store.write() as connection:
        item = t.queue_item.c
        for item_id, values in (
            (1, {"state": ItemState.MERGED, "merged_into_id": twin}),
            (2, {"state": ItemState.FOLLOWING_UP}),
        ):
            connection.execute(t.queue_item.update().where(item.id == item_id).values(**values))
    give_card(desk, 3)
    closed = reach(desk, 3)
    log_outcome(desk, closed.attempt_id, closed.claim_token, OutcomeEntry(Outcome.RESOLVED, note="Done."))
    again = reopen_item(desk, 3).item_id
    bring(*(f"{number},212555014{number},{name},2026-11-23 09:00,{EMERGENCY}" for number, name in rows), name="b.csv")
    raised = {row.item_id: row.emergent for row in snapshot(desk).rows}
    assert raised == {twin: True, 2: True, again: True}


def test_rejected_rows_are_kept_in_the_store_and_reading_them_is_audited(desk: OpenDesk, tmp_path: Path) -> None:
    for name, row in (("a.csv", '1,,Ana,x,"'), ("b.csv", "1,\0?,Bo,x,")):
        (tmp_path / name).write_text(HEADER + row + "\n")
    report = import_files(desk, [tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [counts(file) for file in report.files] == [(1, 0, 0, 0, 0, 1)] * 2
    assert report.batch_id is not None
    rows = rejected_rows(desk, report.batch_id)
    assert [(row.file, row.row, row.code) for row in rows] == [("a.csv", 2, "broken_quote"), ("b.csv", 2, "nul")]
    assert rows[0].raw == '1,,Ana,x,"'
    assert last_entry(desk) == ("rejected_rows_read", "import_batch", str(report.batch_id))


def test_a_damaged_row_is_a_patient_to_ring(desk: OpenDesk, bring: Callable[..., FileReport]) -> None:
    report = bring(
        "1,2125550147",
        "2,2125550148,Bo,2026-11-23 09:00,I need \0a refill",
        "3,2125550149,Cy,2026-11-23 09:00," + "long " * 20_000,
    )
    assert (counts(report), report.flagged) == ((3, 3, 0, 0, 0, 0), 3)
    flags = {row.phone_e164: row.flags for row in snapshot(desk).rows}
    assert ReviewFlag.ROW_REPAIRED in flags["+12125550147"]
    assert flags["+12125550148"] == (ReviewFlag.ROW_REPAIRED,)
    assert flags["+12125550149"] == (ReviewFlag.TEXT_CUT,)


def test_an_unreadable_file_does_not_stop_the_rest(desk: OpenDesk, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text(HEADER + f"1,2125550147,Ana,2026-11-23 09:00,{REFILL}\n")
    (tmp_path / "empty.csv").write_bytes(b" \n")
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04")
    (tmp_path / "odd.csv").write_text("alpha,beta\n1,2\n")
    paths = [tmp_path / name for name in ("none.csv", "empty.csv", "book.xlsx", "odd.csv", ".", "good.csv")]
    report = import_files(desk, paths)
    assert [file.problems[0].code for file in report.files[:5]] == [
        "unreadable",
        "empty",
        "format",
        "no_known_columns",
        "unreadable",
    ]
    assert all(file.unreadable and file.read == 0 for file in report.files[:5])
    assert counts(report.files[5]) == (1, 1, 0, 0, 0, 0)
    assert len(snapshot(desk).rows) == 1


@pytest.mark.parametrize(
    ("profile", "encoding", "zone", "code"),
    [("none", None, None, "profile"), (None, "hex", None, "encoding"), (None, None, "Mars/Base", "zone")],
)
def test_options_that_make_no_sense_are_refused(
    desk: OpenDesk, profile: str | None, encoding: str | None, zone: str | None, code: str
) -> None:
    with pytest.raises(ImportRefused) as refused:
        import_files(desk, [], profile=profile, encoding=encoding, zone=zone)
    assert refused.value.code == code


def test_the_feed_and_the_batch_say_what_came(desk: OpenDesk, clock: FixedClock, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(twilio_messages(40, 3), encoding="utf-8")
    report = import_files(desk, [path])
    newest = max(row.received_at for row in snapshot(desk).rows if row.received_at)
    (feed,) = snapshot(desk).feeds
    assert (feed.source, feed.newest_message_at, feed.last_import_at) == ("twilio", newest, clock.now())
    with desk.store.read() as connection:
        batch = connection.execute(select(t.import_batch)).one()
    assert (batch.id, batch.state, batch.read_count) == (report.batch_id, BatchState.PUBLISHED, 40)
    assert batch.new_count + batch.skipped_count + batch.duplicate_count == 40
    assert last_entry(desk) == ("messages_imported", "import_batch", str(report.batch_id))
    path.write_text("From,To,Body,Status,SentDate,AccountSid,Sid,Direction\n", encoding="utf-8")
    clock.advance(timedelta(hours=1))
    import_files(desk, [path])
    (feed,) = snapshot(desk).feeds
    assert (feed.newest_message_at, feed.last_import_at) == (newest, clock.now())


@pytest.mark.parametrize("kind", ["ringcentral", "twilio", "twilio_old"])
def test_exports_of_five_thousand_rows(desk: OpenDesk, tmp_path: Path, kind: str) -> None:
    text = (
        ringcentral_detailed(5000, 11)
        if kind == "ringcentral"
        else twilio_messages(5000, 11, old_order=kind == "twilio_old")
    )
    path = tmp_path / "export.csv"
    path.write_text(text, encoding="utf-8", newline="")
    seen: list[int] = []
    first = import_files(desk, [path], progress=seen.append).files[0]
    again = import_files(desk, [path]).files[0]
    assert sum(seen) == first.read == 5000
    assert first.rejected == 0
    assert first.new > 1000
    assert first.skipped > 1000
    assert counts(again) == (5000, 0, first.new, 0, first.skipped, 0)
    assert len(snapshot(desk).rows) == stored(desk, "queue_item") == stored(desk, "clock_event") == first.new


class _PowerCutError(Exception):
    """Stands for a process that ends in the middle."""


def test_an_import_cut_off_is_invisible_and_the_next_one_takes_it_over(
    desk: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_import, "CHUNK_ROWS", 10)
    path = tmp_path / "t.csv"
    path.write_text(twilio_messages(60, 5), encoding="utf-8")
    chunks: list[int] = []

    def cut(rows: int) -> None:
        chunks.append(rows)
        if len(chunks) == 3:
            raise _PowerCutError

    with pytest.raises(_PowerCutError):
        import_files(desk, [path], progress=cut)
    left = stored(desk, "message")
    assert left > 0
    assert snapshot(desk).rows == ()
    report = import_files(desk, [path]).files[0]
    assert report.new == stored(desk, "message") == len(snapshot(desk).rows) > left
    assert (report.duplicate, report.rejected) == (0, 0)
    with desk.store.read() as connection:
        states = connection.execute(select(t.import_batch.c.state).order_by(t.import_batch.c.id)).scalars().all()
    assert states == [BatchState.UNDONE, BatchState.PUBLISHED]
    assert import_files(desk, [path]).files[0].new == 0


def test_a_failure_while_publishing_leaves_the_queue_as_it_was(desk: OpenDesk, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(twilio_messages(30, 6), encoding="utf-8")
    with desk.store.write() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON clock_event BEGIN SELECT RAISE(ABORT, 'disk'); END"
        )
    with pytest.raises((StoreError, DBAPIError)):
        import_files(desk, [path])
    assert (snapshot(desk).rows, stored(desk, "queue_item"), stored(desk, "feed")) == ((), 0, 0)
    with desk.store.write() as connection:
        connection.exec_driver_sql("DROP TRIGGER full")
    report = import_files(desk, [path]).files[0]
    assert report.new == len(snapshot(desk).rows) > 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), has_header=st.booleans())
def test_any_bytes_end_in_counts_that_add_up(desk: OpenDesk, tmp_path: Path, data: bytes, has_header: bool) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes((HEADER.encode() if has_header else b"") + data)
    first: ImportReport = import_files(desk, [path])
    again = import_files(desk, [path])
    for report in (first.files[0], again.files[0]):
        counts(report)
        assert len(report.problems) == report.rejected + report.unreadable
    assert again.files[0].new == 0


def test_hostile_text_reaches_neither_queue_nor_files_as_it_was(
    desk: OpenDesk, bring: Callable[..., FileReport]
) -> None:
    row = io.StringIO()
    row.write("1,2125550147,Ana \x1b[2J,2026-11-23 09:00,\x1b]0;owned\x07 [/nope] =cmd|' /C calc'!A0 \u202e")
    bring(row.getvalue())
    (shown,) = snapshot(desk).rows
    with desk.store.read() as connection:
        message = connection.execute(select(t.message)).one()
    assert all("\x1b" not in text and "\u202e" not in text for text in (shown.who, message.body, message.received_text))


def test_the_stored_due_time_is_what_the_clock_derives(desk: OpenDesk, bring: Callable[..., FileReport]) -> None:
    texts = (EMERGENCY, "I am bleeding a lot", REFILL, "thank you, all good")
    bring(*(f"{n},2125550147,Ana,2026-11-{20 + n % 3} 19:3{n},{text}" for n, text in enumerate(texts)))
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        items = connection.execute(select(t.queue_item)).all()
        for item in items:
            clock = derive(queue.clock_events(connection, item.id), policy.sites[0], policy)
            assert (item.due_at, item.next_due_at, item.tier_rank) == (clock.due_at, clock.next_due_at, clock.tier.rank)
            assert item.started_at == clock.started_at
    assert len(items) == len(texts)


def test_a_late_transcript_brings_the_number_that_was_missing(
    desk: OpenDesk, clock: FixedClock, bring: Callable[..., FileReport]
) -> None:
    """The number of a field stays, and so does one that was heard before, each with its own flag."""
    bring("1,,,2026-11-23 09:00,\n2,2125550150,Bo,2026-11-23 09:01,")
    clock.advance(timedelta(minutes=1))
    words = '"This is Ana Lima, call me at 212-555-0147"'
    bring(f"1,,,2026-11-23 09:00,{words}\n2,2125550150,Bo,2026-11-23 09:01,{words}", name="b.csv")
    heard = (ReviewFlag.NUMBER_HEARD, ReviewFlag.NAME_HEARD, ReviewFlag.TEXT_CHANGED)
    assert {(row.who, row.phone_e164): row.flags for row in snapshot(desk).rows} == {
        ("Ana Lima", "+12125550147"): heard,
        ("Bo", "+12125550150"): (ReviewFlag.TEXT_CHANGED,),
    }
    with desk.store.read() as connection:
        quality = select(t.contact_point.c.quality).where(t.contact_point.c.value == "+12125550147")
        assert connection.execute(quality).scalars().all() == [NumberQuality.HEARD]
    bring("1,,,2026-11-23 09:00,no it is 212-555-0148", name="c.csv")
    assert {row.phone_e164: row.flags for row in snapshot(desk).rows}["+12125550147"] == heard
