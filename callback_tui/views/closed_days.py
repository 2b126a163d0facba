"""The days a site is closed or opens at other hours: what is offered, what was chosen, what a change would do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from callback_tui.views.policy import Policy, SitePolicy, Span


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """A public holiday as its region keeps it; `observed` marks the day off given for one on a weekend."""

    day: date
    name: str
    observed: bool = False


@dataclass(frozen=True, slots=True)
class DayEdit:
    """One day of a site as it is to be: its usual hours (None), closed (no spans), or open in these, in order."""

    site: str
    day: date
    spans: tuple[Span, ...] | None


@dataclass(frozen=True, slots=True)
class PolicyEdits:
    """What an admin changed and did not save yet: days, and by site the region whose holidays are offered."""

    days: tuple[DayEdit, ...] = ()
    holidays_of: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Return whether there is anything to save."""
        return bool(self.days or self.holidays_of)


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day that is offered or stands in the policy.

    `spans` is what the policy, with the edits, says of it: None its usual hours, none at all closed. `usual` are the
    spans of its weekday; `changed` that an edit is not saved yet.
    """

    day: date
    holiday: PublicHoliday | None
    spans: tuple[Span, ...] | None
    usual: tuple[Span, ...]
    changed: bool

    @property
    def closed(self) -> bool:
        """Whether nothing opens that day because the policy says so."""
        return self.spans == ()


@dataclass(frozen=True, slots=True)
class SiteDays:
    """The days of one site from `first` on, edits made, with the policy they were read from.

    `region` is whose holidays are offered; `no_holidays` says why there are none.
    """

    policy: Policy
    version_id: int
    site: SitePolicy
    first: date
    lines: tuple[DayLine, ...]
    region: str
    no_holidays: str = ""
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class PolicyEffect:
    """What a policy would do to what waits now; `version_id` is the version it was compared with.

    `raised` counts what its triage rules find more pressing.
    """

    version_id: int
    waiting: int
    later: int
    sooner: int
    become_late: int
    stop_being_late: int
    raised: int = 0
