"""Outside text on the queue, in messages, questions and the search field: literal, harmless, and never a crash."""

from dataclasses import replace
from typing import Any

import pytest
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused
from callback_tui.screens.confirm import ConfirmScreen, ReasonScreen, SentenceScreen
from callback_tui.screens.message import MessageScreen
from callback_tui.screens.why import WhyScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.widgets.message_pane import MessagePane
from callback_tui.widgets.plain import fit, plain, plain_block, plain_line
from tests.screens.drive import SMALL, WIDE, AppOfSource, Session, at_the_desk, opened
from tests.screens.made_up import DANA, MadeUpQueue
from tests.screens.payloads import FORBIDDEN_ON_SCREEN, MARKER, PAYLOADS
from tests.services.made_up import leave

SIZES = [SMALL, (140, 40)]
TELLING = ("closing markup", "click markup", "clipboard", "one-byte CSI", "NUL", "bidi overrides", "surrogate", "wide")
each_payload = pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS.keys())


def assert_harmless(session: Session, where: str) -> None:
    """Every line holds nothing but printable text, and the app lives."""
    lines = session.lines()
    assert lines, where
    assert set("".join(lines)) & FORBIDDEN_ON_SCREEN == set(), where
    assert session.app.is_running, where


def hostile_queue(clock: FixedClock) -> MadeUpQueue:
    """Return a queue with a row per payload; every text of a row and of its message is that payload."""
    texts = tuple(PAYLOADS.values())
    return MadeUpQueue(clock, names=texts, bodies=texts, actor=replace(DANA, name=PAYLOADS["closing markup"]))


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_of_the_queue_shows_it_literally(clock: FixedClock, size: tuple[int, int]) -> None:
    """Rows, panes, messages, why first, refusals: all of them made of one payload after the other."""
    async with opened(AppOfSource(hostile_queue(clock)), size) as session:
        assert len(session.table.order) == len(PAYLOADS)
        assert session.column("who")[:3] == ["[/] PWNED", "[/nope] [ PWNED", fit(PAYLOADS["colour markup"], 17)]
        assert_harmless(session, "queue")
        for item_id, name in enumerate(PAYLOADS, start=1):
            session.select(item_id)
            session.queue.open_message()
            await session.settle()
            assert_harmless(session, name)
        for key in ("f9", "t", "question_mark"):
            await session.press(key)
            assert_harmless(session, key)


@pytest.mark.parametrize(("key", "kind"), [("m", MessageScreen), ("w", WhyScreen), ("enter", SentenceScreen)])
async def test_every_window_over_the_queue_shows_it_literally(
    clock: FixedClock, key: str, kind: type[Screen[Any]]
) -> None:
    """Message full width, why first and a refusal, for the most telling payloads."""
    async with opened(AppOfSource(hostile_queue(clock)), SMALL) as session:
        for name in TELLING:
            session.select(list(PAYLOADS).index(name) + 1)
            await session.press(key)
            session.top(kind)
            assert_harmless(session, name)
            assert MARKER in session.text() or name == "wide", name
            await session.press("escape")


async def test_stored_messages_show_it_literally(desk: OpenDesk, clock: FixedClock) -> None:
    """The same texts by way of the real store."""
    ids = [
        leave(desk, f"refill {payload}", payload, f"(212) 555-01{number:02}")
        for number, payload in enumerate(PAYLOADS.values())
    ]
    async with at_the_desk(desk, clock, WIDE) as session:
        assert sorted(map(int, session.table.order)) == sorted(ids)
        assert_harmless(session, "queue")
        for item_id in ids[::3]:
            session.select(item_id)
            await session.press("m")
            session.top(MessageScreen)
            assert_harmless(session, str(item_id))
            await session.press("escape")


async def test_the_search_field_takes_anything(clock: FixedClock) -> None:
    """A pasted needle is named in the border, literally, and filters without an error."""
    async with opened(AppOfSource(MadeUpQueue(clock)), SMALL) as session:
        await session.press("slash")
        for name, payload in PAYLOADS.items():
            typed = "".join(sign for sign in payload if sign.isprintable())[:80]
            session.queue.query_one("#search", Input).value = typed
            await session.settle()
            assert session.table.order == (), name
            assert_harmless(session, name)


async def test_questions_and_reasons_show_it_literally(clock: FixedClock) -> None:
    """Small screens built from sentences of the services, and the status line."""
    async with opened(AppOfSource(MadeUpQueue(clock)), SMALL) as session:
        for name in TELLING:
            payload = PAYLOADS[name]
            refusal = CallRefused("reason_needed", why=payload, what_now=payload)
            for screen in (ConfirmScreen(payload, "yes", "no"), ReasonScreen(refusal)):
                session.app.push_screen(screen)
                await session.pilot.pause()
                assert_harmless(session, name)
                session.app.pop_screen()
                await session.pilot.pause()
            session.queue.say(payload)
            await session.pilot.pause()
            assert_harmless(session, name)


@each_payload
def test_the_ways_to_the_screen_leave_nothing_but_plain_text(payload: str) -> None:
    """Cells, lines and blocks carry one style over the whole text and no character that steers a terminal."""
    cell = plain(payload)
    assert cell.spans == []
    assert set(cell.plain) & FORBIDDEN_ON_SCREEN == set()
    for content in (plain_line(payload, "bold"), plain_block(payload, "bold")):
        assert isinstance(content, Content)
        assert {span.style for span in content.spans} <= {"bold"}
        assert (set(content.plain) - {"\n"}) & FORBIDDEN_ON_SCREEN == set()
    assert Content(fit(payload, 12)).cell_length <= 12


async def test_a_huge_message_is_shown_in_part_and_says_so(clock: FixedClock) -> None:
    """200 kB in one line: the pane shows its start and how much is left."""
    source = MadeUpQueue(clock, bodies=(PAYLOADS["very long line"],) * 3)
    async with opened(AppOfSource(source), WIDE) as session:
        session.queue.open_message()
        await session.settle()
        pane = session.queue.query_one(MessagePane)
        pane.scroll_end(animate=False)
        await session.settle()
        assert "196,005 more characters are kept in the desk." in str(pane.query_one(Static).visual)
        assert_harmless(session, "huge")
