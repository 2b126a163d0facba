"""The frame of every verb inside a running call: whose it is, whether the claim still holds, which step."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import (
    AttemptState,
    CallStep,
)
from callback_tui.services.call_sheet import attempt_and_item
from callback_tui.services.desk import OpenDesk, Work, verb
from callback_tui.store import calls, claims


@contextmanager
def call_step(desk: OpenDesk, action: str, attempt_id: int, token: int) -> Iterator[tuple[Work, Any, Any]]:
    """Run one verb of a running call and hand over its work, the stored item and the stored attempt.

    Raises CallRefused when the call is over, belongs to somebody else, or its claim was lost.
    """
    with verb(desk, action, "call_attempt", attempt_id) as work:
        attempt, item = attempt_and_item(desk, work.connection, attempt_id)
        if attempt.state is not AttemptState.IN_CALL:
            raise CallRefused("call_over")
        if not claims.holds(work.connection, attempt.patient_id, token, clock=desk.clock):
            raise claim_lost()
        yield work, item, attempt


def enter(work: Work, attempt_id: int, step: CallStep) -> None:
    """Go to a step of the script and keep when."""
    change(work, attempt_id, step=step)
    calls.add_step_time(work.connection, attempt_id, step, work.now)


def change(work: Work, attempt_id: int, **values: object) -> None:
    """Write columns of the attempt."""
    calls.change_attempt(work.connection, attempt_id, values)


def claim_lost() -> CallRefused:
    """Return the refusal of a call that somebody else took over; what was typed is kept."""
    return CallRefused("claim_lost")
