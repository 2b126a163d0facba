"""Tables of the queue: items, their clock events, and claims on patients."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from callback_tui.models.types import BIG_INTEGER, STRICT, Flag, SafeText, UTCDateTime, word_type
from callback_tui.models.vocabulary import CallReason, ClockEventKind, ItemState, Outcome, Priority, Role, Tier

_IN_QUEUE = text("state IN ('open', 'asleep', 'escalated')")
# What the scorecard counts; `store.metrics` repeats the words, since an index is chosen by them.
_COUNTED = text("time_unknown = 0 AND state <> 'merged'")
_REACHED = text("time_unknown = 0 AND state <> 'merged' AND contact_at IS NOT NULL")
_URGENT_AFTER_HOURS = text("tier_rank <= 1 AND received_open = 0 AND time_unknown = 0 AND state <> 'merged'")
_LEFT_OUT = text("(time_unknown = 1 OR state = 'merged')")


class QueueItem(SQLModel, table=True):
    """One message waiting for a call; a message that is reopened waits in a further `cycle`.

    The clock columns repeat what `rules.sla.derive` made of the events;
    `received_open` to `first_call_until` are what `rules.measures` made of them, frozen for the scorecard.
    """

    __tablename__ = "queue_item"
    __table_args__ = (
        Index(
            "ix_queue_item_calling_order",
            "tier_rank",
            "next_due_at",
            "id",
            sqlite_where=_IN_QUEUE,
        ),
        Index("uq_queue_item_message_id_cycle", "message_id", "cycle", unique=True),
        Index("ix_queue_item_patient_id", "patient_id", "reason", "started_at", "state"),
        Index(
            "ix_queue_item_call_back",
            "received_open",
            "started_at",
            "site_id",
            "call_back_seconds",
            "time_unknown",
            "state",
            sqlite_where=_COUNTED,
        ),
        Index(
            "ix_queue_item_first_call",
            "contact_at",
            "site_id",
            "first_contact_outcome",
            "first_call_until",
            "patient_id",
            "reason",
            "time_unknown",
            "state",
            sqlite_where=_REACHED,
        ),
        Index(
            "ix_queue_item_urgent_after_hours",
            "received_open",
            "started_at",
            "site_id",
            "tier_rank",
            "time_unknown",
            "state",
            sqlite_where=_URGENT_AFTER_HOURS,
        ),
        Index("ix_queue_item_left_out", "started_at", sqlite_where=_LEFT_OUT),
        Index("ix_queue_item_completed_at", "completed_at"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    cycle: int = Field(default=1)
    patient_id: int = Field(foreign_key="patient.id")
    site_id: int = Field(foreign_key="site.id")
    state: ItemState = Field(default=ItemState.OPEN, sa_type=word_type(ItemState))
    priority: Priority = Field(sa_type=word_type(Priority))
    emergent: bool = Field(default=False, sa_type=Flag)
    check: bool = Field(default=False, sa_type=Flag)
    tier_rank: int
    reason: CallReason = Field(sa_type=word_type(CallReason))
    summary: str = Field(default="", sa_type=SafeText)
    time_unknown: bool = Field(default=False, sa_type=Flag)
    started_at: datetime = Field(sa_type=UTCDateTime)
    due_at: datetime = Field(sa_type=UTCDateTime)
    next_due_at: datetime = Field(sa_type=UTCDateTime)
    asleep_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    scheduled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    first_attempt_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    contact_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    completed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    waits_from: datetime | None = Field(default=None, sa_type=UTCDateTime)
    paused_seconds: int = Field(default=0)
    was_late: bool = Field(default=False, sa_type=Flag)
    warned_percent: int = Field(default=0)
    received_open: bool = Field(default=True, sa_type=Flag)
    call_back_seconds: int | None = Field(default=None)
    first_contact_outcome: Outcome | None = Field(default=None, sa_type=word_type(Outcome))
    first_call_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    attempts: int = Field(default=0)
    assigned_to_id: int | None = Field(default=None, foreign_key="staff.id")
    assigned_role: Role | None = Field(default=None, sa_type=word_type(Role))
    assigned_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    falls_to_team_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    merged_into_id: int | None = Field(default=None, foreign_key="queue_item.id")
    version: int = Field(default=1)


class StoredClockEvent(SQLModel, table=True):
    """One fact about an item's clock; append-only, an undo is a further fact."""

    __tablename__ = "clock_event"
    __table_args__ = (Index("ix_clock_event_item_id", "item_id", "id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="queue_item.id")
    kind: ClockEventKind = Field(sa_type=word_type(ClockEventKind))
    at: datetime = Field(sa_type=UTCDateTime)
    verb_id: str = Field(sa_type=SafeText)
    tier: Tier | None = Field(default=None, sa_type=word_type(Tier))
    until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    reason: str = Field(default="", sa_type=SafeText)
    undoes_verb_id: str | None = Field(default=None, sa_type=SafeText)
    policy_version_id: int | None = Field(default=None, foreign_key="policy_version.id")
    staff_id: int | None = Field(default=None, foreign_key="staff.id")


class PatientClaim(SQLModel, table=True):
    """Who is ringing this patient now: one row per patient, with a fencing token and a lease on the boot clock."""

    __tablename__ = "patient_claim"
    __table_args__ = (Index("ix_patient_claim_number", "number"), STRICT)
    patient_id: int = Field(foreign_key="patient.id", primary_key=True)
    item_id: int = Field(foreign_key="queue_item.id")
    number: str = Field(default="", sa_type=SafeText)
    holder_id: int = Field(foreign_key="staff.id")
    session_id: int | None = Field(default=None, foreign_key="desk_session.id")
    token: int = Field(sa_type=BIG_INTEGER)
    claimed_at: datetime = Field(sa_type=UTCDateTime)
    lease_boot_id: str = Field(sa_type=SafeText)
    lease_until_ns: int = Field(sa_type=BIG_INTEGER)
