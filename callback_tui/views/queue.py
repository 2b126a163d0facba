"""The queue as screens and the command line see it: one snapshot, frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from callback_tui.models.vocabulary import CallReason, Channel, ItemState, Priority, ReviewFlag, Role
from callback_tui.views.clock import ClockState
from callback_tui.views.desk import FeedLine
from callback_tui.views.forecast import AtDesk, Forecast
from callback_tui.views.on_call import OnCallLine
from callback_tui.views.policy import Policy
from callback_tui.views.triage import Hit


class ChangeMark(NamedTuple):
    """How far a desk has looked: the store's version then, its last audit entry, the version of the last change."""

    version: int
    audited: int
    changed: int


@dataclass(frozen=True, slots=True)
class Holder:
    """Who is ringing this patient now."""

    staff_id: int
    name: str
    since: datetime
    item_id: int


@dataclass(frozen=True, slots=True)
class Assigned:
    """Whom a message was given to: a person with their role, or everybody of a role when `staff_id` is None."""

    name: str
    role: Role
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Whose a message is after it was given: somebody's until `team_at`, the team's with `to` None.

    Of an `emergent` one somebody was only told; it is everybody's.
    """

    to: Assigned | None
    team_at: datetime | None
    emergent: bool


class View(StrEnum):
    """Which part of the queue a person works in."""

    ALL = "all"
    TEAM = "team"
    MINE = "mine"
    ASLEEP = "asleep"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person wants to see of the queue: a view, and filters of which each may be left open."""

    view: View = View.TEAM
    site: str | None = None
    channel: Channel | None = None
    role: Role | None = None
    reason: CallReason | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether a filter is in force."""
        return any(each is not None for each in (self.site, self.channel, self.role, self.reason))


TEAM_UNFILTERED = Chosen()
"""What a person sees who never chose."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One message in calling order. `who` is what the list shows, `contacts_today` counts the patient's messages.

    `no_calls_since` is when the patient asked not to be called, where that stands.
    What was given to somebody is the team's again from `team_at` on: ask `rules.assignment.given_to`, not
    `assigned_to`. `promised_by_id` is who gave their word to ring at the time it is scheduled for.
    `contacts_open` counts the patient's messages that wait for a first talk, `waiting_since` is when the first began.
    """

    item_id: int
    message_id: int
    patient_id: int
    site: str
    who: str
    phone_e164: str | None
    phone_raw: str
    channel: Channel
    priority: Priority
    emergent: bool
    check: bool
    reason: CallReason
    summary: str
    state: ItemState
    received_at: datetime | None
    clock: ClockState
    attempts: int
    holder: Holder | None
    bundle: int
    flags: tuple[ReviewFlag, ...]
    search_text: str
    contacts_today: int = 1
    age_years: int | None = None
    prefers: Channel | None = None
    no_calls_since: datetime | None = None
    assigned_to: Assigned | None = None
    team_at: datetime | None = None
    promised_by_id: int | None = None
    contacts_open: int = 1
    waiting_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemDone:
    """What a verb on a waiting message led to, in a sentence without a name. `item_id` is the item that waits now."""

    item_id: int
    sentence: str


@dataclass(frozen=True, slots=True)
class QueueSnapshot:
    """The whole queue at one moment, asleep items apart. `as_of` is when it was read.

    `follow_ups_due` says when each open follow-up is due, first due first; `chosen` is what the person who reads it
    chose to see when they were last at a desk; `colleagues` are those a message can be given to, by
    name.
    """

    rows: tuple[QueueRow, ...]
    asleep: tuple[QueueRow, ...]
    feeds: tuple[FeedLine, ...]
    newest_message_at: datetime | None
    last_import_at: datetime | None
    policy: Policy
    as_of: datetime
    is_demo: bool
    follow_ups_due: tuple[datetime, ...] = ()
    people: tuple[AtDesk, ...] = ()
    forecast: Forecast | None = None
    on_call: tuple[OnCallLine, ...] = ()
    chosen: Chosen = TEAM_UNFILTERED
    colleagues: tuple[Assigned, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierCall:
    """One earlier attempt, as the history line of the message pane."""

    at: datetime
    who: str
    outcome: str
    number: str
    voicemail_wording: str


@dataclass(frozen=True, slots=True)
class SafeContactCard:
    """What may be done with this patient's numbers, in words; empty text where nothing was asked."""

    may_leave: str
    never: str
    may_hear: str
    language: str
    asked_at: datetime | None
    prefers: str = ""


@dataclass(frozen=True, slots=True)
class MessageView:
    """The message pane: who, how to reach them, what they said and which words fired.

    `noted` is what must be remembered of the patient's wish for a later call; `due` says when the next call is due.
    `born_heard` is a date of birth that only the words tell, `heard_at` where they tell it, a number or a name.
    """

    item_id: int
    who: str
    provisional: bool
    number: str
    number_kind: str
    date_of_birth_on_file: bool
    age_years: int | None
    last_visit: str
    safe_contact: SafeContactCard
    channel: Channel
    received_at: datetime | None
    imported_at: datetime
    contacts_today: int
    subject: str
    body: str
    machine_transcript: bool
    duration_seconds: int | None
    hits: tuple[Hit, ...]
    check: bool
    flags: tuple[ReviewFlag, ...]
    bundled: tuple[str, ...]
    earlier: tuple[EarlierCall, ...]
    noted: str = ""
    due: str = ""
    given_to: str = ""
    contacts_open: int = 1
    waiting_since: datetime | None = None
    born_heard: date | None = None
    heard_at: tuple[tuple[int, int], ...] = ()
