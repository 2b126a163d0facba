"""Whatever is done to a message, its columns repeat what its events say, and a later replay says the same."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import IdentityKind, Outcome, PauseReason, Role, Tier, WhoAnswered
from callback_tui.rules.sla import clock_columns
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.escalate_item import escalate_item
from callback_tui.services.follow_ups import wake
from callback_tui.services.identity import match_identity
from callback_tui.services.item_clock import item_clock
from callback_tui.services.note_warnings import note_warnings
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.pause_item import pause_item
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.services.queue_row import stored_clock
from callback_tui.services.reopen_item import reopen_item
from callback_tui.services.schedule_item import schedule_item
from callback_tui.services.set_priority import set_priority
from callback_tui.services.sign_in import sign_in
from callback_tui.services.undo import last_undoable, undo
from callback_tui.store import policy as policies
from callback_tui.store import queue
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.clock import ClockState
from tests.conftest import PASSPHRASE
from tests.services.made_up import PAIN, REFILL, give_card, leave


@pytest.fixture(scope="module")
def shared_desk(desk_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenDesk]:
    """Return one desk for all examples; each of them rings patients of its own."""
    import shutil

    from tests.conftest import MONDAY_MORNING

    folder = Path(shutil.copytree(desk_template, tmp_path_factory.mktemp("replay") / "desk"))
    opened = sign_in(folder, "nurse", PASSPHRASE, FixedClock(MONDAY_MORNING))
    yield opened
    opened.store.close()


def ring(desk: OpenDesk, item_id: int, outcome: Outcome) -> None:
    """Ring and log how it ended."""
    sheet = start_call(desk, item_id, reason="made up")
    call = (desk, sheet.attempt_id, sheet.claim_token)
    if outcome is Outcome.NO_ANSWER:
        answer(*call, WhoAnswered.NOBODY)
    else:
        answer(*call, WhoAnswered.PATIENT)
        match_identity(*call, IdentityKind.DATE_OF_BIRTH)
        match_identity(*call, IdentityKind.ADDRESS)
    later = desk.clock.now() + timedelta(hours=30)
    log_outcome(*call, OutcomeEntry(outcome, note="Made up.", call_again_at=later, situation="s", request="r"))


def set_target(desk: OpenDesk, hours: int) -> None:
    """Put a policy in force with another routine target."""
    lines = [
        f'routine = {{ target = "{hours}h", clock = "open" }}' if line.startswith("routine = ") else line
        for line in policy_text(desk).splitlines()
    ]
    apply_policy(replace(desk, actor=replace(desk.actor, role=Role.ADMIN)), "\n".join(lines))


def take_back(desk: OpenDesk) -> None:
    """Take the last outcome back."""
    last = last_undoable(desk)
    if last is not None:
        undo(desk, last.verb_id)


def later(desk: OpenDesk, minutes: int) -> None:
    """Let time pass."""
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(minutes=minutes))


Step = Callable[[OpenDesk, int], object]
STEPS: dict[str, st.SearchStrategy[Step]] = {
    "priority": st.sampled_from(Tier).map(lambda tier: lambda desk, item: set_priority(desk, item, tier, "made up")),
    "pause": st.integers(1, 5000).map(
        lambda minutes: (
            lambda desk, item: pause_item(
                desk, item, desk.clock.now() + timedelta(minutes=minutes), PauseReason.OWES_INFORMATION
            )
        )
    ),
    "schedule": st.integers(1, 5000).map(
        lambda minutes: lambda desk, item: schedule_item(desk, item, desk.clock.now() + timedelta(minutes=minutes), "x")
    ),
    "escalate": st.just(lambda desk, item: escalate_item(desk, item, "s", "r")),
    "wake": st.just(wake),
    "ring": st.sampled_from(
        (Outcome.NO_ANSWER, Outcome.RESOLVED, Outcome.ANOTHER_TIME, Outcome.ESCALATED, Outcome.FOLLOW_UP)
    ).map(lambda outcome: lambda desk, item: ring(desk, item, outcome)),
    "undo": st.just(lambda desk, _: take_back(desk)),
    "policy": st.integers(1, 9).map(lambda hours: lambda desk, _: set_target(desk, hours)),
    "warn": st.just(lambda desk, item: note_warnings(desk, [item])),
    "reopen": st.just(reopen_item),
    "wait": st.integers(1, 2000).map(lambda minutes: lambda desk, _: later(desk, minutes)),
}


def cycles(desk: OpenDesk, item_id: int) -> dict[int, tuple[dict[str, object], ClockState, ClockState]]:
    """Return of each cycle of a message its stored columns, and its clock by these columns and by its events."""
    found = {}
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        message_id = select(t.queue_item.c.message_id).where(t.queue_item.c.id == item_id).scalar_subquery()
        for each in connection.execute(select(t.queue_item.c.id).where(t.queue_item.c.message_id == message_id)):
            row = queue.item(connection, each.id)
            assert row is not None
            derived = item_clock(connection, row)
            stored = {name: getattr(row, name) for name in clock_columns(derived)}
            found[int(row.id)] = (stored, stored_clock(row, policy.site_of(row.site_name), policy), derived)
    return found


@given(st.sampled_from((REFILL, PAIN)), st.lists(st.one_of(*STEPS.values()), min_size=1, max_size=8))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_columns_repeat_the_events_after_any_verbs(shared_desk: OpenDesk, body: str, steps: list[Step]) -> None:
    desk = shared_desk
    number = int(desk.clock.now().timestamp())
    item_id = leave(desk, body, f"Made-up {number}", "(212) 555-0110")
    give_card(desk, item_id)
    frozen: dict[int, ClockState] = {}
    newest = item_id
    for step in steps:
        with suppress(DeskError):
            step(desk, newest)
        later(desk, 1)
        seen = cycles(desk, item_id)
        newest = max(seen)
        for cycle_id, (stored, by_columns, by_events) in seen.items():
            assert stored == clock_columns(by_events)
            if by_events.completed_at is None:
                assert replace(by_columns, opens_at=by_events.opens_at) == by_events
            # What was closed and reopened never changes again, whatever policy is in force by now.
            if cycle_id in frozen:
                assert by_events == frozen[cycle_id]
            if cycle_id < newest:
                frozen[cycle_id] = by_events
