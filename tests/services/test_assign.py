"""Giving messages to people and roles, freeing patients, and what goes back to the team by itself."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused, DeskError, NotAllowed
from callback_tui.models.vocabulary import Outcome, PromiseState, Role, WhoAnswered
from callback_tui.rules.assignment import given_to
from callback_tui.services.assign import give
from callback_tui.services.calls import answer, heartbeat, save_note, start_call
from callback_tui.services.claim_break import break_claim
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.queue import change_mark, peek, snapshot
from callback_tui.services.queue_choice import choose
from callback_tui.services.sign_in import sign_in, sign_off
from callback_tui.services.staff import disable_staff
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.queue import Chosen, QueueRow, View
from tests.conftest import PASSPHRASE
from tests.services.made_up import CHEST, PAIN, audited, column, leave, reach

AsRole = Callable[[OpenDesk, Role], OpenDesk]


def row_of(desk: OpenDesk, item_id: int) -> QueueRow:
    """Return the row of a message, asleep or not."""
    read = snapshot(desk)
    return next(row for row in (*read.rows, *read.asleep) if row.item_id == item_id)


def whose(desk: OpenDesk, item_id: int) -> str | None:
    """Return the name of whose a message is now."""
    given = given_to(row_of(desk, item_id), desk.clock.now())
    return given.name if given else None


def test_given_to_a_person_until_the_minutes_are_over(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    """Audited with ids alone; shown in the pane; no job is needed for it to fall to the team."""
    refill, pain = leave(desk), leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=1)
    staff = as_role(desk, Role.STAFF).actor
    given = give(desk, refill, staff_id=staff.staff_id)
    assert given.team_at == clock.now() + timedelta(minutes=120)
    entry = audited(desk, "message_given")[0]
    assert (entry.entity_id, entry.facts["to_id"], entry.facts["from_id"]) == (str(refill), staff.staff_id, None)
    give(desk, pain, role=Role.NURSE)
    assert (whose(desk, refill), whose(desk, pain)) == (staff.name, "nurses")
    assert peek(desk, refill).given_to == f"{staff.name}, until 12:42"
    clock.advance(timedelta(minutes=15))
    assert (whose(desk, refill), whose(desk, pain)) == (staff.name, None)
    clock.advance(timedelta(minutes=105))
    assert whose(desk, refill) is None
    assert peek(desk, refill).given_to == ""


def test_roles_are_held_to(desk: OpenDesk, as_role: AsRole) -> None:
    """Who may not take it, who is gone, what waits no longer, and whose it is not: each refused, nothing written."""
    pain = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=1)
    staff, admin = as_role(desk, Role.STAFF), as_role(desk, Role.ADMIN)
    supervisor, clinician = as_role(desk, Role.SUPERVISOR), as_role(desk, Role.CLINICIAN)
    with pytest.raises(NotAllowed, match="An urgent message is not for staff"):
        give(desk, pain, staff_id=staff.actor.staff_id)
    with pytest.raises(NotAllowed, match="admin cannot give"):
        give(admin, pain, role=Role.NURSE)
    with pytest.raises(DeskError, match="no longer at this desk"):
        give(desk, pain, staff_id=4711)
    with pytest.raises(DeskError, match="no longer waiting"):
        give(desk, 4711, role=Role.NURSE)
    assert audited(desk, "message_given") == ()
    give(desk, pain, staff_id=clinician.actor.staff_id)
    with pytest.raises(NotAllowed, match=f"given to {clinician.actor.name}"):
        give(desk, pain)
    assert give(supervisor, pain, staff_id=desk.actor.staff_id).to is not None
    assert whose(desk, pain) == desk.actor.name
    assert give(desk, pain).to is None
    assert whose(desk, pain) is None


def test_an_emergency_is_pointed_out_and_stays_everybodys(desk: OpenDesk) -> None:
    chest = leave(desk, CHEST, "Rosa Delgado", "(212) 555-0113", minutes_ago=0)
    assert give(desk, chest, staff_id=desk.actor.staff_id).emergent
    assert whose(desk, chest) is None
    assert peek(desk, chest).given_to == f"pointed out to {desk.actor.name}"


@pytest.mark.parametrize("leaving", ["sign_off", "disable"])
def test_what_a_person_had_is_the_teams_when_they_go(
    desk: OpenDesk, desk_folder: Path, clock: FixedClock, as_role: AsRole, leaving: str
) -> None:
    """Given and held go back at once; the promise keeps its name and its time."""
    other = sign_in(desk_folder, "staff", PASSPHRASE, clock)
    given, held = leave(desk), leave(desk, name="Lea Brandt", phone="(212) 555-0111")
    promised = leave(desk, name="Wei Chen", phone="(212) 555-0114")
    sheet = reach(other, promised)
    at = clock.now() + timedelta(hours=3)
    log_outcome(other, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at))
    give(desk, given, staff_id=other.actor.staff_id)
    start_call(other, held)
    assert (whose(desk, given), row_of(desk, held).holder is None) == (other.actor.name, False)
    if leaving == "sign_off":
        sign_off(other)
    else:
        disable_staff(as_role(desk, Role.ADMIN), "staff")
        other.store.close()
    assert (whose(desk, given), row_of(desk, held).holder) == (None, None)
    assert column(desk, "queue_item", given, "assigned_to_id") is None
    kept = row_of(desk, promised)
    assert (kept.promised_by_id, kept.clock.scheduled_at) == (other.actor.staff_id, at)
    assert column(desk, "promise", promised, "state") == PromiseState.OPEN


def test_a_desk_that_crashed_keeps_nobody(desk: OpenDesk, clock: FixedClock) -> None:
    """Nothing signs off: the lease lapses, and what was given falls to the team by its minutes."""
    item_id = leave(desk)
    give(desk, item_id, staff_id=desk.actor.staff_id)
    start_call(desk, item_id)
    clock.advance(timedelta(seconds=121))
    assert row_of(desk, item_id).holder is None
    clock.advance(timedelta(minutes=120))
    assert whose(desk, item_id) is None


def test_a_supervisor_frees_a_patient_and_the_old_call_is_fenced(
    desk: OpenDesk, desk_folder: Path, clock: FixedClock, as_role: AsRole
) -> None:
    """The old desk saves its notes and nothing else; a nurse cannot free what a colleague holds."""
    other = sign_in(desk_folder, "staff", PASSPHRASE, clock)
    try:
        item_id = leave(desk)
        supervisor = as_role(desk, Role.SUPERVISOR)
        with pytest.raises(DeskError, match="Nobody is ringing"):
            break_claim(supervisor, item_id)
        sheet = start_call(other, item_id)
        with pytest.raises(NotAllowed, match="supervisor"):
            break_claim(desk, item_id)
        assert break_claim(supervisor, item_id).staff_id == other.actor.staff_id
        assert audited(desk, "claim_broken")[0].facts["holder_id"] == other.actor.staff_id
        mine = start_call(desk, item_id)
        for late in (
            lambda: heartbeat(other, sheet.attempt_id, sheet.claim_token),
            lambda: answer(other, sheet.attempt_id, sheet.claim_token, WhoAnswered.PATIENT),
        ):
            with pytest.raises(CallRefused, match="notes are kept"):
                late()
        save_note(other, sheet.attempt_id, sheet.claim_token, "said she is at work until five")
        with desk.store.read() as connection:
            notes = t.call_note.c
            text = connection.execute(select(notes.text).where(notes.attempt_id == sheet.attempt_id)).scalar_one()
        assert text == "said she is at work until five"
        assert heartbeat(desk, mine.attempt_id, mine.claim_token) > 0
    finally:
        other.store.close()


def test_a_person_frees_what_their_own_other_desk_holds(desk: OpenDesk, desk_folder: Path, clock: FixedClock) -> None:
    second = sign_in(desk_folder, "nurse", PASSPHRASE, clock)
    try:
        item_id = leave(desk)
        start_call(second, item_id)
        assert break_claim(desk, item_id).staff_id == desk.actor.staff_id
        assert start_call(desk, item_id).item_id == item_id
    finally:
        second.store.close()


def test_a_choice_is_kept_and_makes_no_other_desk_read_again(desk: OpenDesk, as_role: AsRole) -> None:
    """Kept per person; the mark of change stays, while giving a message moves it."""
    item_id = leave(desk)
    staff = as_role(desk, Role.STAFF)
    assert snapshot(desk).chosen == Chosen()
    before = change_mark(desk)
    wanted = Chosen(View.MINE, site="Riverside")
    choose(desk, Chosen(View.ALL))
    choose(desk, wanted)
    seen = change_mark(desk, before)
    assert seen.changed == before.changed
    assert (snapshot(desk).chosen, snapshot(staff).chosen) == (wanted, Chosen())
    give(desk, item_id, role=Role.STAFF)
    assert change_mark(desk, seen).changed != before.changed
