"""The verbs of the queue without a call, by keyboard alone; and the warnings told in the status line."""

from dataclasses import replace
from datetime import timedelta

from textual.widgets import Input, TextArea

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import AttemptState, ItemState, Priority
from callback_tui.screens.call import CallScreen
from callback_tui.screens.emergency import EmergencyScreen
from callback_tui.screens.form import FormScreen
from callback_tui.services.desk import OpenDesk
from callback_tui.services.note_warnings import note_warnings
from tests.screens.drive import SMALL, WIDE, Session, at_the_desk
from tests.services.made_up import HOURS, PAIN, REFILL, audited, column, leave


async def write(session: Session, *texts: str) -> None:
    """Write into the fields of the form on top, one after the other, and save."""
    form = session.top(FormScreen)
    fields = [each for each in form.query("Input, TextArea") if isinstance(each, Input | TextArea)]
    for field, text in zip(fields, texts, strict=True):
        if isinstance(field, Input):
            field.value = text
        else:
            field.text = text
    await session.press("f4")


async def test_every_verb_by_keyboard(desk: OpenDesk, clock: FixedClock) -> None:
    """Raise and lower, pause and set a time, hand over, emergency: the screen says what the store holds."""
    refill = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    hours = leave(desk, HOURS, "Lea Brandt", "(212) 555-0111")
    pain = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=1)
    faint = leave(desk, REFILL, "Hana Sato", "(212) 555-0113")
    async with at_the_desk(desk, clock, SMALL) as session:
        session.select(refill)
        await session.press("p")
        assert "Tom Reid: routine now." in session.text()
        await session.press("2")
        assert session.status() == "Now urgent, due 11:42."
        assert column(desk, "queue_item", refill, "priority") is Priority.URGENT

        await session.press("p", "4")
        assert "Why it can wait" in session.text()
        await session.press("f4")
        assert "Still needed" in session.text()
        await write(session, "asks for next month only")
        assert session.status().startswith("Now information only, due ")
        assert audited(desk, "priority_set")[0].reason == "asks for next month only"

        session.select(hours)
        await session.press("z", "2")
        await write(session, "14:00")
        assert session.status() == "Paused until 14:00: the patient asked for later."
        assert column(desk, "queue_item", hours, "state") is ItemState.ASLEEP
        assert str(hours) not in session.table.order

        session.select(refill)
        await session.press("z", "1")
        await write(session, "2026-11-20 9:00", "")
        assert "That time has passed." in session.text()
        await write(session, "2027-03-14 2:30", "")
        assert "The clocks skip that time." in session.text()
        session.top(FormScreen).query(Input).first().value = "sat 9pm"
        await session.settle()
        assert "08:00 Mon 30 Nov, in 165 h 17 min, the earliest we may call" in session.text()
        await write(session, "15:00", "after lunch")
        assert column(desk, "promise", refill, "words") == "after lunch"

        session.select(pain)
        await session.press("z", "3")
        assert "Not now: An urgent message is never paused." in session.text()
        await session.press("1")
        await write(session, "14:00", "after two")
        assert session.status().startswith("This message cannot wait until then.")
        await session.press("z", "1")
        assert [field.value for field in session.top(FormScreen).query(Input)] == ["14:00", "after two"]
        await session.press("escape", "e", "escape", "e")
        await write(session, "Belly pain, eight of ten.", "Please ring now.")
        assert session.status() == "Handed to a clinician, due 10:57."
        assert column(desk, "queue_item", pain, "state") is ItemState.ESCALATED

        session.select(faint)
        await session.press("p", "f7")
        assert "Hana Sato" in session.text()
        await session.press("enter")
        assert session.app.screen is session.queue
        assert column(desk, "queue_item", faint, "emergent") is False
        await session.press("f7", "y")
        session.top(EmergencyScreen)
        assert column(desk, "queue_item", faint, "emergent") is True
        assert column(desk, "call_attempt", faint, "state") is AttemptState.IN_CALL
        await session.press("escape")
        session.top(CallScreen)
        await session.press("f12")


async def test_behind_the_curtain_nothing_is_put_off(desk: OpenDesk, clock: FixedClock) -> None:
    leave(desk)
    async with at_the_desk(desk, clock) as session:
        await session.press("f9")
        for key in ("p", "z", "e", "f7", "u"):
            await session.press(key)
            assert session.app.screen is session.queue
            assert session.status() == "The curtain is drawn; F9 opens it."


async def test_the_curtain_of_an_idle_desk_closes_its_windows(desk: OpenDesk, clock: FixedClock) -> None:
    """Whoever a window names, help above it or not, is hidden too; what was written in a form is there again."""
    leave(desk)
    async with at_the_desk(desk, clock) as session:
        assert session.queue.snapshot is not None
        idle = timedelta(seconds=session.queue.snapshot.policy.desk.curtain_after_seconds)
        for keys in (("p",), ("z",), ("f7",), ("p", "f1"), ("m", "f1"), ("z", "1")):
            await session.press(*keys)
            assert session.app.screen is not session.queue
            if keys == ("z", "1"):
                session.top(FormScreen).query_one("#field-words", Input).value = "after lunch"
            clock.advance(idle)
            session.queue.tick()
            await session.settle()
            assert session.app.screen is session.queue
            assert "Rosa" not in session.text()
            await session.press("f9")
        await session.press("z", "1")
        assert session.top(FormScreen).query_one("#field-words", Input).value == "after lunch"


async def test_a_warning_is_told_once_without_names(desk: OpenDesk, clock: FixedClock) -> None:
    """What crossed before the desk was opened, what crosses now, and what another desk was the first to keep."""
    first, second = leave(desk, minutes_ago=130), leave(desk, REFILL, "Lea Brandt", "(212) 555-0111", minutes_ago=119)
    third = leave(desk, REFILL, "Hana Sato", "(212) 555-0112")
    async with at_the_desk(desk, clock, WIDE) as session:
        session.queue.tick()
        await session.settle()
        assert session.status() == "1 call has used 50 % of its time."
        assert column(desk, "queue_item", first, "warned_percent") == 50
        await session.press("j")
        session.queue.tick()
        await session.settle()
        assert session.status() == ""

        clock.advance(timedelta(seconds=50))
        session.queue.say("Something else.")
        clock.advance(timedelta(seconds=40))
        session.queue.tick()
        await session.settle()
        assert session.status() == "Something else."
        assert column(desk, "queue_item", second, "warned_percent") == 50
        clock.advance(timedelta(seconds=20))
        session.queue.tick()
        assert session.status() == "1 call has used 50 % of its time."

        await session.press("j")
        fast = replace(desk, clock=FixedClock(clock.now() + timedelta(hours=3, minutes=30)))
        assert note_warnings(fast, [third]) == 1
        await session.poll()
        session.queue.tick()
        assert session.status() == "1 call has used 80 % of its time."
        assert len(audited(desk, "calls_warned")) == 3
