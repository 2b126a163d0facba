"""The queue screen on a real desk: order, countdowns, selection, search, curtain, messages."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from textual.widgets import Input, Static

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Outcome, Tier, WhoAnswered
from callback_tui.screens.confirm import SentenceScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.message import MessageScreen
from callback_tui.screens.why import WhyScreen
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.services.sign_in import sign_in
from callback_tui.store import tables as t
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.triage import Hit, ReadAs
from callback_tui.widgets.message_pane import MessagePane, message_content
from callback_tui.widgets.plain import DOT
from callback_tui.widgets.titled_pane import TitledPane
from tests.conftest import PASSPHRASE
from tests.screens.drive import SMALL, WIDE, AppOfSource, Session, at_the_desk, opened
from tests.screens.made_up import MadeUpQueue
from tests.services.made_up import CHEST, HOURS, PAIN, REFILL, leave

NAMES = ("Rosa Delgado", "Ben Okafor", "Tom Reid", "Lea Brandt")


@pytest.fixture
def four(desk: OpenDesk) -> tuple[int, int, int, int]:
    """Leave an emergent, an urgent, a routine and an informational message; return their ids in calling order."""
    return (
        leave(desk, CHEST, NAMES[0], "(212) 555-0113", minutes_ago=1),
        leave(desk, PAIN, NAMES[1], "(212) 555-0112", minutes_ago=72),
        leave(desk, REFILL, NAMES[2], "(212) 555-0110"),
        leave(desk, HOURS, NAMES[3], "(212) 555-0111"),
    )


def views(desk: OpenDesk) -> int:
    """Return how often a patient was looked at."""
    with desk.store.read() as connection:
        entries = t.audit_entry.c
        return connection.execute(select(func.count()).where(entries.action == "patient_viewed")).scalar_one()


def border(session: Session) -> str:
    """Return the three texts around the list."""
    pane = session.queue.query_one("#list", TitledPane)
    return f"{pane.border_title} {pane.border_subtitle}"


@pytest.mark.parametrize("size", [SMALL, WIDE, (100, 30), (140, 40)])
async def test_rows_read_as_sentences_in_calling_order(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...], size: tuple[int, int]
) -> None:
    """State word, time left and name are whole at every width, in calling order."""
    async with at_the_desk(desk, clock, size) as session:
        assert session.table.order == tuple(str(item_id) for item_id in four)
        assert session.column("state") == ["▌!! NOW ", " ▲ LATE", " · ok", " · ok"]
        assert session.column("due") == ["4:00", "-12m", "3h 50", "3h 50"]
        assert session.column("who") == list(NAMES)
        text = session.text()
        for words in (*NAMES, "!! 1 NOW", "▲ 1 late", "4 waiting", "0 asleep", "Maple Street", "newest message 10:41"):
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
    """Ten seconds later the emergent row counts down; the cell of a row that shows minutes is the same object."""
    clock.advance(timedelta(seconds=5))
    async with at_the_desk(desk, clock) as session:
        emergent, routine = str(four[0]), str(four[2])
        before = session.table.get_cell(routine, "due")
        clock.advance(timedelta(seconds=10))
        session.queue.tick()
        repainted = sum(region.area for region in session.table._repaint_regions)
        assert 0 < repainted <= sum(width + 2 for width in session.table.widths.values())
        assert session.table.get_cell(emergent, "due").plain == "3:45"
        assert session.table.get_cell(routine, "due") is before
        await session.settle()
        assert "10:42:22" in session.lines()[0]


async def test_a_row_turns_late_without_a_new_snapshot(desk: OpenDesk, clock: FixedClock) -> None:
    """Countdowns are computed from due and now: LATE comes by the tick alone."""
    item_id = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=59)
    async with at_the_desk(desk, clock) as session:
        assert session.column("state") == ["▌● SOON"]
        clock.advance(timedelta(seconds=61))
        session.queue.tick()
        assert session.table.get_cell(str(item_id), "state").plain == "▌▲ LATE"


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
        assert session.table.row_count == 5
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
            assert session.table.row_count == 0
            new = leave(other, HOURS, "Priya Nair", "(212) 555-0118")
            await session.poll()
            assert str(new) in session.table.order
            sheet = start_call(other, new)
            await session.poll()
            assert session.table.get_cell(str(new), "with").plain == "Sam 0m"
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


@pytest.mark.parametrize("size", [SMALL, WIDE])
@pytest.mark.parametrize(
    ("typed", "found"), [("0112", [1]), ("delg", [0]), ("555-0110", [2]), ("TOM", [2]), ("reid tom", [2]), ("zz", [])]
)
async def test_search_filters_as_it_is_typed(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...], size: tuple[int, int], typed: str, found: list[int]
) -> None:
    """Digits find numbers, letters find names; the border names the filter until Esc."""
    async with at_the_desk(desk, clock, size) as session:
        await session.press("slash", *("space" if sign == " " else sign for sign in typed))
        assert session.table.order == tuple(str(four[at]) for at in found)
        assert f'search "{typed}"' in border(session)
        assert f"{len(found)} of 4" in border(session)
        if not found:
            assert f'No waiting message matches "{typed}"' in session.text()
        await session.press("enter")
        assert f'search "{typed}"' in border(session)
        await session.press("escape")
        assert len(session.table.order) == 4
        assert "no filter" in border(session)
        assert session.queue.query_one("#search", Input).display is False


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_why_first_in_plain_words(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...], size: tuple[int, int]
) -> None:
    """One key says why; Esc goes back to the same row."""
    async with at_the_desk(desk, clock, size) as session:
        await session.press("w")
        session.top(WhyScreen)
        assert "emergency words in the message: call now" in session.text()
        await session.press("escape")
        assert session.app.screen is session.queue
        assert session.table.selected_key == str(four[0])


@pytest.mark.parametrize("size", [SMALL, WIDE, (140, 40)])
async def test_the_curtain_hides_people_and_lets_clocks_run(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...], size: tuple[int, int]
) -> None:
    """No name, number, reason or message is on the screen; the countdown goes on; keys that show them refuse."""
    async with at_the_desk(desk, clock, size) as session:
        session.queue.open_message()
        await session.settle()
        await session.press("f9")
        text = session.text()
        hidden = [word for name in NAMES for word in name.split()] + ["555", "tight", "refill", "chest", "belly"]
        assert [word for word in hidden if word.casefold() in text.casefold()] == []
        assert DOT * 6 in text
        assert "4 waiting" in text
        clock.advance(timedelta(seconds=5))
        session.queue.tick()
        assert session.table.get_cell(str(four[0]), "due").plain == "3:55"
        for key in ("w", "m", "enter"):
            await session.press(key)
            assert session.app.screen is session.queue
            assert "curtain" in session.status()
        await session.press("f9")
        assert "Rosa Delgado" in session.text()


async def test_the_curtain_draws_by_itself(desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]) -> None:
    """After the policy's idle time names are hidden without a key."""
    async with at_the_desk(desk, clock) as session:
        assert session.queue.snapshot is not None
        idle = session.queue.snapshot.policy.desk.curtain_after_seconds
        clock.advance(timedelta(seconds=idle - 1))
        session.queue.tick()
        assert not session.queue.curtained
        clock.advance(timedelta(seconds=1))
        session.queue.tick()
        assert session.queue.curtained
        assert len(four) == session.table.row_count


@pytest.mark.parametrize("key", ["m", "w"])
async def test_the_curtain_falls_before_an_open_message_too(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...], key: str
) -> None:
    """A message left open on an idle desk does not stay readable; F9 hides it at once."""
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press(key)
        assert "Rosa Delgado" in session.text()
        assert session.queue.snapshot is not None
        clock.advance(timedelta(seconds=session.queue.snapshot.policy.desk.curtain_after_seconds))
        session.queue.tick()
        await session.settle()
        assert session.app.screen is session.queue
        assert "Rosa" not in session.text()
        await session.press("f9", "m", "f9")
        assert session.app.screen is session.queue
        assert "Rosa" not in session.text()
        assert session.table.selected_key == str(four[0])


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
        assert session.column("state") == ["▌· rest"]
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


async def test_the_message_opens_when_the_cursor_rests_and_the_view_is_kept(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]
) -> None:
    """Beside the queue: number, words that fired, the message; looked at once, recorded once."""
    async with at_the_desk(desk, clock) as session:
        session.queue.open_message()
        await session.settle()
        text = session.text()
        assert "(212) 555-0113" in text
        assert "Voicemail" in text
        assert views(desk) == 1
        session.queue.open_message()
        await session.settle()
        assert views(desk) == 1
        session.select(four[1])
        await session.pilot.pause()
        assert "Opening the message." in str(session.queue.query_one(MessagePane).query_one(Static).visual)


async def test_a_narrow_desk_looks_at_nobody_until_asked(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]
) -> None:
    """Without a pane nothing is opened; `m` shows the message full width and records the view."""
    async with at_the_desk(desk, clock, SMALL) as session:
        session.select(four[2])
        session.queue.open_message()
        await session.settle()
        assert views(desk) == 0
        await session.press("m")
        session.top(MessageScreen)
        assert "refill of my blood pressure pills" in session.text()
        assert views(desk) == 1
        await session.press("escape")
        assert session.app.screen is session.queue


@pytest.mark.parametrize(
    ("read_as", "tier", "style"),
    [
        (ReadAs.PRESENT, Tier.EMERGENT, "bold underline $late"),
        (ReadAs.PRESENT, Tier.ROUTINE, "bold underline"),
        (ReadAs.NEGATED, Tier.EMERGENT, "$dim"),
        (ReadAs.PAST, Tier.EMERGENT, "$dim"),
    ],
)
def test_words_that_fired_are_marked_where_they_stand(
    clock: FixedClock, read_as: ReadAs, tier: Tier, style: str
) -> None:
    """Evidence is underlined in the message itself; what was read as negated or past is dim."""
    hit = Hit("R12", "chest", tier, 3, 8, "chest", read_as)
    source = MadeUpQueue(clock, bodies=("My chest has been tight.",), hits=(hit,))
    content = message_content(source.peek(1), "America/New_York", clock.now(), body_limit=1000)
    quoted = content.plain.index('"My chest')
    marked = [span.style for span in content.spans if (span.start, span.end) == (quoted + 4, quoted + 9)]
    assert marked == [style]


async def test_a_failing_store_becomes_a_sentence(clock: FixedClock) -> None:
    """The list stays, the status line says what is wrong, and the app lives."""
    source = MadeUpQueue(clock)
    async with opened(AppOfSource(source)) as session:
        assert session.table.row_count == 3
        source.broken = True
        await session.poll()
        assert session.status() == "The disk of the desk is full. Ask your admin to make room."
        assert session.table.row_count == 3
        source.broken = False
        session.queue.read_queue()
        await session.settle()
        assert session.app.is_running


async def test_a_queue_that_was_never_read_shows_no_counts(clock: FixedClock) -> None:
    """A failing desk must not look like a calm day."""
    async with opened(AppOfSource(MadeUpQueue(clock, broken=True)), SMALL) as session:
        assert "Reading the queue." in session.text()
        assert "0 late" not in session.text()
        assert "The disk of the desk is full." in session.status()


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


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_every_command_of_the_screen(desk: OpenDesk, clock: FixedClock, key: str) -> None:
    """What the table of commands holds, the help shows."""
    async with at_the_desk(desk, clock, WIDE) as session:
        await session.press(key)
        session.top(HelpScreen)
        text = session.text()
        assert [command.help for command in session.queue.commands if command.help not in text] == []
        await session.press("escape")
        assert not isinstance(session.app.screen, SentenceScreen)


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
