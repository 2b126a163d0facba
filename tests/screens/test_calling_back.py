"""They are calling me back, by keys alone: from the queue and from above it, into the call, behind the curtain."""

import pytest

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import AttemptState, Outcome, WhoAnswered
from callback_tui.screens.call import CallScreen
from callback_tui.screens.calling_back import CallingBackScreen
from callback_tui.screens.follow_ups import FollowUpsScreen
from callback_tui.screens.queue import QueueScreen
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.views.call import OutcomeEntry
from tests.screens.drive import SMALL, WIDE, at_the_desk
from tests.screens.payloads import PAYLOADS
from tests.services.made_up import PAIN, REFILL, column, give_card, leave, reach


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_caller_is_found_and_their_call_opens_at_identity(
    desk: OpenDesk, clock: FixedClock, size: tuple[int, int]
) -> None:
    """F2, four digits, down, enter; the store has a call that nobody dialled; parked, Enter goes on with it."""
    wei = leave(desk, PAIN, "Wei Chen", "(212) 555-0172")
    mei = leave(desk, REFILL, "Mei Chen", "(212) 555-0172")
    sheet = start_call(desk, wei)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.VOICEMAIL)
    entry = OutcomeEntry(Outcome.VOICEMAIL_LEFT, voicemail_wording="Please call Maple Street.")
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)
    async with at_the_desk(desk, clock, size) as session:
        await session.press("f2", *"017")
        assert "three letters of a name" in session.text()
        await session.press("2")
        text = session.text()
        assert "2 found" in text
        assert "left voicemail" in text
        assert 'we left: "Please call Maple Street."' in text
        assert "not rung yet" in text
        await session.press("down", "enter")
        call = session.top(CallScreen)
        assert (call.sheet.item_id, call.sheet.came_in) == (mei, True)
        text = session.text()
        assert "they rang us" in text
        assert "refill" not in text
        assert column(desk, "call_attempt", mei, "dialled_at") is None
        await session.press("f6")
        assert "They rang us" in session.text()
        await session.press("f2")
        assert session.top(CallScreen) is call
        await session.press("escape", "f12")
        assert session.top(QueueScreen)
        assert column(desk, "call_attempt", mei, "state") is AttemptState.OUTCOME_MISSING


async def test_from_above_the_queue_behind_the_curtain_and_with_nobody_found(desk: OpenDesk, clock: FixedClock) -> None:
    """Follow-ups give way to the call; a drawn curtain names nobody, and F9 in the window draws it."""
    item_id = leave(desk, REFILL, PAYLOADS["closing markup"], "(212) 555-0110")
    async with at_the_desk(desk, clock) as session:
        await session.press("f", *"zzzz")
        assert "F4 takes it down as a new message" in session.text()
        await session.press("enter", "escape", "f2", *"0110")
        assert session.top(CallingBackScreen)
        await session.press("f9")
        assert session.app.screen is session.queue
        assert session.queue.curtained
        await session.press("f2")
        assert session.app.screen is session.queue
        await session.press("f9", "f4")
        assert session.top(FollowUpsScreen)
        await session.press("f2", *"0110")
        await session.press("enter")
        assert session.top(CallScreen).sheet.item_id == item_id


async def test_what_was_closed_lately_is_opened_again_after_a_question(desk: OpenDesk, clock: FixedClock) -> None:
    """Enter asks, so that a held key reopens nothing; yes opens the call of the new cycle, and the old one is gone."""
    closed = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    give_card(desk, closed)
    sheet = reach(desk, closed)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.RESOLVED, note="sent"))
    async with at_the_desk(desk, clock) as session:
        await session.press("f2", *"0110")
        assert "closed 10:42" in session.text()
        await session.press("enter", "enter")
        assert session.top(CallingBackScreen)
        await session.press("enter", "y")
        call = session.top(CallScreen)
        assert call.sheet.came_in
        assert call.sheet.item_id != closed
        await session.press("f12")
        await session.press("f2")
        await session.press(*"0110")
        assert "1 found" in session.text()
