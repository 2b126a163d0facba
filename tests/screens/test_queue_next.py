"""The keys that tell a person what to do next: n, and whether we will make it; the desk's sign of life."""

from datetime import timedelta

import pytest

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Channel
from callback_tui.screens.call import CallScreen
from callback_tui.screens.confirm import ReasonScreen
from callback_tui.screens.day_lists import DayListsScreen
from callback_tui.screens.pace import PaceScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.widgets.status_line import StatusLine
from tests.screens.drive import SMALL, WIDE, at_the_desk
from tests.services.made_up import CHEST, PAIN, REFILL, column, give_card, leave, opt_out


async def test_n_starts_the_next_call_and_says_what_it_skipped(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]
) -> None:
    """Wherever the cursor is: first the emergency; a reason where one is needed; nothing behind the curtain."""
    async with at_the_desk(desk, clock) as session:
        session.select(four[3])
        await session.press("f9", "n")
        assert session.status() == "The curtain is drawn; F9 opens it."
        await session.press("f9")
        await session.press("n")
        assert session.top(CallScreen).sheet.item_id == four[0]
        await session.press("f12")
        await session.press("n")
        assert session.top(CallScreen).sheet.item_id == four[0], "parked, it is still the first"
        await session.press("f12")
        opt_out(desk, give_card(desk, four[0]))
        await session.press("n")
        assert session.top(ReasonScreen)
        assert session.table.selected_key == str(four[0])


async def test_the_forecast_stands_where_there_is_room_and_explains_itself(desk: OpenDesk, clock: FixedClock) -> None:
    """Line 2 from 112 columns on, else the border under the list; `i` says what it assumes."""
    for number in range(11, 15):
        leave(desk, PAIN, f"Made Up {number}", f"(212) 555-01{number}", minutes_ago=55)
    leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    async with at_the_desk(desk, clock, WIDE) as session:
        assert session.lines()[1].endswith("on pace: 3 urgent will miss ")
        assert "on pace" not in session.lines()[-3]
        await session.press("i")
        text = session.top(PaceScreen).text.plain
        assert text.startswith("At this pace 3 urgent will miss their time; with one more nurse until closing 2 still")
        assert "6 min a call, as the policy says: no call of theirs to go by" in text
        await session.press("escape")
    async with at_the_desk(desk, clock, SMALL) as session:
        assert "on pace" not in session.lines()[1]
        assert any("on pace: 3 urgent will miss" in line for line in session.lines()[3:])


async def test_a_forecast_too_long_for_its_place_is_one_number(desk: OpenDesk, clock: FixedClock) -> None:
    """It never drops out of line 2 where it should stand, nor loses its last word in the border."""
    for number in range(11, 15):
        leave(desk, PAIN, f"Made Up {number}", f"(212) 555-01{number}", minutes_ago=55)
    for number in range(15, 18):
        leave(desk, CHEST, f"Made Up {number}", f"(212) 555-01{number}", minutes_ago=0)
    async with at_the_desk(desk, clock, WIDE) as session:
        assert "on pace: 2 emergent, 4 urgent will miss" in session.lines()[1]
    async with at_the_desk(desk, clock, (112, 34)) as session:
        assert session.lines()[1].endswith("on pace: 6 will miss ")
    async with at_the_desk(desk, clock, SMALL) as session:
        assert any("on pace: 6 will miss" in line for line in session.lines()[3:])


async def test_the_desk_says_now_and_then_that_somebody_is_there(desk: OpenDesk, clock: FixedClock) -> None:
    """Only when it was touched since, and not more often than the policy asks."""
    item_id = leave(desk)

    def seen() -> object:
        from sqlalchemy import select

        from callback_tui.store import tables as t

        with desk.store.read() as connection:
            return connection.execute(
                select(t.desk_session.c.seen_at).where(t.desk_session.c.id == desk.actor.session_id)
            ).scalar_one()

    began = clock.now()
    async with at_the_desk(desk, clock) as session:
        session.queue.say_seen()
        await session.settle()
        assert (seen(), column(desk, "queue_item", item_id, "version")) == (began, 1)
        clock.advance(timedelta(seconds=300))
        session.queue.say_seen()
        await session.settle()
        assert seen() == began, "nobody touched it"
        await session.press("j")
        session.queue.say_seen()
        await session.settle()
        assert seen() == clock.now()
        session.queue.tick()
        await session.settle()
        before = session.queue.snapshot
        await session.poll()
        assert session.queue.snapshot is before, "no desk reads its queue again for that"


@pytest.mark.usefixtures("four")
async def test_the_lists_of_the_day_by_key_and_onto_paper(desk: OpenDesk, clock: FixedClock) -> None:
    """d, then 1 to 3; p names the file; the curtain hides the list, by key and by itself."""
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("f9", "d")
        assert session.status() == "The curtain is drawn; F9 opens it."
        await session.press("f9", "d")
        lists = session.top(DayListsScreen)
        assert "Cannot wait until tomorrow" in session.text()
        assert "│ [ ] Rosa Delgado, (212) 555-0113" in session.text()
        assert "│     10:46); not rung yet" in session.text()
        await session.press("2")
        assert "Morning huddle" in session.text()
        await session.press("3")
        assert "There is nothing to hand over." in session.text()
        assert "0 lines, as of" in session.text()
        await session.press("p")
        written = next((desk.store.folder / "exports").iterdir())
        assert str(lists.query_one(StatusLine).visual) == f"Written to {written}"
        assert written.name.startswith("handover-")
        await session.press("escape", "d", "f9")
        assert session.queue.curtained
        assert session.app.screen is session.queue
        await session.press("f9", "d")
        clock.advance(timedelta(minutes=6))
        session.queue.tick()
        await session.settle()
        assert session.app.screen is session.queue
        assert session.queue.curtained
        await session.press("f9", "enter")
        session.top(CallScreen)
        await session.press("f12")
        await session.press("d", "3")
        assert "1 line, as of" in session.text()


async def test_what_a_patient_prefers_to_a_call_is_shown(desk: OpenDesk, clock: FixedClock) -> None:
    """In the row, on the message's card and in the call; a preference for calls says nothing new."""
    texts = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    calls = leave(desk, REFILL, "Lea Brandt", "(212) 555-0111", minutes_ago=5)
    give_card(desk, texts, prefers_channel=Channel.TEXT)
    give_card(desk, calls, prefers_channel=Channel.PHONE)
    async with at_the_desk(desk, clock, WIDE) as session:
        assert session.column("with") == ["text", ""]
        session.queue.open_message()
        await session.settle()
        assert "prefers     text" in session.text()
        await session.press("n")
        session.top(CallScreen)
        assert "prefers     text" in session.text()
