"""Tables of calls: attempts, notes, step times, hand-offs, incidents."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from callback_tui.models.types import STRICT, Flag, SafeText, UTCDateTime, word_type
from callback_tui.models.vocabulary import (
    AttemptState,
    CallStep,
    ComparedWith,
    IdentityResult,
    Outcome,
    RecordingAnswer,
    Role,
    Tier,
    WhoAnswered,
)

# Live talks, which could be scored; `store.metrics` repeats the words, since an index is chosen by them.
_REACHED = text(
    "rehearsal = 0 AND lead_attempt_id IS NULL AND outcome IN ('resolved', 'follow_up', 'escalated', "
    "'another_time', 'refused', 'emergency')"
)

# Calls in which something was said (`rules.charting`) and that nobody wrote in the chart yet.
_NOT_IN_CHART = text(
    "in_chart_at IS NULL AND rehearsal = 0 AND lead_attempt_id IS NULL AND identity <> 'general_only' AND outcome IN "
    "('resolved', 'follow_up', "
    "'escalated', 'another_time', 'voicemail_left', 'message_with_person', 'someone_else', 'not_verified', "
    "'refused', 'emergency')"
)
_UNFINISHED = text("state IN ('in_call', 'outcome_missing')")
_WAITING = text("taken_at IS NULL AND withdrawn_at IS NULL")


class CallAttempt(SQLModel, table=True):
    """One call from the dial key to its outcome. Identity is kept as kinds and pass or fail, never as values.

    A call about several messages is an attempt on each; those that rode along name the one that was dialled.
    """

    __tablename__ = "call_attempt"
    __table_args__ = (
        Index("ix_call_attempt_item_id", "item_id"),
        Index("ix_call_attempt_patient_id", "patient_id", "started_at"),
        Index("ix_call_attempt_staff_id", "staff_id", "started_at"),
        Index(
            "ix_call_attempt_reached",
            "started_at",
            "survey_score",
            "item_id",
            "rehearsal",
            "outcome",
            "lead_attempt_id",
            sqlite_where=_REACHED,
        ),
        Index("ix_call_attempt_not_in_chart", "outcome_at", sqlite_where=_NOT_IN_CHART),
        Index("ix_call_attempt_unfinished", "staff_id", "started_at", sqlite_where=_UNFINISHED),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="queue_item.id")
    lead_attempt_id: int | None = Field(default=None, foreign_key="call_attempt.id")
    patient_id: int = Field(foreign_key="patient.id")
    staff_id: int = Field(foreign_key="staff.id")
    contact_point_id: int | None = Field(default=None, foreign_key="contact_point.id")
    number_dialled: str = Field(default="", sa_type=SafeText)
    number_on_file: bool = Field(default=False, sa_type=Flag)
    tier: Tier = Field(sa_type=word_type(Tier))
    state: AttemptState = Field(default=AttemptState.IN_CALL, sa_type=word_type(AttemptState))
    step: CallStep = Field(default=CallStep.GREETING, sa_type=word_type(CallStep))
    started_at: datetime = Field(sa_type=UTCDateTime)
    dialled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    who_answered: WhoAnswered | None = Field(default=None, sa_type=word_type(WhoAnswered))
    spoke_with: str = Field(default="", sa_type=SafeText)
    identity: IdentityResult = Field(default=IdentityResult.NOT_ASKED, sa_type=word_type(IdentityResult))
    identity_kinds: str = Field(default="", sa_type=SafeText)
    identity_failures: int = Field(default=0)
    compared_with: ComparedWith | None = Field(default=None, sa_type=word_type(ComparedWith))
    recording: RecordingAnswer = Field(default=RecordingAnswer.NOT_ASKED, sa_type=word_type(RecordingAnswer))
    override_reason: str = Field(default="", sa_type=SafeText)
    outcome: Outcome | None = Field(default=None, sa_type=word_type(Outcome))
    outcome_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    outcome_verb_id: str | None = Field(default=None, sa_type=SafeText)
    qualifies: bool = Field(default=False, sa_type=Flag)
    voicemail_wording: str = Field(default="", sa_type=SafeText)
    teach_back: bool = Field(default=False, sa_type=Flag)
    survey_score: int | None = Field(default=None)
    in_chart_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    rehearsal: bool = Field(default=False, sa_type=Flag)


class CallNote(SQLModel, table=True):
    """What was typed at one step of a call, saved as it was typed; later additions are rows with `addendum`."""

    __tablename__ = "call_note"
    __table_args__ = (Index("ix_call_note_attempt_id", "attempt_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="call_attempt.id")
    step: CallStep | None = Field(default=None, sa_type=word_type(CallStep))
    text: str = Field(default="", sa_type=SafeText)
    saved_at: datetime = Field(sa_type=UTCDateTime)
    written_by_id: int = Field(foreign_key="staff.id")
    addendum: bool = Field(default=False, sa_type=Flag)


class CallStepTime(SQLModel, table=True):
    """When a step of the script was entered; its length runs to the next row or the end of the call."""

    __tablename__ = "call_step_time"
    __table_args__ = (Index("ix_call_step_time_attempt_id", "attempt_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    attempt_id: int = Field(foreign_key="call_attempt.id")
    step: CallStep = Field(sa_type=word_type(CallStep))
    entered_at: datetime = Field(sa_type=UTCDateTime)


class HandOff(SQLModel, table=True):
    """An escalation with its context; its own clock runs until a clinician takes it."""

    __tablename__ = "hand_off"
    __table_args__ = (
        Index("ix_hand_off_item_id", "item_id"),
        Index("ix_hand_off_waiting", "due_at", sqlite_where=_WAITING),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="queue_item.id")
    attempt_id: int | None = Field(default=None, foreign_key="call_attempt.id")
    to_role: Role = Field(default=Role.CLINICIAN, sa_type=word_type(Role))
    to_staff_id: int | None = Field(default=None, foreign_key="staff.id")
    situation: str = Field(default="", sa_type=SafeText)
    background: str = Field(default="", sa_type=SafeText)
    assessment: str = Field(default="", sa_type=SafeText)
    request: str = Field(default="", sa_type=SafeText)
    made_at: datetime = Field(sa_type=UTCDateTime)
    made_by_id: int = Field(foreign_key="staff.id")
    due_at: datetime = Field(sa_type=UTCDateTime)
    taken_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    taken_by_id: int | None = Field(default=None, foreign_key="staff.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Incident(SQLModel, table=True):
    """An emergency: who was told what and when."""

    __tablename__ = "incident"
    __table_args__ = (Index("ix_incident_item_id", "item_id"), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    item_id: int = Field(foreign_key="queue_item.id")
    attempt_id: int | None = Field(default=None, foreign_key="call_attempt.id")
    location: str = Field(default="", sa_type=SafeText)
    told: str = Field(default="", sa_type=SafeText)
    note: str = Field(default="", sa_type=SafeText)
    opened_at: datetime = Field(sa_type=UTCDateTime)
    opened_by_id: int = Field(foreign_key="staff.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
