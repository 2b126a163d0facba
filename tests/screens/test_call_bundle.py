"""One call, many messages, by keys alone: the same person or not, one outcome for all, or one by one."""

from textual.widgets import Static

from callback_tui.models.vocabulary import ItemState, Outcome
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from tests.screens.made_up_call import CallDesk, patient_waiting, press, read, settle, write
from tests.services.made_up import HOURS, REFILL, column, leave

PHONE = "(212) 555-0172"


def states(desk: OpenDesk, *item_ids: int) -> list[object]:
    """Return the states of items."""
    return [column(desk, "queue_item", item_id, "state") for item_id in item_ids]


async def test_same_person_then_one_by_one(desk: OpenDesk) -> None:
    """The card is asked about first; a message gets its own outcome, one the same, one waits as it did."""
    first = patient_waiting(desk)
    second, third = leave(desk, REFILL, "Wei Chen", PHONE), leave(desk, HOURS, "Wei Chen", PHONE)
    alike, stranger = leave(desk, REFILL, "W. Chen", PHONE), leave(desk, REFILL, "Tom Reid", PHONE)
    app = CallDesk(desk, start_call(desk, first))
    async with app.run_test(size=(120, 34)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2", "f4", "f4")
        await press(pilot, "tab")
        await write(pilot, "all said")
        await press(pilot, "escape", "f8", "1")
        assert "Wei Chen and W. Chen have the same number: the same person?" in read(pilot)
        await press(pilot, "y")
        text = read(pilot)
        assert "4 messages from this patient" in text
        assert "the same for all 4" in text
        beside = str(pilot.app.screen.query_one(".sentence", Static).visual)
        assert beside.count("also: ") == 3, "the one on screen is not among them"
        assert "only this message" in text
        await press(pilot, "2", "s")
        assert "Message 3 of 4" in read(pilot)
        await press(pilot, "k", "2")
        assert app.result.sentence == "Resolved and closed. Logged for 3 messages."
    assert states(desk, first, second, third) == [ItemState.CLOSED, ItemState.CLOSED, ItemState.OPEN]
    assert states(desk, alike, stranger) == [ItemState.FOLLOWING_UP, ItemState.OPEN]
    assert column(desk, "call_attempt", alike, "outcome") is Outcome.FOLLOW_UP


async def test_one_key_for_all(desk: OpenDesk) -> None:
    """A vain call asks nothing; a talk asks once, and Esc logs nothing."""
    first = patient_waiting(desk)
    second = leave(desk, REFILL, "Wei Chen", PHONE)
    app = CallDesk(desk, start_call(desk, first))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "1", "1", "2")
        await press(pilot, "tab")
        await write(pilot, "all said")
        await press(pilot, "escape", "f8", "1", "escape")
        assert states(desk, first, second) == [ItemState.OPEN] * 2
        await press(pilot, "f8", "1", "1")
        assert app.result.sentence == "Resolved and closed. Logged for 2 messages."
    assert states(desk, first, second) == [ItemState.CLOSED] * 2
