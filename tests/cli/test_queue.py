"""`callback-tui queue`: one JSON list with the contracted fields, the plain twin, asleep ones on request."""

from datetime import timedelta
from pathlib import Path

from callback_tui.cli.queue import plain_queue
from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Outcome, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.presence import seen
from callback_tui.services.queue import snapshot
from callback_tui.views.call import OutcomeEntry
from tests.cli.desk_command import run, signed_in
from tests.services.made_up import CHEST, PAIN, audited, column, leave

FIELDS = [
    "id",
    "priority",
    "emergent",
    "check",
    "received_at",
    "due_at",
    "late",
    "site",
    "patient",
    "phone",
    "phone_raw",
    "channel",
    "reason",
    "state",
    "attempts",
    "holder",
    "bundle",
    "why",
]


def test_json_is_a_list_in_calling_order_with_the_contracted_fields(desk: OpenDesk, desk_folder: Path) -> None:
    refill = leave(desk, minutes_ago=300)
    chest = leave(desk, CHEST, "Rosa Delgado", "(212) 555-0113")
    nameless = leave(desk, name="", phone="anonymous")
    rows = run("queue", "--json", *signed_in(desk_folder, "nurse")).document()
    assert rows[0]["id"] == chest
    assert {row["id"] for row in rows} == {refill, chest, nameless}
    assert all(list(row) == FIELDS for row in rows)
    first = rows[0]
    assert (first["priority"], first["emergent"], first["phone"]) == ("urgent", True, "+12125550113")
    assert first["received_at"].endswith("Z")
    assert first["due_at"].endswith("Z")
    assert first["why"]
    unknown = next(row for row in rows if row["id"] == nameless)
    assert (unknown["phone"], unknown["phone_raw"]) == (None, "anonymous")


def test_asleep_ones_come_with_all(desk: OpenDesk, desk_folder: Path) -> None:
    item_id = leave(desk)
    call = start_call(desk, item_id)
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    # The command line reads the machine's clock, so the item sleeps for longer than this test can last.
    with desk.store.write() as connection:
        far = (desk.clock.now() + timedelta(days=36500)).isoformat(timespec="microseconds")
        connection.exec_driver_sql("UPDATE queue_item SET asleep_until = ?", (far,))
    options = signed_in(desk_folder, "nurse")
    assert run("queue", "--json", *options).document() == []
    rows = run("queue", "--json", "--all", *options).document()
    assert [(row["id"], row["state"], row["attempts"]) for row in rows] == [(item_id, "asleep", 1)]
    assert "Tom Reid" not in run("queue", "--plain", *options).stdout
    assert "Asleep:" in run("queue", "--plain", "--all", *options).stdout


def test_the_plain_twin_says_what_the_screen_says(desk: OpenDesk, desk_folder: Path) -> None:
    leave(desk)
    text = run("queue", *signed_in(desk_folder, "nurse")).stdout
    assert "Maple Street Family Medicine" in text
    assert "1 waiting, 0 asleep" in text
    assert "Tom Reid, (212) 555-0110, refill (voicemail)" in text


def test_what_is_to_be_done_after_a_call_stands_below(desk: OpenDesk, desk_folder: Path) -> None:
    call = start_call(desk, leave(desk))
    answer(desk, call.attempt_id, call.claim_token, WhoAnswered.WRONG_NUMBER)
    log_outcome(desk, call.attempt_id, call.claim_token, OutcomeEntry(Outcome.WRONG_NUMBER))
    text = run("queue", *signed_in(desk_folder, "nurse")).stdout
    assert "Due: 1" in text
    assert "find a number for Tom Reid (staff): The number is wrong or out of service: find one." in text
    assert "To send: 1" in text
    assert "text or portal for Tom Reid" in text


def test_an_empty_queue_is_a_sentence(desk_folder: Path) -> None:
    assert "Nothing waiting as of" in run("queue", "--plain", *signed_in(desk_folder, "nurse")).stdout


def test_two_forms_at_once_are_wrong_usage(desk_folder: Path) -> None:
    assert run("queue", "--json", "--plain", *signed_in(desk_folder, "nurse")).status == 2


def test_a_refused_sign_in_is_one_sentence(desk: OpenDesk, desk_folder: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("not the passphrase\n", "utf-8")
    leave(desk)
    ran = run("queue", "--json", "--desk", str(desk_folder), "--user", "nurse", "--passphrase-file", str(wrong))
    assert (ran.status, ran.stdout) == (1, "")
    assert len(ran.stderr.strip().splitlines()) == 1
    assert column(desk, "queue_item", 1, "state") is not None


def test_the_plain_twin_says_whether_we_will_make_it(desk: OpenDesk, clock: FixedClock) -> None:
    """The sentence alone while every call begins in time; else what it goes by as well."""
    for number in range(11, 15):
        leave(desk, PAIN, f"Made Up {number}", f"(212) 555-01{number}", minutes_ago=0)
    assert "At this pace every call begins in time." in plain_queue(snapshot(desk), clock.now())
    clock.advance(timedelta(minutes=50))
    seen(desk, clock.now())
    text = plain_queue(snapshot(desk), clock.now())
    assert "At this pace 2 urgent will miss their time; one more nurse until 12:00 clears it." in text
    assert "That goes by: at the desk to ring: 1 nurse; signed in and seen within 15 min; 6 min a call" in text


def test_a_list_of_the_day_is_text_on_stdout(desk: OpenDesk, desk_folder: Path) -> None:
    leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    options = signed_in(desk_folder, "nurse")
    text = run("queue", "--list", "cannot-wait", *options).stdout
    assert text.startswith("Maple Street Family Medicine")
    assert "[ ] Ben Okafor, (212) 555-0112" in text
    assert [entry.entity_id for entry in audited(desk, "list_printed")] == ["cannot-wait"]
    assert run("queue", "--list", "huddle", *options).stdout.splitlines()[0].endswith("Morning huddle")
    assert run("queue", "--list", "handover", "--json", *options).status == 2
    assert run("queue", "--list", "tomorrow", *options).status == 2
