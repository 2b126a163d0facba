"""The queue screen on a real desk: order, countdowns, selection, changes by others, widths."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from textual.widgets import Static

from callback_tui.clock import FixedClock
from callback_tui.errors import StoreError
from callback_tui.models.vocabulary import Outcome, WhoAnswered
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.sign_in import sign_in
from callback_tui.views.call import OutcomeEntry
from tests.conftest import PASSPHRASE
from tests.screens.drive import SMALL, WIDE, AppOfSource, at_the_desk, opened
from tests.screens.made_up import FOUR_NAMES, MadeUpQueue
from tests.services.made_up import CHEST, HOURS, PAIN, REFILL, leave


@pytest.mark.parametrize("size", [SMALL, WIDE, (100, 30), (140, 40)])
async def test_rows_read_as_sentences_in_calling_order(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...], size: tuple[int, int]
) -> None:
    """State word, time left and name are whole at every width, in calling order."""
    async with at_the_desk(desk, clock, size) as session:
        assert session.table.order == tuple(str(item_id) for item_id in four)
        assert session.column("state") == ["▌!! NOW ", " ▲ LATE", " · ok", " · ok"]
        assert session.column("due") == ["4:00", "-12m", "3h 50", "8h 50"]
        assert session.column("who") == list(FOUR_NAMES)
        text = session.text()
        for words in (
            *FOUR_NAMES,
            "!! 1 NOW",
            "▲ 1 late",
            "4 waiting",
            "0 asleep",
            "Maple Street",
            "newest message 10:41",
        ):
            assert words in text
        assert all(len(line) == size[0] for line in session.lines())


async def test_lines_tell_place_time_and_person(desk: OpenDesk, clock: FixedClock) -> None:
    """The site's wall time, not UTC; seconds and role only where there is room; a demo says so."""
    async with at_the_desk(desk, clock, WIDE, is_demo=True) as session:
        assert "Mon 23 Nov  10:42:07" in session.lines()[0]
        assert "Sam Nurse, nurse" in session.lines()[0]
        assert "demo: made-up people" in session.lines()[0]
    async with at_the_desk(desk, clock, SMALL) as session:
        assert "Mon 23 Nov  10:42 " in session.lines()[0]
        assert "demo" not in session.lines()[0]


async def test_a_tick_touches_only_cells_that_changed(desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]) -> None:
    """Ten seconds later the emergent row counts down; no more than its cells is painted."""
    clock.advance(timedelta(seconds=5))
    async with at_the_desk(desk, clock) as session:
        emergent, routine = str(four[0]), str(four[2])
        before = session.table.cell(routine, "due")
        clock.advance(timedelta(seconds=10))
        session.queue.tick()
        repainted = sum(region.area for region in session.table._repaint_regions)
        assert 0 < repainted <= sum(width + 2 for width in session.table.widths.values())
        assert session.cell(emergent, "due") == "3:45"
        assert session.table.cell(routine, "due") == before
        await session.settle()
        assert "10:42:22" in session.lines()[0]


async def test_under_another_screen_nothing_is_drawn(desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]) -> None:
    """The screen above would be written to the terminal whole, every second; the queue catches up when it is back."""
    emergent = str(four[0])
    async with at_the_desk(desk, clock) as session:
        assert session.cell(emergent, "due") == "4:00"
        await session.press("f4")
        clock.advance(timedelta(seconds=10))
        session.queue.tick()
        assert session.cell(emergent, "due") == "4:00"
        await session.press("f3")
        assert session.cell(emergent, "due") == "3:50"
        assert "10:42:17" in session.lines()[0]


async def test_a_row_turns_late_without_a_new_snapshot(desk: OpenDesk, clock: FixedClock) -> None:
    """Countdowns are computed from due and now: LATE comes by the tick alone."""
    item_id = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=59)
    async with at_the_desk(desk, clock) as session:
        assert session.column("state") == ["▌● SOON"]
        clock.advance(timedelta(seconds=61))
        session.queue.tick()
        assert session.cell(str(item_id), "state") == "▌▲ LATE"


async def test_selection_stays_on_its_message_when_the_order_changes(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]
) -> None:
    """A message that arrives above moves the row down, and the cursor with it."""
    async with at_the_desk(desk, clock) as session:
        session.select(four[2])
        assert session.table.cursor_row == 2
        leave(desk, CHEST, "Hana Sato", "(212) 555-0119", minutes_ago=0)
        session.queue.read_queue()
        await session.settle()
        assert len(session.table.order) == 5
        assert session.table.selected_key == str(four[2])
        assert session.table.cursor_row == 3
        assert session.column("state")[3].startswith("▌")
        assert sum(cell.startswith("▌") for cell in session.column("state")) == 1


async def test_a_change_by_another_desk_is_seen_at_the_next_poll(
    desk: OpenDesk, desk_folder: Path, clock: FixedClock
) -> None:
    """Another store, as another process has it, takes a message: the poll of half a second finds it."""
    other = sign_in(desk_folder, "staff", PASSPHRASE, clock)
    try:
        async with at_the_desk(desk, clock) as session:
            await session.poll()
            assert len(session.table.order) == 0
            new = leave(other, HOURS, "Priya Nair", "(212) 555-0118")
            await session.poll()
            assert str(new) in session.table.order
            sheet = start_call(other, new)
            await session.poll()
            assert session.cell(str(new), "with") == "Sam 0m"
            assert sheet.item_id == new
    finally:
        other.store.close()


async def test_nothing_is_read_again_while_nobody_wrote(desk: OpenDesk, clock: FixedClock) -> None:
    """The poll alone reads no queue."""
    leave(desk)
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.poll()
        shown = session.queue.snapshot
        await session.poll()
        assert session.queue.snapshot is shown


async def test_asleep_messages_are_shown_on_demand_and_wake(desk: OpenDesk, clock: FixedClock) -> None:
    """`a` shows what sleeps with its wake time; when that comes, the queue is read again by itself."""
    item_id = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    assert result.next_at is not None
    wakes = f"{result.next_at.astimezone(ZoneInfo('America/New_York')):%H:%M}"
    async with at_the_desk(desk, clock) as session:
        assert session.table.order == ()
        sentence = f"Nothing waiting as of 10:42. Next wakes {wakes}: Tom Reid, try 2."
        assert str(session.queue.query_one("#empty", Static).visual) == sentence
        assert f"1 asleep, next {wakes}" in session.text()
        await session.press("a")
        assert session.column("state") == ["▌asleep"]
        assert session.column("due") == [wakes]
        await session.press("a")
        assert session.table.order == ()
        clock.set_wall(result.next_at)
        session.queue.tick()
        await session.settle()
        assert session.column("try") == ["1"]
        assert "0 asleep" in session.text()


async def test_an_empty_desk_says_so(desk: OpenDesk, clock: FixedClock) -> None:
    """A sentence, and the way messages come in."""
    async with at_the_desk(desk, clock, SMALL) as session:
        assert "Nothing waiting as of 10:42." in session.text()
        assert "callback-tui import FILE" in session.text()
        await session.press("enter", "w", "m")
        assert session.app.screen is session.queue


async def test_a_failing_store_becomes_a_sentence(clock: FixedClock) -> None:
    """The list stays, the status line says what is wrong, and the app lives."""
    source = MadeUpQueue(clock)
    async with opened(AppOfSource(source)) as session:
        assert len(session.table.order) == 3
        source.broken = True
        await session.poll()
        assert session.status() == str(StoreError("disk"))
        assert len(session.table.order) == 3
        source.broken = False
        session.queue.read_queue()
        await session.settle()
        assert session.app.is_running


async def test_a_queue_that_was_never_read_shows_no_counts(clock: FixedClock) -> None:
    """A failing desk must not look like a calm day."""
    async with opened(AppOfSource(MadeUpQueue(clock, broken=True)), SMALL) as session:
        assert "Reading the queue." in session.text()
        assert "0 late" not in session.text()
        assert StoreError("disk").sentence in session.status()


async def test_a_bug_in_a_service_becomes_an_error_id(clock: FixedClock) -> None:
    """An unexpected failure names an id, never what it held."""
    source = MadeUpQueue(clock)
    async with opened(AppOfSource(source)) as session:

        def fail() -> int:
            raise ValueError("Rosa Delgado")

        session.queue.in_background("broken", fail, lambda _nothing: None)
        await session.settle()
        assert "That did not work (error " in session.status()
        assert "Rosa" not in session.status()
        assert session.app.is_running


async def test_keys_of_the_hand_move_the_cursor(clock: FixedClock) -> None:
    """j and k like the arrows; g, Home and G, End to either end."""
    source = MadeUpQueue(clock, names=("A", "B", "C", "D"), bodies=("",) * 4)
    async with opened(AppOfSource(source), SMALL) as session:
        for key, row in (("j", 1), ("down", 2), ("k", 1), ("G", 3), ("g", 0), ("end", 3), ("home", 0), ("up", 0)):
            await session.press(key)
            assert session.table.cursor_row == row, key
            assert session.column("state")[row].startswith("▌")


async def test_widths_follow_the_terminal(desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]) -> None:
    """Columns and panes change with the terminal, the selection does not."""
    async with at_the_desk(desk, clock, SMALL) as session:
        session.select(four[3])
        assert session.queue.query_one("#side").display is False
        await session.pilot.resize_terminal(*WIDE)
        await session.settle()
        assert session.queue.query_one("#side").display is True
        assert session.table.selected_key == str(four[3])
        await session.pilot.resize_terminal(100, 30)
        await session.settle()
        assert "with" not in session.table.widths
        assert session.table.selected_key == str(four[3])
        assert session.table.order == tuple(str(item_id) for item_id in four)


async def test_many_rows_come_and_go(clock: FixedClock) -> None:
    """A large change is shown whole, in order, with the selection kept."""
    source = MadeUpQueue(clock, names=tuple(f"Made-up Person {number}" for number in range(300)), bodies=("",) * 300)
    async with opened(AppOfSource(source)) as session:
        session.select(250)
        source.names = source.names[:260]
        session.queue.read_queue()
        await session.settle()
        assert session.table.order == tuple(str(number) for number in range(1, 261))
        assert session.table.selected_key == "250"
        assert session.table.cursor_row == 249
