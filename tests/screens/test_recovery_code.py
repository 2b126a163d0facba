"""The recovery code at the sign-in: asked of an admin until it was typed back, never shown."""

from pathlib import Path

from textual.widgets import Input

from callback_tui.app import CallbackApp
from callback_tui.clock import FixedClock
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.recovery_code import RecoveryCodeScreen
from callback_tui.services.audit import list_entries
from callback_tui.services.setup import init_desk, recovery_code_unconfirmed
from callback_tui.services.sign_in import sign_in
from tests.conftest import CHEAP_KEYS, PASSPHRASE
from tests.screens.drive import SMALL, WIDE, opened
from tests.screens.test_sign_in import type_in

WRONG = "AAAA-BBBB"


async def test_an_admin_is_asked_until_the_code_was_typed_back(tmp_path: Path, clock: FixedClock) -> None:
    """Esc puts it off, a wrong code is a sentence, the right one is noted and audited."""
    made = init_desk(
        tmp_path / "desk",
        practice="Maple Street Family Medicine",
        short_name="Maple Street",
        zone="America/New_York",
        region="US",
        callback_number="",
        admin_username="ada",
        admin_name="Ada Admin",
        passphrase=PASSPHRASE,
        clock=clock,
        key_cost=CHEAP_KEYS,
    )
    async with opened(CallbackApp(None, made.folder, clock), SMALL) as session:
        await type_in(session, "ada", PASSPHRASE)
        session.top(RecoveryCodeScreen)
        assert "when every passphrase is lost" in " ".join(session.text().split())
        await session.press("escape")
        session.top(QueueScreen)
    assert recovery_code_unconfirmed(made.folder)

    async with opened(CallbackApp(None, made.folder, clock), WIDE) as session:
        await type_in(session, "ada", PASSPHRASE)
        screen = session.top(RecoveryCodeScreen)
        await session.press("enter", *WRONG)
        assert screen.query_one(Input).value == WRONG
        assert "AAAA" not in session.text()
        await session.press("enter")
        assert "That is not the recovery code of this desk." in session.text()
        assert screen.query_one(Input).value == ""
        assert recovery_code_unconfirmed(made.folder)
        screen.query_one(Input).value = made.recovery_code.lower()
        await session.press("enter")
        session.top(QueueScreen)
    assert not recovery_code_unconfirmed(made.folder)

    desk = sign_in(made.folder, "ada", PASSPHRASE, clock)
    assert [line.who for line in list_entries(desk, action="recovery_code_confirmed")] == ["Ada Admin"]
    assert [line.who for line in list_entries(desk, action="signed_off")] == ["Ada Admin"] * 2
    desk.store.close()
