"""Tables of what patients sent: messages, import batches, rejected rows, feeds."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from callback_tui.models.types import STRICT, Flag, SafeText, UTCDateTime, word_type
from callback_tui.models.vocabulary import BatchState, CallReason, Channel, Priority, ReceivedHow


class ImportBatch(SQLModel, table=True):
    """One confirmed import of one file; its counts add up to the rows read."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_file_sha256", "file_sha256"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    run_id: int | None = Field(default=None, foreign_key="import_batch.id")
    file_name: str = Field(sa_type=SafeText)
    file_sha256: str = Field(sa_type=SafeText)
    format: str = Field(sa_type=SafeText)
    profile: str = Field(sa_type=SafeText)
    encoding: str = Field(sa_type=SafeText)
    state: BatchState = Field(default=BatchState.STAGED, sa_type=word_type(BatchState))
    read_count: int = Field(default=0)
    new_count: int = Field(default=0)
    duplicate_count: int = Field(default=0)
    updated_count: int = Field(default=0)
    flagged_count: int = Field(default=0)
    skipped_count: int = Field(default=0)
    rejected_count: int = Field(default=0)
    started_at: datetime = Field(sa_type=UTCDateTime)
    published_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    imported_by_id: int | None = Field(default=None, foreign_key="staff.id")


class RejectedRow(SQLModel, table=True):
    """A row that could not be read at all, kept as it was, with the reason."""

    __tablename__ = "rejected_row"
    __table_args__ = (Index("ix_rejected_row_batch_id", "batch_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id")
    row_number: int
    code: str = Field(sa_type=SafeText)
    reason: str = Field(sa_type=SafeText)
    raw: str = Field(default="", sa_type=SafeText)


class Feed(SQLModel, table=True):
    """A source of messages: when its last message was left and when it was last imported."""

    __tablename__ = "feed"
    __table_args__ = STRICT
    source: str = Field(sa_type=SafeText, primary_key=True)
    newest_message_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    last_import_at: datetime = Field(sa_type=UTCDateTime)


class Message(SQLModel, table=True):
    """What a patient left us, as it came; `received_at` is kept apart from `imported_at` (article row A1).

    `due_at` and `received_open` are what the item in the queue begins with when the message is published.
    """

    __tablename__ = "message"
    __table_args__ = (
        Index("uq_message_source_dedupe_key", "source", "dedupe_key", unique=True),
        Index("ix_message_patient_id", "patient_id"),
        Index("ix_message_batch_id", "batch_id"),
        Index("ix_message_received_at", "received_at"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    batch_id: int | None = Field(default=None, foreign_key="import_batch.id")
    row_number: int = Field(default=0)
    source: str = Field(sa_type=SafeText)
    dedupe_key: str = Field(sa_type=SafeText)
    content_hash: str = Field(sa_type=SafeText)
    channel: Channel = Field(sa_type=word_type(Channel))
    patient_id: int = Field(foreign_key="patient.id")
    site_id: int = Field(foreign_key="site.id")
    received_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    received_text: str = Field(default="", sa_type=SafeText)
    received_how: ReceivedHow = Field(sa_type=word_type(ReceivedHow))
    imported_at: datetime = Field(sa_type=UTCDateTime)
    phone_e164: str | None = Field(default=None, sa_type=SafeText)
    phone_raw: str = Field(default="", sa_type=SafeText)
    phone_extension: str = Field(default="", sa_type=SafeText)
    phone_note: str = Field(default="", sa_type=SafeText)
    caller_name: str = Field(default="", sa_type=SafeText)
    subject: str = Field(default="", sa_type=SafeText)
    body: str = Field(default="", sa_type=SafeText)
    duration_seconds: int | None = Field(default=None)
    machine_transcript: bool = Field(default=False, sa_type=Flag)
    flags: str = Field(default="", sa_type=SafeText)
    priority: Priority = Field(sa_type=word_type(Priority))
    emergent: bool = Field(default=False, sa_type=Flag)
    check: bool = Field(default=False, sa_type=Flag)
    reason: CallReason = Field(sa_type=word_type(CallReason))
    summary: str = Field(default="", sa_type=SafeText)
    hits_json: str = Field(default="[]", sa_type=SafeText)
    rule_set_hash: str = Field(default="", sa_type=SafeText)
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    received_open: bool = Field(default=True, sa_type=Flag)
