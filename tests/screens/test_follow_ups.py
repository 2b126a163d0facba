"""The follow-ups by their keys, at 80 columns: what is on the screen, and what is in the store afterwards."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import select
from textual.widgets import Input

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import FollowUpKind, FollowUpState, ItemState, Outcome, Role, WhoAnswered
from callback_tui.screens.call import CallScreen
from callback_tui.screens.follow_up_window import TaskWindow
from callback_tui.screens.follow_ups import FollowUpsScreen
from callback_tui.screens.queue import QueueScreen
from callback_tui.services.calls import answer, start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.follow_ups import mark_done
from callback_tui.services.outcomes import log_outcome
from callback_tui.store import tables as t
from callback_tui.views.call import NewFollowUp, OutcomeEntry
from callback_tui.views.follow_up import Task
from callback_tui.widgets.follow_up_list import TaskList
from callback_tui.widgets.status_line import StatusLine
from tests.screens.drive import SMALL, WIDE, Session, at_the_desk
from tests.screens.payloads import FORBIDDEN_ON_SCREEN, MARKER, PAYLOADS
from tests.services.made_up import PAIN, REFILL, column, leave, reach

AsRole = Callable[[OpenDesk, Role], OpenDesk]
TELLING = ("closing markup", "clipboard", "bidi overrides")
NAMES = ("Tom Reid", "Ben Okafor", "Ana Lima", "Lea Brandt")


@asynccontextmanager
async def open_list(desk: OpenDesk, clock: FixedClock, size: tuple[int, int] = SMALL) -> AsyncIterator[Session]:
    """Run the app with the follow-ups above the queue."""
    async with at_the_desk(desk, clock, size) as session:
        await session.press("f4")
        await session.settle()
        yield session


def listed(session: Session) -> TaskList:
    """Return the list."""
    return session.top(FollowUpsScreen).query_one(TaskList)


def selected(session: Session) -> Task:
    """Return the line the cursor is on."""
    task = listed(session).selected
    assert task is not None
    return task


def status(session: Session) -> str:
    """Return the sentence in the status line."""
    return str(session.top(FollowUpsScreen).query_one(StatusLine).visual)


def talk(desk: OpenDesk, item_id: int, entry: OutcomeEntry) -> None:
    """Reach the patient and log how it ended."""
    sheet = reach(desk, item_id)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, entry)


def raised(desk: OpenDesk, *kinds: FollowUpKind, name: str = NAMES[0], text: str = "as agreed") -> int:
    """Reach a patient and raise follow-ups of these kinds, due in an hour; return the item."""
    item_id = leave(desk, REFILL, name, "(212) 555-0110")
    due = desk.clock.now() + timedelta(hours=1)
    follow_ups = tuple(NewFollowUp(kind, text, due) for kind in kinds)
    talk(desk, item_id, OutcomeEntry(Outcome.FOLLOW_UP, note="Two tablets left.", follow_ups=follow_ups))
    return item_id


def handed_over(desk: OpenDesk) -> int:
    """Reach a patient in pain and hand over to a clinician; return the item."""
    item_id = leave(desk, PAIN, NAMES[1], "(212) 555-0112")
    talk(desk, item_id, OutcomeEntry(Outcome.ESCALATED, situation="Pain 8 of 10", request="see today?"))
    return item_id


def promised(desk: OpenDesk) -> int:
    """Promise a patient to ring in two hours; return the item."""
    item_id = leave(desk, REFILL, NAMES[2], "(212) 555-0114")
    at = desk.clock.now() + timedelta(hours=2)
    talk(desk, item_id, OutcomeEntry(Outcome.ANOTHER_TIME, call_again_at=at, promise_words="before one"))
    return item_id


def asleep(desk: OpenDesk) -> int:
    """Ring somebody in vain; return the item, which sleeps."""
    item_id = leave(desk, REFILL, NAMES[3], "(212) 555-0111")
    sheet = start_call(desk, item_id)
    answer(desk, sheet.attempt_id, sheet.claim_token, WhoAnswered.NOBODY)
    log_outcome(desk, sheet.attempt_id, sheet.claim_token, OutcomeEntry(Outcome.NO_ANSWER))
    return item_id


async def test_each_line_reads_as_a_sentence(desk: OpenDesk, clock: FixedClock) -> None:
    """State, when, who, what, whose; late ones say so; tab goes from part to part and round again."""
    handed_over(desk)
    raised(desk, FollowUpKind.LABS, FollowUpKind.LETTER)
    promised(desk)
    asleep(desk)
    clock.advance(timedelta(minutes=5))
    async with open_list(desk, clock, WIDE) as session:
        lines = [" ".join(line.split("││")[0].split()) for line in session.lines()]
        assert "▲ 0 late 1 handed 1 due 1 promised 1 to send 3 to write 1 asleep" in lines
        for line in (
            "│▌● handed 10:57 Ben Okafor belly pain clinician",
            "│ · due 11:42 Tom Reid labs",
            "│ · promised 12:42 Ana Lima before one you",
            "│ · to send 11:42 Tom Reid letter",
            "│ · not in chart 10:42 Ben Okafor handed over you",
            "│ · asleep 10:55 Lea Brandt try 2, refill",
        ):
            assert line in lines
        parts = []
        for _ in range(6):
            await session.press("tab")
            parts.append(selected(session).section.value)
        assert parts == ["due", "promised", "to_send", "not_in_chart", "asleep", "hand_off"]
        clock.advance(timedelta(hours=1, minutes=10))
        session.top(FollowUpsScreen).tick()
        await session.press("f9")
        assert "▲ late -15m Tom Reid labs" in " ".join(session.text().split())


async def test_done_with_a_note_and_taken_back(desk: OpenDesk, clock: FixedClock) -> None:
    """A held Enter records nothing; `a` asks for the note; `u` opens it again."""
    item_id = raised(desk, FollowUpKind.LABS)
    async with open_list(desk, clock) as session:
        await session.press("enter")
        assert "as agreed" in session.text()
        await session.press("enter")
        assert column(desk, "follow_up", item_id, "state") is FollowUpState.OPEN
        await session.press("enter", "a")
        assert isinstance(session.app.focused, Input)
        await session.press("escape", "escape")
        assert column(desk, "follow_up", item_id, "state") is FollowUpState.OPEN
        await session.press("enter", "a", *"lab on Elm", "enter")
        assert column(desk, "follow_up", item_id, "state") is FollowUpState.DONE
        assert column(desk, "queue_item", item_id, "state") is ItemState.CLOSED
        assert status(session).startswith("u undo (60 s)   Done, recorded.")
        assert selected(session).section.value == "not_in_chart"
        await session.press("enter")
        await session.press("end")
        assert "Sam Nurse: lab on Elm" in session.text()
        await session.press("n")
        await session.press("u")
        assert status(session) == "Taken back."
        assert column(desk, "follow_up", item_id, "state") is FollowUpState.OPEN
        await session.press("u")
        assert status(session) == "Nothing of yours here can be taken back now."


async def test_sent_and_written_in_the_chart(desk: OpenDesk, clock: FixedClock) -> None:
    """The note is copied only when asked for; what is left is a sentence."""
    item_id = raised(desk, FollowUpKind.LETTER)
    async with open_list(desk, clock) as session:
        await session.press("enter")
        await session.press("y")
        assert column(desk, "follow_up", item_id, "state") is FollowUpState.DONE
        await session.press("enter")
        window = session.top(TaskWindow)
        assert "dialled:     (212) 555-0110" in session.text()
        assert session.app.clipboard == ""
        await session.press("c")
        assert session.app.screen is window
        assert session.app.clipboard.startswith(
            "Call-back by Maple Street Family Medicine, Main\npatient:     Tom Reid"
        )
        await session.press("y")
        assert column(desk, "call_attempt", item_id, "in_chart_at") == clock.now()
        assert "Nothing is left to do after calls as of 10:42." in session.text()
        await session.press("enter", "r", "tab", "w")
        assert session.top(FollowUpsScreen)
        await session.press("u")
        await session.press("enter")
        assert session.top(TaskWindow)


async def test_calls_start_the_queue_s_way_and_come_back_to_it(desk: OpenDesk, clock: FixedClock) -> None:
    """Enter on a promise and on a reminder call, `r` about labs; a parked call leaves the queue on top."""
    item_id = raised(desk, FollowUpKind.LABS, FollowUpKind.REMINDER_CALL)
    promise = promised(desk)
    async with open_list(desk, clock) as session:
        await session.press("enter", "r")
        assert session.top(CallScreen).sheet.item_id == item_id
        assert not any(isinstance(screen, FollowUpsScreen) for screen in session.app.screen_stack)
        await session.press("f12")
        session.top(QueueScreen)
        for keys, rung in ((("down", "enter"), item_id), (("tab", "enter"), promise)):
            await session.press("f4")
            await session.settle()
            await session.press(*keys)
            assert session.top(CallScreen).sheet.item_id == rung
            await session.press("f12")
    with desk.store.read() as connection:
        rows = connection.execute(select(t.follow_up.c.kind, t.follow_up.c.state)).all()
    assert {tuple(row) for row in rows} == {
        (FollowUpKind.LABS, FollowUpState.OPEN),
        (FollowUpKind.REMINDER_CALL, FollowUpState.OPEN),
    }


async def test_a_sleeper_is_woken_and_put_back(desk: OpenDesk, clock: FixedClock) -> None:
    """`w` works on what sleeps only."""
    raised(desk, FollowUpKind.LABS)
    item_id = asleep(desk)
    async with open_list(desk, clock) as session:
        await session.press("w")
        assert status(session) == "Only a message that sleeps can be woken."
        await session.press("d", "n", "tab", "d")
        assert status(session) == "Only what is due can be marked done; Enter does the rest."
        await session.press("G", "k", "j", "w")
        assert column(desk, "queue_item", item_id, "state") is ItemState.OPEN
        await session.press("u")
        assert column(desk, "queue_item", item_id, "state") is ItemState.ASLEEP


async def test_only_a_clinician_takes_a_hand_off(desk: OpenDesk, clock: FixedClock, as_role: AsRole) -> None:
    """A nurse reads it and is told who can; a clinician takes it and the script opens."""
    item_id = handed_over(desk)
    async with open_list(desk, clock) as session:
        await session.press("enter")
        assert "Pain 8 of 10" in session.text()
        await session.press("y")
        assert "Not now: only a clinician takes it." in session.text()
    assert column(desk, "hand_off", item_id, "taken_at") is None
    clinician = as_role(desk, Role.CLINICIAN)
    async with open_list(clinician, clock) as session:
        await session.press("enter")
        await session.press("y")
        assert session.top(CallScreen).sheet.item_id == item_id
    assert column(desk, "hand_off", item_id, "taken_by_id") == clinician.actor.staff_id


async def test_the_curtain_hides_who_and_what(desk: OpenDesk, clock: FixedClock) -> None:
    """Drawn on the queue it is drawn here, and the other way round; it closes a window; nothing opens behind it."""
    raised(desk, FollowUpKind.LABS, text="potassium")
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("f9")
        await session.press("f4")
        await session.settle()
        for words in ("Tom Reid", "labs", "potassium"):
            assert words not in session.text()
        assert "· due" in session.text()
        await session.press("enter")
        assert "curtain is drawn" in status(session)
        await session.press("f9")
        assert "Tom Reid" in session.text()
        assert "potassium" in session.text()
        await session.press("enter", "f9")
        assert session.top(FollowUpsScreen).curtained
        assert "Tom Reid" not in session.text()
        await session.press("f9")
        clock.advance(timedelta(minutes=6))
        await session.press("enter")
        clock.advance(timedelta(minutes=6))
        session.top(TaskWindow)
        next(screen for screen in session.app.screen_stack if isinstance(screen, FollowUpsScreen)).tick()
        await session.settle()
        assert session.top(FollowUpsScreen).curtained
        await session.press("escape")
        assert session.top(QueueScreen).curtained


async def test_what_somebody_else_does_shows_by_itself(desk: OpenDesk, clock: FixedClock) -> None:
    """The cursor stays on its line; what was done meanwhile is refused in a sentence."""
    raised(desk, FollowUpKind.LABS, FollowUpKind.FORM)
    async with open_list(desk, clock) as session:
        screen = session.top(FollowUpsScreen)
        await session.press("j")
        form = selected(session)
        await session.press("g", "enter")
        mark_done(desk, form.record_id - 1)
        await session.press("y")
        assert status(session) == "This is done already. Take the next line."
        assert selected(session) == form
        raised(desk, FollowUpKind.LABS, name=NAMES[3])
        screen.poll()
        await session.settle()
        await session.settle()
        assert selected(session) == form
        assert len(listed(session).order) == 4


async def test_outside_text_is_literal(desk: OpenDesk, clock: FixedClock) -> None:
    """Names and words of follow-ups from hostile payloads: in the lines, the pane, the window and the note."""
    due = clock.now() + timedelta(hours=1)
    for number, name in enumerate(TELLING):
        payload = PAYLOADS[name]
        item_id = leave(desk, REFILL, payload, f"(212) 555-01{number:02}")
        follow_up = NewFollowUp(FollowUpKind.OTHER, payload, due)
        talk(desk, item_id, OutcomeEntry(Outcome.FOLLOW_UP, note=payload, follow_ups=(follow_up,)))
    async with open_list(desk, clock) as session:
        for _ in TELLING:
            assert not set("".join(session.lines())) & FORBIDDEN_ON_SCREEN
            await session.press("enter")
            assert not set("".join(session.lines())) & FORBIDDEN_ON_SCREEN
            await session.press("escape", "down")
        await session.press("enter")
        assert not set("".join(session.lines())) & FORBIDDEN_ON_SCREEN
        session.top(TaskWindow)
        assert MARKER in session.text()
