"""Views and filters: none loses a message, none hides an emergency, counts add up, choices come back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callback_tui.models.vocabulary import CallReason, Channel, ItemState, Role, Tier
from callback_tui.rules.assignment import given_to
from callback_tui.rules.queue_order import calling_order
from callback_tui.rules.queue_view import filter_words, in_view, listed, passes, read, written
from callback_tui.views.desk import Actor
from callback_tui.views.queue import Chosen, QueueRow, QueueSnapshot, View
from tests.rules.clocks import POLICY
from tests.rules.queue_rows import NOW, PEOPLE, ROWS, row, to_person

CHOICES = st.builds(
    Chosen,
    view=st.sampled_from(View),
    site=st.sampled_from([None, "Main", "Riverside"]),
    channel=st.sampled_from([None, *Channel]),
    role=st.sampled_from([None, Role.NURSE, Role.STAFF, Role.CLINICIAN]),
    reason=st.sampled_from([None, *CallReason]),
)
ACTORS = st.sampled_from([Actor(staff_id, "", "", role) for staff_id, role in PEOPLE.items()])
NURSE = Actor(1, "", "", Role.NURSE)


def queue_of(*rows: QueueRow) -> QueueSnapshot:
    """Return a queue: awake rows in calling order, asleep ones apart."""
    return QueueSnapshot(
        rows=tuple(sorted((each for each in rows if each.state is not ItemState.ASLEEP), key=calling_order)),
        asleep=tuple(each for each in rows if each.state is ItemState.ASLEEP),
        feeds=(),
        newest_message_at=None,
        last_import_at=None,
        policy=POLICY,
        as_of=NOW,
        is_demo=False,
    )


@st.composite
def queues(draw: st.DrawFn) -> QueueSnapshot:
    """Draw a queue."""
    return queue_of(*(replace(each, item_id=place) for place, each in enumerate(draw(st.lists(ROWS, max_size=12)))))


def ids(rows: tuple[QueueRow, ...]) -> set[int]:
    return {each.item_id for each in rows}


@given(queues())
def test_the_teams_and_what_was_given_are_everything(queue: QueueSnapshot) -> None:
    """Every role's team view together, with what somebody was given, is the queue; nothing is in no view."""
    team = Chosen(View.TEAM)
    seen: set[int] = set()
    for role in (Role.CLINICIAN, Role.NURSE, Role.STAFF):
        seen |= ids(listed(queue, team, Actor(99, "", "", role), NOW, with_asleep=True).rows)
    given_away = {
        each.item_id
        for each in (*queue.rows, *queue.asleep)
        if (whose := given_to(each, NOW)) is not None and whose.staff_id is not None
    }
    assert seen | given_away == ids((*queue.rows, *queue.asleep))
    assert ids(listed(queue, Chosen(View.ALL), NURSE, NOW).rows) >= ids(queue.rows)
    asleep = ids(listed(queue, Chosen(View.ASLEEP), NURSE, NOW).rows)
    assert asleep >= ids(queue.asleep)


@given(queues(), CHOICES, ACTORS, st.booleans())
def test_counts_add_up_and_no_emergency_is_hidden(
    queue: QueueSnapshot, chosen: Chosen, actor: Actor, with_asleep: bool
) -> None:
    found = listed(queue, chosen, actor, NOW, with_asleep=with_asleep)
    everything = (*queue.rows, *queue.asleep)
    emergent = [each.item_id for each in everything if each.emergent]
    assert [each.item_id for each in found.rows][: len(emergent)] == emergent
    assert len(ids(found.rows)) == len(found.rows)
    assert ids(found.rows) <= ids(everything)
    outside = [each for each in queue.rows if each.item_id not in ids(found.rows)]
    assert found.shown + len(outside) == found.waiting == len(queue.rows)
    assert found.late_outside == sum(each.clock.late_after < NOW for each in outside)
    below = [each for each in found.rows if not each.emergent]
    assert all(passes(each, chosen, NOW) for each in below)
    awake = [each for each in below if each.state is not ItemState.ASLEEP]
    assert awake == sorted(awake, key=calling_order)


@pytest.mark.parametrize(("minutes_ago", "late"), [(10, 0), (20, 1)])
def test_a_named_time_is_late_outside_the_view_after_its_window(minutes_ago: int, late: int) -> None:
    named = row(due_in=-minutes_ago, assigned_to=to_person(2))
    named = replace(named, clock=replace(named.clock, grace_seconds=15 * 60))
    assert listed(queue_of(named), Chosen(View.MINE), NURSE, NOW).late_outside == late


def test_every_view_shows_what_its_name_says() -> None:
    free, mine, others = row(1), row(2, assigned_to=to_person(1)), row(3, assigned_to=to_person(2))
    asleep = row(4, state=ItemState.ASLEEP)
    promised = row(5, state=ItemState.ASLEEP, promised_by_id=1)
    rung = row(6, attempts=2)
    reached = row(7, attempts=2)
    reached = replace(reached, clock=replace(reached.clock, contact_at=NOW))
    handed = row(8, state=ItemState.ESCALATED)
    everything = (free, mine, others, asleep, promised, rung, reached, handed)
    shown = {view: {each.item_id for each in everything if in_view(each, view, NURSE, NOW)} for view in View}
    assert shown == {
        View.ALL: {1, 2, 3, 6, 7, 8},
        View.TEAM: {1, 2, 6, 7},
        View.MINE: {2, 5},
        View.ASLEEP: {4, 5},
        View.UNREACHABLE: {6},
    }
    assert in_view(asleep, View.TEAM, NURSE, NOW, with_asleep=True)
    late = replace(handed, clock=replace(handed.clock, next_due_at=NOW - timedelta(minutes=1)))
    assert in_view(late, View.TEAM, NURSE, NOW)


def test_each_filter_hides_what_does_not_pass() -> None:
    each = row(1, Tier.URGENT)
    for fits, other in (
        (Chosen(site="Main"), Chosen(site="Riverside")),
        (Chosen(channel=Channel.VOICEMAIL), Chosen(channel=Channel.TEXT)),
        (Chosen(role=Role.NURSE), Chosen(role=Role.STAFF)),
        (Chosen(reason=CallReason.GENERAL), Chosen(reason=CallReason.BILLING)),
    ):
        assert fits.is_filtered
        assert passes(each, fits, NOW)
        assert not passes(each, other, NOW)
        assert filter_words(fits)
    assert not Chosen(View.MINE).is_filtered
    assert filter_words(Chosen(View.MINE)) == ""
    assert filter_words(Chosen(site="Main", role=Role.STAFF)) == "Main, for staff"


@given(CHOICES)
def test_a_choice_comes_back(chosen: Chosen) -> None:
    assert read(written(chosen), ["Main", "Riverside"]) == chosen


def test_a_choice_that_means_nothing_any_more_is_left_open() -> None:
    """A filter nobody can see the reason of would hide messages: a site that is gone is no filter."""
    assert read(written(Chosen(View.MINE, site="Riverside")), ["Main"]) == Chosen(View.MINE)
    assert read(None, ["Main"]) == Chosen()
    assert read('{"view": "somewhere", "channel": 7, "role": [], "reason": null}', ["Main"]) == Chosen()
