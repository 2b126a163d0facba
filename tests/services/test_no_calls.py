"""A message from somebody who asked not to be called: never put silently, always counted, gone with the request."""

from pathlib import Path

import pytest

from callback_tui.models.vocabulary import Channel, OptOutScope, Outcome, WhoAnswered
from callback_tui.rules.queue_order import why_first
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import import_files
from callback_tui.services.patients import add_opt_out
from callback_tui.services.queue import peek, snapshot
from callback_tui.services.take_back import opt_outs_standing, take_back_opt_out
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.intake import FileReport
from callback_tui.views.queue import QueueRow
from tests.services.made_up import give_card, leave
from tests.services.test_dialling import change_card, say_same
from tests.services.test_outcomes import end

WHY = "asked not to be called 23 Nov"
HEADER = "id,name,phone,received,message\n"
ROWS = (
    "a1,Tom Reid,(212) 555-0110,2026-11-23 10:01,I need a refill.\n"
    "a2,Tom Reid,(212) 555-0111,2026-11-23 10:02,My chest hurts and my arm feels heavy.\n"
    "a3,Lena Reid,(212) 555-0110,2026-11-23 10:03,What are your hours?\n"
)


def imported(desk: OpenDesk, tmp_path: Path, rows: str = ROWS, *, dry_run: bool = False) -> FileReport:
    """Import rows and return the report of the file."""
    file = tmp_path / "export.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    return import_files(desk, [file], dry_run=dry_run).files[0]


def row_of(desk: OpenDesk, item_id: int) -> QueueRow:
    """Return the queue's row of an item."""
    return next(row for row in snapshot(desk).rows if row.item_id == item_id)


def why(desk: OpenDesk, item_id: int) -> tuple[str, ...]:
    """Return why the item stands where it stands."""
    return why_first(row_of(desk, item_id), snapshot(desk).policy, desk.clock.now())


def test_a_row_says_so_as_long_as_the_request_stands(desk: OpenDesk) -> None:
    item_id = leave(desk)
    patient_id = give_card(desk, item_id)
    assert (row_of(desk, item_id).no_calls_since, peek(desk, item_id).safe_contact.never) == (None, "")
    add_opt_out(desk, patient_id, OptOutScope.ALL)
    assert row_of(desk, item_id).no_calls_since == desk.clock.now()
    assert WHY in why(desk, item_id)
    assert peek(desk, item_id).safe_contact.never == "be called (asked 23 Nov)"
    (fact,) = opt_outs_standing(desk, patient_id)
    take_back_opt_out(desk, fact.id, said_by="the patient", how="by portal")
    assert row_of(desk, item_id).no_calls_since is None
    assert WHY not in why(desk, item_id)


@pytest.mark.parametrize(
    ("scope", "number", "channel", "marked"),
    [
        (OptOutScope.NUMBER, "(212) 555-0110", None, True),
        (OptOutScope.NUMBER, "(212) 555-0199", None, False),
        (OptOutScope.CHANNEL, "", Channel.PHONE, True),
        (OptOutScope.CHANNEL, "", Channel.TEXT, False),
    ],
)
def test_only_what_reaches_a_call_marks(
    desk: OpenDesk, scope: OptOutScope, number: str, channel: Channel | None, marked: bool
) -> None:
    item_id = leave(desk)
    add_opt_out(desk, give_card(desk, item_id), scope, number=number, channel=channel)
    assert (row_of(desk, item_id).no_calls_since is not None) == marked


@pytest.mark.parametrize("way", ["merged", "said to be the same"])
def test_the_other_card_of_the_person_is_marked_too(desk: OpenDesk, way: str) -> None:
    first, second = leave(desk), leave(desk, name="Thomas Reid", phone="(212) 555-0120")
    card, other = give_card(desk, first), give_card(desk, second)
    add_opt_out(desk, card, OptOutScope.ALL)
    assert row_of(desk, second).no_calls_since is None
    if way == "merged":
        change_card(desk, card, merged_into_id=other)
    else:
        say_same(desk, other, card, same=True)
    assert row_of(desk, second).no_calls_since == row_of(desk, first).no_calls_since != None  # noqa: E711 - a chain


def test_an_import_counts_them_and_its_preview_says_the_same(desk: OpenDesk, tmp_path: Path) -> None:
    """Both of his messages wait, the urgent one on top; his daughter on the same line asked for nothing."""
    end(desk, leave(desk), WhoAnswered.REFUSED, OutcomeEntry(Outcome.REFUSED))
    add_opt_out(desk, give_card(desk, leave(desk, phone="(212) 555-0111")), OptOutScope.ALL)
    preview = imported(desk, tmp_path, dry_run=True)
    report = imported(desk, tmp_path)
    assert (preview.new, preview.no_calls) == (report.new, report.no_calls) == (3, 2)
    arrived = [row for row in snapshot(desk).rows if row.received_at and row.received_at.minute in (1, 2, 3)]
    marks = {row.received_at.minute: row.no_calls_since is not None for row in arrived if row.received_at}
    assert marks == {1: True, 2: True, 3: False}
    again = imported(desk, tmp_path)
    assert (again.duplicate, again.no_calls) == (3, 0)
