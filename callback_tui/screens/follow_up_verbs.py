"""What the keys of the follow-ups screen do: the window of each kind, the verb behind it, the call, the undo."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import FollowUpKind
from callback_tui.screens.background import BackgroundScreen
from callback_tui.screens.follow_up_window import TaskAnswer, TaskWindow
from callback_tui.screens.follow_up_windows import chart_window, done_window, hand_off_window, sent_window
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.queue_base import CURTAIN_SENTENCE
from callback_tui.services.desk import OpenDesk
from callback_tui.views.follow_up import HandOffCard, Task, TaskDone, TaskSection
from callback_tui.widgets.follow_up_list import TaskList

FOLLOW_UP_STYLE = Path(__file__).parents[1] / "styles" / "follow_ups.tcss"
_FOLLOW_UP_SECTIONS = (TaskSection.DUE, TaskSection.TO_SEND)


class VerbsOfFollowUps(BackgroundScreen[None]):
    """The verbs of the follow-ups screen; a call is started by the queue below, which it comes back to."""

    desk: OpenDesk
    curtained = False
    _done: TaskDone | None = None
    _asking = False

    @property
    def zone(self) -> str:
        """The zone of the clock at the desk."""
        raise NotImplementedError

    def say(self, sentence: str, undo_until: datetime | None = None) -> None:
        """Show a sentence in the status line."""
        raise NotImplementedError

    def read_list(self) -> None:
        """Read the list."""
        raise NotImplementedError

    def action_curtain(self) -> None:
        """Draw or open the curtain."""
        raise NotImplementedError

    def refused(self, error: DeskError) -> None:
        """Say a refusal in the status line, and look at what is there now."""
        self._asking = False
        self.say(str(error))
        self.read_list()

    def selected(self) -> Task | None:
        """Return the line the cursor is on."""
        return self.query_one(TaskList).selected

    def queue_curtained(self) -> bool:
        """Whether the curtain of the queue below is drawn."""
        queue = self._queue()
        return queue is not None and queue.curtained

    def action_do(self) -> None:
        """Do the selected thing: ring, or open the window that says what will be recorded."""
        task = self._task_in_sight()
        if task is None:
            return
        if task.section in (TaskSection.PROMISED, TaskSection.ASLEEP) or task.kind is FollowUpKind.REMINDER_CALL:
            self._ring(task)
        elif task.section is TaskSection.DUE:
            self._open(task, done_window(task, self.zone, self.desk.clock.now()))
        elif not self._asking:
            self._asking = True
            self._ask_for_text(task)

    def action_ring(self) -> None:
        """Ring the patient of the selected line."""
        task = self._task_in_sight()
        if task is not None:
            self._ring(task)

    def action_done(self) -> None:
        """Ask whether a follow-up is done, also one that Enter would ring about."""
        task = self._task_in_sight()
        if task is not None and task.section is TaskSection.DUE:
            self._open(task, done_window(task, self.zone, self.desk.clock.now()))
        elif task is not None:
            self.say("Only what is due can be marked done; Enter does the rest.")

    def action_wake(self) -> None:
        """Put a sleeping message back into the queue."""
        task = self._task_in_sight()
        if task is not None and task.section is TaskSection.ASLEEP:
            from callback_tui.services.follow_ups import wake

            self._record(partial(wake, self.desk, task.record_id))
        elif task is not None:
            self.say("Only a message that sleeps can be woken.")

    def action_undo(self) -> None:
        """Take back what was recorded last."""
        done = self._done
        if done is None:
            self.say("Nothing of yours here can be taken back now.")
            return
        from callback_tui.services.follow_ups import take_back

        self._done = None
        self.in_background("undo", partial(take_back, self.desk, done), self._taken_back)

    def action_back(self) -> None:
        """Go back to the queue, which shows no more than was shown here."""
        queue = self._queue()
        if queue is not None and queue.curtained != self.curtained:
            queue.action_curtain()
        self.dismiss(None)

    def _task_in_sight(self) -> Task | None:
        if self.curtained:
            self.say(CURTAIN_SENTENCE)
            return None
        return self.selected()

    def _ask_for_text(self, task: Task) -> None:
        from callback_tui.services.handoff import chart_note, hand_off_card, words_to_send

        now = self.desk.clock.now()
        if task.section is TaskSection.NOT_IN_CHART:
            note = partial(chart_note, self.desk, task.record_id)
            self.in_background("text", note, lambda text: self._open(task, chart_window(text)))
        elif task.section is TaskSection.TO_SEND:
            words = partial(words_to_send, self.desk, task.record_id)
            self.in_background("text", words, lambda text: self._open(task, sent_window(task, self.zone, now, text)))
        else:
            card = partial(hand_off_card, self.desk, task.record_id)
            self.in_background("text", card, partial(self._open_hand_off, task))

    def _open_hand_off(self, task: Task, card: HandOffCard) -> None:
        self._open(task, hand_off_window(card, self.zone, self.desk.clock.now(), self.desk.actor.role))

    def _open(self, task: Task, window: TaskWindow) -> None:
        self._asking = False
        if not self.curtained and self.is_current:
            self.app.push_screen(window, partial(self._answered, task))

    def _answered(self, task: Task, answer: TaskAnswer | None) -> None:
        if answer is None:
            return
        if answer.key == "f9":
            self.action_curtain()
        elif answer.key == "r":
            self._ring(task)
        else:
            self._do(task, answer)

    def _do(self, task: Task, answer: TaskAnswer) -> None:
        from callback_tui.services import follow_ups

        match task.section:
            case TaskSection.DUE:
                self._record(partial(follow_ups.mark_done, self.desk, task.record_id, answer.note))
            case TaskSection.TO_SEND:
                self._record(partial(follow_ups.mark_sent, self.desk, task.record_id))
            case TaskSection.NOT_IN_CHART:
                self._record(partial(follow_ups.mark_in_chart, self.desk, task.record_id))
            case TaskSection.HAND_OFF:
                take = partial(follow_ups.take_hand_off, self.desk, task.record_id)
                self._record(take, then=partial(self._ring, task) if answer.key == "y" else None)
            case _:
                raise ValueError(f"no window for {task.section}")

    def _record(self, verb: Callable[[], TaskDone], then: Callable[[], None] | None = None) -> None:
        def recorded(done: TaskDone) -> None:
            self._done = done
            self.say(done.sentence, done.undo_until)
            self.read_list()
            if then is not None:
                then()

        self.in_background("record", verb, recorded)

    def _taken_back(self, sentence: str) -> None:
        self.say(sentence)
        self.read_list()

    def _ring(self, task: Task) -> None:
        if task.item_id is None:
            self.say("No message belongs to this, so there is nobody to ring from here.")
        elif task.section in _FOLLOW_UP_SECTIONS:
            from callback_tui.services.follow_ups import to_queue

            self.in_background("to_queue", partial(to_queue, self.desk, task.record_id), self._start_call)
        else:
            self._start_call(task.item_id)

    def _start_call(self, item_id: int) -> None:
        queue = self._queue()
        if queue is None:
            self.say("The queue is not open; calls start from it.")
            return
        self.action_back()
        queue.start_call(item_id)

    def _queue(self) -> QueueScreen | None:
        return next((screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen)), None)
