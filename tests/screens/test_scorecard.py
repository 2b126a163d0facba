"""The scorecard by its keys: figures, formula, periods, the calls behind a figure, export, curtain."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Outcome, Role, WhoAnswered
from callback_tui.screens.confirm import SentenceScreen
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.scorecard import ScorecardScreen
from callback_tui.screens.scorecard_calls import BehindScreen, TimelineScreen
from callback_tui.services import audit
from callback_tui.services.calls import answer, start_call
from callback_tui.services.demo_store import StoreLater
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.scorecard import MetricKey, MetricLine
from callback_tui.widgets.score_cells import heading, layout_for, score_line
from callback_tui.widgets.status_line import StatusLine
from tests.rules.made_up_scorecard import made_up_scorecard
from tests.screens.drive import SMALL, Session, at_the_desk
from tests.screens.payloads import FORBIDDEN_ON_SCREEN, MARKER, PAYLOADS
from tests.services.made_up import REFILL, leave

if TYPE_CHECKING:
    from callback_tui.store.engine import Store

AsRole = Callable[[OpenDesk, Role], OpenDesk]
TELLING = ("closing markup", "click markup", "clipboard", "bidi overrides", "wide")


@asynccontextmanager
async def open_scorecard(desk: OpenDesk, clock: FixedClock, size: tuple[int, int] = SMALL) -> AsyncIterator[Session]:
    """Run the app with the scorecard above the queue."""
    async with at_the_desk(desk, clock, size) as session:
        session.app.push_screen(ScorecardScreen(desk))
        await session.settle()
        await session.settle()
        yield session


def ring(desk: OpenDesk, name: str = "Tom Reid", phone: str = "(212) 555-0110", minutes_ago: int = 150) -> int:
    """Call about a message of so many minutes ago; nobody answers."""
    item_id = leave(desk, REFILL, name, phone, minutes_ago=minutes_ago)
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    return item_id


def status(session: Session) -> str:
    """Return the sentence in the status line."""
    return str(session.top(ScorecardScreen).query_one(StatusLine).visual)


def in_office(screen: ScorecardScreen) -> MetricLine:
    """Return the figure of the calls about messages of office hours."""
    assert screen.card is not None
    return screen.card.line(MetricKey.CALL_BACK_IN_OFFICE)


async def test_a_figure_its_formula_its_calls_and_one_message(
    desk: OpenDesk, clock: FixedClock, as_role: AsRole
) -> None:
    ring(desk, minutes_ago=162)
    async with open_scorecard(as_role(desk, Role.SUPERVISOR), clock) as session:
        shown = session.text()
        assert "▲ 1 of 1 target missed: call-back time, in office" in shown
        assert "▌call-back, office  ≤ 2 h    2 h 42" in shown
        assert "no calls" in shown
        assert "Over 2 h: 1 of 1" in shown
        assert "│ Mon     1  " in shown
        await session.press("f")
        assert "Left out: 0 not called and not due yet" in session.text()
        session.top(SentenceScreen)
        await session.press("escape", "d")
        assert "Sam Nurse                 1        ·        ·        ·        0" in session.text()
        await session.press("escape", "enter")
        session.top(BehindScreen)
        assert "▌23 Nov 08:00       2 h 42  Tom Reid" in session.text()
        assert "Sam Nurse" in session.text()
        assert "their mean is 2 h 42" in session.text()
        await session.press("enter")
        session.top(TimelineScreen)
        assert "  no answer" in session.text()
        assert "0 s long, called by Sam Nurse" in session.text()
        await session.press("escape", "escape", "p")
        assert "today · all sites" in session.text()
        await session.press("s", "s")
        assert "today · Riverside" in session.text()
        assert "no target can be judged yet" in session.text()
        assert "There are no calls yet." in session.text()
        await session.press("enter")
        assert status(session) == "There are no calls behind it yet."
        await session.press("escape")
        session.top(QueueScreen)


async def test_calls_by_person_are_refused_to_others_with_who_can(desk: OpenDesk, clock: FixedClock) -> None:
    ring(desk)
    async with open_scorecard(desk, clock) as session:
        await session.press("d")
        session.top(ScorecardScreen)
        assert "supervisor" in status(session)


async def test_the_curtain_closes_what_names_patients(desk: OpenDesk, clock: FixedClock) -> None:
    ring(desk)
    async with open_scorecard(desk, clock) as session:
        await session.press("enter", "enter", "f9")
        assert session.top(ScorecardScreen).curtained
        await session.press("enter")
        assert "The curtain is drawn" in status(session)
        await session.press("f9", "enter")
        assert "Tom Reid" in session.text()
        clock.advance(timedelta(minutes=6))
        scorecard = next(screen for screen in session.app.screen_stack if isinstance(screen, ScorecardScreen))
        scorecard.tick()
        await session.settle()
        assert session.top(ScorecardScreen).curtained
        await session.press("escape")
        assert session.queue.curtained


async def test_export_writes_a_file_and_says_where(desk: OpenDesk, clock: FixedClock) -> None:
    async with open_scorecard(desk, clock, (200, 30)) as session:
        await session.press("x")
        written = list((desk.store.folder / "exports").iterdir())
        assert [path.suffix for path in written] == [".csv"]
        assert written[0].name in status(session)


async def test_names_from_outside_are_plain_text(desk: OpenDesk, clock: FixedClock) -> None:
    for number, name in enumerate(TELLING):
        ring(desk, PAYLOADS[name], f"(212) 555-01{number + 10}")
    async with open_scorecard(desk, clock) as session:
        await session.press("enter")
        assert session.text().count(MARKER[:4]) >= len(TELLING) - 1
        for _ in TELLING:
            await session.press("enter")
            session.top(TimelineScreen)
            assert set("".join(session.lines())) & FORBIDDEN_ON_SCREEN == set()
            await session.press("escape", "down")
        assert session.app.is_running


@pytest.mark.parametrize("cells", [57, 77, 98, 115, 138])
def test_every_line_fits_and_stands_under_its_heading(cells: int) -> None:
    layout = layout_for(cells)
    over = heading(layout)
    lines = made_up_scorecard().lines
    for line in (*lines, *(replace(line, n=1_234_567) for line in lines)):
        drawn = score_line(line, (1.0, None, *range(10)), layout)
        assert drawn.cell_length + 1 <= cells
        at = over.plain.index("met")
        assert drawn.plain[at - 1 :].startswith(("✓ yes", "▲ no"))


async def test_figures_follow_what_others_write_and_a_demo_says_how_far_its_past_is(
    desk: OpenDesk, clock: FixedClock, as_role: AsRole
) -> None:
    ring(desk)
    store = StoreLater(lambda: desk.store)
    store.days_written = 40, 90
    demo = replace(desk, store=cast("Store", store))
    async with at_the_desk(demo, clock, SMALL) as session:
        session.app.push_screen(ScorecardScreen(demo, is_demo=True))
        await session.settle()
        await session.settle()
        screen = session.top(ScorecardScreen)
        assert "The demo's 90 days are still being written: 40 of 90" in session.text()
        ring(desk, "Ana Lopez", "(212) 555-0111", minutes_ago=90)
        screen.look()
        await session.settle()
        assert in_office(screen).n == 2
        ring(desk, "Eve Park", "(212) 555-0112", minutes_ago=60)
        store.days_written = None
        screen.tick()
        await session.settle()
        assert in_office(screen).n == 3
        assert "still being written" not in session.text()
        assert "enter lists the calls behind a figure" in session.text()
    assert len(audit.list_entries(as_role(desk, Role.SUPERVISOR), action="scorecard_viewed")) == 1
