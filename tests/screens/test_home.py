"""From home screen to home screen: F3, F4, F5 from each to each, one way back, and the curtain that goes along."""

import pytest

from callback_tui.clock import FixedClock
from callback_tui.commands import QUEUE
from callback_tui.screens.background import WorkDone
from callback_tui.screens.follow_ups import FollowUpsScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.scorecard import ScorecardScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.widgets.desk_lines import DeskLine
from tests.screens.drive import SMALL, AppOfSource, at_the_desk, opened
from tests.screens.made_up import MadeUpQueue

ABOVE_QUEUE: dict[str, type[FollowUpsScreen] | type[ScorecardScreen]] = {
    "f4": FollowUpsScreen,
    "f5": ScorecardScreen,
}


async def test_every_home_screen_leads_to_every_other(desk: OpenDesk, clock: FixedClock) -> None:
    """Never more than one stands above the queue, and the key of the screen that is shown changes nothing."""
    async with at_the_desk(desk, clock, SMALL) as session:
        depth = len(session.app.screen_stack)
        for key, kind in (*ABOVE_QUEUE.items(), *reversed(ABOVE_QUEUE.items())):
            await session.press(key)
            assert type(session.app.screen) is kind
            await session.press(key)
            assert type(session.app.screen) is kind
            assert len(session.app.screen_stack) == depth + 1
        await session.press("f3")
        session.top(QueueScreen)
        await session.press("f3")
        assert len(session.app.screen_stack) == depth


@pytest.mark.parametrize("back", ["escape", "q", "f3"])
@pytest.mark.parametrize("key", ABOVE_QUEUE)
async def test_one_way_back(desk: OpenDesk, clock: FixedClock, key: str, back: str) -> None:
    """Esc, q and F3 go back to the queue and leave nothing; a curtain drawn above the queue hides it as well."""
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press(key, "f9", back)
        session.top(QueueScreen)
        assert session.queue.curtained
        await session.press(key)
        assert session.top(ABOVE_QUEUE[key]).curtained
        await session.press("f9", back)
        assert not session.queue.curtained
        assert session.app.is_running


async def test_what_changes_below_a_home_screen_writes_nothing(desk: OpenDesk, clock: FixedClock) -> None:
    """Else the scorecard, and a call, would be written whole several times a second."""
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("f5")
        session.queue.query_one(DeskLine).refresh()
        session.queue.refresh()
        await session.settle()
        assert not session.queue.is_current
        assert session.app._background_screens == []
        await session.press("question_mark")
        assert session.top(HelpScreen).app._background_screens != []


async def test_an_answer_that_comes_while_the_desk_closes_opens_nothing(clock: FixedClock) -> None:
    """A window opened now would never be built; the desk would end with an error instead of with q."""
    async with opened(AppOfSource(MadeUpQueue(clock)), SMALL) as session:
        app, queue = session.app, session.queue
        app.exit()
        await queue._on_message(WorkDone(lambda: app.push_screen(HelpScreen(QUEUE))))
        await session.pilot.pause()
    assert app.return_code == 0


async def test_a_window_that_is_being_built_when_the_desk_closes_harms_nothing(clock: FixedClock) -> None:
    """As when m and q are there at once."""
    async with opened(AppOfSource(MadeUpQueue(clock)), SMALL) as session:
        session.app.push_screen(HelpScreen(QUEUE))
        session.app.exit()
        await session.pilot.pause()
    assert session.app.return_code == 0


async def test_without_a_desk_there_is_nowhere_to_go(clock: FixedClock) -> None:
    async with opened(AppOfSource(MadeUpQueue(clock)), SMALL) as session:
        await session.press("f4", "f5", "f3")
        session.top(QueueScreen)
