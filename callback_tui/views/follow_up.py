"""What is still to be done after calls, as the follow-ups screen sees it; and one call as the chart wants it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from callback_tui.models.vocabulary import (
    CallReason,
    Channel,
    ComparedWith,
    FollowUpKind,
    IdentityKind,
    IdentityResult,
    Outcome,
    RecordingAnswer,
    Role,
    WhoAnswered,
)
from callback_tui.views.policy import Policy


class TaskSection(StrEnum):
    """The parts of the list, in the order they are shown."""

    HAND_OFF = "hand_off"
    DUE = "due"
    PROMISED = "promised"
    TO_SEND = "to_send"
    NOT_IN_CHART = "not_in_chart"
    ASLEEP = "asleep"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `record_id` is the id of what the section lists: hand-off, follow-up, promise, call or message.

    `at` is when it is due, promised or wakes, for the chart when the call ended. `whose` says whose it is: a person, a
    role, or nobody's; `whose_id` the person where it is one. `text` is what was written about it.
    A promise may pass its time by `grace` before it is late. `zone` is the site's; empty without a message.
    """

    section: TaskSection
    record_id: int
    item_id: int | None
    who: str
    what: str
    text: str
    at: datetime
    whose: str
    whose_id: int | None
    kind: FollowUpKind | None = None
    grace: timedelta = timedelta()
    zone: str = ""

    @property
    def key(self) -> str:
        """What the line is known by through all refreshes."""
        return f"{self.section.value}-{self.record_id}"


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """One part of the list. `count` is how many there are, of which the first are listed; `more` when it is a floor."""

    section: TaskSection
    tasks: tuple[Task, ...]
    count: int
    more: bool = False


@dataclass(frozen=True, slots=True)
class FollowUpsView:
    """Everything still to be done after calls at one moment."""

    groups: tuple[TaskGroup, ...]
    policy: Policy
    is_demo: bool
    as_of: datetime

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Every listed line, from top to bottom."""
        return tuple(task for group in self.groups for task in group.tasks)


@dataclass(frozen=True, slots=True)
class TaskDone:
    """What a verb on a line did: a sentence without a name, and what is needed to take it back until `undo_until`."""

    section: TaskSection
    record_id: int
    item_id: int | None
    verb_id: str
    at: datetime
    sentence: str
    undo_until: datetime


@dataclass(frozen=True, slots=True)
class HandOffCard:
    """What a clinician is handed: situation, background, assessment, request, by whom and until when."""

    hand_off_id: int
    item_id: int
    who: str
    situation: str
    background: str
    assessment: str
    request: str
    made_by: str
    made_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ChartTry:
    """An unanswered try before a call."""

    at: datetime
    number: str
    outcome: Outcome
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class ChartFollowUp:
    """What a call raised."""

    kind: FollowUpKind
    text: str
    due_at: datetime
    done: bool
    owner_role: Role | None


@dataclass(frozen=True, slots=True)
class ChartAddition:
    """A note added after the call."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One logged call as it goes into the chart: kinds of identifiers, never their values (article rows A5, A18)."""

    practice: str
    site: str
    zone: str
    patient: str
    date_of_birth: date | None
    record_number: str
    channel: Channel
    reason: CallReason
    received_at: datetime | None
    started_at: datetime
    ended_at: datetime
    by: str
    number: str
    number_on_file: bool
    who_answered: WhoAnswered | None
    spoke_with: str
    identity: IdentityResult
    identity_kinds: tuple[IdentityKind, ...]
    compared_with: ComparedWith | None
    recording: RecordingAnswer
    override_reason: str
    outcome: Outcome
    voicemail_wording: str
    teach_back: bool
    note: str
    additions: tuple[ChartAddition, ...]
    follow_ups: tuple[ChartFollowUp, ...]
    earlier_tries: tuple[ChartTry, ...]
    noted: str = ""


@dataclass(frozen=True, slots=True)
class Unreached:
    """What a message or a letter to somebody who could not be reached by phone may say: nothing of their health.

    `practice` and `short_name` are blank where the patient asked us not to say where we call from. `number` and `hours`
    stand as they are to be read.
    """

    kind: FollowUpKind
    practice: str
    short_name: str
    patient: str
    number: str
    hours: str
    zone: str
    now: datetime
    received_at: datetime | None
    tries: tuple[datetime, ...]
    emergency_line: bool
