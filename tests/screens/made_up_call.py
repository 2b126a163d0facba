"""A call on a real desk with a made-up patient, shown in the program; and what a person would read off its screen."""

from textual import events
from textual.pilot import Pilot

from callback_tui.app import CallbackApp
from callback_tui.screens.call import CallScreen
from callback_tui.screens.queue_source import News
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import CallSheet, OutcomeResult
from tests.services.made_up import PAIN, give_card, leave

NOT_ENDED = "not ended"
SIZES = ((80, 24), (120, 34))
_MOST_ROUNDS = 30


class CallDesk(CallbackApp):
    """The program with one call on its screen; `ended` is what the call screen gave back."""

    def __init__(self, desk: OpenDesk, sheet: CallSheet) -> None:
        """Show the sheet of a call that was started on the desk."""
        super().__init__(desk, None, desk.clock)
        self.call = CallScreen(desk, sheet)
        self.ended: OutcomeResult | str | None = NOT_ENDED

    def open_queue(self, _desk: OpenDesk, _first: News | None = None) -> None:
        """Show the call in place of the queue."""
        self.push_screen(self.call, self._call_ended)

    def _call_ended(self, result: OutcomeResult | None) -> None:
        self.ended = result

    @property
    def result(self) -> OutcomeResult:
        """The outcome the call ended with."""
        assert isinstance(self.ended, OutcomeResult), self.ended
        return self.ended


def patient_waiting(desk: OpenDesk, body: str = PAIN, name: str = "Wei Chen") -> int:
    """Leave a message of a patient with date of birth and address on the card; return its item id."""
    item_id = leave(desk, body, name, "(212) 555-0172")
    give_card(desk, item_id)
    return item_id


async def settle(pilot: Pilot[None]) -> None:
    """Wait until no verb is under way and everything is drawn."""
    app = pilot.app
    assert isinstance(app, CallDesk)
    for _ in range(_MOST_ROUNDS):
        await app.workers.wait_for_complete()
        await pilot.pause()
        if not app.call.busy and not any(worker.is_running for worker in app.workers):
            break
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys as a person does: each one after the answer to the last."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def write(pilot: Pilot[None], text: str) -> None:
    """Put a text into the field that has the focus, in one go as a terminal pastes it."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.pause()


def read(pilot: Pilot[None]) -> str:
    """Return all text on the screen, line after line, without line breaks."""
    strips = pilot.app.screen._compositor.render_strips()
    return " ".join("".join(segment.text for strip in strips for segment in strip).replace("\xa0", " ").split())
