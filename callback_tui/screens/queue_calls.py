"""What leads from the queue into a call and back: start, resume, reasons, outcome, undo, leaving."""

from functools import partial

from callback_tui.errors import DeskError
from callback_tui.screens.confirm import ConfirmScreen, ReasonScreen, refusal_screen
from callback_tui.screens.queue_base import CURTAIN_SENTENCE, QueueBase
from callback_tui.views.call import CallSheet, OutcomeResult, UnfinishedCall
from callback_tui.widgets.queue_table import QueueTable

_REASON_NEEDED = "reason_needed"


class CallsFromQueue(QueueBase):
    """The call verbs of the queue screen."""

    _opening = False
    to_top = False

    def say_done(self, result: OutcomeResult) -> None:
        """Show what an outcome led to."""
        raise NotImplementedError

    def start_call(self, item_id: int, reason: str = "") -> None:
        """Open a call; a second Enter while it opens does nothing."""
        if self._opening:
            return
        self._opening = True
        work = partial(self.source.start_call, item_id, reason)
        self.in_background("start_call", work, self._open_call, partial(self._call_refused, item_id, reason))

    def offer_unfinished(self) -> None:
        """Ask whether to go on with a call that was cut off, if there is one."""
        self.in_background("unfinished", self.source.unfinished_call, self._offer)

    def action_undo(self) -> None:
        """Take back the last outcome, which opens its call again."""
        if self.curtained:
            self.say(CURTAIN_SENTENCE)
            return
        self.in_background("undo", self._undo_last, self._undone)

    def action_leave(self) -> None:
        """Leave the desk, asking first while a call is unfinished."""
        self.in_background("leave", self.source.unfinished_call, self._leave, lambda _error: self.app.exit())

    def _open_call(self, sheet: CallSheet) -> None:
        self._opening = False
        next_key = self.query_one(QueueTable).key_after(str(sheet.item_id))
        self.app.push_screen(self.source.call_screen(sheet), partial(self._after_call, next_key))

    def _after_call(self, next_key: str | None, result: OutcomeResult | None) -> None:
        if result is None:
            self.say("The call has no outcome yet; Enter on its message goes on with it.")
        else:
            self.say_done(result)
            self._move_cursor(next_key, result)
        self.read_queue()

    def _move_cursor(self, next_key: str | None, result: OutcomeResult) -> None:
        """Stay on whom is rung again now; else begin at the top again, or go down the list while a search is on."""
        table = self.query_one(QueueTable)
        if result.next_at is not None and result.next_at <= self.source.clock.now():
            table.select(str(result.item_id))
        elif not self.searching:
            self.to_top = True
        elif next_key is not None:
            table.select(next_key)

    def _call_refused(self, item_id: int, reason: str, error: DeskError) -> None:
        self._opening = False
        if error.code == _REASON_NEEDED and not reason:
            self.app.push_screen(ReasonScreen(error), partial(self._reason_given, item_id))
        else:
            self.show_refusal(error)

    def _reason_given(self, item_id: int, reason: str | None) -> None:
        if reason:
            self.start_call(item_id, reason)

    def _offer(self, call: UnfinishedCall | None) -> None:
        if call is None:
            return
        question = f"You were on a call with {call.initials}, resume?"
        screen = ConfirmScreen(
            question, "go on with it", "later; its outcome stays to be logged", heading="Unfinished call"
        )
        self.app.push_screen(screen, partial(self._resume, call.attempt_id))

    def _resume(self, attempt_id: int, wanted: bool | None) -> None:
        if wanted:
            work = partial(self.source.resume_call, attempt_id)
            self.in_background(
                "resume", work, self._open_call, lambda error: self.app.push_screen(refusal_screen(error))
            )

    def _undo_last(self) -> OutcomeResult:
        last = self.source.last_undoable()
        if last is None:
            raise DeskError("no_outcome_to_undo")
        self.source.undo(last.verb_id)
        return last

    def _undone(self, undone: OutcomeResult) -> None:
        self.say("Taken back. Log the right outcome with F8, or park the call.")
        self.read_queue()
        self._resume(undone.attempt_id, wanted=True)

    def _leave(self, call: UnfinishedCall | None) -> None:
        if call is None:
            self.app.exit()
            return
        question = f"A call with {call.initials} has no outcome yet. Leave all the same?"
        screen = ConfirmScreen(
            question, "leave; it is offered again at the next sign-in", "stay", heading="Leave the desk"
        )
        self.app.push_screen(screen, lambda wanted: self.app.exit() if wanted else None)
