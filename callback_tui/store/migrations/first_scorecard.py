"""First version: the indexes that the scorecard is summed from."""

import sqlalchemy as sa
from alembic.operations import Operations

_REACHED_CALL = (
    "rehearsal = 0 AND lead_attempt_id IS NULL AND outcome IN ('resolved', 'follow_up', 'escalated', "
    "'another_time', 'refused', 'emergency')"
)


def create(op: Operations) -> None:
    """Create the indexes as they were in the first version."""
    op.create_index(
        "ix_queue_item_call_back",
        "queue_item",
        ["received_open", "started_at", "site_id", "call_back_seconds", "time_unknown", "state"],
        unique=False,
        sqlite_where=sa.text("time_unknown = 0 AND state <> 'merged'"),
    )
    op.create_index(
        "ix_queue_item_first_call",
        "queue_item",
        [
            "contact_at",
            "site_id",
            "first_contact_outcome",
            "first_call_until",
            "patient_id",
            "reason",
            "time_unknown",
            "state",
        ],
        unique=False,
        sqlite_where=sa.text("time_unknown = 0 AND state <> 'merged' AND contact_at IS NOT NULL"),
    )
    op.create_index(
        "ix_queue_item_left_out",
        "queue_item",
        ["started_at"],
        unique=False,
        sqlite_where=sa.text("(time_unknown = 1 OR state = 'merged')"),
    )
    op.create_index(
        "ix_queue_item_urgent_after_hours",
        "queue_item",
        ["received_open", "started_at", "site_id", "tier_rank", "time_unknown", "state"],
        unique=False,
        sqlite_where=sa.text("tier_rank <= 1 AND received_open = 0 AND time_unknown = 0 AND state <> 'merged'"),
    )
    op.create_index(
        "ix_call_attempt_reached",
        "call_attempt",
        ["started_at", "survey_score", "item_id", "rehearsal", "outcome", "lead_attempt_id"],
        unique=False,
        sqlite_where=sa.text(_REACHED_CALL),
    )
