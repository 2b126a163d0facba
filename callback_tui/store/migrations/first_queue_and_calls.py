"""First version: tables of the queue, of calls and of what comes after them."""

import sqlalchemy as sa
from alembic.operations import Operations

from callback_tui.store.migrations.forms import integer, key, reference, text

_NOT_IN_CHART = (
    "in_chart_at IS NULL AND rehearsal = 0 AND lead_attempt_id IS NULL AND identity <> 'general_only' AND outcome IN "
    "('resolved', 'follow_up', "
    "'escalated', 'another_time', 'voicemail_left', 'message_with_person', 'someone_else', 'not_verified', "
    "'refused', 'emergency')"
)
_WAITING = "taken_at IS NULL AND withdrawn_at IS NULL"


def create(op: Operations) -> None:
    """Create the tables as they were in the first version."""
    op.create_table(
        "queue_item",
        integer("id"),
        integer("message_id"),
        integer("cycle"),
        integer("patient_id"),
        integer("site_id"),
        text("state"),
        text("priority"),
        integer("emergent"),
        integer("check"),
        integer("tier_rank"),
        text("reason"),
        text("summary"),
        integer("time_unknown"),
        text("started_at"),
        text("due_at"),
        text("next_due_at"),
        text("asleep_until", nullable=True),
        text("scheduled_at", nullable=True),
        text("first_attempt_at", nullable=True),
        text("contact_at", nullable=True),
        text("completed_at", nullable=True),
        text("waits_from", nullable=True),
        integer("paused_seconds"),
        integer("was_late"),
        integer("warned_percent"),
        integer("received_open"),
        integer("call_back_seconds", nullable=True),
        text("first_contact_outcome", nullable=True),
        text("first_call_until", nullable=True),
        integer("attempts"),
        integer("assigned_to_id", nullable=True),
        text("assigned_role", nullable=True),
        text("assigned_at", nullable=True),
        text("falls_to_team_at", nullable=True),
        integer("merged_into_id", nullable=True),
        integer("version"),
        key("queue_item", "id"),
        reference("queue_item", "message_id", "message.id"),
        reference("queue_item", "patient_id", "patient.id"),
        reference("queue_item", "site_id", "site.id"),
        reference("queue_item", "assigned_to_id", "staff.id"),
        reference("queue_item", "merged_into_id", "queue_item.id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_queue_item_calling_order",
        "queue_item",
        ["tier_rank", "next_due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state IN ('open', 'asleep', 'escalated')"),
    )
    op.create_index("uq_queue_item_message_id_cycle", "queue_item", ["message_id", "cycle"], unique=True)
    op.create_index("ix_queue_item_completed_at", "queue_item", ["completed_at"], unique=False)
    op.create_index(
        "ix_queue_item_patient_id", "queue_item", ["patient_id", "reason", "started_at", "state"], unique=False
    )
    op.create_table(
        "call_attempt",
        integer("id"),
        integer("item_id"),
        integer("lead_attempt_id", nullable=True),
        integer("patient_id"),
        integer("staff_id"),
        integer("contact_point_id", nullable=True),
        text("number_dialled"),
        integer("number_on_file"),
        text("tier"),
        text("state"),
        text("step"),
        text("started_at"),
        text("dialled_at", nullable=True),
        text("answered_at", nullable=True),
        text("ended_at", nullable=True),
        text("who_answered", nullable=True),
        text("spoke_with"),
        text("identity"),
        text("identity_kinds"),
        integer("identity_failures"),
        text("compared_with", nullable=True),
        text("recording"),
        text("override_reason"),
        text("outcome", nullable=True),
        text("outcome_at", nullable=True),
        text("outcome_verb_id", nullable=True),
        integer("qualifies"),
        text("voicemail_wording"),
        integer("teach_back"),
        integer("survey_score", nullable=True),
        text("in_chart_at", nullable=True),
        integer("rehearsal"),
        key("call_attempt", "id"),
        reference("call_attempt", "item_id", "queue_item.id"),
        reference("call_attempt", "lead_attempt_id", "call_attempt.id"),
        reference("call_attempt", "patient_id", "patient.id"),
        reference("call_attempt", "staff_id", "staff.id"),
        reference("call_attempt", "contact_point_id", "contact_point.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_call_attempt_item_id", "call_attempt", ["item_id"], unique=False)
    op.create_index(
        "ix_call_attempt_not_in_chart",
        "call_attempt",
        ["outcome_at"],
        unique=False,
        sqlite_where=sa.text(_NOT_IN_CHART),
    )
    op.create_index("ix_call_attempt_patient_id", "call_attempt", ["patient_id", "started_at"], unique=False)
    op.create_index("ix_call_attempt_staff_id", "call_attempt", ["staff_id", "started_at"], unique=False)
    op.create_index(
        "ix_call_attempt_unfinished",
        "call_attempt",
        ["staff_id", "started_at"],
        unique=False,
        sqlite_where=sa.text("state IN ('in_call', 'outcome_missing')"),
    )
    op.create_table(
        "clock_event",
        integer("id"),
        integer("item_id"),
        text("kind"),
        text("at"),
        text("verb_id"),
        text("tier", nullable=True),
        text("until", nullable=True),
        text("reason"),
        text("undoes_verb_id", nullable=True),
        integer("policy_version_id", nullable=True),
        integer("staff_id", nullable=True),
        key("clock_event", "id"),
        reference("clock_event", "item_id", "queue_item.id"),
        reference("clock_event", "policy_version_id", "policy_version.id"),
        reference("clock_event", "staff_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_clock_event_item_id", "clock_event", ["item_id", "id"], unique=False)
    op.create_table(
        "patient_claim",
        integer("patient_id"),
        integer("item_id"),
        text("number"),
        integer("holder_id"),
        integer("session_id", nullable=True),
        integer("token"),
        text("claimed_at"),
        text("lease_boot_id"),
        integer("lease_until_ns"),
        key("patient_claim", "patient_id"),
        reference("patient_claim", "patient_id", "patient.id"),
        reference("patient_claim", "item_id", "queue_item.id"),
        reference("patient_claim", "holder_id", "staff.id"),
        reference("patient_claim", "session_id", "desk_session.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_patient_claim_number", "patient_claim", ["number"], unique=False)
    op.create_table(
        "call_note",
        integer("id"),
        integer("attempt_id"),
        text("step", nullable=True),
        text("text"),
        text("saved_at"),
        integer("written_by_id"),
        integer("addendum"),
        key("call_note", "id"),
        reference("call_note", "attempt_id", "call_attempt.id"),
        reference("call_note", "written_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_call_note_attempt_id", "call_note", ["attempt_id"], unique=False)
    op.create_table(
        "call_step_time",
        integer("id"),
        integer("attempt_id"),
        text("step"),
        text("entered_at"),
        key("call_step_time", "id"),
        reference("call_step_time", "attempt_id", "call_attempt.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_call_step_time_attempt_id", "call_step_time", ["attempt_id"], unique=False)
    op.create_table(
        "follow_up",
        integer("id"),
        integer("patient_id"),
        integer("item_id", nullable=True),
        integer("attempt_id", nullable=True),
        text("kind"),
        text("text"),
        text("due_at"),
        integer("owner_id", nullable=True),
        text("owner_role", nullable=True),
        text("state"),
        text("raised_at"),
        integer("raised_by_id", nullable=True),
        text("raised_verb_id"),
        text("ended_at", nullable=True),
        integer("ended_by_id", nullable=True),
        key("follow_up", "id"),
        reference("follow_up", "patient_id", "patient.id"),
        reference("follow_up", "item_id", "queue_item.id"),
        reference("follow_up", "attempt_id", "call_attempt.id"),
        reference("follow_up", "owner_id", "staff.id"),
        reference("follow_up", "raised_by_id", "staff.id"),
        reference("follow_up", "ended_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_follow_up_item_id", "follow_up", ["item_id"], unique=False)
    op.create_index("ix_follow_up_state_due_at", "follow_up", ["state", "due_at"], unique=False)
    op.create_table(
        "hand_off",
        integer("id"),
        integer("item_id"),
        integer("attempt_id", nullable=True),
        text("to_role"),
        integer("to_staff_id", nullable=True),
        text("situation"),
        text("background"),
        text("assessment"),
        text("request"),
        text("made_at"),
        integer("made_by_id"),
        text("due_at"),
        text("taken_at", nullable=True),
        integer("taken_by_id", nullable=True),
        text("withdrawn_at", nullable=True),
        key("hand_off", "id"),
        reference("hand_off", "item_id", "queue_item.id"),
        reference("hand_off", "attempt_id", "call_attempt.id"),
        reference("hand_off", "to_staff_id", "staff.id"),
        reference("hand_off", "made_by_id", "staff.id"),
        reference("hand_off", "taken_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_hand_off_item_id", "hand_off", ["item_id"], unique=False)
    op.create_index(
        "ix_hand_off_waiting",
        "hand_off",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text(_WAITING),
    )
    op.create_table(
        "incident",
        integer("id"),
        integer("item_id"),
        integer("attempt_id", nullable=True),
        text("location"),
        text("told"),
        text("note"),
        text("opened_at"),
        integer("opened_by_id"),
        text("withdrawn_at", nullable=True),
        key("incident", "id"),
        reference("incident", "item_id", "queue_item.id"),
        reference("incident", "attempt_id", "call_attempt.id"),
        reference("incident", "opened_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_incident_item_id", "incident", ["item_id"], unique=False)
    op.create_table(
        "opt_out_fact",
        integer("id"),
        integer("patient_id"),
        text("scope"),
        text("number"),
        text("channel", nullable=True),
        integer("revokes_id", nullable=True),
        text("said_by"),
        text("how"),
        text("recorded_at"),
        integer("recorded_by_id", nullable=True),
        integer("attempt_id", nullable=True),
        key("opt_out_fact", "id"),
        reference("opt_out_fact", "patient_id", "patient.id"),
        reference("opt_out_fact", "revokes_id", "opt_out_fact.id"),
        reference("opt_out_fact", "recorded_by_id", "staff.id"),
        reference("opt_out_fact", "attempt_id", "call_attempt.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_opt_out_fact_patient_id", "opt_out_fact", ["patient_id"], unique=False)
    op.create_table(
        "promise",
        integer("id"),
        integer("patient_id"),
        integer("item_id"),
        integer("attempt_id", nullable=True),
        integer("promised_by_id"),
        text("words"),
        text("due_at"),
        text("state"),
        text("made_at"),
        text("made_verb_id"),
        text("ended_at", nullable=True),
        key("promise", "id"),
        reference("promise", "patient_id", "patient.id"),
        reference("promise", "item_id", "queue_item.id"),
        reference("promise", "attempt_id", "call_attempt.id"),
        reference("promise", "promised_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_promise_item_id", "promise", ["item_id"], unique=False)
    op.create_index("ix_promise_state_due_at", "promise", ["state", "due_at"], unique=False)
