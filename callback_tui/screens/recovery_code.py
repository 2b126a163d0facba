"""The recovery code, asked of an admin after signing in until it was typed back once."""

from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from callback_tui.commands import RECOVERY_CODE
from callback_tui.errors import DeskError
from callback_tui.screens.background import BackgroundScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.sign_in import field_line
from callback_tui.services.desk import OpenDesk
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.plain import plain_line

_WHY = "It opens the desk when every passphrase is lost. Type it once from the paper that you wrote it on."
_WRONG = "That is not the recovery code of this desk. Type all eight groups as you wrote them down."


class RecoveryCodeScreen(BackgroundScreen[None]):
    """Closes when the code was right, or put off until the next sign-in. What is typed is never shown."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(RECOVERY_CODE)]
    commands = RECOVERY_CODE

    def __init__(self, desk: OpenDesk) -> None:
        """Ask the admin who is signed in at this desk."""
        super().__init__()
        self._desk = desk
        self._busy = False

    def compose(self) -> ComposeResult:
        """One field."""
        with Vertical(id="sign-in"):
            yield Static(Content.styled("Do you have the recovery code?", "bold"), markup=False)
            yield Static(Content.styled(_WHY, "$dim"), markup=False)
            yield field_line("Code", Input(id="code", password=True, select_on_focus=False))
            yield Static(id="answer", markup=False)
        yield KeyFooter(RECOVERY_CODE)

    def on_mount(self) -> None:
        """Wait for the code."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Check the code."""
        event.stop()
        if event.value.strip() and not self._busy:
            self._busy = True
            self._answer("Checking the code.", "$dim")
            self.in_background("check", partial(_confirm, self._desk, event.value), self._checked)

    def on_input_changed(self, _event: Input.Changed) -> None:
        """Take an old answer away as soon as somebody types again."""
        if not self._busy:
            self._answer("", "")

    def action_later(self) -> None:
        """Go on; the next sign-in asks again."""
        self.dismiss(None)

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(RECOVERY_CODE, with_legend=False))

    def refused(self, error: DeskError) -> None:
        """Say what failed below the field."""
        self._ask_again(str(error))

    def _checked(self, is_right: bool) -> None:
        if is_right:
            self.dismiss(None)
        else:
            self._ask_again(_WRONG)

    def _ask_again(self, sentence: str) -> None:
        self._busy = False
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = ""
        field.focus()
        self._answer(sentence, "$late")

    def _answer(self, sentence: str, style: str) -> None:
        self.query_one("#answer", Static).update(plain_line(sentence, style))


def _confirm(desk: OpenDesk, code: str) -> bool:
    from callback_tui.services.setup import confirm_recovery_code

    return confirm_recovery_code(desk.store.folder, code, desk=desk)
