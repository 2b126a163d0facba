"""Views and filters on the screen: named, counted, remembered, and never in the way of an emergency."""

import pytest

from callback_tui.app import CallbackApp
from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.screens.pick_one import PickOne
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.queue_source import DeskSource, look
from callback_tui.services.assign import give
from callback_tui.services.desk import OpenDesk
from callback_tui.services.queue import snapshot
from callback_tui.views.queue import Chosen, View
from callback_tui.widgets.titled_pane import TitledPane
from tests.screens.drive import SMALL, WIDE, AppOfSource, Session, at_the_desk, opened
from tests.screens.made_up import MadeUpQueue


def border(session: Session) -> tuple[str, str]:
    """Return what the border of the list says at its top and at its bottom, the forecast left out."""
    at, lines = session.queue.query_one("#list", TitledPane).region, session.lines()
    top, bottom = (lines[y][at.x + 1 : at.right - 1].replace("─", " ").split() for y in (at.y, at.bottom - 1))
    return " ".join(top), " ".join(bottom).removesuffix(" · on pace")


def shown(session: Session) -> tuple[int, ...]:
    return tuple(int(key) for key in session.table.order)


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_the_view_and_what_it_leaves_out_are_always_named(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...], size: tuple[int, int]
) -> None:
    """The border counts what the list shows and the late ones it does not; the line above counts the whole desk."""
    chest, _, refill, hours = four
    give(desk, refill, staff_id=desk.actor.staff_id)
    async with at_the_desk(desk, clock, size) as session:
        assert border(session) == ("Queue · team 4 waiting", "by priority, then due · no filter")
        whole = session.lines()[1]
        assert "in all" in whole
        await session.press("v")
        session.top(PickOne)
        assert "3 mine 2 · rung by you" in " ".join(session.text().split())
        await session.press("3")
        assert shown(session) == (chest, refill)
        assert session.cell(str(refill), "with") == "mine"
        assert border(session) == ("Queue · mine 2 of 4", "1 late outside this view · no filter")
        assert session.lines()[1] == whole
        await session.press("v", "5")
        assert border(session)[0] == "Queue · not reached 1 of 4"
        await session.press("v", "4")
        assert shown(session) == (chest,)
        await session.press("v", "2", "o", "4", "2")
        assert shown(session) == (chest, refill)
        only = "only medication · esc shows all"
        assert border(session) == ("Queue · team 2 of 4", f"1 late outside this view · {only}")
        await session.press("o", "3", "3")
        assert "only for staff, medication" in border(session)[1]
        await session.press("/", "l", "e", "a", "enter")
        assert shown(session) == ()
        assert border(session)[1].startswith('1 late outside this view · search "lea" · only for staff, medication')
        await session.press("escape")
        assert shown(session) == (chest, refill)
        await session.press("escape")
        assert shown(session) == four
        assert border(session)[0] == "Queue · team 4 waiting"
        await session.press("o", "escape")
        session.top(QueueScreen)
        assert hours in shown(session)


async def test_what_was_chosen_is_there_at_the_next_sign_in(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]
) -> None:
    """Named on screen from the first paint on; the list is short at once and the border says why."""
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("v", "1", "o", "4", "2")
    assert snapshot(desk).chosen.view is View.ALL
    async with opened(CallbackApp(desk, None, clock, first=look(DeskSource(desk))), SMALL) as session:
        assert shown(session) == (four[0], four[2])
        assert border(session)[0] == "Queue · all 2 of 4"
        assert "only medication" in border(session)[1]
        await session.press("o", "0")
        assert shown(session) == four
    assert snapshot(desk).chosen == Chosen(View.ALL)


async def test_an_empty_view_says_what_waits_outside_it(clock: FixedClock) -> None:
    source = MadeUpQueue(clock)
    async with opened(AppOfSource(source), SMALL) as session:
        source.names = source.names[1:]
        rows = source.snapshot().rows
        assert rows[0].emergent
        await session.press("v", "3")
        assert len(session.table.order) == 1
        session.queue.chosen = Chosen(View.ALL, role=Role.STAFF)
        session.queue.paint()
        assert len(session.table.order) == 1
