"""The scorecard as screens, files and the command line see it: figures against targets, and the calls behind one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from callback_tui.models.vocabulary import CallReason, Channel, Outcome
from callback_tui.views.policy import Policy


class PeriodName(StrEnum):
    """The periods that have a name; each runs to the end of today."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


class MetricKey(StrEnum):
    """The figures of article row A19, in the order they are shown."""

    CALL_BACK_IN_OFFICE = "call_back_in_office"
    CALL_BACK_AFTER_HOURS = "call_back_after_hours"
    FIRST_CALL_RESOLUTION = "first_call_resolution"
    SATISFACTION = "satisfaction"

    @property
    def is_wait(self) -> bool:
        """Whether the figure is a time to the first call."""
        return self in (MetricKey.CALL_BACK_IN_OFFICE, MetricKey.CALL_BACK_AFTER_HOURS)


class Unit(StrEnum):
    """What a figure is a number of: whole waits in seconds, a share from 0 to 1, a score from 1 to 5."""

    SECONDS = "seconds"
    RATE = "rate"
    SCORE = "score"


class Trend(StrEnum):
    """How a figure moved since the period before, in the direction that is good for it."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Period:
    """Whole local days from `first` to `last`, and the instants they begin and end at; `end` is outside."""

    label: str
    first: date
    last: date
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class WaitSums:
    """Waits of one kind of message in one period, in seconds.

    `count` holds the `waiting` ones: overdue, not called yet, counted at their age so far. `not_due` wait in time and
    `uncalled` ended without a call; both are left out.
    """

    count: int = 0
    total: int = 0
    median: int | None = None
    p90: int | None = None
    waiting: int = 0
    not_due: int = 0
    uncalled: int = 0


@dataclass(frozen=True, slots=True)
class FirstCallSums:
    """First live talks of one period: how many resolved the issue, and of those how many heard of it again in time."""

    count: int = 0
    resolved: int = 0
    again: int = 0
    provisional: int = 0
    escalated: int = 0
    emergency: int = 0


@dataclass(frozen=True, slots=True)
class ScoreSums:
    """Survey scores of one period, the sum of them, how many were good, and how many talks could have been scored."""

    count: int = 0
    total: int = 0
    good: int = 0
    reached: int = 0


@dataclass(frozen=True, slots=True)
class Sums:
    """Everything added up over one period; waits and first talks leave `merged` and `time_unknown` messages out.

    `left_alone` are the urgent ones after hours that came with nobody at the desk; None where somebody is fetched.
    """

    in_office: WaitSums = WaitSums()
    after_hours: WaitSums = WaitSums()
    first_calls: FirstCallSums = FirstCallSums()
    scores: ScoreSums = ScoreSums()
    merged: int = 0
    time_unknown: int = 0
    left_alone: int | None = None


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One figure against its target.

    `met` is None where nothing can be judged, `trend` None where either period has too few calls; `why_no_trend` then
    says so. `at_least` is how many still wait and are counted at their age so far: the figure can only grow.
    `note` says what stands beside the figure, `formula` line by line how it is made and what is left out.
    """

    key: MetricKey
    label: str
    short_label: str
    unit: Unit
    target: float
    current: float | None
    previous: float | None
    trend: Trend | None
    why_no_trend: str
    met: bool | None
    n: int
    at_least: int
    note: str
    formula: tuple[str, ...]

    @property
    def higher_is_better(self) -> bool:
        """Which direction is good."""
        return not self.key.is_wait


@dataclass(frozen=True, slots=True)
class Scorecard:
    """The practice's figures for a period, all sites together unless `site` names one."""

    policy: Policy
    period: Period
    previous: Period
    site: str | None
    lines: tuple[MetricLine, ...]
    as_of: datetime
    is_demo: bool

    def line(self, key: MetricKey) -> MetricLine:
        """Return one figure."""
        return next(line for line in self.lines if line.key is key)


@dataclass(frozen=True, slots=True)
class BadShare:
    """How many calls there were, and how many of them went badly."""

    n: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class WaitShare:
    """How many messages there were, and how many seconds they waited together."""

    n: int = 0
    seconds: float = 0


@dataclass(frozen=True, slots=True)
class Pattern:
    """Where and when the calls of one figure went badly: waited past the target, were not settled, scored low.

    `hours` is by weekday (Monday is 0) and hour of the site's clock at which the message came in or the call was made;
    `reasons` counts the bad ones alone, most first. Both say the same `whole`.
    """

    key: MetricKey
    target: float
    whole: BadShare
    hours: Mapping[tuple[int, int], BadShare]
    sites: tuple[tuple[str, BadShare], ...]
    reasons: tuple[tuple[CallReason, int], ...]
    closed_days: WaitShare = WaitShare()
    """Weekends, holidays and other days on which the site never opened, by the day the message came in."""
    open_days: WaitShare = WaitShare()


@dataclass(frozen=True, slots=True)
class PersonCalls:
    """The calls of one person: `talks` reached the patient, `passed_on` of them went to a clinician or to 911."""

    name: str
    calls: int
    talks: int
    resolved: int
    passed_on: int
    scored: int
    scores: int


@dataclass(frozen=True, slots=True)
class BehindLine:
    """One call or message that a figure is made of.

    `value` is what went into the mean: seconds, 1 or 0, a score. `called_by` is empty for people who may not see it,
    `at` when the message came in (waits) or the talk began; `again_at` when the same issue came back.
    """

    item_id: int
    at: datetime
    who: str
    called_by: str
    value: float
    outcome: Outcome | None
    waiting: bool = False
    provisional: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class CallsBehind:
    """The calls behind one figure, worst first; `total` is how many there are when not all are listed."""

    line: MetricLine
    period: Period
    site: str | None
    rows: tuple[BehindLine, ...]
    total: int
    names_callers: bool


@dataclass(frozen=True, slots=True)
class TimelineCall:
    """One call about a message; times as they were written, `called_by` empty for people who may not see it."""

    at: datetime
    ended_at: datetime | None
    called_by: str
    outcome: Outcome | None
    qualifies: bool
    survey_score: int | None
    voicemail_wording: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """What became of one message: when it came in, when it was due, every call in order."""

    item_id: int
    who: str
    site: str
    zone: str
    channel: Channel
    reason: CallReason
    received_at: datetime | None
    started_at: datetime
    due_at: datetime
    received_open: bool
    call_back_seconds: int | None
    completed_at: datetime | None
    calls: tuple[TimelineCall, ...]
