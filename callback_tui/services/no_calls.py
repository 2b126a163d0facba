"""Counts the messages of an import that came from patients who asked not to be called."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from callback_tui.rules.opt_outs import call_opt_out
from callback_tui.services.take_back import stored_opt_outs

if TYPE_CHECKING:
    from sqlalchemy import Connection


def count_no_calls(connection: "Connection", left: Sequence[tuple[int, str]]) -> int:
    """Return how many messages, each its patient's id and number, are from somebody who may not be called there."""
    from callback_tui.store import opt_outs

    facts = opt_outs.of_patients(connection, (patient_id for patient_id, _ in left))
    asked = {patient_id: stored_opt_outs(rows) for patient_id, rows in facts.items()}
    return sum(call_opt_out(asked.get(patient_id, ()), e164) is not None for patient_id, e164 in left)


def no_calls_in_batch(connection: "Connection", batch_id: int) -> int:
    """Return how many messages of a stored import are from somebody who may not be called at their number."""
    from callback_tui.store import opt_outs

    return count_no_calls(connection, opt_outs.callers_of_batch(connection, batch_id))
