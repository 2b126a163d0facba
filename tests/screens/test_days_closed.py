"""Days closed by its keys: holidays ticked one by one, hours of a day, several sites, the effect before saving."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.rules.closed_days import spans_said
from callback_tui.screens.confirm import ConfirmScreen
from callback_tui.screens.days_closed import DaysClosedScreen
from callback_tui.screens.few_fields import FewFields
from callback_tui.screens.queue import QueueScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.services.policy import current_policy, policy_text
from callback_tui.services.queue import snapshot
from callback_tui.views.policy import Span
from callback_tui.widgets.status_line import StatusLine
from tests.screens.drive import SMALL, Session, at_the_desk
from tests.services.made_up import audited, leave

AsRole = Callable[[OpenDesk, Role], OpenDesk]
THANKSGIVING, TUESDAY = date(2026, 11, 26), date(2026, 11, 24)


@asynccontextmanager
async def days_closed(desk: OpenDesk, clock: FixedClock) -> AsyncIterator[Session]:
    """Run the app and open the days with their key."""
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("comma")
        await session.settle()
        session.top(DaysClosedScreen)
        yield session


def status(session: Session) -> str:
    """Return the sentence in the status line."""
    return str(session.top(DaysClosedScreen).query_one(StatusLine).visual)


def said(desk: OpenDesk, day: date, site: str = "Main") -> tuple[Span, ...] | None:
    """Return what the policy in force says of a day."""
    return spans_said(current_policy(desk).site(site), day)


async def test_a_holiday_is_closed_by_its_own_tick_after_its_effect_was_shown(
    desk: OpenDesk, clock: FixedClock, as_role: AsRole
) -> None:
    clock.advance(timedelta(days=2, hours=5))
    refill = leave(desk)
    before = snapshot(desk).rows[0].clock.due_at
    text = policy_text(desk)
    async with days_closed(as_role(desk, Role.ADMIN), clock) as session:
        first = next(line for line in session.lines() if "Thanksgiving Day" in line)
        assert "[ ] Thu 26 Nov 2026  Thanksgiving Day" in first
        assert "open as usual" in first
        assert "✓" not in session.text()
        await session.press("s")
        assert status(session) == "Nothing was changed."
        await session.press("space")
        assert "▌[✓] Thu 26 Nov 2026  Thanksgiving Day" in session.text()
        assert "1 not saved" in session.text()
        moved = "1 of 1 waiting message gets another due time (1 later); none becomes late by it."
        assert status(session) == moved
        assert policy_text(desk) == text
        await session.press("s")
        assert "Main: closed on Thu 26 Nov 2026 (Thanksgiving Day)" in session.text()
        assert moved[:50] in session.text()
        await session.press("enter")
        assert policy_text(desk) == text
        await session.press("s")
        await session.press("y")
        assert status(session) == "Policy version 3 is in force."
        assert "not saved" not in session.text()
    assert said(desk, THANKSGIVING) == ()
    assert said(desk, date(2026, 12, 25)) is None
    (row,) = snapshot(desk).rows
    assert (row.item_id, row.clock.due_at) == (refill, before + timedelta(days=1))
    assert policy_text(desk) == text.replace("holidays = []", 'holidays = ["2026-11-26"]')
    assert audited(desk, "policy_applied")[0].facts["items_carried_over"] == 1


async def test_a_day_gets_hours_by_the_keyboard_and_each_site_has_its_own(
    desk: OpenDesk, clock: FixedClock, as_role: AsRole
) -> None:
    async with days_closed(as_role(desk, Role.ADMIN), clock) as session:
        await session.press("a", *"24 dec", "enter", *"8-noon", "enter")
        session.top(FewFields)
        assert "Those hours cannot be read." in session.text()
        await session.press(*["backspace"] * 6, *"13:00-15:00, 08:00-12:00")
        assert "Thu 24 Dec 2026: 08:00-12:00, 13:00-15:00" in session.text()
        await session.press("enter")
        assert "▌[ ] Thu 24 Dec 2026                           08:00-12:00, 13:00-… not saved" in session.text()
        await session.press("tab")
        assert "Riverside · America/Chicago, now 09:42 CST · holidays of US" in session.text()
        assert "no hours on Thursday" in next(line for line in session.lines() if "Thanksgiving" in line)
        await session.press("r", "-", "i", "l", "enter")
        assert "holidays of US-IL" in session.text()
        await session.press("a", *"tomorrow", "enter", "enter", "s")
        for words in (
            "3 changes of the policy",
            "Main: 08:00-12:00, 13:00-15:00 on Thu 24 Dec 2026",
            "Riverside: closed on Tue 24 Nov 2026",
            "Riverside: holidays of US-IL are offered",
        ):
            assert words in session.text()
        await session.press("y")
    assert (said(desk, date(2026, 12, 24)), said(desk, TUESDAY, "Riverside")) == ((Span(480, 720), Span(780, 900)), ())
    assert (said(desk, TUESDAY), said(desk, date(2026, 12, 24), "Riverside")) == (None, None)
    assert current_policy(desk).site("Riverside").holidays_of == "US-IL"


async def test_what_was_not_saved_is_kept_and_a_refused_change_is_taken_back(
    desk: OpenDesk, clock: FixedClock, as_role: AsRole
) -> None:
    text = policy_text(desk)
    async with days_closed(as_role(desk, Role.ADMIN), clock) as session:
        await session.press("a", *"2026-12-24", "enter", *"08:00-12:00 11:00-13:00", "enter")
        assert "let it begin after the span before it has ended" in status(session)
        assert "not saved" not in session.text()
        await session.press("space", "r", *["backspace"] * 2, *"zq", "enter")
        assert "The holidays of ZQ are not known." in session.text()
        await session.press("escape")
        session.top(QueueScreen)
        assert session.status() == "Days were changed and not saved; , shows them."
        await session.press("comma")
        await session.settle()
        assert "2 not saved" in session.text()
        await session.press("r", *["backspace"] * 2, *"us", "enter", "space")
        assert status(session) == "Everything is as it was."
        await session.press("f9")
        assert status(session) == "The curtain of the queue is drawn."
        await session.press("escape")
        assert session.queue.curtained
    assert policy_text(desk) == text


async def test_others_see_the_days_and_are_told_who_changes_them(desk: OpenDesk, clock: FixedClock) -> None:
    text = policy_text(desk)
    async with days_closed(desk, clock) as session:
        assert "Thanksgiving Day" in session.text()
        await session.press("space")
        assert status(session) == "A nurse cannot change the days a site is closed here. Ask somebody who is admin."
        assert "[✓]" not in session.text()
        await session.press("s")
        assert not isinstance(session.app.screen, ConfirmScreen)
    assert policy_text(desk) == text
