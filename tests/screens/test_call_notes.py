"""Notes and claim of a call: nothing typed is ever lost, and the screen says so when it is not saved yet."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.screens.call import CallScreen
from callback_tui.services.calls import park, resume_call, start_call, unfinished_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.staff import disable_staff
from callback_tui.store import tables as t
from tests.screens.made_up_call import NOT_ENDED, SIZES, CallDesk, patient_waiting, press, read, settle, write
from tests.services.made_up import column

Switch = Callable[[OpenDesk, Role], OpenDesk]
_MOST_ROUNDS = 50


async def until_saved(pilot: Pilot[None], desk: OpenDesk, text: str) -> None:
    """Wait until the store holds the text as the note."""
    for _ in range(_MOST_ROUNDS):
        await settle(pilot)
        with desk.store.read() as connection:
            notes = connection.execute(t.call_note.select()).all()
        if [note.text for note in notes] == [text]:
            return
    raise AssertionError(f"not saved: {text}")


@pytest.mark.parametrize("size", SIZES)
async def test_notes_are_saved_as_they_are_typed(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    """No key but the letters; F-keys, letters of the choices and line breaks stay text or work as ever."""
    monkeypatch.setattr(CallScreen, "NOTE_PAUSE_SECONDS", 0.001)
    sheet = start_call(desk, patient_waiting(desk))
    app = CallDesk(desk, sheet)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "saved 10:42:07" not in read(pilot)
        await press(pilot, "tab", "4", "x", "enter", "n")
        await until_saved(pilot, desk, "4x\nn")
        assert "saved 10:42:07" in read(pilot)
        assert app.ended == NOT_ENDED
        assert app.call.sheet.who_answered is None
    resumed = resume_call(desk, sheet.attempt_id)
    assert resumed.notes == "4x\nn"


async def test_the_last_words_are_kept_when_the_program_is_left(desk: OpenDesk) -> None:
    """Typed and left within the pause before saving; the next sign-in finds the call and its notes."""
    sheet = start_call(desk, patient_waiting(desk))
    app = CallDesk(desk, sheet)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "tab")
        await write(pilot, "Half a sent")
        await pilot.press("ctrl+q")
    found = unfinished_call(desk)
    assert found is not None
    resumed = resume_call(desk, found.attempt_id)
    app = CallDesk(desk, resumed)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "Half a sent" in read(pilot)
        assert "This call goes on" in read(pilot)


async def test_notes_typed_before_the_outcome_are_logged_with_it(desk: OpenDesk) -> None:
    """No wait for the pause, no form for a note that is there already."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2", "tab")
        await write(pilot, "Told to come in at noon.")
        await press(pilot, "f8", "1")
        assert app.result.item_id == item
    with desk.store.read() as connection:
        assert connection.execute(t.call_note.select()).one().text == "Told to come in at noon."


async def test_a_failed_save_keeps_the_text_and_says_so(desk: OpenDesk, as_role: Switch) -> None:
    """The account is deactivated in mid-call: a red sentence, the words still there, tried again."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "tab")
        await write(pilot, "Do not lose me.")
        disable_staff(as_role(desk, Role.ADMIN), "nurse")
        await press(pilot, "escape")
        assert "Notes not saved, trying again." in read(pilot)
        assert app.call.query_one("#notes-text", TextArea).text == "Do not lose me."
        await press(pilot, "f12")
        assert app.ended == NOT_ENDED
        assert "deactivated" in read(pilot)
        assert "Do not lose me." in read(pilot)


async def test_a_lost_claim_is_said_and_the_text_is_kept(desk: OpenDesk, clock: FixedClock, as_role: Switch) -> None:
    """Somebody else took over after the lease ran out: a red line, notes saved, the call can be left."""
    item = patient_waiting(desk)
    sheet = start_call(desk, item)
    app = CallDesk(desk, sheet)
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "tab")
        await write(pilot, "She was on hold.")
        app.call.renew_claim()
        await settle(pilot)
        assert "Claim lost" not in read(pilot)
        clock.advance(timedelta(minutes=5))
        taken = start_call(as_role(desk, Role.CLINICIAN), item)
        app.call.renew_claim()
        await settle(pilot)
        assert "Claim lost" in read(pilot)
        assert "She was on hold." in read(pilot)
        await press(pilot, "escape", "4")
        assert "This call was taken over or freed by somebody else" in read(pilot)
        await press(pilot, "f12")
    assert app.ended is None
    with desk.store.read() as connection:
        assert connection.execute(t.call_note.select()).one().text == "She was on hold."
    park(as_role(desk, Role.CLINICIAN), taken.attempt_id, taken.claim_token)
    assert column(desk, "call_attempt", item, "id") == taken.attempt_id


@pytest.mark.parametrize("size", SIZES)
async def test_the_curtain_hides_who_and_what(desk: OpenDesk, size: tuple[int, int]) -> None:
    """Names, number, message and notes become dots; the same key brings them back."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2", "tab")
        await write(pilot, "Lives alone.")
        private = ("Wei Chen", "555-0172", "lower right", "Lives alone.")
        assert all(words in read(pilot) for words in private)
        await press(pilot, "f9")
        assert not any(words in read(pilot) for words in private)
        await press(pilot, "tab", "f9")
        assert all(words in read(pilot) for words in private)


async def test_the_curtain_closes_by_itself_after_a_warning(desk: OpenDesk, clock: FixedClock) -> None:
    """Twenty idle minutes in a call, the last of them announced; a key takes the announcement away."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1")
        policy = app.call.policy
        assert policy is not None
        limit = timedelta(seconds=policy.desk.lock_in_call_after_seconds)
        clock.advance(limit - timedelta(seconds=30))
        app.call.draw_header()
        await pilot.pause()
        assert "the curtain is drawn in 30 s" in read(pilot)
        await press(pilot, "left")
        app.call.draw_header()
        await pilot.pause()
        assert "the curtain is drawn" not in read(pilot)
        assert "Wei Chen" in read(pilot)
        clock.advance(limit)
        app.call.draw_header()
        await pilot.pause()
        assert "Wei Chen" not in read(pilot)
