"""The on-call roster from an open queue: looked after while something urgent waits, and told to everybody."""

from typing import TYPE_CHECKING

from callback_tui.errors import DeskError
from callback_tui.rules.on_call import on_call_words
from callback_tui.screens.queue_base import QueueBase
from callback_tui.views.on_call import OnCallLine

if TYPE_CHECKING:
    from callback_tui.services.desk import OpenDesk

_LOOK_SECONDS = 25.0


class OnCallOfQueue(QueueBase):
    """Looks after the roster every 25 seconds, so that an emergent message has most of its five minutes left."""

    _looking = False

    def on_mount(self) -> None:
        """Start the timer, which costs nothing without a roster or anything urgent."""
        self.set_interval(_LOOK_SECONDS, self.look_after_roster, name="on_call")

    def look_after_roster(self) -> None:
        """Do what is due about the roster in a worker, one look at a time; its command may take a while."""
        if self._looking or not self._roster_matters():
            return
        self._looking = True
        self.in_background("on_call", lambda: self.source.ask(_look), self._looked_after, self._look_failed)

    def action_on_call(self) -> None:
        """Say that this person has what the roster was fetched for."""
        self.in_background("on_call_answer", lambda: self.source.ask(_acknowledge), self._answered)

    def _roster_matters(self) -> bool:
        shown = self.snapshot
        if shown is None or not shown.policy.on_call.roster:
            return False
        return bool(shown.on_call) or any(row.clock.tier.always_on for row in (*shown.rows, *shown.asleep))

    def _looked_after(self, lines: tuple[OnCallLine, ...]) -> None:
        self._looking = False
        if lines:
            words = on_call_words(lines[-1], self.desk_zone, self.source.clock.now())
            self.say(f"{words[0].upper()}{words[1:]}.")

    def _look_failed(self, error: DeskError) -> None:
        self._looking = False
        self.say(str(error))

    def _answered(self, alerts: int) -> None:
        self.say(
            "Nobody else is fetched: you have it." if alerts else "Nobody was fetched, so there is nothing to take."
        )


def _look(desk: "OpenDesk") -> tuple[OnCallLine, ...]:
    from callback_tui.services import on_call

    return on_call.look(desk)


def _acknowledge(desk: "OpenDesk") -> int:
    from callback_tui.services import on_call

    return on_call.acknowledge(desk)
