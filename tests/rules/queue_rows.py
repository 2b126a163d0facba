"""Rows of a queue drawn at random, and one made by hand."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from callback_tui.models.vocabulary import CallReason, Channel, ItemState, Priority, Role, Tier
from callback_tui.rules.assignment import people
from callback_tui.views.queue import Assigned, Holder, QueueRow
from tests.rules.clocks import clock, ny, started

NOW = ny("23 10:00")
PEOPLE = {1: Role.NURSE, 2: Role.NURSE, 3: Role.STAFF, 4: Role.CLINICIAN, 5: Role.SUPERVISOR}


def row(item_id: int = 1, tier: Tier = Tier.ROUTINE, *, due_in: int = 60, **fields: object) -> QueueRow:
    """Return a row of a tier, due in so many minutes."""
    made = QueueRow(
        item_id=item_id,
        message_id=item_id,
        patient_id=item_id,
        site="Main",
        who="Rosa Delgado",
        phone_e164="+12125550147",
        phone_raw="(212) 555-0147",
        channel=Channel.VOICEMAIL,
        priority=Priority.URGENT if tier.always_on else Priority(tier.value),
        emergent=tier is Tier.EMERGENT,
        check=False,
        reason=CallReason.GENERAL,
        summary="refill",
        state=ItemState.OPEN,
        received_at=NOW,
        clock=replace(clock(started(tier, "23 09:00")), next_due_at=NOW + timedelta(minutes=due_in)),
        attempts=0,
        holder=None,
        bundle=0,
        flags=(),
        search_text="rosa delgado",
    )
    return replace(made, **fields)  # type: ignore[arg-type] # each test names fields of the row


def to_person(staff_id: int) -> Assigned:
    """Return what is given to one of `PEOPLE`."""
    return Assigned(f"Person {staff_id}", PEOPLE[staff_id], staff_id)


def to_role(role: Role) -> Assigned:
    """Return what is given to a role."""
    return Assigned(people(role), role)


ROWS = st.builds(
    row,
    tier=st.sampled_from(Tier),
    due_in=st.integers(-90, 90),
    state=st.sampled_from([ItemState.OPEN, ItemState.ASLEEP, ItemState.ESCALATED]),
    site=st.sampled_from(["Main", "Riverside"]),
    channel=st.sampled_from(Channel),
    reason=st.sampled_from(CallReason),
    attempts=st.integers(0, 3),
    assigned_to=st.one_of(
        st.none(),
        st.builds(to_person, st.sampled_from(sorted(PEOPLE))),
        st.builds(to_role, st.sampled_from([Role.CLINICIAN, Role.NURSE, Role.STAFF])),
    ),
    team_at=st.sampled_from([NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)]),
    holder=st.one_of(st.none(), st.builds(Holder, st.integers(1, 5), st.just("Sam"), st.just(NOW), st.just(1))),
    promised_by_id=st.one_of(st.none(), st.integers(1, 5)),
)
