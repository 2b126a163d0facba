"""The next call for whoever is at the desk, whether we will make it, and the sign of life of the desk."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from callback_tui.errors import DeskError
from callback_tui.screens.day_lists import DayListsScreen
from callback_tui.screens.pace import PaceScreen
from callback_tui.screens.queue_base import CURTAIN_SENTENCE
from callback_tui.screens.queue_calls import CallsFromQueue
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import NextCall
from callback_tui.views.forecast import OneMore
from callback_tui.views.queue import QueueSnapshot
from callback_tui.widgets.queue_table import QueueTable

if TYPE_CHECKING:
    from callback_tui.app import CallbackApp

_LOOK_EVERY_SECONDS = 30.0


class NextOfQueue(CallsFromQueue):
    """What the queue screen offers its person to do next."""

    _said_seen_at: datetime | None = None

    def on_mount(self) -> None:
        """Look now and then whether the person is still there."""
        self.set_interval(_LOOK_EVERY_SECONDS, self.say_seen, name="seen")

    def say_seen(self) -> None:
        """Keep that the person is at the desk, if the desk was touched since it was last kept; rarely."""
        snapshot = self.snapshot
        touched = cast("CallbackApp", self.app).last_input_at
        if snapshot is None:
            return
        last, rest = self._said_seen_at, snapshot.policy.desk.seen_every_seconds
        if last is not None and (touched - last).total_seconds() < rest:
            return
        self._said_seen_at = touched
        self.in_background("seen", lambda: self.source.ask(lambda desk: _seen(desk, touched)), lambda _done: None)

    def action_next(self) -> None:
        """Take the next call for this person's role and start it."""
        if self.curtained:
            self.say(CURTAIN_SENTENCE)
        elif not self._opening:
            self._opening = True
            self.in_background("next_call", lambda: self.source.ask(_next_call), self._next_found, self._next_refused)

    def action_pace(self) -> None:
        """Say whether we will make it, and what that assumes."""
        self.in_background("pace", lambda: self.source.ask(_pace), self._pace_read)

    def action_day_lists(self) -> None:
        """Go to the lists of the day."""
        if self.curtained:
            self.say(CURTAIN_SENTENCE)
        else:
            self.app.push_screen(DayListsScreen(self.desk), lambda hide: self.action_curtain() if hide else None)

    def action_curtain(self) -> None:
        """Draw or open the curtain."""
        raise NotImplementedError

    def _next_found(self, found: NextCall) -> None:
        self._opening = False
        self.say(found.sentence)
        if found.item_id is not None:
            self.query_one(QueueTable).select(str(found.item_id))
        if found.sheet is not None:
            self._open_call(found.sheet)
        elif found.item_id is not None:
            self.start_call(found.item_id)
        else:
            self.read_queue()

    def _next_refused(self, error: DeskError) -> None:
        self._opening = False
        self.show_refusal(error)

    def _pace_read(self, read: tuple[QueueSnapshot, OneMore | None]) -> None:
        snapshot, more = read
        if snapshot.forecast is not None:
            self.app.push_screen(PaceScreen(snapshot.forecast, more, snapshot.policy, snapshot.as_of))


def _next_call(desk: OpenDesk) -> NextCall:
    from callback_tui.services.next_call import next_call

    return next_call(desk)


def _pace(desk: OpenDesk) -> tuple[QueueSnapshot, OneMore | None]:
    from callback_tui.services.pace import will_we_make_it

    return will_we_make_it(desk)


def _seen(desk: OpenDesk, at: datetime) -> None:
    from callback_tui.services.presence import seen

    seen(desk, at)
