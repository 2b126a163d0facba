"""Version 1: every table of the first release."""

from alembic.operations import Operations

from callback_tui.store.migrations import (
    first_on_call,
    first_practice_and_messages,
    first_queue_and_calls,
    first_scorecard,
)


def upgrade(op: Operations) -> None:
    """Create everything."""
    first_practice_and_messages.create(op)
    first_queue_and_calls.create(op)
    first_on_call.create(op)
    first_scorecard.create(op)
