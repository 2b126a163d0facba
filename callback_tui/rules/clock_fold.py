"""One pass over an item's clock events: what each of them changes (domain section 2)."""

from datetime import datetime

from callback_tui.models.vocabulary import ClockEventKind, Tier
from callback_tui.rules.due import due_at, opens_at
from callback_tui.rules.open_time import after_open_days, after_open_seconds, elapsed_seconds
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.policy import Policy, SitePolicy


class ClockFold:
    """The clock of one cycle while events are applied in order; `state()` is the result."""

    def __init__(self, tier: Tier, at: datetime, site: SitePolicy, policy: Policy) -> None:
        """Start the first cycle at the instant the patient left the message."""
        self._site = site
        self._policy = policy
        self._begin(tier, at)

    def apply(self, event: ClockEvent) -> None:
        """Take one event in. A completed cycle is frozen: only a reopening changes it."""
        if event.kind is ClockEventKind.REOPENED:
            self._begin(event.tier or self._tier, event.at)
        elif self._completed_at is None:
            self._take(event)

    def state(self) -> ClockState:
        """Return the derived clock."""
        return ClockState(
            tier=self._tier,
            started_at=self._started_at,
            opens_at=opens_at(self._site.targets[self._tier], self._site.hours, self._started_at),
            due_at=self._due_at,
            next_due_at=self._next_at or self._due_at,
            clock=self._site.targets[self._tier].clock,
            first_attempt_at=self._first_attempt_at,
            contact_at=self._contact_at,
            completed_at=self._completed_at,
            asleep_until=self._asleep_until,
            scheduled_at=self._scheduled_at,
            attempt_was_late=self._attempt_was_late,
        )

    def _begin(self, tier: Tier, at: datetime) -> None:
        self._tier = tier
        self._started_at = at
        self._due_at = self._due_from(at)
        self._next_at: datetime | None = None
        self._first_attempt_at: datetime | None = None
        self._contact_at: datetime | None = None
        self._completed_at: datetime | None = None
        self._asleep_until: datetime | None = None
        self._scheduled_at: datetime | None = None
        self._attempt_was_late: bool | None = None
        self._was_late = False
        self._first_pause_at: datetime | None = None
        self._paused_until = at
        self._paused_seconds = 0

    def _take(self, event: ClockEvent) -> None:
        match event.kind:
            case ClockEventKind.PRIORITY_SET:
                self._set_tier(event.tier or self._tier, event.at)
            case ClockEventKind.PAUSED:
                self._pause(event.at, event.until or event.at)
            case ClockEventKind.ATTEMPTED:
                self._attempt(event.at)
            case ClockEventKind.CONTACTED:
                self._contact_at = self._contact_at or event.at
            case ClockEventKind.RETRY_SET:
                self._retry(event.until or event.at)
            case ClockEventKind.SCHEDULED:
                self._schedule(event.at, event.until or event.at)
            case ClockEventKind.WOKEN:
                self._asleep_until = None
            case ClockEventKind.ESCALATED:
                self._next_at = event.until or self._hand_off_due(event.at)
                self._asleep_until = None
            case ClockEventKind.COMPLETED:
                self._completed_at = event.at
                self._asleep_until = None
            case ClockEventKind.MERGED:
                self._merge(event)
            case ClockEventKind.POLICY_CHANGED:
                self._change_policy(event.until or self._due_at)
            case _:
                raise ValueError(f"no such event inside a cycle: {event.kind}")

    def _set_tier(self, tier: Tier, at: datetime) -> None:
        raised = tier.rank < self._tier.rank
        lowered = tier.rank > self._tier.rank
        self._tier = tier
        if raised:
            self._raise(self._due_from(at))
        elif lowered and self._first_attempt_at is None:
            # A lateness that already happened stays recorded although the due instant moves.
            self._was_late = self._was_late or at > self._due_at
            self._due_at = max(at, self._extended(self._due_from(self._started_at), self._paused_seconds))

    def _raise(self, due: datetime) -> None:
        """Bring the due instant forward; whatever slept wakes, since it is more pressing than was thought."""
        if self._first_attempt_at is None:
            self._due_at = min(self._due_at, due)
        if self._first_attempt_at is not None or self._next_at is not None:
            self._next_at = min(self._next_at or self._due_at, due)
        self._asleep_until = None

    def _pause(self, start: datetime, end: datetime) -> None:
        """Move the due instant by the open time paused, up to the policy's cap; never on tiers 0 and 1."""
        start = max(start, self._paused_until)
        if self._tier.always_on or self._first_attempt_at is not None or start >= min(end, self._due_at):
            return
        self._first_pause_at = self._first_pause_at or start
        cap_at = after_open_days(self._site.hours, self._first_pause_at, self._policy.pause_cap_open_days)
        cap = elapsed_seconds(self._site.hours, self._first_pause_at, cap_at) - self._paused_seconds
        seconds = min(cap, elapsed_seconds(self._site.hours, start, end))
        self._paused_until = end
        self._paused_seconds += seconds
        self._due_at = self._extended(self._due_at, seconds)

    def _attempt(self, at: datetime) -> None:
        if self._first_attempt_at is None:
            self._first_attempt_at = at
            self._attempt_was_late = self._was_late or at > self._due_at

    def _retry(self, until: datetime) -> None:
        """Sleep until the next try; a try that did not qualify never moves the promised first attempt back."""
        self._next_at = until if self._first_attempt_at is not None else min(until, self._due_at)
        self._asleep_until = self._next_at

    def _schedule(self, at: datetime, until: datetime) -> None:
        """Sleep until the time the patient named; it replaces the target, but never delays tiers 0 and 1 untried."""
        if self._first_attempt_at is None:
            until = min(until, self._due_at) if self._tier.always_on else until
            self._was_late = self._was_late or at > self._due_at
            self._due_at = until
        self._next_at = self._asleep_until = self._scheduled_at = until

    def _merge(self, event: ClockEvent) -> None:
        """Close what was merged away; `until` on the survivor is the earliest start of the messages it took in."""
        if event.until is None:
            self._completed_at = event.at
            self._asleep_until = None
        elif event.until < self._started_at:
            self._started_at = event.until
            if self._first_attempt_at is None:
                self._due_at = min(self._due_at, self._due_from(event.until))

    def _change_policy(self, due: datetime) -> None:
        """Take the due instant that was carried over; an attempt is judged by it, not by the new rule."""
        self._due_at = due
        if self._first_attempt_at is not None:
            self._attempt_was_late = self._was_late or self._first_attempt_at > due

    def _due_from(self, start: datetime) -> datetime:
        return due_at(self._site.targets[self._tier], self._site.hours, start)

    def _hand_off_due(self, at: datetime) -> datetime:
        return due_at(self._site.hand_off_targets[self._tier], self._site.hours, at)

    def _extended(self, due: datetime, seconds: int) -> datetime:
        # Nothing to add must not move a due instant at closing to the next opening.
        return after_open_seconds(self._site.hours, due, seconds) if seconds > 0 else due
