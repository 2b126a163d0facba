"""What the call shows of outside text, safe contact and dial rules, and the small pure parts of its screen."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import insert
from textual.pilot import Pilot
from textual.widgets import Input

from callback_tui.app import CallbackApp
from callback_tui.models.vocabulary import AttemptState, Outcome, RecordingAnswer, Role, SafeContactKind, Tier
from callback_tui.screens.call_choices import CloseTicks
from callback_tui.screens.emergency import EmergencyScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.outcome import WrittenAt, outcome_entry, outcome_fields
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.policy import apply_policy, policy_text
from callback_tui.store import tables as t
from callback_tui.views.triage import Hit, ReadAs
from callback_tui.widgets.quoted_message import fired_words, quoted
from tests.screens.made_up_call import NOT_ENDED, SIZES, CallDesk, patient_waiting, press, read, settle, write
from tests.services.made_up import REFILL, add_number, column, give_card, leave

Switch = Callable[[OpenDesk, Role], OpenDesk]
LONG = "My chest has been tight since six and my arm feels heavy, zucchini lanterns glimmer beside quiet umbrellas."
WORDS_OF_LONG = {"chest", "tight", "heavy", "zucchini", "lanterns", "glimmer", "quiet", "umbrellas"}
HOSTILE = "[/] [red]call[/red] [b \x1b[31mred\x1b[0m \u202egnp.exe\u202c \U0001f480 $accent {x} back"


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_stays_text(desk: OpenDesk, size: tuple[int, int]) -> None:
    """Markup, escape codes and direction marks in name, message, card and notes break nothing."""
    item = leave(desk, HOSTILE, "[/] O'Brien [b", "(212) 555-0172")
    give_card(desk, item, address="[/] 12 Elm [red]")
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        assert "[/] O'Brien [b" in read(pilot)
        await press(pilot, "1", "r")
        assert "[/] 12 Elm [red]" in read(pilot)
        await press(pilot, "1", "2")
        shown = read(pilot)
        assert "[/] [red]call[/red] [b" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
        await press(pilot, "tab")
        await write(pilot, "[/] [u")
        await press(pilot, "f6")
        await write(pilot, " [/] [b")
        await press(pilot, "f7")
        assert "[/] [red]call[/red] [b" in read(pilot)
        await write(pilot, "[/] [b")
        await press(pilot, "enter")
        await write(pilot, "[/] [u")
        await press(pilot, "f4")
    assert column(desk, "incident", item, "location") == "[/] [b"


async def test_no_voicemail_where_none_may_be_left(desk: OpenDesk) -> None:
    """The patient's instruction is said in place of the composer."""
    item = patient_waiting(desk, REFILL)
    patient_id = give_card(desk, item)
    with desk.store.write() as connection:
        connection.execute(
            insert(t.safe_contact).values(
                patient_id=patient_id, kind=SafeContactKind.NO_VOICEMAIL, value="", asked_at=desk.clock.now()
            )
        )
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert app.call.sheet.voicemail_allowed.sentence
        assert app.call.is_current
        assert app.call.sheet.voicemail_allowed.sentence.split(".")[0] in read(pilot)
        assert app.ended == NOT_ENDED


@pytest.mark.parametrize(("body", "warned"), [(LONG, True), (REFILL, False)])
async def test_a_voicemail_about_an_emergency_says_that_it_is_not_enough(
    desk: OpenDesk, body: str, warned: bool
) -> None:
    """Every number is rung all the same; on other calls nothing of it stands there."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk, body)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "3")
        assert "Read it out after the tone" in read(pilot)
        assert ("A message alone is not enough" in read(pilot)) == warned


async def test_someone_else_is_told_nothing(desk: OpenDesk) -> None:
    """A neutral line, the message hidden, and the two outcomes that fit."""
    item = patient_waiting(desk, REFILL)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        assert "refill of my" in read(pilot)
        await press(pilot, "2")
        shown = read(pilot)
        assert "refill of my" not in shown
        assert "Would you please ask" in shown
        await press(pilot, "p")
        await write(pilot, "Mei")
        await press(pilot, "tab")
        await write(pilot, "Please call Maple Street.")
        await press(pilot, "f4")
    assert column(desk, "call_attempt", item, "outcome") is Outcome.MESSAGE_WITH_PERSON
    assert column(desk, "call_attempt", item, "voicemail_wording") == "Please call Maple Street."


async def test_the_message_joins_the_patients_other_one(desk: OpenDesk) -> None:
    """With one other message waiting there is nothing to ask; with none it says so."""
    item = patient_waiting(desk, REFILL)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        duplicate = next(each.key for each in app.call.sheet.outcome_choices if each.outcome is Outcome.DUPLICATE)
        await press(pilot, "f8", duplicate)
        assert "no other message waiting" in read(pilot)
        other = patient_waiting(desk, REFILL)
        await press(pilot, "4", "f5", "4")
        duplicate = next(each.key for each in app.call.sheet.outcome_choices if each.outcome is Outcome.DUPLICATE)
        await press(pilot, duplicate)
    assert column(desk, "queue_item", item, "merged_into_id") == other


async def test_the_card_opens_in_full_on_a_small_screen(desk: OpenDesk) -> None:
    """One line of it at first, all of it on F2, one line again."""
    item = patient_waiting(desk)
    add_number(desk, give_card(desk, item), "+12125550173", kind="work")
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert "language" not in read(pilot)
        await press(pilot, "f2")
        assert "language" in read(pilot)
        await press(pilot, "f2")
        assert "language" not in read(pilot)


async def test_a_resize_in_mid_call_keeps_everything(desk: OpenDesk) -> None:
    """From wide to narrow and back with the caret in the notes."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "tab")
        await write(pilot, "Still here.")
        for width, height in ((80, 24), (120, 34), (60, 20)):
            await pilot.resize_terminal(width, height)
            await settle(pilot)
            assert "Still here." in read(pilot)
            assert "3 Identity" in read(pilot)
        assert app.call.focused is not None
        assert app.call.focused.id == "notes-text"


async def test_the_keys_are_shown_while_writing(desk: OpenDesk) -> None:
    """F1 works in the notes; a question mark is a letter there and a key elsewhere."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "tab", "question_mark", "f1")
        assert "Log how the call ended." in read(pilot)
        await press(pilot, "escape")
        assert app.call.typed == "?"
        await press(pilot, "escape", "question_mark")
        assert "Log how the call ended." in read(pilot)


async def test_windows_of_a_call_show_their_keys(desk: OpenDesk) -> None:
    """F1 lists what works in the window, and the window is as it was afterwards."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f7", "a", "f1")
        assert "Log that the caller was sent to 911." in read(pilot)
        await press(pilot, "escape")
        assert "belly" in read(pilot)
        assert app.screen.query_one("#location", Input).value == "a"


async def test_the_recording_question_is_answered_once(desk: OpenDesk, as_role: Switch) -> None:
    """Asked where the site records, gone once it was answered."""
    admin = as_role(desk, Role.ADMIN)
    apply_policy(admin, policy_text(admin).replace("records_calls = false", "records_calls = true", 1))
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "1")
        assert "recording: declined" in read(pilot)
        await press(pilot, "d")
        assert "recording: declined" not in read(pilot)
        assert "3 Identity" in read(pilot)
    assert column(desk, "call_attempt", item, "recording") is RecordingAnswer.NO


async def test_from_queue_to_queue_with_a_voicemail_in_three_keys(desk: OpenDesk) -> None:
    """Enter on the first row, voicemail, left as it is worded; the queue says what happened."""
    item = patient_waiting(desk)
    app = CallbackApp(desk, None, desk.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("", "enter", "3", "f4"):
            if key:
                await pilot.press(key)
            for _ in range(3):
                await app.workers.wait_for_complete()
                await pilot.pause()
        assert "Voicemail logged." in read(pilot)
    assert column(desk, "call_attempt", item, "outcome") is Outcome.VOICEMAIL_LEFT


async def test_a_click_does_what_the_key_does(desk: OpenDesk) -> None:
    """The first line of the choices is the patient."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await pilot.click("#say-choices", offset=(6, 0))
        await settle(pilot)
        assert "3 Identity" in read(pilot)


def test_only_present_hits_are_marked() -> None:
    """A negated word is not underlined, an offset outside the text is ignored."""
    text = "no chest pain but tight"
    hit = Hit("R1", "chest", Tier.URGENT, 3, 8, "chest", ReadAs.NEGATED)
    tight = hit._replace(rule="R2", start=18, end=23, text="tight", read_as=ReadAs.PRESENT)
    beyond = tight._replace(start=90, end=95)
    content = quoted(text, (hit, tight, beyond))
    assert content.plain == f'"{text}"'
    assert [content.plain[span.start : span.end] for span in content.spans] == ["tight"]
    assert fired_words((hit, tight)) == "tight"


def test_words_inside_other_words_are_not_told_twice() -> None:
    """Two rules over the same words say them once, the most pressing and longest first."""
    long = Hit("R1", "breath", Tier.EMERGENT, 4, 20, "hard to wake up", ReadAs.PRESENT)
    inside = long._replace(rule="R2", start=9, end=16, text="to wake")
    urgent = long._replace(rule="R3", tier=Tier.URGENT, start=0, end=8, text="she hard")
    apart = urgent._replace(rule="R4", start=30, end=35, text="fever")
    assert fired_words((apart, inside, urgent, long)) == "hard to wake up, fever"


def test_a_note_is_asked_for_only_where_none_was_typed() -> None:
    """Resolved needs one; typed notes are enough; no answer needs nothing."""
    assert [field.name for field in outcome_fields(Outcome.RESOLVED, has_notes=False)] == ["note"]
    assert outcome_fields(Outcome.RESOLVED, has_notes=True) == ()
    assert outcome_fields(Outcome.NO_ANSWER, has_notes=False) == ()


def test_a_note_at_the_end_stands_under_the_typed_ones(desk: OpenDesk) -> None:
    """Nothing typed in the call is overwritten by the reason given for a voicemail."""
    written = WrittenAt(desk.clock.now(), "UTC", "typed before", CloseTicks(survey_score=5))
    entry = outcome_entry(Outcome.VOICEMAIL_LEFT, {"wording": "Please call.", "note": "asked for it"}, written)
    assert entry.note == "typed before\nasked for it"
    assert entry.voicemail_wording == "Please call."
    assert entry.survey_score == 5


async def test_a_window_takes_the_message_off_the_screen(desk: OpenDesk) -> None:
    """While it rings the message may be read; not behind a window, and not while it is asked again who answered."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk, LONG)))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        assert left_of_message(pilot) == WORDS_OF_LONG
        for key in ("f", "6", "f8", "f1"):
            await press(pilot, key)
            assert app.screen is not app.call
            assert left_of_message(pilot) == set()
            await press(pilot, "escape")
            assert left_of_message(pilot) == WORDS_OF_LONG
        await press(pilot, "1", "1", "2")
        assert left_of_message(pilot) == WORDS_OF_LONG
        assert "Thank you. I am calling about" in read(pilot)
        await press(pilot, "f5")
        assert "Who answered?" in read(pilot)
        assert "Say who it is before" in read(pilot)
        assert "I am calling about" not in read(pilot)
        assert left_of_message(pilot) == set()


def left_of_message(pilot: Pilot[None]) -> set[str]:
    """Return which words of the long message can be read anywhere on the screen."""
    return WORDS_OF_LONG & set(re.findall(r"\w+", read(pilot)))


async def test_behind_the_curtain_only_its_key_and_the_emergency_answer(desk: OpenDesk) -> None:
    """Nobody chooses what nobody can read; F7 works all the same."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f9", "1", "4", "f", "enter", "f2", "f3", "f4", "f5", "f6", "f8", "f12", "tab")
        assert app.screen is app.call
        assert "F9 opens it" in read(pilot)
        assert not app.call.has_class("-card")
        assert app.clipboard == ""
        for line in range(3):
            await pilot.click("#say-choices", offset=(6, line))
            await settle(pilot)
        assert app.ended == NOT_ENDED
        assert column(desk, "call_attempt", item, "who_answered") is None
        await press(pilot, "f7")
        assert isinstance(app.screen, EmergencyScreen)
        await press(pilot, "escape", "f9", "f2", "f3")
        assert app.call.has_class("-card")
        assert app.clipboard == "+12125550172"
        await press(pilot, "f2", "1")
        assert "3 Identity" in read(pilot)


async def test_a_call_that_ended_behind_a_window_waits_until_it_is_closed(desk: OpenDesk) -> None:
    """Parked while somebody reads the keys: nothing is taken from under them, and the end is not lost."""
    item = patient_waiting(desk)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        app.call.action_park()
        app.call.action_help()
        await settle(pilot)
        assert column(desk, "call_attempt", item, "state") is AttemptState.OUTCOME_MISSING
        assert isinstance(app.screen, HelpScreen)
        assert app.ended == NOT_ENDED
        await press(pilot, "escape")
        assert app.ended is None


@pytest.mark.parametrize("size", SIZES)
async def test_an_emergency_needs_the_place_and_who_was_told(desk: OpenDesk, size: tuple[int, int]) -> None:
    """Nothing is logged from empty boxes; a typed "unknown" is fine. The band stays on top."""
    item = patient_waiting(desk, LONG)
    app = CallDesk(desk, start_call(desk, item))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "f7", "f4")
        assert "write where they are" in read(pilot)
        await write(pilot, "unknown")
        await press(pilot, "f4")
        assert "write who was told and when" in read(pilot)
        assert app.ended == NOT_ENDED
        shown = read(pilot)
        assert "EMERGENCY" in shown
        assert "chest has been tight" in shown
        assert " years · Main" in shown
        assert "rule" not in shown
        assert 0 <= app.screen.query_one("#band").region.y < app.screen.query_one("#emergency").region.y
        await write(pilot, "unknown")
        await press(pilot, "f4")
    assert column(desk, "incident", item, "told") == "unknown"


async def test_a_check_that_did_not_pass_gets_no_tick(desk: OpenDesk) -> None:
    """The first miss is said, the second ends the check with a cross."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "x")
        assert "First miss noted; the next one ends the check." in read(pilot)
        await press(pilot, "x")
        assert "✗ Identity" in read(pilot)
        assert "First miss" not in read(pilot)


async def test_general_information_is_no_tick_either(desk: OpenDesk) -> None:
    """A dot: nobody was checked."""
    app = CallDesk(desk, start_call(desk, patient_waiting(desk)))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "g")
        assert "· Identity" in read(pilot)
        assert "✓ Identity" not in read(pilot)


async def test_a_number_that_was_only_heard_says_so_while_it_is_rung(desk: OpenDesk) -> None:
    leave(desk, "Call me at 212-555-0110, I need a refill.", "Tom Reid", "")
    app = CallbackApp(desk, None, desk.clock)
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("", "enter"):
            if key:
                await pilot.press(key)
            for _ in range(3):
                await app.workers.wait_for_complete()
                await pilot.pause()
        assert "(212) 555-0110 heard, verify" in read(pilot)
        await pilot.resize_terminal(120, 34)
        await pilot.pause()
        assert "(212) 555-0110 from the transcript, verify" in read(pilot)
