"""From a refused call to the fact that settles it: a request taken back, a dead number that works, or only the time."""

from datetime import timedelta

from textual.widgets import Input

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import ItemState, Outcome, WhoAnswered
from callback_tui.screens.call import CallScreen
from callback_tui.screens.confirm import ReasonScreen, RefusalScreen
from callback_tui.screens.form import FormScreen
from callback_tui.screens.pick_one import PickOne
from callback_tui.services.desk import OpenDesk
from callback_tui.services.take_back import opt_outs_standing, shut_ways
from callback_tui.views.call import OutcomeEntry
from tests.screens.drive import SMALL, Session, at_the_desk
from tests.screens.test_queue_calls import question
from tests.services.made_up import PAIN, REFILL, audited, column, give_card, leave, opt_out
from tests.services.test_outcomes import end


async def settle(session: Session, key: str, **fields: str) -> None:
    """Ring, be refused, pick what has changed and write it down."""
    await session.press("enter")
    session.top(RefusalScreen)
    await session.press("r")
    session.top(PickOne)
    await session.press(key)
    form = session.top(FormScreen)
    for name, value in fields.items():
        form.query_one(f"#field-{name}", Input).value = value
    await session.press("f4")


async def test_a_refusal_leads_to_the_fact_that_ends_it(desk: OpenDesk, clock: FixedClock) -> None:
    """First the request, then the number; what is missing keeps the window; then Enter rings them."""
    item_id = leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    end(desk, item_id, WhoAnswered.WRONG_NUMBER, OutcomeEntry(Outcome.WRONG_NUMBER))
    patient_id = give_card(desk, item_id)
    opt_out(desk, patient_id)
    clock.advance(timedelta(hours=5))
    labels = [(way.label, way.words) for way in shut_ways(desk, item_id)]
    assert labels == [
        ("They want calls again", "asked to be called not at all, 3 Nov"),
        ("This number works", "(212) 555-0110 was logged as wrong or out of service, 23 Nov"),
    ]
    async with at_the_desk(desk, clock, SMALL) as session:
        await settle(session, "1", said_by="the patient")
        assert "Still needed: how." in question(session)
        session.top(FormScreen).query_one("#field-how", Input).value = "called us today"
        await session.press("f4")
        assert session.status().startswith("Recorded. Enter rings them.")
        assert opt_outs_standing(desk, patient_id) == ()
        await settle(session, "1", reason="they rang from it")
        assert audited(desk, "number_reopened")[0].reason == "they rang from it"
        await session.press("enter")
        session.top(CallScreen)


async def test_where_only_the_time_is_wrong_it_says_so(desk: OpenDesk, clock: FixedClock) -> None:
    leave(desk, REFILL, "Tom Reid", "(212) 555-0110")
    clock.advance(timedelta(hours=12))
    async with at_the_desk(desk, clock, SMALL) as session:
        await session.press("enter")
        assert "They may be rung from 08:00 tomorrow." in question(session)
        await session.press("r")
        assert session.app.screen is session.queue
        assert session.status().startswith("Only the time stands in the way.")


async def test_an_urgent_time_asks_for_its_reason(desk: OpenDesk, clock: FixedClock) -> None:
    """Esc sets no time; a reason does, and is kept beside what was promised."""
    item_id = leave(desk, PAIN, "Ben Okafor", "(212) 555-0112", minutes_ago=0)
    opt_out(desk, give_card(desk, item_id))
    async with at_the_desk(desk, clock, SMALL) as session:
        for keys, state in ((("escape",), ItemState.OPEN), ((*"worse", "enter"), ItemState.ASLEEP)):
            await session.press("z", "1")
            form = session.top(FormScreen)
            form.query_one("#field-when", Input).value = "11:15"
            await session.press("f4")
            session.top(ReasonScreen)
            assert "asked not to be called" in question(session)
            await session.press(*keys)
            assert session.app.screen is session.queue
            assert column(desk, "queue_item", item_id, "state") is state
    assert audited(desk, "item_scheduled")[0].reason == "worse"
