"""Tables of the practice itself: the desk's identity, its sites, its policy versions."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from callback_tui.models.types import STRICT, Flag, SafeText, UTCDateTime


class Practice(SQLModel, table=True):
    """The one practice of this desk."""

    __tablename__ = "practice"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    desk_uuid: str = Field(sa_type=SafeText)
    name: str = Field(sa_type=SafeText)
    short_name: str = Field(sa_type=SafeText)
    region: str = Field(sa_type=SafeText)
    is_demo: bool = Field(default=False, sa_type=Flag)
    created_at: datetime = Field(sa_type=UTCDateTime)


class Site(SQLModel, table=True):
    """A place of the practice, named as in the policy; hours and targets stand in the policy."""

    __tablename__ = "site"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_type=SafeText, unique=True)
    zone: str = Field(sa_type=SafeText)
    callback_number: str = Field(sa_type=SafeText)
    active: bool = Field(default=True, sa_type=Flag)


class PolicyVersion(SQLModel, table=True):
    """A policy file as it was applied; never changed afterwards."""

    __tablename__ = "policy_version"
    __table_args__ = STRICT
    id: int | None = Field(default=None, primary_key=True)
    text: str = Field(sa_type=SafeText)
    sha256: str = Field(sa_type=SafeText)
    applied_at: datetime = Field(sa_type=UTCDateTime)
    applied_by_id: int | None = Field(default=None, foreign_key="staff.id")
    note: str = Field(default="", sa_type=SafeText)
