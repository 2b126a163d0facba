"""What every group of the queue screen's verbs may ask of the screen: its source, its rows, the status line."""

from collections.abc import Callable, Sequence

from textual.screen import ModalScreen

from callback_tui.errors import DeskError
from callback_tui.screens.background import BackgroundScreen
from callback_tui.screens.call_modal import CallModal
from callback_tui.screens.calling_back import CallingBackScreen
from callback_tui.screens.confirm import refusal_screen
from callback_tui.screens.day_lists import DayListsScreen
from callback_tui.screens.queue_source import QueueSource
from callback_tui.services.desk import OpenDesk
from callback_tui.views.policy import SitePolicy
from callback_tui.views.queue import QueueRow, QueueSnapshot
from callback_tui.widgets.choice_list import ChoiceRow
from callback_tui.widgets.queue_table import QueueTable

CURTAIN_SENTENCE = "The curtain is drawn; F9 opens it."


class QueueBase(BackgroundScreen[None]):
    """The queue screen as its verbs know it; `QueueScreen` fills in what is left open here."""

    source: QueueSource
    rows: dict[str, QueueRow]
    curtained = False

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line."""
        raise NotImplementedError

    def read_queue(self) -> None:
        """Read a new snapshot."""
        raise NotImplementedError

    def take_snapshot(self, snapshot: QueueSnapshot) -> None:
        """Show a snapshot."""
        raise NotImplementedError

    def open_message(self) -> None:
        """Open the selected message in its pane, where there is one."""
        raise NotImplementedError

    def forget_message(self) -> None:
        """Open the selected message in its pane anew."""
        raise NotImplementedError

    def site_of(self, row: QueueRow) -> SitePolicy:
        """Return the site a row belongs to."""
        raise NotImplementedError

    @property
    def snapshot(self) -> QueueSnapshot | None:
        """What is shown; None until the queue was read."""
        raise NotImplementedError

    @property
    def desk_zone(self) -> str:
        """The zone of the clock at the desk."""
        raise NotImplementedError

    @property
    def searching(self) -> bool:
        """Whether a search is in force."""
        raise NotImplementedError

    def action_emergency(self) -> None:
        """Ring the selected patient with the emergency numbers on screen."""
        raise NotImplementedError

    @property
    def desk(self) -> OpenDesk:
        """The open desk, for a screen of its own above the queue."""
        return self.source.ask(lambda desk: desk)

    def selected_item(self) -> int | None:
        """Return the message the cursor is on."""
        key = self.query_one(QueueTable).selected_key
        return None if key is None else int(key)

    def selected_row(self) -> QueueRow | None:
        """Return the row the cursor is on; None, with the sentence that says so, while the curtain is drawn."""
        if self.curtained:
            self.say(CURTAIN_SENTENCE)
            return None
        return self.rows.get(self.query_one(QueueTable).selected_key or "")

    def close_windows(self) -> None:
        """Close what stands above the queue and may name a patient; a form keeps what was written in it.

        A call and the other home screens draw their own curtain; "they are calling me back" above them closes too.
        """
        stack = self.app.screen_stack
        above = stack[stack.index(self) + 1 :]
        if not all(isinstance(window, (ModalScreen, DayListsScreen)) for window in above):
            above = [window for window in above[-1:] if isinstance(window, CallingBackScreen)]
        for window in reversed(above):
            window.dismiss(window.unfinished() if isinstance(window, CallModal) else None)

    def pick(self, heading: str, sentence: str, rows: Sequence[ChoiceRow], then: Callable[[str], object]) -> None:
        """Let somebody choose a row by its key in a window, then go on with that key."""
        from callback_tui.screens.pick_one import PickOne

        def picked(key: str | None) -> None:
            if key is not None:
                then(key)

        window = PickOne(heading, sentence, rows, self.action_emergency, back="back to the queue")
        self.app.push_screen(window, picked)

    def show_refusal(self, error: DeskError) -> None:
        """Show a refusal in a window, and the queue as it is now."""
        self.app.push_screen(refusal_screen(error))
        self.read_queue()
