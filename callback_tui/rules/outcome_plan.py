"""The plan of an outcome: what was true of the call, what to write, and the parts plans are made of."""

from dataclasses import dataclass, replace
from datetime import datetime

from callback_tui.models.vocabulary import (
    ClockEventKind,
    IdentityResult,
    ItemState,
    NumberQuality,
    Outcome,
    Tier,
    WhoAnswered,
)
from callback_tui.rules.retries import when_words
from callback_tui.views.call import NewFollowUp
from callback_tui.views.clock import ClockEvent
from callback_tui.views.dial import Ringing
from callback_tui.views.policy import Policy, SitePolicy


@dataclass(frozen=True, slots=True)
class CallSituation:
    """What was true of the call when its outcome was logged.

    `earlier_tries` are the unanswered dials before this one; `alternates_left` counts other numbers that may be rung.
    `detail_permitted`: more than the minimum message may be left at this number. `welfare_check_open`: a clinician
    was already asked to decide on a welfare check. `ringing` decides when the patient may be rung next, None where
    nothing is known; `number_dialled` is the number of this call. `came_in`: they rang us,
    about a message that stood at `state`.
    """

    tier: Tier
    policy: Policy
    site: SitePolicy
    identity: IdentityResult
    who_answered: WhoAnswered | None
    number_on_file: bool
    earlier_tries: tuple[datetime, ...]
    alternates_left: int
    started_at: datetime
    now: datetime
    verb_id: str
    detail_permitted: bool = False
    welfare_check_open: bool = False
    ringing: Ringing | None = None
    number_dialled: str = ""
    came_in: bool = False
    state: ItemState = ItemState.OPEN


@dataclass(frozen=True, slots=True)
class OutcomePlan:
    """Everything to write for one outcome; `qualifies` stops the first clock and `contact` the second."""

    state: ItemState
    events: tuple[ClockEvent, ...]
    qualifies: bool
    contact: bool
    follow_ups: tuple[NewFollowUp, ...]
    promise_due_at: datetime | None
    opt_out: bool
    number_quality: NumberQuality | None
    hand_off_due_at: datetime | None
    incident: bool
    next_at: datetime | None
    sentence: str


def clock_event(
    kind: ClockEventKind, at: datetime, situation: CallSituation, until: datetime | None = None, reason: str = ""
) -> ClockEvent:
    """Return one clock event of the verb that logs the outcome; `until` and `reason` as in `ClockEvent`."""
    return ClockEvent(kind=kind, at=at, verb_id=situation.verb_id, until=until, reason=reason)


def base_plan(
    state: ItemState,
    sentence: str,
    *,
    events: tuple[ClockEvent, ...] = (),
    follow_ups: tuple[NewFollowUp, ...] = (),
    next_at: datetime | None = None,
) -> OutcomePlan:
    """Return a plan of these parts that stops no clock, promises nothing and marks no number."""
    return OutcomePlan(
        state=state,
        events=events,
        qualifies=False,
        contact=False,
        follow_ups=follow_ups,
        promise_due_at=None,
        opt_out=False,
        number_quality=None,
        hand_off_due_at=None,
        incident=False,
        next_at=next_at,
        sentence=sentence,
    )


def hand_off(sentence: str, due: datetime, situation: CallSituation, outcome: Outcome) -> OutcomePlan:
    """Return the plan of an item handed to a clinician, who must take it by `due`."""
    escalated = clock_event(ClockEventKind.ESCALATED, situation.now, situation, due, outcome.value)
    plan = base_plan(ItemState.ESCALATED, sentence, events=(escalated,), next_at=due)
    return replace(plan, hand_off_due_at=due)


def time_words(at: datetime, situation: CallSituation) -> str:
    """Say an instant in the site's time: "10:55", "08:12 tomorrow"."""
    return when_words(at, situation.site, situation.policy, situation.now)
