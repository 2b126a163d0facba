"""Fetching somebody through the services: once, after the commit, said to everybody, and never about a patient."""

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from callback_tui.clock import FixedClock
from callback_tui.errors import NotAllowed
from callback_tui.models.vocabulary import Role
from callback_tui.services import on_call
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.on_call_command import is_found, run_command
from callback_tui.services.policy import apply_policy, current_policy, policy_text
from callback_tui.services.sign_in import sign_in, sign_off
from callback_tui.store import on_call as store
from callback_tui.store import tables as t
from callback_tui.views.on_call import MoveKind, OnCallLine
from tests.conftest import PASSPHRASE
from tests.services.made_up import CHEST, PAIN, REFILL, audited, column, leave
from tests.services.made_up_on_call import AWAY, MINUTE, add_roster, told_by, unattended


@pytest.fixture
def night(desk_folder: Path, clock: FixedClock) -> Iterator[OpenDesk]:
    """Return the desk as a command of the admin's has it open, with nobody there."""
    opened = unattended(desk_folder, clock)
    yield opened
    opened.store.close()


def alert(desk: OpenDesk, name: str) -> object:
    """Return one column of the newest alert."""
    with desk.store.read() as connection:
        return connection.execute(
            select(t.on_call_alert.c[name]).order_by(t.on_call_alert.c.id.desc()).limit(1)
        ).scalar_one()


def told(desk: OpenDesk) -> tuple[OnCallLine, ...]:
    with desk.store.read() as connection:
        return on_call.told(connection, current_policy(desk), desk.clock.now())


def test_the_roster_is_gone_through_until_the_rounds_are_over(
    night: OpenDesk, clock: FixedClock, tmp_path: Path
) -> None:
    page = add_roster(night, tmp_path, more="rounds = 1")
    leave(night, PAIN, minutes_ago=1)
    leave(night, PAIN, "Ana Ruiz", "(212) 555-0111", minutes_ago=1)
    [line] = on_call.look(night)
    assert (line.person, line.waiting, line.ran, line.at) == ("Person 1", 2, True, clock.now())
    assert told_by(page) == [["0", "Person 1", "2", "urgent", "Main"]]
    clock.advance(9 * MINUTE)
    assert on_call.look(night) == ()
    clock.advance(MINUTE)
    assert [line.person for line in on_call.look(night)] == ["Person 2"]
    clock.advance(10 * MINUTE)
    assert [line.kind for line in on_call.look(night)] == [MoveKind.UNANSWERED]
    assert on_call.look(night) == ()
    assert [(line.kind, line.person) for line in told(night)] == [(MoveKind.UNANSWERED, "Person 2")]
    clock.advance(13 * 60 * MINUTE)
    assert told(night) == ()


def test_nobody_is_fetched_without_a_roster_or_for_what_can_wait(
    night: OpenDesk, clock: FixedClock, tmp_path: Path
) -> None:
    leave(night, CHEST)
    assert on_call.look(night) == ()
    page = add_roster(night, tmp_path)
    assert [line.tier for line in on_call.look(night)] == ["emergent"]
    leave(night, REFILL)
    clock.advance(MINUTE)
    assert on_call.look(night) == ()
    assert len(told_by(page)) == 1


def test_an_emergent_message_goes_first_with_a_step_of_its_own(night: OpenDesk, tmp_path: Path) -> None:
    page = add_roster(night, tmp_path)
    leave(night, PAIN)
    leave(night, CHEST, "Ana Ruiz", "(212) 555-0111")
    on_call.look(night)
    assert [run[3] for run in told_by(page)] == ["emergent", "urgent"]


@pytest.mark.parametrize(
    ("role", "fetched"), [("nurse", 0), ("clinician", 0), ("staff", 1), ("supervisor", 1), ("admin", 1)]
)
def test_somebody_who_takes_urgent_calls_is_there_or_not(
    night: OpenDesk, desk_folder: Path, clock: FixedClock, tmp_path: Path, role: str, fetched: int
) -> None:
    add_roster(night, tmp_path)
    person = sign_in(desk_folder, role, PASSPHRASE, clock)
    leave(night, PAIN)
    assert len(on_call.look(night)) == fetched
    person.store.close()


def test_a_sign_in_that_nobody_touches_and_that_of_a_command_count_for_nobody(
    night: OpenDesk, desk_folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    add_roster(night, tmp_path)
    abandoned = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    command = unattended(desk_folder, clock, "nurse")
    leave(night, PAIN)
    clock.advance(AWAY - MINUTE)
    assert on_call.look(night) == ()
    clock.advance(31 * MINUTE)
    assert [line.person for line in on_call.look(night)] == ["Person 1"]
    for desk in (abandoned, command):
        desk.store.close()


def test_a_nurse_who_holds_a_patient_is_there_however_long_the_call(
    night: OpenDesk, desk_folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    add_roster(night, tmp_path, more="near_due_minutes = 60")
    nurse = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    held = leave(night, REFILL)
    leave(night, PAIN, "Ana Ruiz", "(212) 555-0111")
    clock.advance(AWAY)
    assert len(on_call.look(night)) == 1
    clock.advance(MINUTE)
    start_call(nurse, held)
    assert [line.kind for line in on_call.look(night)] == [MoveKind.ANSWERED]
    nurse.store.close()


def test_signing_in_answers_and_leaving_again_with_it_late_fetches_again(
    night: OpenDesk, desk_folder: Path, clock: FixedClock, tmp_path: Path
) -> None:
    page = add_roster(night, tmp_path)
    leave(night, PAIN, minutes_ago=1)
    on_call.look(night)
    clock.advance(5 * MINUTE)
    clinician = sign_in(desk_folder, "clinician", PASSPHRASE, clock)
    [line] = on_call.look(clinician)
    assert (line.kind, line.person) == (MoveKind.ANSWERED, "Sam Clinician")
    assert (alert(night, "acknowledged_by_id"), alert(night, "acknowledged_at")) == (
        clinician.actor.staff_id,
        clock.now(),
    )
    assert told(night) == ()
    clock.advance(70 * MINUTE)
    sign_off(clinician)
    clock.advance(MINUTE)
    assert [line.person for line in on_call.look(night)] == ["Person 1"]
    assert len(told_by(page)) == 2


def test_who_left_before_is_not_read_but_who_still_holds_a_patient_is(
    night: OpenDesk, desk_folder: Path, clock: FixedClock
) -> None:
    held = leave(night, REFILL)
    gone, nurse = (sign_in(desk_folder, name, PASSPHRASE, clock) for name in ("clinician", "nurse"))
    sign_off(gone)
    policy, left_at = current_policy(night), clock.now()
    clock.advance(10 * AWAY)
    start_call(nurse, held)
    with night.store.read() as connection:
        lately = on_call.presences(connection, night, policy, clock.now())
        since_then = on_call.presences(connection, night, policy, left_at)
    assert [person.role for person in lately] == [Role.NURSE]
    assert {person.role for person in since_then} == {Role.NURSE, Role.CLINICIAN}
    nurse.store.close()


def test_a_handled_message_ends_it(night: OpenDesk, tmp_path: Path) -> None:
    add_roster(night, tmp_path)
    item_id = leave(night, PAIN)
    on_call.look(night)
    with night.store.write() as connection:
        connection.execute(t.queue_item.update().where(t.queue_item.c.id == item_id).values(state="closed"))
    assert [line.kind for line in on_call.look(night)] == [MoveKind.HANDLED]
    assert alert(night, "ended_at") == night.clock.now()


def test_somebody_says_they_have_it(night: OpenDesk, clock: FixedClock, tmp_path: Path) -> None:
    add_roster(night, tmp_path)
    leave(night, PAIN, minutes_ago=1)
    on_call.look(night)
    with pytest.raises(NotAllowed):
        on_call.acknowledge(replace(night, actor=replace(night.actor, role=Role.STAFF)))
    assert on_call.acknowledge(night) == 1
    assert on_call.acknowledge(night) == 0
    clock.advance(20 * MINUTE)
    assert on_call.look(night) == ()
    clock.advance(24 * MINUTE)
    assert [line.person for line in on_call.look(night)] == ["Person 1"]


def test_a_command_that_fails_moves_on_at_once_and_is_said(night: OpenDesk, clock: FixedClock, tmp_path: Path) -> None:
    page = add_roster(night, tmp_path, statuses=(3, 0))
    leave(night, PAIN)
    assert [(line.person, line.ran) for line in on_call.look(night)] == [("Person 1", False), ("Person 2", True)]
    assert [run[1] for run in told_by(page)] == ["Person 1", "Person 2"]
    assert [line.facts["status"] for line in audited(night, "on_call_ran")] == ["0", "3"]
    clock.advance(MINUTE)
    assert on_call.look(night) == ()


def test_a_command_that_is_missing_fails_for_everybody_and_waits_before_the_next_round(
    night: OpenDesk, clock: FixedClock, tmp_path: Path
) -> None:
    add_roster(night, tmp_path)
    text = policy_text(night).replace(sys.executable, str(tmp_path / "no-such-program"))
    apply_policy(night, text)
    leave(night, PAIN)
    assert [line.ran for line in on_call.look(night)] == [False, False]
    assert {line.facts["status"] for line in audited(night, "on_call_ran")} == {"missing"}
    assert [line.ran for line in told(night)] == [False]
    clock.advance(10 * MINUTE)
    assert [line.person for line in on_call.look(night)] == ["Person 1", "Person 2"]


def test_a_run_cut_off_between_commit_and_command_is_made_again(
    night: OpenDesk, clock: FixedClock, tmp_path: Path
) -> None:
    page = add_roster(night, tmp_path)
    leave(night, PAIN)
    cut_off = on_call.take_step(night)
    assert cut_off is not None
    assert cut_off.line.person == "Person 1"
    clock.advance(MINUTE / 2)
    assert on_call.look(night) == ()
    clock.advance(MINUTE / 2)
    assert [(line.person, line.ran) for line in on_call.look(night)] == [("Person 1", True)]
    assert len(told_by(page)) == 1
    # The one that was thought lost ends after all: its result no longer counts.
    on_call.run_step(night, cut_off)
    with night.store.read() as connection:
        assert connection.execute(select(t.on_call_step.c.ran).order_by(t.on_call_step.c.number)).scalars().all() == [
            None,
            True,
        ]


def test_a_number_of_an_alert_is_taken_once(night: OpenDesk, tmp_path: Path) -> None:
    add_roster(night, tmp_path)
    leave(night, PAIN)
    on_call.look(night)
    with pytest.raises(IntegrityError), night.store.write() as connection:
        store.add_fetch(connection, alert_id=1, number=1, person="x", waiting=1, at=night.clock.now())


def test_nothing_of_the_patient_is_told_or_audited(
    night: OpenDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLBACK_TUI_PASSPHRASE_FILE", "/somewhere")
    page = add_roster(night, tmp_path)
    item_id = leave(night, PAIN, "Tom Reid")
    lines = on_call.look(night)
    entries = [line for line in audited(night) if line.action.startswith("on_call")]
    said = json.dumps([told_by(page), [str(line) for line in (*lines, *entries)]])
    assert [line.action for line in entries] == ["on_call_ran", "on_call_fetched"]
    for secret in ("Tom", "Reid", "555-0110", "5550110", "belly", "CALLBACK_TUI"):
        assert secret not in said
    assert column(night, "queue_item", item_id, "patient_id") is not None


def test_the_command_runs_without_a_shell_and_no_longer_than_allowed(tmp_path: Path) -> None:
    made = tmp_path / "made"
    assert run_command((sys.executable, "-c", "import sys; sys.exit(len(sys.argv))", f"; touch {made}"), 30) == "2"
    assert not made.exists()
    assert run_command((sys.executable, "-c", "import sys; sys.stdin.read(); input()"), 30) == "1"
    assert run_command((sys.executable, "-c", "import signal; signal.pause()"), 1) == "took too long"
    assert run_command((str(tmp_path),), 1) == "missing"
    assert (is_found((sys.executable,)), is_found((str(made),))) == (True, False)
