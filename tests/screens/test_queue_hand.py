"""Giving messages to people and freeing patients, by keys."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Role
from callback_tui.screens.confirm import ConfirmScreen
from callback_tui.screens.pick_one import PickOne
from callback_tui.screens.queue import QueueScreen
from callback_tui.services.calls import start_call
from callback_tui.services.desk import OpenDesk
from callback_tui.services.sign_in import sign_in
from tests.conftest import PASSPHRASE
from tests.screens.drive import WIDE, at_the_desk
from tests.screens.made_up import FOUR_NAMES
from tests.services.made_up import audited, column

AsRole = Callable[[OpenDesk, Role], OpenDesk]


async def test_a_message_is_given_to_a_person_a_role_and_back(
    desk: OpenDesk, clock: FixedClock, four: tuple[int, ...]
) -> None:
    """Only who takes it is offered; the status line says until when, the list and the pane whose it is."""
    chest, _, refill, _ = four
    async with at_the_desk(desk, clock, WIDE) as session:
        session.select(refill)
        await session.press("h")
        session.top(PickOne)
        text = session.text()
        assert "Sam Nurse (me)" in text
        assert "Sam Staff" in text
        assert "Sam Clinician" not in text
        await session.press("2")
        assert session.status() == "Given to Sam Staff until 12:42, then it is the team's again."
        assert str(refill) not in session.table.order
        await session.press("v", "1")
        session.select(refill)
        session.queue.open_message()
        await session.settle()
        assert session.cell(str(refill), "with") == "Sam"
        assert "given to    Sam Staff, until 12:42" in session.text()
        await session.press("h", "n")
        assert "This message was given to Sam Staff. Ask Sam Staff or a supervisor" in session.status()
        clock.advance(timedelta(minutes=121))
        session.app.last_input_at = clock.now()
        session.queue.read_queue()
        await session.settle()
        assert session.cell(str(refill), "with") == ""
        await session.press("h", "n")
        assert column(desk, "queue_item", refill, "assigned_role") == Role.NURSE
        assert session.cell(str(refill), "with") == "nurses"
        await session.press("h", "t")
        assert session.status() == "It is the team's again."
        assert column(desk, "queue_item", refill, "assigned_role") is None
        session.select(chest)
        await session.press("h")
        assert f"{FOUR_NAMES[0]}: an emergency stays everybody's; it is only pointed out" in session.text()
        await session.press("1")
        assert session.status() == "Pointed out to Sam Nurse; an emergency stays everybody's."
        await session.press("f9", "h", "b")
        session.top(QueueScreen)
        assert "The curtain is drawn" in session.status()


async def test_a_patient_is_freed_after_a_question(
    desk: OpenDesk, desk_folder: Path, clock: FixedClock, four: tuple[int, ...], as_role: AsRole
) -> None:
    """n and Enter leave the claim; a nurse is told who can; y frees, and everybody may ring."""
    _, pain, refill, _ = four
    other = sign_in(desk_folder, "staff", PASSPHRASE, clock)
    try:
        start_call(other, refill)
        async with at_the_desk(desk, clock) as session:
            session.select(refill)
            await session.press("b", "y")
            assert "A nurse cannot take a patient from somebody" in session.status()
        async with at_the_desk(as_role(desk, Role.SUPERVISOR), clock) as session:
            session.select(pain)
            await session.press("b")
            assert session.status() == "Nobody is ringing this patient."
            session.select(refill)
            await session.press("b")
            session.top(ConfirmScreen)
            assert "Sam Staff has been ringing this patient for under a minute. Free the patient?" in session.text()
            await session.press("enter")
            assert session.cell(str(refill), "with") == "Sam 0m"
            await session.press("b", "y")
            assert session.status() == "Freed from Sam Staff; anybody may ring now."
            assert session.cell(str(refill), "with") == ""
        assert len(audited(desk, "claim_broken")) == 1
    finally:
        other.store.close()
