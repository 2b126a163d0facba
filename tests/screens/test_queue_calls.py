"""From the queue into a call and back: start, reasons, refusals, outcome, undo, cut-off calls, leaving."""

from datetime import timedelta

import pytest
from textual.widgets import Input, Static

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import AttemptState, ItemState, Outcome, WhoAnswered
from callback_tui.screens.call import CallScreen
from callback_tui.screens.confirm import ConfirmScreen, ReasonScreen, SentenceScreen
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.outcomes import log_outcome
from callback_tui.views.call import CallSheet, OutcomeEntry, OutcomeResult
from tests.screens.drive import SMALL, WIDE, Session, at_the_desk
from tests.services.made_up import HOURS, PAIN, REFILL, column, give_card, leave, opt_out

SIZES = [SMALL, WIDE]


def no_answer(desk: OpenDesk, sheet: CallSheet) -> OutcomeResult:
    """Log that nobody answered."""
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    return log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))


def question(session: Session) -> str:
    """Return the words of the small screen on top."""
    return " ".join(str(static.visual) for static in session.app.screen.query(Static))


@pytest.mark.parametrize("size", SIZES)
async def test_enter_opens_the_call_and_its_outcome_comes_back(
    desk: OpenDesk, clock: FixedClock, size: tuple[int, int]
) -> None:
    """The attempt is in the store; afterwards undo key, sentence and the top row are shown; `u` reopens it."""
    first = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    second = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    third = leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    async with at_the_desk(desk, clock, size) as session:
        session.select(second)
        await session.press("enter")
        call = session.top(CallScreen)
        assert column(desk, "call_attempt", second, "state") is AttemptState.IN_CALL
        result = no_answer(desk, call.sheet)
        call.dismiss(result)
        await session.settle()
        assert session.app.screen is session.queue
        assert session.status() == f"u undo (60 s)   {result.sentence}"
        assert session.table.order == (str(first), str(third))
        assert session.table.selected_key == str(first)
        await session.press("u")
        assert column(desk, "queue_item", second, "state") is ItemState.OPEN
        assert session.top(CallScreen).sheet.attempt_id == result.attempt_id
        await session.press("f12")
        assert str(second) in session.table.order
        assert session.table.selected_key == str(first)
        assert session.status().startswith("The call has no outcome yet")
        await session.press("j")
        assert session.status() == ""


async def test_undo_without_an_outcome_says_so(desk: OpenDesk, clock: FixedClock) -> None:
    """A sentence and what now, no silence."""
    leave(desk)
    async with at_the_desk(desk, clock) as session:
        await session.press("u")
        assert session.status() == "No outcome of yours can be taken back now. Ring again to add to it."


async def test_the_undo_time_runs_out_on_the_screen(desk: OpenDesk, clock: FixedClock) -> None:
    """The seconds left count down, whichever row the cursor is on; after them key and sentence are gone."""
    leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    async with at_the_desk(desk, clock) as session:
        await session.press("enter")
        call = session.top(CallScreen)
        result = no_answer(desk, call.sheet)
        call.dismiss(result)
        await session.settle()
        last_second = result.undo_until.replace(microsecond=0) - timedelta(seconds=1)
        clock.set_wall(last_second)
        session.queue.tick()
        await session.press("j", "k")
        assert session.status() == f"u undo (1 s)   {result.sentence}"
        clock.set_wall(last_second + timedelta(seconds=1))
        session.queue.tick()
        assert session.status() == ""


async def test_whom_to_ring_again_now_keeps_the_cursor(desk: OpenDesk, clock: FixedClock) -> None:
    """Cut off: the cursor stays on the patient, wherever the row stands; the sentence says so."""
    leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    cut_off = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    async with at_the_desk(desk, clock) as session:
        session.select(cut_off)
        await session.press("enter")
        sheet = session.top(CallScreen).sheet
        answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.CUT_OFF)
        result = log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
        session.top(CallScreen).dismiss(result)
        await session.settle()
        assert session.table.selected_key == str(cut_off)
        assert "Ring again now." in session.status()


async def test_a_search_goes_on_where_it_was(desk: OpenDesk, clock: FixedClock) -> None:
    """With a search on, the next of what was found is taken; a sentence without an undo goes after a minute."""
    leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    found = [leave(desk, REFILL, f"Tom Reid {number}", f"(212) 555-011{number}") for number in (3, 4, 5)]
    async with at_the_desk(desk, clock) as session:
        await session.press("slash", "t", "o", "m", "enter")
        session.select(found[1])
        await session.press("enter")
        call = session.top(CallScreen)
        call.dismiss(no_answer(desk, call.sheet))
        await session.settle()
        assert session.table.order == (str(found[0]), str(found[2]))
        assert session.table.selected_key == str(found[2])
        session.queue.say("Read this.")
        clock.advance(timedelta(seconds=59))
        session.queue.tick()
        assert session.status() == "Read this."
        clock.advance(timedelta(seconds=1))
        session.queue.tick()
        assert session.status() == ""


@pytest.mark.parametrize("size", SIZES)
async def test_an_urgent_call_past_an_opt_out_asks_for_a_reason(
    desk: OpenDesk, clock: FixedClock, size: tuple[int, int]
) -> None:
    """The refusal is shown with one field; an empty reason is none; Esc leaves the patient alone; a reason rings."""
    item_id = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112")
    opt_out(desk, give_card(desk, item_id))
    async with at_the_desk(desk, clock, size) as session:
        await session.press("enter")
        session.top(ReasonScreen)
        assert "asked not to be called" in question(session)
        await session.press("enter")
        session.top(ReasonScreen)
        await session.press("escape")
        assert session.app.screen is session.queue
        assert column(desk, "call_attempt", item_id, "id") is None
        await session.press("enter")
        session.top(ReasonScreen).query_one(Input).value = "pain is getting worse"
        await session.press("enter")
        session.top(CallScreen)
        assert column(desk, "call_attempt", item_id, "override_reason") == "pain is getting worse"


@pytest.mark.parametrize("size", SIZES)
async def test_a_refused_call_says_what_and_what_now(desk: OpenDesk, clock: FixedClock, size: tuple[int, int]) -> None:
    """A routine call to somebody who opted out does not start."""
    item_id = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    opt_out(desk, give_card(desk, item_id))
    async with at_the_desk(desk, clock, size) as session:
        await session.press("enter")
        session.top(SentenceScreen)
        assert "asked not to be called" in question(session)
        await session.press("escape")
        assert session.app.screen is session.queue
        assert column(desk, "call_attempt", item_id, "id") is None


@pytest.mark.parametrize("size", SIZES)
async def test_a_cut_off_call_is_offered_by_initials(desk: OpenDesk, clock: FixedClock, size: tuple[int, int]) -> None:
    """At the next start: initials only; y goes on with the same attempt."""
    item_id = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    sheet = start_call(desk, item_id)
    async with at_the_desk(desk, clock, size) as session:
        session.top(ConfirmScreen)
        assert "You were on a call with T. R., resume?" in question(session)
        await session.press("y")
        assert session.top(CallScreen).sheet.attempt_id == sheet.attempt_id


async def test_enter_never_confirms(desk: OpenDesk, clock: FixedClock) -> None:
    """A held Enter answers no question with yes."""
    start_call(desk, leave(desk, REFILL, "Tom Reid", "(212) 555-0110"))
    async with at_the_desk(desk, clock) as session:
        session.top(ConfirmScreen)
        await session.press("enter")
        assert session.app.screen is session.queue


async def test_leaving_asks_while_a_call_is_unfinished(desk: OpenDesk, clock: FixedClock) -> None:
    """`n` stays; `y` leaves, and the attempt still waits for its outcome."""
    item_id = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    start_call(desk, item_id)
    async with at_the_desk(desk, clock) as session:
        await session.press("n")
        await session.press("q")
        session.top(ConfirmScreen)
        assert "T. R." in question(session)
        await session.press("n")
        assert session.app.screen is session.queue
        await session.press("q")
        await session.press("y")
        assert session.app._exit
    assert column(desk, "call_attempt", item_id, "state") is AttemptState.IN_CALL


async def test_leaving_with_nothing_open_just_leaves(desk: OpenDesk, clock: FixedClock) -> None:
    """No question without a reason."""
    leave(desk)
    async with at_the_desk(desk, clock) as session:
        await session.press("q")
        assert session.app._exit
