"""Tables of the people who sign in, and of their sign-ins."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from callback_tui.models.types import BIG_INTEGER, STRICT, Flag, SafeText, UTCDateTime, word_type
from callback_tui.models.vocabulary import Role


class Staff(SQLModel, table=True):
    """A person who signs in; never deleted, only deactivated."""

    __tablename__ = "staff"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    username: str = Field(sa_type=SafeText, unique=True)
    name: str = Field(sa_type=SafeText)
    role: Role = Field(sa_type=word_type(Role))
    site_id: int | None = Field(default=None, foreign_key="site.id")
    active: bool = Field(default=True, sa_type=Flag)
    created_at: datetime = Field(sa_type=UTCDateTime)


class DeskSession(SQLModel, table=True):
    """One sign-in at one terminal, from opening to leaving; `seen_at` is when the person last touched it.

    Nobody sits at one that is not `attended`, a command's.
    """

    __tablename__ = "desk_session"
    __table_args__ = (
        Index("ix_desk_session_open", "seen_at", "staff_id", sqlite_where=text("ended_at IS NULL")),
        Index("ix_desk_session_staff_id", "staff_id", "started_at"),
        STRICT,
    )
    id: int | None = Field(default=None, primary_key=True)
    staff_id: int = Field(foreign_key="staff.id")
    started_at: datetime = Field(sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    boot_id: str = Field(sa_type=SafeText)
    process_id: int = Field(sa_type=BIG_INTEGER)
    attended: bool = Field(default=True, sa_type=Flag)


class StaffSetting(SQLModel, table=True):
    """One thing a person set for their own desk, such as the view of the queue they work in."""

    __tablename__ = "staff_setting"
    __table_args__ = STRICT
    staff_id: int = Field(foreign_key="staff.id", primary_key=True)
    name: str = Field(sa_type=SafeText, primary_key=True)
    value: str = Field(sa_type=SafeText)
