"""Tables of what comes after a call: follow-ups and promises."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from callback_tui.models.types import STRICT, SafeText, UTCDateTime, word_type
from callback_tui.models.vocabulary import FollowUpKind, FollowUpState, PromiseState, Role


class FollowUp(SQLModel, table=True):
    """Something to be done for a patient by a time (article rows A6 and A14)."""

    __tablename__ = "follow_up"
    __table_args__ = (
        Index("ix_follow_up_state_due_at", "state", "due_at"),
        Index("ix_follow_up_item_id", "item_id"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    item_id: int | None = Field(default=None, foreign_key="queue_item.id")
    attempt_id: int | None = Field(default=None, foreign_key="call_attempt.id")
    kind: FollowUpKind = Field(sa_type=word_type(FollowUpKind))
    text: str = Field(default="", sa_type=SafeText)
    due_at: datetime = Field(sa_type=UTCDateTime)
    owner_id: int | None = Field(default=None, foreign_key="staff.id")
    owner_role: Role | None = Field(default=None, sa_type=word_type(Role))
    state: FollowUpState = Field(default=FollowUpState.OPEN, sa_type=word_type(FollowUpState))
    raised_at: datetime = Field(sa_type=UTCDateTime)
    raised_by_id: int | None = Field(default=None, foreign_key="staff.id")
    raised_verb_id: str = Field(default="", sa_type=SafeText)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_by_id: int | None = Field(default=None, foreign_key="staff.id")


class Promise(SQLModel, table=True):
    """A person's word to ring at a time, with the name on it."""

    __tablename__ = "promise"
    __table_args__ = (
        Index("ix_promise_state_due_at", "state", "due_at"),
        Index("ix_promise_item_id", "item_id"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    item_id: int = Field(foreign_key="queue_item.id")
    attempt_id: int | None = Field(default=None, foreign_key="call_attempt.id")
    promised_by_id: int = Field(foreign_key="staff.id")
    words: str = Field(default="", sa_type=SafeText)
    due_at: datetime = Field(sa_type=UTCDateTime)
    state: PromiseState = Field(default=PromiseState.OPEN, sa_type=word_type(PromiseState))
    made_at: datetime = Field(sa_type=UTCDateTime)
    made_verb_id: str = Field(default="", sa_type=SafeText)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
