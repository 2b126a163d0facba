"""A message taken at the counter or the phone, by keyboard alone: suggested priority, errors, save, nothing lost."""

from collections.abc import Callable
from datetime import timedelta

from textual.widgets import Input, TextArea

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import ItemState, ReviewFlag, Role, Tier
from callback_tui.screens.new_message import NewMessageScreen
from callback_tui.screens.pick_one import PickOne
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue import snapshot
from tests.screens.drive import SMALL, Session, at_the_desk
from tests.services.made_up import CHEST, REFILL, audited, leave

Switch = Callable[[OpenDesk, Role], OpenDesk]


def fill(session: Session, **values: str) -> NewMessageScreen:
    """Write into the named fields of the form on top."""
    form = session.top(NewMessageScreen)
    for name, value in values.items():
        if name == "body":
            form.query_one("#field-body", TextArea).text = value
        else:
            form.query_one(f"#field-{name}", Input).value = value
    return form


async def test_a_message_is_taken_down_and_stands_selected_in_the_queue(desk: OpenDesk, clock: FixedClock) -> None:
    """Typed key by key; what is wrong stands beside its field; saved once, with one audit entry."""
    leave(desk, CHEST)
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("plus", "f4")
        text = session.text()
        assert 'Write who it is, or "unknown".' in text
        assert 'Write it whole, or "none".' in text
        assert "Write what they said." in text
        await session.press(*"Ana", "enter", *"Leo", "enter")
        fill(session, phone="2125550188", born="13/13/71")
        await session.press(*["tab"] * 4, *"pills", "f4")
        assert "No such day, or no whole year." in session.text()
        fill(session, born="5/3/71")
        await session.press("f4")
        assert session.app.screen is session.queue
        row = next(row for row in snapshot(desk).rows if row.who == "Leo")
        assert session.table.selected_key == str(row.item_id)
        assert "Taken down: routine, due " in session.status()
        assert (row.phone_e164, row.age_years, row.state) == ("+12125550188", 55, ItemState.OPEN)
    assert [entry.entity_id for entry in audited(desk, "message_taken")][:-1] == [str(row.item_id)]


async def test_the_words_suggest_a_priority_and_a_person_decides(desk: OpenDesk, clock: FixedClock) -> None:
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("plus")
        fill(session, caller="Ana", phone="2125550188", body=REFILL)
        await session.pilot.pause(0.2)
        await session.press("f6", "2", "f4")
        raised = snapshot(desk).rows[0]
        assert raised.clock.tier is Tier.URGENT
        await session.press("plus")
        fill(session, caller="Bo", phone="none", body=CHEST)
        await session.pilot.pause(0.2)
        await session.press("f1", "escape")
        text = session.text()
        assert "The words say: an emergency, for chest" in text
        assert "1-800-222-1222" in text
        await session.press("f6", "3", "f4")
        assert "Write why it can wait." in session.text()
        assert session.app.focused is session.top(NewMessageScreen).query_one("#field-reason")
        fill(session, reason="old muscle strain")
        await session.press("f4")
        lowered = next(row for row in snapshot(desk).rows if row.who == "Bo")
        assert (lowered.clock.tier, lowered.summary) == (Tier.ROUTINE, "chest tight")
        await session.press("plus")
        fill(session, caller="Cy", phone="none", body=REFILL)
        await session.press("f7", "f4")
        assert snapshot(desk).rows[0].who == "Cy"
        assert snapshot(desk).rows[0].emergent
    entries = audited(desk, "message_taken")
    assert [(entry.facts.get("before"), entry.facts.get("after"), entry.reason) for entry in entries] == [
        ("routine", "emergent", ""),
        ("emergent", "routine", "old muscle strain"),
        ("routine", "urgent", ""),
    ]


async def test_who_may_not_lower_a_priority_is_told_and_loses_nothing(
    desk: OpenDesk, clock: FixedClock, as_role: Switch
) -> None:
    async with at_the_desk(as_role(desk, Role.STAFF), clock, SMALL) as session:
        await session.press("plus")
        fill(session, caller="Bo", phone="none", body=CHEST)
        await session.press("f6", "3")
        fill(session, reason="a strain")
        await session.press("f4")
        assert "cannot lower a priority" in session.text()
        assert session.top(NewMessageScreen).query_one("#field-body", TextArea).text == CHEST
        assert not snapshot(desk).rows


async def test_nothing_written_is_lost(desk: OpenDesk, clock: FixedClock) -> None:
    """Escape asks, the idle curtain keeps; only who says so throws it away."""
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("plus", "escape")
        assert session.app.screen is session.queue
        await session.press("plus")
        begun = clock.now()
        fill(session, caller="Ana", phone="2125550188", body=REFILL)
        await session.press("escape")
        assert session.top(PickOne)
        await session.press("1")
        assert session.top(NewMessageScreen)
        await session.press("escape", "2")
        assert "not saved yet" in session.status()
        await session.press("plus")
        assert session.queue.snapshot is not None
        clock.advance(timedelta(seconds=session.queue.snapshot.policy.desk.curtain_after_seconds))
        session.queue.tick()
        await session.settle()
        assert session.queue.curtained
        assert session.app.screen is session.queue
        await session.press("plus")
        assert session.app.screen is session.queue
        await session.press("f9", "plus", "f4")
        (row,) = snapshot(desk).rows
        assert (row.who, row.received_at) == ("Ana", begun)
        await session.press("plus")
        fill(session, caller="Bo")
        await session.press("escape", "3", "plus")
        assert session.top(NewMessageScreen).unfinished().is_empty


async def test_somebody_in_no_list_who_calls_back_is_taken_down(desk: OpenDesk, clock: FixedClock) -> None:
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("f2", *"2125550188", "f4")
        assert "2 1 2, 5 5 5, 0 1 8 8" in session.text()
        await session.press("escape", "3", "f4", "f2", *"Zoe", "f4")
        assert session.top(NewMessageScreen).unfinished().values["caller"] == "Zoe"
        fill(session, phone="none", body="this is Zoe, ring me at 212-555-0177")
        await session.press("f4")
        (row,) = snapshot(desk).rows
        assert (row.phone_e164, row.flags) == ("+12125550177", (ReviewFlag.NUMBER_HEARD,))
