"""The practice's policy as rules read it: hours, targets, ladders, limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from callback_tui.models.vocabulary import ClockKind, IdentityKind, Tier
from callback_tui.views.triage import OwnRules


class Span(NamedTuple):
    """An open span in minutes after local midnight of the day it starts on; `end_minute` passes 1440 overnight."""

    start_minute: int
    end_minute: int


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a site is open: weekly spans, replaced by dated ones, emptied by holidays. Monday is weekday 0."""

    zone: str
    weekly: tuple[tuple[Span, ...], ...]
    special: Mapping[date, tuple[Span, ...]]
    holidays: frozenset[date]


@dataclass(frozen=True, slots=True)
class Target:
    """How long until the first attempt: a number of seconds, or of open days counted from the opening instant."""

    clock: ClockKind
    seconds: int | None = None
    open_days: int | None = None


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """What the policy says of one site; `targets` is complete, site differences already applied.

    `holidays_of` is the country or state whose public holidays an admin is offered, "US" or "US-NY".
    """

    name: str
    callback_number: str
    hours: OpeningHours
    targets: Mapping[Tier, Target]
    hand_off_targets: Mapping[Tier, Target]
    records_calls: bool
    holidays_of: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """Retries of one tier (domain section 4).

    Minutes after each unanswered try, then on how many open days one more in the other half of the day; `max_dials`
    ends either. `decision_within_minutes` of the first try a clinician decides.
    """

    step_minutes: tuple[int, ...]
    then_other_half_days: int
    max_dials: int
    decision_within_minutes: int | None


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """The ladders and the waits that do not depend on the tier.

    A promise is still kept `promise_minutes` after its time. A time asked for later than `noted_after_hours` is kept at
    the earliest permitted instant and noted (article row A9).
    """

    ladders: Mapping[Tier, Ladder]
    busy_minutes: int
    voicemail_from_try: int
    letter_open_days: int
    promise_minutes: int
    noted_after_hours: int


@dataclass(frozen=True, slots=True)
class DialLimits:
    """Quiet hours in the patient's zone and daily caps for tiers 2 and 3 (domain section 3)."""

    not_before: time
    not_after: time
    dials_per_day: int
    voicemails_per_day: int


@dataclass(frozen=True, slots=True)
class DeskTimes:
    """Waits of the desk itself, in seconds."""

    undo_seconds: int
    lease_seconds: int
    heartbeat_seconds: int
    curtain_after_seconds: int
    lock_after_seconds: int
    lock_in_call_after_seconds: int
    seen_every_seconds: int
    away_after_seconds: int


@dataclass(frozen=True, slots=True)
class OnCallPerson:
    """Somebody on the on-call roster: the label people know them by, and what the command is given for them."""

    label: str
    arguments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnCallPolicy:
    """Whom a command fetches when nobody is at the desk; without a roster nobody is.

    The next person comes `repeat_minutes` after the one before, `rounds` times through the roster; a message is near
    its due time `near_due_minutes` before it. The command has failed when it runs longer than `command_seconds`.
    """

    roster: tuple[OnCallPerson, ...]
    command: tuple[str, ...]
    repeat_minutes: int
    near_due_minutes: int
    rounds: int
    command_seconds: int


@dataclass(frozen=True, slots=True)
class ForecastPolicy:
    """What "will we make it" goes by: the calls looked back on, what stands in for too few, how far it looks ahead."""

    handling_minutes: int
    days: int
    calls_needed: int
    calls_most: int
    hours_ahead: int


@dataclass(frozen=True, slots=True)
class SharingPolicy:
    """How calls are offered: when routine ones are (no span: at any time), and which are hard and shared out evenly.

    Calls of one tier due within `same_due_minutes` of each other may change places for that.
    """

    batch_windows: tuple[Span, ...]
    same_due_minutes: int
    hard_from_try: int
    long_call_minutes: int


@dataclass(frozen=True, slots=True)
class ScorecardTargets:
    """What the practice wants to reach: mean waits in seconds, a rate from 0 to 1, a mean score from 1 to 5.

    With fewer than `trend_needs` calls, then or now, there is no trend; with fewer than `satisfaction_needs` scores no
    judgement.
    """

    call_back_in_office_seconds: int
    call_back_after_hours_seconds: int
    first_call_resolution: float
    satisfaction: float
    trend_needs: int
    satisfaction_needs: int


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the practice's policy, checked.

    `mine_minutes` is how long a message given to somebody is theirs alone, on the clock of its tier; an emergent one
    never is. `triage` is what the practice changed in the rules that tag messages.
    """

    name: str
    short_name: str
    region: str
    sites: tuple[SitePolicy, ...]
    warn_percents: tuple[int, ...]
    feed_limit_minutes: Mapping[str, int]
    feed_quiet_minutes: Mapping[str, int]
    retries: RetryPolicy
    dialling: DialLimits
    identity_kinds: tuple[IdentityKind, ...]
    identity_needed: int
    identity_failures_allowed: int
    desk: DeskTimes
    pause_cap_open_days: int
    reopen_days: int
    scorecard: ScorecardTargets
    on_call: OnCallPolicy
    forecast: ForecastPolicy
    sharing: SharingPolicy
    huddle_minutes: int
    mine_minutes: Mapping[Tier, int]
    triage: OwnRules

    def site(self, name: str | None) -> SitePolicy:
        """Return the named site, or the first one when the name is None. Raises KeyError for an unknown name."""
        if name is None:
            return self.sites[0]
        for site in self.sites:
            if site.name == name:
                return site
        raise KeyError(name)

    def site_of(self, name: str) -> SitePolicy:
        """Return the named site, or the first one for a message whose site the policy no longer has."""
        return next((site for site in self.sites if site.name == name), self.sites[0])
