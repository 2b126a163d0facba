"""Sign-in: name and passphrase. It paints first; what opening a desk needs is loaded behind it."""

import contextlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from callback_tui.clock import Clock
from callback_tui.commands import QUIT, SIGN_IN
from callback_tui.errors import DeskError
from callback_tui.screens.background import BackgroundScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.plain import plain_line

if TYPE_CHECKING:
    from callback_tui.screens.queue_source import News
    from callback_tui.services.desk import OpenDesk

_KEY_FILE = "keys.json"


class SignedIn(NamedTuple):
    """The open desk of a person, whether the recovery code is still to be asked of them, and their first queue."""

    desk: "OpenDesk"
    asks_for_code: bool
    first: "News | None" = None


class SignInScreen(BackgroundScreen[SignedIn | None]):
    """Gives back the desk that somebody signed in to, or None when they left."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(SIGN_IN)]
    commands = SIGN_IN

    def __init__(self, folder: Path | None, clock: Clock) -> None:
        """Sign in to the desk in `folder`."""
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._busy = False

    @property
    def has_desk(self) -> bool:
        """Whether there is a desk to sign in to."""
        return self._folder is not None and (self._folder / _KEY_FILE).is_file()

    def compose(self) -> ComposeResult:
        """Two fields, or the two ways to get a desk."""
        with Vertical(id="sign-in"):
            yield Static(Content.styled("callback-tui", "bold"), markup=False)
            if self.has_desk:
                yield Static(Content.styled("Who is at the desk?", "$dim"), markup=False)
                yield field_line("Name", Input(id="name", select_on_focus=False))
                yield field_line("Passphrase", Input(id="passphrase", password=True, select_on_focus=False))
                yield Static(id="answer", markup=False)
            else:
                yield Static(_no_desk(), id="no-desk", markup=False)
        yield KeyFooter(SIGN_IN if self.has_desk else [QUIT])

    def on_mount(self) -> None:
        """Load what signing in needs once the screen is painted."""
        if self.has_desk:
            self.query_one("#name", Input).focus()
            self.call_after_refresh(self.in_background, "load", _load, lambda _loaded: None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes from the name to the passphrase, and from there into the desk."""
        event.stop()
        name = self.query_one("#name", Input).value.strip()
        passphrase = self.query_one("#passphrase", Input)
        if not name:
            self.query_one("#name", Input).focus()
            self._answer("Type your name first, as your admin wrote it.", "$soon")
        elif not passphrase.value:
            passphrase.focus()
        elif not self._busy and self._folder is not None:
            self._busy = True
            self._answer("Opening the desk.", "$dim")
            work = partial(_sign_in, self._folder, name, passphrase.value, self._clock)
            self.in_background("sign_in", work, self.dismiss, self._refused)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Take an old answer away as soon as somebody types again."""
        if not self._busy:
            self._answer("", "")

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(SIGN_IN, with_legend=False))

    def _refused(self, error: DeskError) -> None:
        self._busy = False
        passphrase = self.query_one("#passphrase", Input)
        with self.prevent(Input.Changed):
            passphrase.value = ""
        passphrase.focus()
        self._answer(str(error), "$late")

    def _answer(self, sentence: str, style: str) -> None:
        self.query_one("#answer", Static).update(plain_line(sentence, style))


def field_line(label: str, field: Input) -> Horizontal:
    """Return a field with its label before it."""
    return Horizontal(Label(label, markup=False), field, classes="field")


def _no_desk() -> Content:
    return Content.assemble(
        ("There is no desk in this folder yet.\n\n", "$foreground"),
        ("callback-tui init   ", "bold $accent"),
        ("set up a practice\n", "$dim"),
        ("callback-tui demo   ", "bold $accent"),
        ("try it with made-up people", "$dim"),
    )


def _load() -> None:
    import callback_tui.screens.queue
    import callback_tui.screens.queue_source
    import callback_tui.services.queue  # noqa: F401 - loaded early so that the queue does not wait for it
    from callback_tui.services.sign_in import load

    load()


def _sign_in(folder: Path, name: str, passphrase: str, clock: Clock) -> SignedIn:
    from callback_tui.models.vocabulary import Role
    from callback_tui.services.setup import recovery_code_unconfirmed
    from callback_tui.services.sign_in import sign_in

    # Looked at first: what fails after the sign-in would leave a desk open that nobody signs off.
    unconfirmed = recovery_code_unconfirmed(folder)
    desk = sign_in(folder, name, passphrase, clock)
    return SignedIn(desk, unconfirmed and desk.actor.role is Role.ADMIN, _first_look(desk))


def _first_look(desk: "OpenDesk") -> "News | None":
    from callback_tui.screens.queue_source import DeskSource, look

    # What fails here is tried again, and told, by the queue itself.
    with contextlib.suppress(DeskError):
        return look(DeskSource(desk))
    return None
