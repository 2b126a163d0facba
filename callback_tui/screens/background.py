"""A screen whose work runs in threads: results come back as messages, refusals as sentences."""

from collections.abc import Callable
from functools import partial
from typing import Generic, TypeVar

from textual.message import Message
from textual.screen import Screen, ScreenResultType
from textual.worker import get_current_worker

from callback_tui.errors import DeskError

Result = TypeVar("Result")


class WorkDone(Message):
    """A piece of work ended; `then` is what the screen does about it, on its own thread."""

    def __init__(self, then: Callable[[], object]) -> None:
        """Carry the reaction."""
        super().__init__()
        self.then = then


class BackgroundScreen(Screen[ScreenResultType], Generic[ScreenResultType]):
    """Runs services in named thread workers."""

    def in_background(
        self,
        name: str,
        work: Callable[[], Result],
        then: Callable[[Result], object],
        refused: Callable[[DeskError], object] | None = None,
        *,
        exclusive: bool = False,
    ) -> None:
        """Run `work` in a thread, then `then` with its result on the screen's thread, or `refused` with a DeskError.

        Any other failure becomes a DeskError with an error id. With `exclusive` an earlier run of that name is dropped.
        """

        def job() -> None:
            try:
                result = work()
            except DeskError as error:
                done = partial(refused or self.refused, error)
            except Exception as error:  # noqa: BLE001 - a bug in a service must not close the desk in mid-call
                done = partial(refused or self.refused, _unexpected(self.app.report_crash(error)))  # type: ignore[attr-defined] # every app here is CallbackApp
            else:
                done = partial(then, result)
            if not get_current_worker().is_cancelled:
                self.post_message(WorkDone(done))

        self.run_worker(job, name=name, group=name, thread=True, exclusive=exclusive, exit_on_error=False)

    def refused(self, error: DeskError) -> None:
        """Show a refusal; screens with a status line override this."""
        self.notify(str(error), markup=False)

    def on_work_done(self, event: WorkDone) -> None:
        """Do what follows, unless the screen is gone or the desk is being closed."""
        event.stop()
        if self.is_attached and not self.app.is_leaving:  # type: ignore[attr-defined] # every app here is CallbackApp
            event.then()


def _unexpected(error_id: str) -> DeskError:
    return DeskError("unexpected", error_id=error_id)
