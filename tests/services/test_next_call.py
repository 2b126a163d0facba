"""`n` on a real desk: whose call it is, what is skipped and why, and that two desks never get one patient."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread

import pytest
from sqlalchemy import update

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.services.calls import park, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.next_call import next_call
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.sign_in import sign_in
from callback_tui.store import tables as t
from callback_tui.views.call import NextCall
from tests.conftest import PASSPHRASE
from tests.services.made_up import CHEST, HOURS, PAIN, REFILL, give_card, leave, opt_out

As = Callable[[OpenDesk, Role], OpenDesk]


def set_item(desk: OpenDesk, item_id: int, **values: object) -> None:
    with desk.store.write() as connection:
        connection.execute(update(t.queue_item).where(t.queue_item.c.id == item_id).values(**values))


def taken(desk: OpenDesk) -> int | None:
    """Press n, hang up again, and return whose call that was."""
    found = next_call(desk)
    if found.sheet is not None:
        park(desk, found.sheet.attempt_id, found.sheet.claim_token)
    return found.item_id


def test_each_role_gets_the_first_call_that_is_theirs(desk: OpenDesk, as_role: As) -> None:
    """Urgent to clinicians and nurses, the rest to nurses and staff, any to supervisors (domain section 1)."""
    refill = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    pain = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=1)
    assert [taken(as_role(desk, role)) for role in (Role.NURSE, Role.CLINICIAN, Role.STAFF, Role.SUPERVISOR)] == [
        pain,
        pain,
        refill,
        pain,
    ]
    leave(desk, CHEST, "Rosa Delgado", "(212) 555-0113", minutes_ago=0)
    staff = next_call(as_role(desk, Role.STAFF))
    assert (staff.item_id, staff.sentence) == (refill, "2 urgent wait for a nurse or clinician.")


def test_who_may_not_be_rung_is_skipped_and_counted(desk: OpenDesk) -> None:
    asked = leave(desk, REFILL, "Tom Reid", "(212) 555-0110", minutes_ago=30)
    opt_out(desk, give_card(desk, asked))
    hours = leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    found = next_call(desk)
    assert found.sheet is not None
    assert (found.item_id, found.sentence) == (hours, "Skipped 1: asked not to be called.")
    again = next_call(desk)
    assert again == NextCall(
        None,
        None,
        "Nothing for you to ring now. Skipped 1: asked not to be called, 1: somebody is ringing them.",
    )


def test_an_urgent_call_that_needs_a_reason_is_named_not_skipped(desk: OpenDesk) -> None:
    pain = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    opt_out(desk, give_card(desk, pain))
    leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    assert next_call(desk) == NextCall(None, pain, "")


@pytest.mark.parametrize(
    ("values", "is_mine"),
    [
        ({"assigned_to_id": 3}, False),
        ({"assigned_to_id": 2}, True),
        ({"assigned_role": Role.STAFF}, False),
        ({"assigned_role": Role.NURSE}, True),
    ],
)
def test_what_is_given_to_others_is_skipped_until_it_falls_to_the_team(
    desk: OpenDesk, clock: FixedClock, values: dict[str, object], is_mine: bool
) -> None:
    item_id = leave(desk)
    given = {"assigned_at": clock.now(), "falls_to_team_at": clock.now() + timedelta(minutes=20)}
    set_item(desk, item_id, **given, **values)
    assert (taken(desk) == item_id) is is_mine
    clock.advance(timedelta(minutes=20))
    assert taken(desk) == item_id


def test_routine_calls_wait_for_their_window(desk: OpenDesk, as_role: As, clock: FixedClock) -> None:
    """At 10:42 a window from 14:00 is to come; what is late or urgent does not wait for it."""
    admin = as_role(desk, Role.ADMIN)
    apply_policy(admin, policy_text(admin) + '\n[batch]\nwindows = ["14:00-15:00"]\n')
    refill = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    found = next_call(desk)
    assert found.item_id is None
    assert found.sentence == ("Nothing for you to ring now. 1 routine call waits for the time set aside, from 14:00.")
    late = leave(desk, HOURS, "Lea Brandt", "(212) 555-0111", minutes_ago=60 * 24 * 4)
    assert taken(desk) == late
    pain = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    assert taken(desk) == pain
    clock.advance(timedelta(hours=3, minutes=20))
    set_item(desk, late, state="closed")
    set_item(desk, pain, state="closed")
    assert taken(desk) == refill


def test_a_nurse_with_more_hard_calls_gets_the_easier_one_beside(
    desk: OpenDesk, desk_folder: Path, clock: FixedClock
) -> None:
    """Two urgent calls due together, one tried often: it goes to the one at the desk who had fewer today."""
    clinician = sign_in(desk_folder, "clinician", PASSPHRASE, clock)
    try:
        first = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=5)
        sheet = start_call(desk, first)
        park(desk, sheet.attempt_id, sheet.claim_token)
        set_item(desk, first, state="closed")
        hard = leave(desk, PAIN, "Hana Sato", "(212) 555-0119", minutes_ago=4)
        easy = leave(desk, PAIN, "Priya Nair", "(212) 555-0118", minutes_ago=2)
        set_item(desk, hard, attempts=4)
        assert taken(desk) == easy
        assert taken(clinician) == hard
        clock.advance(timedelta(minutes=53))
        assert taken(desk) == hard, "it would be late"
    finally:
        clinician.store.close()


def test_two_desks_at_once_never_get_the_same_patient(desk: OpenDesk, desk_folder: Path, clock: FixedClock) -> None:
    other = sign_in(desk_folder, "clinician", PASSPHRASE, clock)
    items = {leave(desk, PAIN, f"Made Up {number}", f"(212) 555-01{number:02}") for number in range(20, 30)}
    desks = (desk, other)
    found: list[int | None] = []
    start = Barrier(len(desks))

    def press(at: OpenDesk) -> None:
        start.wait()
        found.extend(next_call(at).item_id for _ in range(len(items) // len(desks)))

    try:
        threads = [Thread(target=press, args=(at,)) for at in desks]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(item for item in found if item is not None) == sorted(items)
    finally:
        other.store.close()


def test_somebody_not_seen_for_long_does_not_count_as_there(
    desk: OpenDesk, desk_folder: Path, clock: FixedClock
) -> None:
    """A desk that crashed never signs off; after the policy's minutes nobody waits for its person."""
    from callback_tui.services.queue import snapshot

    crashed = sign_in(desk_folder, "clinician", PASSPHRASE, clock)
    crashed.store.close()
    names = {person.role for person in snapshot(desk).people}
    assert names == {Role.NURSE, Role.CLINICIAN}
    clock.advance(timedelta(seconds=901))
    start_call(desk, leave(desk))
    assert {person.role for person in snapshot(desk).people} == {Role.NURSE}
