"""Where the queue screen gets its queue from: the open desk, asked through the services."""

from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeVar

from textual.screen import Screen

from callback_tui.clock import Clock
from callback_tui.services.desk import OpenDesk
from callback_tui.views.call import CallSheet, OutcomeResult, UnfinishedCall
from callback_tui.views.desk import Actor
from callback_tui.views.queue import ChangeMark, MessageView, QueueSnapshot

Result = TypeVar("Result")


class QueueSource(Protocol):
    """What the queue screen asks for; every method but the properties may take a while and raise DeskError."""

    @property
    def actor(self) -> Actor:
        """Who is at the desk."""
        ...

    @property
    def clock(self) -> Clock:
        """The desk's clock."""
        ...

    def change_mark(self, known: ChangeMark | None) -> ChangeMark:
        """Return a mark that has changed since `known` when somebody wrote."""
        ...

    def snapshot(self) -> QueueSnapshot:
        """Return the queue as it is now."""
        ...

    def peek(self, item_id: int) -> MessageView:
        """Return one message; the view is audited."""
        ...

    def start_call(self, item_id: int, reason: str) -> CallSheet:
        """Open a call."""
        ...

    def unfinished_call(self) -> UnfinishedCall | None:
        """Return the person's call without an outcome, if there is one."""
        ...

    def resume_call(self, attempt_id: int) -> CallSheet:
        """Go on with a cut-off call."""
        ...

    def undo(self, verb_id: str) -> str:
        """Take an outcome back and return the sentence that says so."""
        ...

    def last_undoable(self) -> OutcomeResult | None:
        """Return the person's last outcome that can still be taken back."""
        ...

    def call_screen(self, sheet: CallSheet) -> Screen[OutcomeResult | None]:
        """Return the screen that guides a call."""
        ...

    def ask(self, verb: Callable[[OpenDesk], Result]) -> Result:
        """Run any other verb on the desk behind the queue and return what it returned."""
        ...


class News(NamedTuple):
    """What one look found: the desk's change mark, and the queue as it is now unless nobody wrote since.

    Without a mark the next look reads the queue again.
    """

    mark: ChangeMark | None
    snapshot: QueueSnapshot | None


def look(source: QueueSource, known: ChangeMark | None = None) -> News:
    """Look whether somebody wrote since `known`, and read the queue if so. Raises DeskError."""
    mark = source.change_mark(known)
    return News(mark, None if known is not None and mark.changed == known.changed else source.snapshot())


class DeskSource:
    """The queue of an open desk; services are imported on the first call, in the worker's thread."""

    def __init__(self, desk: OpenDesk) -> None:
        """Ask this desk."""
        self.desk = desk

    @property
    def actor(self) -> Actor:
        """Who signed in."""
        return self.desk.actor

    @property
    def clock(self) -> Clock:
        """The desk's clock."""
        return self.desk.clock

    def change_mark(self, known: ChangeMark | None) -> ChangeMark:
        """Return `services.queue.change_mark`."""
        from callback_tui.services import queue

        return queue.change_mark(self.desk, known)

    def snapshot(self) -> QueueSnapshot:
        """Return `services.queue.snapshot`."""
        from callback_tui.services import queue

        return queue.snapshot(self.desk)

    def peek(self, item_id: int) -> MessageView:
        """Return `services.queue.peek`."""
        from callback_tui.services import queue

        return queue.peek(self.desk, item_id)

    def start_call(self, item_id: int, reason: str) -> CallSheet:
        """Return `services.calls.start_call`."""
        from callback_tui.services import calls

        return calls.start_call(self.desk, item_id, reason=reason)

    def unfinished_call(self) -> UnfinishedCall | None:
        """Return `services.calls.unfinished_call`."""
        from callback_tui.services import calls

        return calls.unfinished_call(self.desk)

    def resume_call(self, attempt_id: int) -> CallSheet:
        """Return `services.calls.resume_call`."""
        from callback_tui.services import calls

        return calls.resume_call(self.desk, attempt_id)

    def undo(self, verb_id: str) -> str:
        """Return `services.undo.undo`."""
        from callback_tui.services import undo

        return undo.undo(self.desk, verb_id)

    def last_undoable(self) -> OutcomeResult | None:
        """Return `services.undo.last_undoable`."""
        from callback_tui.services import undo

        return undo.last_undoable(self.desk)

    def call_screen(self, sheet: CallSheet) -> Screen[OutcomeResult | None]:
        """Return a `CallScreen` for the sheet."""
        from callback_tui.screens.call import CallScreen

        return CallScreen(self.desk, sheet)

    def ask(self, verb: Callable[[OpenDesk], Result]) -> Result:
        """Run the verb on this desk."""
        return verb(self.desk)
