"""First version: tables of the on-call roster's alerts."""

import sqlalchemy as sa
from alembic.operations import Operations

from callback_tui.store.migrations.forms import integer, key, reference, text


def create(op: Operations) -> None:
    """Create the tables as they were in the first version."""
    op.create_table(
        "on_call_alert",
        integer("id"),
        integer("site_id"),
        text("tier"),
        text("raised_at"),
        text("acknowledged_at", nullable=True),
        integer("acknowledged_by_id", nullable=True),
        text("ended_at", nullable=True),
        integer("unanswered"),
        key("on_call_alert", "id"),
        reference("on_call_alert", "site_id", "site.id"),
        reference("on_call_alert", "acknowledged_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_on_call_alert_ringing",
        "on_call_alert",
        ["site_id"],
        unique=False,
        sqlite_where=sa.text("acknowledged_at IS NULL AND ended_at IS NULL"),
    )
    op.create_table(
        "on_call_step",
        integer("id"),
        integer("alert_id"),
        integer("number"),
        text("person"),
        integer("waiting_count"),
        text("started_at"),
        integer("ran", nullable=True),
        key("on_call_step", "id"),
        reference("on_call_step", "alert_id", "on_call_alert.id"),
        sqlite_strict=True,
    )
    op.create_index("uq_on_call_step_alert_id_number", "on_call_step", ["alert_id", "number"], unique=True)
