"""The guided call by its keys: every way a call goes, on the screen and in the store."""

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

import pytest
from textual.widgets import TextArea

from callback_tui.models.vocabulary import AttemptState, CallStep, FollowUpKind, ItemState, NumberQuality, Outcome, Role
from callback_tui.screens.emergency import EmergencyScreen
from callback_tui.screens.form import FormScreen
from callback_tui.screens.pick_one import PickOne
from callback_tui.screens.voicemail import VoicemailScreen
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.store import tables as t
from callback_tui.views.call import CallSheet
from tests.screens.made_up_call import NOT_ENDED, SIZES, CallDesk, patient_waiting, press, read, settle, write
from tests.services.made_up import REFILL, audited, column

BODY = "lower right"
Switch = Callable[[OpenDesk, Role], OpenDesk]


@pytest.mark.parametrize("size", SIZES)
async def test_reached_and_resolved(desk: OpenDesk, size: tuple[int, int]) -> None:
    """Greeting to close: the message appears with identity, the note is typed on the way, one key logs."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "Sam from Maple Street" in read(pilot)
        await press(pilot, "1")
        assert "Before we go on" in read(pilot)
        assert BODY not in read(pilot)
        await press(pilot, "1", "2")
        assert BODY in read(pilot)
        assert "4 Purpose" in read(pilot)
        await press(pilot, "tab")
        await write(pilot, "Worse since noon.")
        await press(pilot, "f4", "escape", "n", "enter")
        assert "7 Close" in read(pilot)
        await press(pilot, "t", "1")
    assert app.result.item_id == item
    assert column(desk, "call_attempt", item, "outcome") is Outcome.RESOLVED
    assert column(desk, "call_attempt", item, "teach_back") is True
    assert column(desk, "queue_item", item, "state") is ItemState.CLOSED
    assert note_of(desk, item) == "Worse since noon."


@pytest.mark.parametrize("size", SIZES)
async def test_no_answer_takes_two_keys(desk: OpenDesk, size: tuple[int, int]) -> None:
    """Nobody, then the outcome that goes with it; the sentence says when it is tried again."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        assert "no answer" in read(pilot)
        assert app.ended == NOT_ENDED
        await press(pilot, "7")
    assert column(desk, "call_attempt", item, "outcome") is Outcome.NO_ANSWER
    assert app.result.next_at is not None


@pytest.mark.parametrize("size", SIZES)
async def test_a_voicemail_takes_two_keys_and_is_kept_word_for_word(desk: OpenDesk, size: tuple[int, int]) -> None:
    """With the key that starts the call three keys from queue to queue."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert isinstance(app.screen, VoicemailScreen)
        wording = app.screen.query_one("#wording", TextArea).text
        assert "No word about health found" in read(pilot)
        await press(pilot, "f4")
    assert "Wei Chen" in wording
    assert column(desk, "call_attempt", item, "outcome") is Outcome.VOICEMAIL_LEFT
    assert column(desk, "call_attempt", item, "voicemail_wording") == wording


async def test_the_composer_warns_and_going_back_logs_nothing(desk: OpenDesk) -> None:
    """A health word is named at once; the wording is still there when the composer is opened again."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f6")
        await write(pilot, " about your blood test")
        assert "blood test" in read(pilot).split("Says something about health:")[1]
        await press(pilot, "escape", "f6")
        assert app.screen.query_one("#wording", TextArea).text.endswith("about your blood test")
        assert app.ended == NOT_ENDED
    assert column(desk, "call_attempt", item, "outcome") is None


@pytest.mark.parametrize("size", SIZES)
async def test_a_wrong_number_is_asked_twice(desk: OpenDesk, size: tuple[int, int]) -> None:
    """Enter, n and the same key again change nothing; only y stops the number."""
    item = patient_waiting(desk)
    sheet = start_call(desk, item)
    app = CallDesk(desk, sheet)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        for other in ("n", "escape"):
            await press(pilot, "6", "enter", "6")
            assert isinstance(app.screen, PickOne)
            await press(pilot, other)
            assert not isinstance(app.screen, PickOne)
        assert column(desk, "call_attempt", item, "who_answered") is None
        await press(pilot, "6", "y")
    assert column(desk, "call_attempt", item, "outcome") is Outcome.WRONG_NUMBER
    assert app.result.item_id == item
    with desk.store.read() as connection:
        qualities = connection.execute(t.contact_point.select()).all()
    assert [row.quality for row in qualities if row.id == sheet.number.contact_point_id] == [NumberQuality.DEAD]


@pytest.mark.parametrize("size", SIZES)
async def test_failed_identity_hides_the_message_to_the_end(desk: OpenDesk, size: tuple[int, int]) -> None:
    """Two that do not match shut the gate; what can still be logged is not "resolved"."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "1", "x")
        assert BODY not in read(pilot)
        await press(pilot, "x")
        assert "I cannot go on with this call" in read(pilot)
        assert BODY not in read(pilot)
        assert "reached, resolved" not in read(pilot)
        await press(pilot, "f4")
        assert app.ended == NOT_ENDED
        await press(pilot, "5")
    assert column(desk, "call_attempt", item, "outcome") is Outcome.NOT_VERIFIED


async def test_the_next_step_says_what_is_missing(desk: OpenDesk) -> None:
    """The gate is not passed by the key that goes on."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f4", "f4")
        assert "Say who answered first" in read(pilot)
        await press(pilot, "1", "1", "f4")
        assert "1 more to match first" in read(pilot)
        assert "3 Identity" in read(pilot)


async def test_two_ticks_typed_in_one_go_both_count(desk: OpenDesk) -> None:
    """The second key does not wait for the first one's answer."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1")
        await pilot.press("1", "2")
        await settle(pilot)
        assert "4 Purpose" in read(pilot)


async def test_general_information_shows_no_message(desk: OpenDesk) -> None:
    """The call goes on; the record stays shut."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "g")
        assert "4 Purpose" in read(pilot)
        assert "general information only" in read(pilot)
        assert BODY not in read(pilot)


async def test_what_is_on_file_is_shown_on_request_and_ticked_from_there(desk: OpenDesk) -> None:
    """The look is audited; the key that closes the window is the tick."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1")
        assert "12 Elm Street" not in read(pilot)
        await press(pilot, "r")
        assert "12 Elm Street" in read(pilot)
        await press(pilot, "2")
        assert "1 of 2" in read(pilot)
        assert "12 Elm Street" not in read(pilot)
    assert len(audited(desk, "identifiers_revealed")) == 1


async def test_somebody_who_speaks_for_the_patient_is_written_down(desk: OpenDesk) -> None:
    """Name, relationship and authority, each needed."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f")
        await write(pilot, "Mei Chen")
        await press(pilot, "enter")
        await write(pilot, "wife")
        await press(pilot, "enter", "enter")
        assert "Still needed: by what right" in read(pilot)
        await write(pilot, "named on the card")
        await press(pilot, "enter")
        assert "3 Identity" in read(pilot)
    assert column(desk, "call_attempt", item, "spoke_with") == "Mei Chen, wife, named on the card"


@pytest.mark.parametrize("size", SIZES)
async def test_an_emergency_from_the_identity_step(desk: OpenDesk, size: tuple[int, int]) -> None:
    """One key, while typing notes too: message, numbers, location first; Enter logs nothing."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "1", "tab", "f7")
        assert isinstance(app.screen, EmergencyScreen)
        text = read(pilot)
        assert BODY in text
        assert all(words in text for words in ("Ask the location first", "988", "1-800-222-1222", "Poison Help"))
        await write(pilot, "12 Elm Street, kitchen")
        await press(pilot, "enter", "enter", "enter")
        await write(pilot, "911 at 10:43")
        assert app.ended == NOT_ENDED
        await press(pilot, "escape", "f7", "f4")
    assert column(desk, "call_attempt", item, "outcome") is Outcome.EMERGENCY
    assert column(desk, "incident", item, "location") == "12 Elm Street, kitchen"
    assert column(desk, "incident", item, "told") == "911 at 10:43"


async def test_an_emergency_from_a_window(desk: OpenDesk) -> None:
    """What was being written in the window is still there afterwards."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f6")
        await write(pilot, " More.")
        await press(pilot, "f7")
        assert isinstance(app.screen, EmergencyScreen)
        await press(pilot, "escape", "f6")
        assert app.screen.query_one("#wording", TextArea).text.endswith(" More.")


@pytest.mark.parametrize("size", SIZES)
async def test_another_time_is_said_back_before_it_is_saved(desk: OpenDesk, size: tuple[int, int]) -> None:
    """A time that cannot be read stops; one that can becomes a promise."""
    item = patient_waiting(desk, REFILL)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2", "f8", "4")
        assert isinstance(app.screen, FormScreen)
        await write(pilot, "friday")
        await press(pilot, "f4")
        assert "no time of day" in read(pilot)
        await write(pilot, " 3pm")
        assert "15:00 Fri 27 Nov" in read(pilot)
        await press(pilot, "f4")
    assert app.result.next_at == datetime(2026, 11, 27, 20, 0, tzinfo=UTC)
    assert column(desk, "promise", item, "due_at") == datetime(2026, 11, 27, 20, 0, tzinfo=UTC)


async def test_a_hand_over_needs_situation_and_request(desk: OpenDesk) -> None:
    """Closing the form keeps what was written in it."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2", "f8", "3")
        await write(pilot, "Pain 8 of 10")
        await press(pilot, "f4")
        assert "Still needed" in read(pilot)
        await press(pilot, "escape", "f8", "3", "tab", "tab", "tab")
        await write(pilot, "See today?")
        await press(pilot, "enter")
    assert column(desk, "hand_off", item, "situation") == "Pain 8 of 10"
    assert column(desk, "hand_off", item, "request") == "See today?"


async def test_a_follow_up_gets_kind_text_and_time(desk: OpenDesk) -> None:
    """Picked, written, logged; the note is asked for because none was typed."""
    item = patient_waiting(desk, REFILL)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2", "f8", "2", "1")
        await write(pilot, "Send the refill")
        await press(pilot, "enter")
        await write(pilot, "tomorrow 9am")
        await press(pilot, "enter")
        await write(pilot, "Two tablets left.")
        await press(pilot, "f4")
    assert column(desk, "follow_up", item, "text") == "Send the refill"
    assert column(desk, "follow_up", item, "due_at") == datetime(2026, 11, 24, 14, 0, tzinfo=UTC)
    assert note_of(desk, item) == "Two tablets left."


async def test_asked_not_to_be_called_leaves_room_for_a_letter(desk: OpenDesk) -> None:
    """No more calls, and what they still have to be told goes into a letter that keeps the message open."""
    item = patient_waiting(desk, REFILL)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2", "f8", "6")
        assert "they still have to be told" in read(pilot)
        await press(pilot, "2")
        await write(pilot, "The refill is at the pharmacy")
        await press(pilot, "enter")
        await write(pilot, "tomorrow 9am")
        await press(pilot, "enter")
        await write(pilot, "Wants letters only.")
        await press(pilot, "f4")
    assert "A letter follows" in app.result.sentence
    assert column(desk, "follow_up", item, "kind") is FollowUpKind.LETTER
    assert column(desk, "follow_up", item, "text") == "The refill is at the pharmacy"
    assert column(desk, "queue_item", item, "state") is ItemState.FOLLOWING_UP
    with desk.store.read() as connection:
        assert connection.execute(t.opt_out_fact.select()).one().attempt_id is not None


async def test_a_held_key_logs_once(desk: OpenDesk) -> None:
    """The same key again, before the answer, does nothing."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "4")
        await pilot.press("7", "7", "7", "enter", "enter")
        await settle(pilot)
    assert app.result.item_id == item
    assert len(audited(desk, "outcome_logged")) == 1


async def test_keys_faster_than_the_desk_are_not_lost(desk: OpenDesk) -> None:
    """While one verb is under way F4, F4 and F8 line up, and each means what the sheet says when its turn comes."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    written = Event()

    def slow() -> CallSheet:
        written.wait()
        return app.call.verbs.enter(CallStep.PURPOSE)

    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2")
        app.call.change_sheet("a slow disk", slow)
        await pilot.press("f4", "f4", "f8")
        written.set()
        await settle(pilot)
        assert app.call.sheet.step is CallStep.ACTION
        assert isinstance(app.screen, PickOne)


async def test_a_parked_call_waits_for_its_outcome(desk: OpenDesk) -> None:
    """Nothing is given back, the attempt is asked for later."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "tab", "f12")
    assert app.ended is None
    assert column(desk, "call_attempt", item, "state") is AttemptState.OUTCOME_MISSING


def note_of(desk: OpenDesk, item_id: int) -> str:
    """Return the note of the item's newest call."""
    attempt_id = column(desk, "call_attempt", item_id, "id")
    with desk.store.read() as connection:
        row = connection.execute(t.call_note.select().where(t.call_note.c.attempt_id == attempt_id)).one()
    return str(row.text)
