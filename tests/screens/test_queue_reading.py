"""Reading from the queue on a real desk: search, why first, messages, help, and the curtain before all of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from textual.widgets import Input, Static

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Tier
from callback_tui.screens.confirm import SentenceScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.message import MessageScreen
from callback_tui.screens.why import WhyScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.store import tables as t
from callback_tui.views.triage import Hit, ReadAs
from callback_tui.widgets.message_pane import MessagePane, message_content
from callback_tui.widgets.plain import DOT
from callback_tui.widgets.titled_pane import TitledPane
from tests.screens.drive import SMALL, WIDE, Session, at_the_desk
from tests.screens.made_up import FOUR_NAMES, MadeUpQueue
from tests.services.made_up import leave


def views(desk: OpenDesk) -> int:
    """Return how often a patient was looked at."""
    with desk.store.read() as connection:
        entries = t.audit_entry.c
        return connection.execute(select(func.count()).where(entries.action == "patient_viewed")).scalar_one()


def border(session: Session) -> str:
    """Return the three texts around the list."""
    pane = session.queue.query_one("#list", TitledPane)
    return f"{pane.border_title} {pane.border_subtitle}"


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
        hidden = [word for name in FOUR_NAMES for word in name.split()] + ["555", "tight", "refill", "chest", "belly"]
        assert [word for word in hidden if word.casefold() in text.casefold()] == []
        assert DOT * 6 in text
        assert "4 waiting" in text
        clock.advance(timedelta(seconds=5))
        session.queue.tick()
        assert session.cell(str(four[0]), "due") == "3:55"
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
        assert len(session.table.order) == len(four)


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
        shown = str(session.queue.query_one(MessagePane).query_one(Static).visual)
        assert "(212) 555-0113" not in shown
        assert "Opening the message." in shown or "(212) 555-0112" in shown


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


@pytest.mark.usefixtures("four")
async def test_a_window_made_wider_opens_the_message(desk: OpenDesk, clock: FixedClock) -> None:
    """Once, however often its size changes afterwards."""
    async with at_the_desk(desk, clock, SMALL) as session:
        for size in (WIDE, (130, 34), (140, 40)):
            await session.pilot.resize_terminal(*size)
            await session.settle()
            assert "My chest has been tight" in session.text()
        assert views(desk) == 1


@pytest.mark.parametrize(
    ("read_as", "tier", "style"),
    [
        (ReadAs.PRESENT, Tier.EMERGENT, "bold underline $late"),
        (ReadAs.PRESENT, Tier.URGENT, "bold underline $soon"),
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


def test_the_pane_names_a_foreign_zone_and_a_rule_in_words(clock: FixedClock) -> None:
    """Times of another site with their zone; whether a date of birth is on file, never which; no rule by its id."""
    hit = Hit("chest.tight_band", "chest", Tier.EMERGENT, 3, 8, "chest", ReadAs.PRESENT)
    source = MadeUpQueue(clock, bodies=("My chest has been tight.",), hits=(hit,))
    view = replace(source.peek(1), date_of_birth_on_file=True)
    here = message_content(view, "America/New_York", clock.now(), body_limit=99, desk_zone="America/New_York").plain
    there = message_content(view, "America/Chicago", clock.now(), body_limit=99, desk_zone="America/New_York").plain
    assert "came in     10:42, waiting" in here
    assert "came in     09:42 CST, waiting" in there
    assert "DOB         on file" in here
    assert "911 tier: chest, tight band" in here
    assert "chest.tight_band" not in here


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_every_command_of_the_screen(desk: OpenDesk, clock: FixedClock, key: str) -> None:
    """What the table of commands holds, the help shows; a terminal high enough for all of it needs no scrolling."""
    async with at_the_desk(desk, clock, (120, 60)) as session:
        await session.press(key)
        session.top(HelpScreen)
        text = session.text()
        assert [command.help for command in session.queue.commands if command.help not in text] == []
        await session.press("escape")
        assert not isinstance(session.app.screen, SentenceScreen)


async def test_the_number_is_copied_only_when_asked(desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]) -> None:
    """The number alone, its look recorded; nothing behind the curtain, and a message without one says so."""
    nobody = leave(desk, name="Unknown", phone="")
    async with at_the_desk(desk, clock, SMALL) as session:
        session.select(four[1])
        await session.press("down", "up")
        assert session.app.clipboard == ""
        await session.press("f9", "y")
        assert session.app.clipboard == ""
        await session.press("f9", "y")
        assert session.app.clipboard == "+12125550112"
        assert session.status() == "Number copied."
        assert views(desk) == 1
        session.select(nobody)
        await session.press("y")
        assert session.status() == "This message has no number to copy."
