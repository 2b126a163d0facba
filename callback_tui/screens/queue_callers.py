"""What leads from "they are calling me back" into a call; the window may stand above any home screen."""

from functools import partial

from callback_tui.errors import DeskError
from callback_tui.screens.calling_back import CallerPicked, CallingBackScreen, NewCaller
from callback_tui.screens.queue_base import CURTAIN_SENTENCE
from callback_tui.screens.queue_new_message import NewMessagesOfQueue
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import CallSheet


class CallersOfQueue(NewMessagesOfQueue):
    """The queue screen's way into the call of somebody who rings us, or to a new message from them."""

    def offer_callers(self) -> None:
        """Ask who it is, above the home screen one is on; behind the curtain nobody is named."""
        home = self.app.screen
        if getattr(home, "curtained", self.curtained):
            say = getattr(home, "say", self.say)
            say(CURTAIN_SENTENCE)
        elif not isinstance(home, CallingBackScreen):
            self.app.push_screen(CallingBackScreen(self.desk), self._caller_found)

    def _caller_found(self, answer: CallerPicked | NewCaller | str | None) -> None:
        if answer == "curtain":
            hide = getattr(self.app.screen, "action_curtain", None)
            if hide is not None:
                hide()
        elif isinstance(answer, CallerPicked) and not self._opening:
            self._opening = True
            self._back_to_queue()
            work = partial(self.source.ask, partial(_take_call, answer))
            self.in_background("take_call", work, self._open_call, self._call_not_taken)

        elif isinstance(answer, NewCaller):
            self._back_to_queue()
            self.take_down(answer.known)

    def _back_to_queue(self) -> None:
        back = getattr(self.app.screen, "action_back", None)
        if back is not None:
            back()

    def _call_not_taken(self, error: DeskError) -> None:
        self._opening = False
        self.show_refusal(error)


def _take_call(picked: CallerPicked, desk: OpenDesk) -> CallSheet:
    from callback_tui.services.calling_back import take_call
    from callback_tui.services.reopen_item import reopen_item

    return take_call(desk, reopen_item(desk, picked.item_id).item_id if picked.reopen else picked.item_id)
