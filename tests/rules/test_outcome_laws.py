"""What holds for every outcome of every call: nothing is stuck, and clock and plan agree."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from callback_tui.models.vocabulary import (
    ClockEventKind,
    FollowUpKind,
    IdentityResult,
    ItemState,
    Outcome,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.outcome_choices import legal_outcomes
from callback_tui.rules.outcomes import CallSituation, plan_outcome
from callback_tui.rules.sla import derive
from callback_tui.views.call import NewFollowUp, OutcomeEntry
from callback_tui.views.clock import ClockEvent
from tests.rules.call_cases import MONDAY_1042, POLICY, SITE, entry, situation

NOW = MONDAY_1042
EMERGENT = Tier.EMERGENT
CLOSED, ASLEEP, OPEN = ItemState.CLOSED, ItemState.ASLEEP, ItemState.OPEN
ESCALATED, FOLLOWING_UP, MERGED = ItemState.ESCALATED, ItemState.FOLLOWING_UP, ItemState.MERGED
LAST_EVENT = {
    CLOSED: ClockEventKind.COMPLETED,
    ESCALATED: ClockEventKind.ESCALATED,
    MERGED: ClockEventKind.MERGED,
}


@st.composite
def calls(draw: st.DrawFn) -> tuple[OutcomeEntry, CallSituation]:
    """Draw a call, and an outcome that is legal for it."""
    tier = draw(st.sampled_from(Tier))
    who = draw(st.sampled_from([None, *WhoAnswered]))
    identity = draw(st.sampled_from(IdentityResult))
    outcome = draw(st.sampled_from(legal_outcomes(who, identity, tier)))
    now = NOW + timedelta(minutes=draw(st.integers(0, 7 * 24 * 60)))
    ago = draw(st.lists(st.integers(1, 3000), max_size=5))
    given_follow_ups = draw(st.booleans())
    follow_up = NewFollowUp(FollowUpKind.LABS, "Order the labs.", now + timedelta(days=1))
    written = replace(
        entry(outcome),
        call_again_at=now + timedelta(minutes=draw(st.integers(1, 9000))),
        follow_ups=(follow_up,) if given_follow_ups else (),
    )
    call = situation(
        tier,
        who=who,
        identity=identity,
        now=now,
        earlier=tuple(sorted(now - timedelta(minutes=minutes) for minutes in ago)),
        alternates=draw(st.integers(0, 2)),
        on_file=draw(st.booleans()),
    )
    return written, call


@settings(deadline=None)
@given(calls())
def test_no_legal_outcome_leaves_anything_stuck(case: tuple[OutcomeEntry, CallSituation]) -> None:
    written, call = case
    plan = plan_outcome(written, call)
    last = plan.events[-1] if plan.events else None
    if plan.state in (CLOSED, MERGED):
        assert last is not None
        assert last.kind is LAST_EVENT[plan.state]
        assert plan.next_at is None
        return
    assert plan.next_at is not None
    assert plan.next_at >= call.now
    if plan.state is ESCALATED:
        assert last is not None
        assert (last.kind, last.until) == (ClockEventKind.ESCALATED, plan.hand_off_due_at)
    elif plan.state is FOLLOWING_UP:
        assert plan.next_at in [follow_up.due_at for follow_up in plan.follow_ups]
    else:
        assert last is not None
        assert last.kind in (ClockEventKind.RETRY_SET, ClockEventKind.SCHEDULED)
        assert last.until == plan.next_at
        assert (plan.state is OPEN) == (plan.next_at == call.now)


@settings(deadline=None)
@given(calls())
def test_what_holds_for_every_plan(case: tuple[OutcomeEntry, CallSituation]) -> None:
    written, call = case
    plan = plan_outcome(written, call)
    assert all(event.verb_id == call.verb_id for event in plan.events)
    assert set(written.follow_ups) <= set(plan.follow_ups)
    assert not plan.contact or plan.qualifies
    assert plan.sentence.endswith(".")
    assert not any(character in plan.sentence for character in "{}")
    if plan.state is CLOSED:
        assert written.outcome in (Outcome.RESOLVED, Outcome.REFUSED)
    if written.outcome is Outcome.NOT_VERIFIED:
        assert not plan.contact
        assert plan.state is not CLOSED
    if call.tier is EMERGENT and not plan.contact:
        assert plan.state in (OPEN, ESCALATED, MERGED) or written.outcome is Outcome.ANOTHER_TIME


@settings(deadline=None)
@given(calls())
def test_the_clock_agrees_with_the_plan(case: tuple[OutcomeEntry, CallSituation]) -> None:
    written, call = case
    plan = plan_outcome(written, call)
    start = ClockEvent(ClockEventKind.STARTED, call.now - timedelta(hours=2), "verb-0", tier=call.tier)
    clock = derive([start, *plan.events], SITE, POLICY)
    assert (clock.first_attempt_at is not None) == plan.qualifies
    assert (clock.contact_at is not None) == plan.contact
    assert (clock.completed_at is not None) == (plan.state in (CLOSED, MERGED))
    if plan.state is ESCALATED:
        assert clock.next_due_at == plan.hand_off_due_at
    if plan.state is ASLEEP and plan.qualifies:
        assert clock.asleep_until == plan.next_at
