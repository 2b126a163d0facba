"""Tables of the on-call roster at work: whom the desk tried to fetch, when, and who answered."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from callback_tui.models.types import STRICT, Flag, SafeText, UTCDateTime, word_type
from callback_tui.models.vocabulary import Tier

_RINGING = text("acknowledged_at IS NULL AND ended_at IS NULL")


class OnCallAlert(SQLModel, table=True):
    """Urgent messages of a site with nobody at the desk; it is raised until somebody acknowledges it.

    `unanswered` ones ended because the rounds of the roster were over.
    """

    __tablename__ = "on_call_alert"
    __table_args__ = (Index("ix_on_call_alert_ringing", "site_id", sqlite_where=_RINGING), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    site_id: int = Field(foreign_key="site.id")
    tier: Tier = Field(sa_type=word_type(Tier))
    raised_at: datetime = Field(sa_type=UTCDateTime)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    acknowledged_by_id: int | None = Field(default=None, foreign_key="staff.id")
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    unanswered: bool = Field(default=False, sa_type=Flag)


class OnCallStep(SQLModel, table=True):
    """One run of the roster's command for one person: never twice for one step of an alert."""

    __tablename__ = "on_call_step"
    __table_args__ = (Index("uq_on_call_step_alert_id_number", "alert_id", "number", unique=True), STRICT)
    id: int | None = Field(default=None, primary_key=True)
    alert_id: int = Field(foreign_key="on_call_alert.id")
    number: int
    person: str = Field(sa_type=SafeText)
    waiting_count: int
    started_at: datetime = Field(sa_type=UTCDateTime)
    ran: bool | None = Field(default=None, sa_type=Flag)
