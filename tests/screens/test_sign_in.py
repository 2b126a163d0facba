"""Sign-in: what is asked, what is refused and how, and what is not loaded before it is painted."""

import subprocess
import sys
from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input, Static

from callback_tui.app import CallbackApp
from callback_tui.clock import FixedClock
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.sign_in import SignInScreen
from callback_tui.services.sign_in import sign_in
from callback_tui.store import tables as t
from tests.conftest import PASSPHRASE
from tests.screens.drive import SMALL, WIDE, Session, opened
from tests.services.made_up import leave

SIZES = [SMALL, WIDE]
_PAINTED_WITHOUT = """
import sys
from callback_tui.app import CallbackApp
from callback_tui.screens.sign_in import SignInScreen
heavy = {"sqlalchemy", "sqlmodel", "phonenumbers", "cryptography", "sqlcipher3", "alembic"} & set(sys.modules)
print(sorted(heavy))
"""


async def type_in(session: Session, name: str, passphrase: str) -> None:
    """Fill both fields and press Enter."""
    session.app.screen.query_one("#name", Input).value = name
    field = session.app.screen.query_one("#passphrase", Input)
    field.value = passphrase
    field.focus()
    await session.press("enter")


async def test_what_is_typed_ahead_after_tab_never_shows_in_the_name(desk_folder: Path, clock: FixedClock) -> None:
    """A whole burst arrives before anything is handled, as from a slow line: the passphrase stays in its field."""
    async with opened(CallbackApp(None, desk_folder, clock), SMALL) as session:
        for key in ("a", "tab", "b"):
            session.app.post_message(Key(key, key if len(key) == 1 else None))
        await session.settle()
        assert session.app.screen.query_one("#name", Input).value == "a"
        assert session.app.screen.query_one("#passphrase", Input).value == "b"


async def test_no_cursor_blinks(desk_folder: Path, clock: FixedClock) -> None:
    """In no field that has the focus, the palette's too; Textual's own fields would."""
    assert Input().cursor_blink
    async with opened(CallbackApp(None, desk_folder, clock), SMALL) as session:
        for key in ("tab", "ctrl+p"):
            await session.press(key)
            field = session.app.focused
            assert isinstance(field, Input)
            assert not field.cursor_blink


@pytest.mark.parametrize("size", SIZES)
async def test_the_right_passphrase_opens_the_queue(
    desk_folder: Path, clock: FixedClock, size: tuple[int, int]
) -> None:
    """Name, Enter, passphrase, Enter: the queue of that person; at the end they are signed off."""
    made = sign_in(desk_folder, "admin", PASSPHRASE, clock)
    leave(made, name="Tom Reid")
    app = CallbackApp(None, desk_folder, clock)
    async with opened(app, size) as session:
        session.top(SignInScreen)
        await session.press(*"nurse", "enter")
        assert session.app.focused is session.app.screen.query_one("#passphrase")
        await session.press(*("space" if sign == " " else sign for sign in PASSPHRASE), "enter")
        session.top(QueueScreen)
        assert "Tom Reid" in session.text()
        assert "Sam Nurse" in session.text()
    with made.store.read() as connection:
        actions = [row.action for row in connection.execute(t.audit_entry.select().order_by(t.audit_entry.c.seq))]
    made.store.close()
    assert actions[-1] == "signed_off"


@pytest.mark.parametrize("size", SIZES)
async def test_a_wrong_passphrase_says_a_sentence(desk_folder: Path, clock: FixedClock, size: tuple[int, int]) -> None:
    """The passphrase is emptied, the sentence stays until somebody types, and the fields still work."""
    async with opened(CallbackApp(None, desk_folder, clock), size) as session:
        await type_in(session, "nurse", "not the right words")
        screen = session.top(SignInScreen)
        answer = str(screen.query_one("#answer", Static).visual)
        assert "passphrase" in answer
        assert answer.endswith(".")
        assert screen.query_one("#passphrase", Input).value == ""
        assert "not the right words" not in session.text()
        await session.press("x")
        assert str(screen.query_one("#answer", Static).visual) == ""
        await type_in(session, "nurse", PASSPHRASE)
        session.top(QueueScreen)


async def test_a_missing_name_is_asked_for(desk_folder: Path, clock: FixedClock) -> None:
    """Enter on an empty name asks for it and goes there."""
    async with opened(CallbackApp(None, desk_folder, clock), SMALL) as session:
        await session.press("tab", *"secret", "enter")
        assert "Type your name first" in session.text()
        assert session.app.focused is session.app.screen.query_one("#name")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("exists", [True, False])
async def test_no_desk_shows_the_two_ways_to_get_one(
    tmp_path: Path, clock: FixedClock, size: tuple[int, int], exists: bool
) -> None:
    """An empty or missing folder asks for no passphrase."""
    folder = tmp_path if exists else tmp_path / "nowhere"
    async with opened(CallbackApp(None, folder, clock), size) as session:
        text = session.text()
        assert "There is no desk in this folder yet." in text
        assert "callback-tui init" in text
        assert "callback-tui demo" in text
        assert not session.app.screen.query(Input)
        await session.press("ctrl+q")
        assert session.app._exit


async def test_help_shows_the_keys(desk_folder: Path, clock: FixedClock) -> None:
    """F1 works while a field has the focus."""
    async with opened(CallbackApp(None, desk_folder, clock), SMALL) as session:
        await session.press("f1")
        session.top(HelpScreen)
        assert "Sign in with name and passphrase." in session.text()


def test_nothing_heavy_is_loaded_before_the_first_paint() -> None:
    """Store, keys and phone numbers load behind the painted screen, not before it."""
    done = subprocess.run([sys.executable, "-c", _PAINTED_WITHOUT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
