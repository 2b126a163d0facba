"""Tables of patients: card, contact points, who speaks for them, what they asked of us."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from callback_tui.models.types import STRICT, Day, Flag, SafeText, UTCDateTime, word_type
from callback_tui.models.vocabulary import (
    Channel,
    ContactKind,
    LeavePermission,
    NumberQuality,
    OptOutScope,
    SafeContactKind,
)


class Patient(SQLModel, table=True):
    """A patient, or an unknown caller until somebody knows better (`provisional`). Holds no SSN digits, ever."""

    __tablename__ = "patient"
    __table_args__ = (
        Index("ix_patient_record_number", "record_number"),
        Index("ix_patient_folded_name", "folded_name"),
        Index("ix_patient_merged_into_id", "merged_into_id", sqlite_where=text("merged_into_id IS NOT NULL")),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(default="", sa_type=SafeText)
    folded_name: str = Field(default="", sa_type=SafeText)
    provisional: bool = Field(default=True, sa_type=Flag)
    date_of_birth: date | None = Field(default=None, sa_type=Day)
    record_number: str = Field(default="", sa_type=SafeText)
    address: str = Field(default="", sa_type=SafeText)
    zone: str = Field(default="", sa_type=SafeText)
    language: str = Field(default="en", sa_type=SafeText)
    needs_interpreter: bool = Field(default=False, sa_type=Flag)
    uses_tty: bool = Field(default=False, sa_type=Flag)
    prefers_channel: Channel | None = Field(default=None, sa_type=word_type(Channel))
    last_visit_on: date | None = Field(default=None, sa_type=Day)
    last_visit_with: str = Field(default="", sa_type=SafeText)
    automated_calls_consented_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    merged_into_id: int | None = Field(default=None, foreign_key="patient.id")
    created_at: datetime = Field(sa_type=UTCDateTime)


class ContactPoint(SQLModel, table=True):
    """A number or address of a patient; households share numbers, so a value may stand at several patients."""

    __tablename__ = "contact_point"
    __table_args__ = (
        Index("ix_contact_point_value", "value"),
        Index("uq_contact_point_patient_value", "patient_id", "value", unique=True),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    kind: ContactKind = Field(sa_type=word_type(ContactKind))
    value: str = Field(sa_type=SafeText)
    raw: str = Field(default="", sa_type=SafeText)
    extension: str = Field(default="", sa_type=SafeText)
    rank: int = Field(default=0)
    leave_permission: LeavePermission = Field(default=LeavePermission.MINIMUM, sa_type=word_type(LeavePermission))
    quality: NumberQuality = Field(default=NumberQuality.UNPROVEN, sa_type=word_type(NumberQuality))
    quality_set_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    quality_before: NumberQuality | None = Field(default=None, sa_type=word_type(NumberQuality))
    on_file: bool = Field(default=False, sa_type=Flag)


class Representative(SQLModel, table=True):
    """Somebody who speaks for the patient: relationship, by what right, until when."""

    __tablename__ = "representative"
    __table_args__ = (Index("ix_representative_patient_id", "patient_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    name: str = Field(sa_type=SafeText)
    relationship: str = Field(sa_type=SafeText)
    authority: str = Field(sa_type=SafeText)
    expires_on: date | None = Field(default=None, sa_type=Day)
    recorded_at: datetime = Field(sa_type=UTCDateTime)
    recorded_by_id: int = Field(foreign_key="staff.id")
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class SafeContact(SQLModel, table=True):
    """One confidential-communication instruction (45 CFR 164.522(b)); replaced, never edited."""

    __tablename__ = "safe_contact"
    __table_args__ = (Index("ix_safe_contact_patient_id", "patient_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    kind: SafeContactKind = Field(sa_type=word_type(SafeContactKind))
    value: str = Field(default="", sa_type=SafeText)
    asked_at: datetime = Field(sa_type=UTCDateTime)
    recorded_by_id: int | None = Field(default=None, foreign_key="staff.id")
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class OptOutFact(SQLModel, table=True):
    """Asked not to be called, or took that back: append-only; a revocation names the fact it ends."""

    __tablename__ = "opt_out_fact"
    __table_args__ = (Index("ix_opt_out_fact_patient_id", "patient_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    scope: OptOutScope = Field(sa_type=word_type(OptOutScope))
    number: str = Field(default="", sa_type=SafeText)
    channel: Channel | None = Field(default=None, sa_type=word_type(Channel))
    revokes_id: int | None = Field(default=None, foreign_key="opt_out_fact.id")
    said_by: str = Field(default="", sa_type=SafeText)
    how: str = Field(default="", sa_type=SafeText)
    recorded_at: datetime = Field(sa_type=UTCDateTime)
    recorded_by_id: int | None = Field(default=None, foreign_key="staff.id")
    attempt_id: int | None = Field(default=None, foreign_key="call_attempt.id")


class SamePersonAnswer(SQLModel, table=True):
    """Whether two cards are one person, as somebody at the desk said; the newest answer about a pair counts.

    `patient_id` is the smaller of the two ids.
    """

    __tablename__ = "same_person_answer"
    __table_args__ = (
        Index("ix_same_person_answer_pair", "patient_id", "other_patient_id"),
        Index("ix_same_person_answer_other_patient_id", "other_patient_id"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    patient_id: int = Field(foreign_key="patient.id")
    other_patient_id: int = Field(foreign_key="patient.id")
    same: bool = Field(sa_type=Flag)
    said_at: datetime = Field(sa_type=UTCDateTime)
    said_by_id: int = Field(foreign_key="staff.id")
