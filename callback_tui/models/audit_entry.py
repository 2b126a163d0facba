"""The audit table: append-only, each entry chained to the one before it."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from callback_tui.models.types import BIG_INTEGER, STRICT, SafeText, UTCDateTime


class AuditEntry(SQLModel, table=True):
    """Who did or saw what, when; `mac` covers every field and the `mac` before it. Holds ids, no health text."""

    __tablename__ = "audit_entry"
    __table_args__ = STRICT
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)
    boot_id: str = Field(sa_type=SafeText)
    boot_ns: int = Field(sa_type=BIG_INTEGER)
    staff_id: int | None = Field(default=None)
    session_id: int | None = Field(default=None)
    action: str = Field(sa_type=SafeText)
    entity: str = Field(sa_type=SafeText)
    entity_id: str = Field(sa_type=SafeText)
    reason: str = Field(default="", sa_type=SafeText)
    facts_json: str = Field(default="{}", sa_type=SafeText)
    previous_mac: str = Field(sa_type=SafeText)
    mac: str = Field(sa_type=SafeText)
