"""The guided call as its screen sees it: one frozen sheet, made anew after each step."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from callback_tui.models.vocabulary import (
    CallStep,
    ComparedWith,
    FollowUpKind,
    IdentityKind,
    IdentityResult,
    Outcome,
    RecordingAnswer,
    Role,
    Tier,
    WhoAnswered,
)
from callback_tui.views.clock import ClockState
from callback_tui.views.queue import MessageView, SafeContactCard


class DialVerdict(StrEnum):
    """The three answers of `may_dial`."""

    ALLOWED = "allowed"
    REASON_NEEDED = "reason_needed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class DialDecision:
    """Whether a number may be rung. `code` is a stable word, `sentence` says what and why, `next_step` what now.

    `codes` name all that stands in the way, or that a reason passed. `allowed_from` is set where that is nothing but
    the time: the first instant at which nothing does.
    """

    verdict: DialVerdict
    code: str = ""
    sentence: str = ""
    next_step: str = ""
    codes: tuple[str, ...] = ()
    allowed_from: datetime | None = None

    @property
    def strictness(self) -> tuple[int, bool, int]:
        """The sort key by which the number that is nearest to being allowed comes first."""
        return list(DialVerdict).index(self.verdict), bool(self.codes) and self.allowed_from is None, len(self.codes)


@dataclass(frozen=True, slots=True)
class NumberChoice:
    """One number of the patient with the answer of `may_dial` for it; `heard` ones were found in a message's words."""

    contact_point_id: int
    e164: str
    national: str
    kind: str
    on_file: bool
    decision: DialDecision
    heard: bool = False


@dataclass(frozen=True, slots=True)
class IdentityCheck:
    """Where the identity gate stands. `matched` are kinds, never values."""

    result: IdentityResult
    matched: tuple[IdentityKind, ...]
    failures: int
    needed: int
    failures_allowed: int
    on_file: tuple[IdentityKind, ...]
    asked: tuple[IdentityKind, ...]


@dataclass(frozen=True, slots=True)
class ScriptText:
    """What to say at one step, and a dim line of advice."""

    step: CallStep
    say: str
    advice: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One numbered choice: key, verb, consequence."""

    key: str
    label: str
    consequence: str
    who: WhoAnswered | None = None
    outcome: Outcome | None = None
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class AlongMessage:
    """Another message of the patient that the call is about; `words` are empty while messages are hidden."""

    item_id: int
    words: str


@dataclass(frozen=True, slots=True)
class AlikeCard:
    """Another card that may be the same person: the same number, and a name that fits."""

    patient_id: int
    who: str


@dataclass(frozen=True, slots=True)
class CallSheet:
    """Everything the call screen shows. `message` is None while it must stay hidden; `came_in`: they rang us.

    `clock` and `tier` are of the most pressing message the call is about; `along` are the others.
    """

    attempt_id: int
    item_id: int
    patient_id: int
    claim_token: int
    who: str
    ask_for: str
    number: NumberChoice
    numbers: tuple[NumberChoice, ...]
    attempt_number: int
    tier: Tier
    clock: ClockState
    site: str
    started_at: datetime
    step: CallStep
    done_steps: tuple[CallStep, ...]
    who_answered: WhoAnswered | None
    identity: IdentityCheck
    recording: RecordingAnswer
    records_calls: bool
    script: ScriptText
    who_choices: tuple[Choice, ...]
    outcome_choices: tuple[Choice, ...]
    safe_contact: SafeContactCard
    message: MessageView | None
    emergency_open: bool
    notes: str
    notes_saved_at: datetime | None
    voicemail_text: str
    voicemail_allowed: DialDecision
    bundled_item_ids: tuple[int, ...]
    resumed: bool
    came_in: bool = False
    along: tuple[AlongMessage, ...] = ()
    alike: tuple[AlikeCard, ...] = ()


@dataclass(frozen=True, slots=True)
class NextCall:
    """What `n` found: a running call; or a message whose call needs a reason first; or neither, and `sentence` why."""

    sheet: CallSheet | None
    item_id: int | None
    sentence: str


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """A follow-up to be raised with an outcome."""

    kind: FollowUpKind
    text: str
    due_at: datetime
    owner_role: Role | None = None


@dataclass(frozen=True, slots=True)
class OutcomeEntry:
    """What a person logs at the end of a call. Only the fields the outcome needs are read."""

    outcome: Outcome
    note: str = ""
    call_again_at: datetime | None = None
    promise_words: str = ""
    follow_ups: tuple[NewFollowUp, ...] = ()
    situation: str = ""
    background: str = ""
    assessment: str = ""
    request: str = ""
    voicemail_wording: str = ""
    spoke_with: str = ""
    location: str = ""
    told: str = ""
    duplicate_of_item_id: int | None = None
    teach_back: bool = False
    survey_score: int | None = None


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """What an outcome led to: a past-tense sentence without a name, and until when it can be undone."""

    attempt_id: int
    item_id: int
    verb_id: str
    sentence: str
    next_at: datetime | None
    undo_until: datetime


@dataclass(frozen=True, slots=True)
class UnfinishedCall:
    """A call cut off before its outcome; shown by initials at the next sign-in."""

    attempt_id: int
    item_id: int
    initials: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class ExpectedIdentifiers:
    """What is on file to compare answers with; shown only after an audited reveal, never read out."""

    date_of_birth: str
    address: str
    record_number: str
    compared_with: ComparedWith
