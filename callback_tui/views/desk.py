"""Who is at the desk, and what the desk says of itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from callback_tui.models.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """The person a verb acts for. `session_id` is None on the command line of a script."""

    staff_id: int
    username: str
    name: str
    role: Role
    session_id: int | None = None


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A source of messages and how fresh it is; `silent` when it passed the policy's limit.

    `quiet` when it is imported in time and brings nothing new. Messages taken by hand have no limit.
    """

    source: str
    newest_message_at: datetime | None
    last_import_at: datetime
    silent: bool
    limit_minutes: int | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One audit entry as people read it; `facts` are the ids, counts and words that say whom it concerns."""

    seq: int
    at: datetime
    who: str
    action: str
    entity: str
    entity_id: str
    reason: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditVerdict:
    """Whether the chain holds; `first_bad_seq` names the first entry that does not fit."""

    entries: int
    sound: bool
    first_bad_seq: int | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One person as lists show them."""

    staff_id: int
    username: str
    name: str
    role: Role
    active: bool
    created_at: datetime
