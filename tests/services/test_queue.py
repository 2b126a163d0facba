"""The queue as a verb's result: order, asleep and awake, holders, audited views and exports."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from callback_tui.clock import FixedClock
from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import ItemState, Outcome, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.presence import seen
from callback_tui.services.queue import change_mark, export, peek, snapshot
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry
from tests.services.made_up import CHEST, HOURS, PAIN, REFILL, audited, leave


def test_emergent_then_urgent_then_the_rest_by_next_due(desk: OpenDesk) -> None:
    """A late refill never stands above an urgent message (domain section 1)."""
    refill = leave(desk, REFILL, "Tom Reid", "(212) 555-0110", minutes_ago=60 * 24 * 4)
    hours = leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    pain = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=1)
    chest = leave(desk, CHEST, "Rosa Delgado", "(212) 555-0113", minutes_ago=0)
    assert [row.item_id for row in snapshot(desk).rows] == [chest, pain, refill, hours]


def test_a_retry_sleeps_and_wakes_by_itself(desk: OpenDesk, clock: FixedClock) -> None:
    """An unanswered message is counted asleep, then waits again when its time has come, without any write."""
    item_id = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert result.next_at is not None
    asleep = snapshot(desk)
    assert [row.item_id for row in asleep.asleep] == [item_id]
    assert asleep.rows == ()
    clock.advance(result.next_at - clock.now())
    awake = snapshot(desk)
    assert [(row.item_id, row.state, row.attempts) for row in awake.rows] == [(item_id, ItemState.OPEN, 1)]
    assert awake.asleep == ()


def test_the_holder_is_named_while_the_lease_lives(desk: OpenDesk, clock: FixedClock) -> None:
    """Who is on the phone with a patient shows on every message of that patient, until the lease lapses."""
    first = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    leave(desk, HOURS, "Tom Reid", "(212) 555-0110")
    start_call(desk, first)
    rows = snapshot(desk).rows
    assert [row.bundle for row in rows] == [1, 1]
    assert {row.holder.name for row in rows if row.holder} == {desk.actor.name}
    assert all(row.holder for row in rows)
    clock.advance(timedelta(seconds=121))
    assert not any(row.holder for row in snapshot(desk).rows)


def test_a_view_is_audited_once_a_minute(desk: OpenDesk, clock: FixedClock) -> None:
    """Opening the message pane leaves an entry naming the patient; resting on it does not flood the record."""
    item_id = leave(desk, CHEST, "Rosa Delgado", "(212) 555-0113")
    view = peek(desk, item_id)
    peek(desk, item_id)
    assert len(audited(desk, "patient_viewed")) == 1
    assert any("chest" in hit.text.lower() for hit in view.hits)
    clock.advance(timedelta(minutes=2))
    peek(desk, item_id)
    assert len(audited(desk, "patient_viewed")) == 2


def test_an_export_is_audited(desk: OpenDesk) -> None:
    """`queue --json` and `--plain` leave an entry with the number of rows (domain section 7)."""
    leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    assert len(export(desk, "json").rows) == 1
    assert len(audited(desk, "queue_exported")) == 1


def test_an_unknown_item_is_refused_with_a_sentence(desk: OpenDesk) -> None:
    """A message that is gone has no pane."""
    with pytest.raises(DeskError) as refused:
        peek(desk, 4711)
    assert refused.value.code == "no_item"


def test_a_site_the_policy_dropped_still_shows(desk: OpenDesk) -> None:
    """Messages of a site that was renamed away stay in the queue, on the hours of the first site."""
    leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    with desk.store.write() as connection:
        connection.execute(update(t.site).values(name=t.site.c.name + " (old)"))
    assert len(snapshot(desk).rows) == 1


def test_the_mark_changes_with_every_write(desk: OpenDesk) -> None:
    """The screen polls one number to learn that something changed."""
    before = change_mark(desk)
    leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    after = change_mark(desk, before)
    assert after.changed != before.changed
    assert change_mark(desk, after) is after


def test_the_mark_tells_views_of_patients_from_changes(desk: OpenDesk, clock: FixedClock) -> None:
    """Many people reading and signs of life make no desk read its queue again; a view beside a change does."""
    item_id = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    first = change_mark(desk)
    peek(desk, item_id)
    looked = change_mark(desk, first)
    assert (looked.changed, looked.version != first.version) == (first.changed, True)
    leave(desk, CHEST, "Hana Sato", "(212) 555-0119")
    changed = change_mark(desk, looked)
    assert changed.changed != looked.changed
    seen(desk, clock.now())
    alive = change_mark(desk, changed)
    assert (alive.changed, alive.version != changed.version) == (changed.changed, True)
