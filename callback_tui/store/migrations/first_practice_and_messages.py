"""First version: tables of the practice, its people, patients and messages."""

import sqlalchemy as sa
from alembic.operations import Operations

from callback_tui.store.migrations.forms import integer, key, reference, text, unique


def create(op: Operations) -> None:
    """Create the tables as they were in the first version."""
    op.create_table(
        "audit_entry",
        integer("seq"),
        text("at"),
        text("boot_id"),
        integer("boot_ns"),
        integer("staff_id", nullable=True),
        integer("session_id", nullable=True),
        text("action"),
        text("entity"),
        text("entity_id"),
        text("reason"),
        text("facts_json"),
        text("previous_mac"),
        text("mac"),
        key("audit_entry", "seq"),
        sqlite_strict=True,
    )
    op.create_table(
        "feed",
        text("source"),
        text("newest_message_at", nullable=True),
        text("last_import_at"),
        key("feed", "source"),
        sqlite_strict=True,
    )
    op.create_table(
        "patient",
        integer("id"),
        text("name"),
        text("folded_name"),
        integer("provisional"),
        text("date_of_birth", nullable=True),
        text("record_number"),
        text("address"),
        text("zone"),
        text("language"),
        integer("needs_interpreter"),
        integer("uses_tty"),
        text("prefers_channel", nullable=True),
        text("last_visit_on", nullable=True),
        text("last_visit_with"),
        text("automated_calls_consented_at", nullable=True),
        integer("merged_into_id", nullable=True),
        text("created_at"),
        key("patient", "id"),
        reference("patient", "merged_into_id", "patient.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_patient_folded_name", "patient", ["folded_name"], unique=False)
    op.create_index(
        "ix_patient_merged_into_id",
        "patient",
        ["merged_into_id"],
        unique=False,
        sqlite_where=sa.text("merged_into_id IS NOT NULL"),
    )
    op.create_index("ix_patient_record_number", "patient", ["record_number"], unique=False)
    op.create_table(
        "practice",
        integer("id"),
        text("desk_uuid"),
        text("name"),
        text("short_name"),
        text("region"),
        integer("is_demo"),
        text("created_at"),
        key("practice", "id"),
        sqlite_strict=True,
    )
    op.create_table(
        "site",
        integer("id"),
        text("name"),
        text("zone"),
        text("callback_number"),
        integer("active"),
        key("site", "id"),
        unique("site", "name"),
        sqlite_strict=True,
    )
    op.create_table(
        "contact_point",
        integer("id"),
        integer("patient_id"),
        text("kind"),
        text("value"),
        text("raw"),
        text("extension"),
        integer("rank"),
        text("leave_permission"),
        text("quality"),
        text("quality_set_at", nullable=True),
        text("quality_before", nullable=True),
        integer("on_file"),
        key("contact_point", "id"),
        reference("contact_point", "patient_id", "patient.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_contact_point_value", "contact_point", ["value"], unique=False)
    op.create_index("uq_contact_point_patient_value", "contact_point", ["patient_id", "value"], unique=True)
    op.create_table(
        "staff",
        integer("id"),
        text("username"),
        text("name"),
        text("role"),
        integer("site_id", nullable=True),
        integer("active"),
        text("created_at"),
        key("staff", "id"),
        unique("staff", "username"),
        reference("staff", "site_id", "site.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "desk_session",
        integer("id"),
        integer("staff_id"),
        text("started_at"),
        text("seen_at"),
        text("ended_at", nullable=True),
        text("boot_id"),
        integer("process_id"),
        integer("attended"),
        key("desk_session", "id"),
        reference("desk_session", "staff_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_desk_session_open",
        "desk_session",
        ["seen_at", "staff_id"],
        unique=False,
        sqlite_where=sa.text("ended_at IS NULL"),
    )
    op.create_index("ix_desk_session_staff_id", "desk_session", ["staff_id", "started_at"], unique=False)
    op.create_table(
        "import_batch",
        integer("id"),
        integer("run_id", nullable=True),
        text("file_name"),
        text("file_sha256"),
        text("format"),
        text("profile"),
        text("encoding"),
        text("state"),
        integer("read_count"),
        integer("new_count"),
        integer("duplicate_count"),
        integer("updated_count"),
        integer("flagged_count"),
        integer("skipped_count"),
        integer("rejected_count"),
        text("started_at"),
        text("published_at", nullable=True),
        integer("imported_by_id", nullable=True),
        key("import_batch", "id"),
        reference("import_batch", "run_id", "import_batch.id"),
        reference("import_batch", "imported_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_import_batch_file_sha256", "import_batch", ["file_sha256"], unique=False)
    op.create_table(
        "policy_version",
        integer("id"),
        text("text"),
        text("sha256"),
        text("applied_at"),
        integer("applied_by_id", nullable=True),
        text("note"),
        key("policy_version", "id"),
        reference("policy_version", "applied_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "representative",
        integer("id"),
        integer("patient_id"),
        text("name"),
        text("relationship"),
        text("authority"),
        text("expires_on", nullable=True),
        text("recorded_at"),
        integer("recorded_by_id"),
        text("revoked_at", nullable=True),
        key("representative", "id"),
        reference("representative", "patient_id", "patient.id"),
        reference("representative", "recorded_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_representative_patient_id", "representative", ["patient_id"], unique=False)
    op.create_table(
        "safe_contact",
        integer("id"),
        integer("patient_id"),
        text("kind"),
        text("value"),
        text("asked_at"),
        integer("recorded_by_id", nullable=True),
        text("revoked_at", nullable=True),
        key("safe_contact", "id"),
        reference("safe_contact", "patient_id", "patient.id"),
        reference("safe_contact", "recorded_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_safe_contact_patient_id", "safe_contact", ["patient_id"], unique=False)
    op.create_table(
        "same_person_answer",
        integer("id"),
        integer("patient_id"),
        integer("other_patient_id"),
        integer("same"),
        text("said_at"),
        integer("said_by_id"),
        key("same_person_answer", "id"),
        reference("same_person_answer", "patient_id", "patient.id"),
        reference("same_person_answer", "other_patient_id", "patient.id"),
        reference("same_person_answer", "said_by_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_same_person_answer_pair", "same_person_answer", ["patient_id", "other_patient_id"], unique=False
    )
    op.create_index("ix_same_person_answer_other_patient_id", "same_person_answer", ["other_patient_id"], unique=False)
    op.create_table(
        "staff_setting",
        integer("staff_id"),
        text("name"),
        text("value"),
        sa.PrimaryKeyConstraint("staff_id", "name", name="pk_staff_setting"),
        reference("staff_setting", "staff_id", "staff.id"),
        sqlite_strict=True,
    )
    op.create_table(
        "message",
        integer("id"),
        integer("batch_id", nullable=True),
        integer("row_number"),
        text("source"),
        text("dedupe_key"),
        text("content_hash"),
        text("channel"),
        integer("patient_id"),
        integer("site_id"),
        text("received_at", nullable=True),
        text("received_text"),
        text("received_how"),
        text("imported_at"),
        text("phone_e164", nullable=True),
        text("phone_raw"),
        text("phone_extension"),
        text("phone_note"),
        text("caller_name"),
        text("subject"),
        text("body"),
        integer("duration_seconds", nullable=True),
        integer("machine_transcript"),
        text("flags"),
        text("priority"),
        integer("emergent"),
        integer("check"),
        text("reason"),
        text("summary"),
        text("hits_json"),
        text("rule_set_hash"),
        text("due_at", nullable=True),
        integer("received_open"),
        key("message", "id"),
        reference("message", "batch_id", "import_batch.id"),
        reference("message", "patient_id", "patient.id"),
        reference("message", "site_id", "site.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_message_batch_id", "message", ["batch_id"], unique=False)
    op.create_index("ix_message_patient_id", "message", ["patient_id"], unique=False)
    op.create_index("ix_message_received_at", "message", ["received_at"], unique=False)
    op.create_index("uq_message_source_dedupe_key", "message", ["source", "dedupe_key"], unique=True)
    op.create_table(
        "rejected_row",
        integer("id"),
        integer("batch_id"),
        integer("row_number"),
        text("code"),
        text("reason"),
        text("raw"),
        key("rejected_row", "id"),
        reference("rejected_row", "batch_id", "import_batch.id"),
        sqlite_strict=True,
    )
    op.create_index("ix_rejected_row_batch_id", "rejected_row", ["batch_id"], unique=False)
