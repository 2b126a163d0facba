"""What `may_dial` looks at: the patient's requests, the number, and today's tries."""

from dataclasses import dataclass
from datetime import datetime

from callback_tui.models.vocabulary import (
    Channel,
    ContactKind,
    LeavePermission,
    NumberQuality,
    OptOutScope,
    SafeContactKind,
)


@dataclass(frozen=True, slots=True)
class OptOut:
    """One stored fact: asked not to be called or, with `revokes_id`, took that back. A higher id is later."""

    id: int
    scope: OptOutScope
    number: str
    channel: Channel | None
    revokes_id: int | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class SafeInstruction:
    """One confidential-communication instruction; by kind a number, a `ContactKind` word or a time ("17:00")."""

    kind: SafeContactKind
    value: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class DialFacts:
    """Everything about the patient that decides on a dial.

    `zones` are IANA names, all that may be theirs; `dialled_at` holds at least the dials of the last day.
    """

    opt_outs: tuple[OptOut, ...]
    instructions: tuple[SafeInstruction, ...]
    zones: tuple[str, ...]
    dialled_at: tuple[datetime, ...]
    voicemails_today: int


@dataclass(frozen=True, slots=True)
class DialNumber:
    """One contact point as the dial rules see it."""

    contact_point_id: int
    e164: str
    kind: ContactKind
    quality: NumberQuality
    leave_permission: LeavePermission
    on_file: bool
    quality_set_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShutWay:
    """Something that closes a way to a patient and that a new fact can end: a request, or the mark of a dead number.

    One of the two ids is set. `label` says what the new fact would be, `words` what stands now.
    """

    label: str
    words: str
    opt_out_id: int | None = None
    contact_point_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ringing:
    """What decides when a patient may be rung next: the facts, and the numbers that are left to ring."""

    facts: DialFacts
    numbers: tuple[DialNumber, ...]
