"""One pass over an item's clock events: what each of them changes (domain section 2)."""

from dataclasses import replace
from datetime import datetime, timedelta

from callback_tui.models.vocabulary import ClockEventKind, ClockKind, Tier
from callback_tui.rules.due import after, due_at, opens_at, span
from callback_tui.rules.open_time import after_open_days, after_open_seconds, elapsed_seconds
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.policy import Policy, SitePolicy


class ClockFold:
    """The clock of one cycle while events are applied in order; `state()` is the result."""

    def __init__(self, tier: Tier, at: datetime, site: SitePolicy, policy: Policy) -> None:
        """Start the cycle at the instant the patient left the message, or at which it was reopened."""
        self._site = site
        self._policy = policy
        self._tier = tier
        self._started_at = at
        self._due_at = self._due_from(at)
        self._next_at: datetime | None = None
        self._waits_from: datetime | None = None
        self._first_attempt_at: datetime | None = None
        self._contact_at: datetime | None = None
        self._completed_at: datetime | None = None
        self._asleep_until: datetime | None = None
        self._scheduled_at: datetime | None = None
        self._named_due_at: datetime | None = None
        self._was_late = False
        self._first_pause_at: datetime | None = None
        self._paused_until: datetime | None = None
        self._pause_moves_due = False
        self._pause_used = 0
        self._paused_seconds = 0
        self._warned_percent = 0

    def apply(self, event: ClockEvent, site: SitePolicy, policy: Policy) -> None:
        """Take one event in, by the rules it was written under. What is completed is frozen."""
        if self._completed_at is None:
            self._site, self._policy = site, policy
            self._take(event)

    def state(self) -> ClockState:
        """Return the derived clock."""
        state = ClockState(
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
            named_due_at=self._named_due if self._first_attempt_at is None else self._named_due_at,
            waits_from=self._waits_from,
            paused_seconds=self._paused_seconds,
            was_late=self._was_late,
            warned_percent=self._warned_percent,
        )
        return with_grace(state, self._policy)

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
                self._retry(event.at, event.until or event.at)
            case ClockEventKind.SCHEDULED:
                self._schedule(event.at, event.until or event.at)
            case ClockEventKind.WOKEN:
                self._wake(event.at)
            case ClockEventKind.ESCALATED:
                self._escalate(event.at, event.until)
            case ClockEventKind.COMPLETED:
                self._complete(event.at)
            case ClockEventKind.MERGED:
                self._merge(event)
            case ClockEventKind.POLICY_CHANGED:
                self._change_policy(event.until or self._due_at)
            case ClockEventKind.WARNED:
                self._warned_percent = max(self._warned_percent, int(event.reason))
            case _:
                raise ValueError(f"no such event inside a cycle: {event.kind}")

    def _set_tier(self, tier: Tier, at: datetime) -> None:
        raised = tier.rank < self._tier.rank
        lowered = tier.rank > self._tier.rank
        if raised:
            # Before the tier changes, since what is left of a pause is counted on the clock it was paused on.
            self._wake(at)
        self._tier = tier
        if raised:
            self._raise(self._due_from(at))
        elif lowered and self._first_attempt_at is None:
            self._note_lateness(at)
            if not self._due_is_named:
                self._due_at = self._extended(self._due_from(self._started_at))
            self._due_at = max(at, self._due_at)
            self._sleep_no_longer_than_due()

    def _raise(self, due: datetime) -> None:
        """Bring the due instant forward."""
        if self._first_attempt_at is None:
            self._due_at = min(self._due_at, due)
        if self._first_attempt_at is not None or self._next_at is not None:
            self._next_at = min(self._next_at or self._due_at, due)

    def _pause(self, start: datetime, end: datetime) -> None:
        """Sleep until `end` and give the promise the time slept, up to the policy's cap; never on tiers 0 and 1.

        What is late already stays late, and what was called keeps its first promise: they only sleep.
        """
        if self._tier.always_on:
            return
        self._wake(start)
        self._first_pause_at = self._first_pause_at or start
        end = min(end, self._cap(start))
        if start >= end:
            return
        self._pause_moves_due = self._first_attempt_at is None and not self._note_lateness(start)
        if self._pause_moves_due:
            left = self._left(start)
            self._paused_seconds += self._span(start, end)
            self._due_at = self._after(end, left)
        if self._next_at is not None:
            self._next_at = max(self._next_at, end)
        self._pause_used += elapsed_seconds(self._site.hours, start, end)
        self._paused_until = self._asleep_until = end

    def _cap(self, start: datetime) -> datetime:
        """Return when a pause that begins at `start` has used up what all pauses of the item may take together."""
        hours, first = self._site.hours, self._first_pause_at or start
        whole = elapsed_seconds(hours, first, after_open_days(hours, first, self._policy.pause_cap_open_days))
        left = whole - self._pause_used
        return after_open_seconds(hours, start, left) if left > 0 else start

    def _wake(self, at: datetime) -> None:
        """End a sleep; a pause that ends before its time gives the rest of it back."""
        if self._paused_until is not None and at < self._paused_until:
            self._pause_used -= elapsed_seconds(self._site.hours, at, self._paused_until)
            if self._pause_moves_due:
                left = self._left(self._paused_until)
                self._paused_seconds -= self._span(at, self._paused_until)
                self._due_at = self._after(at, left)
        self._paused_until = self._asleep_until = None

    def _attempt(self, at: datetime) -> None:
        self._wake(at)
        if self._first_attempt_at is None:
            self._first_attempt_at, self._named_due_at = at, self._named_due
            self._note_lateness(at)

    def _retry(self, at: datetime, until: datetime) -> None:
        """Sleep until the next try; a try that did not qualify never moves the promised first attempt back."""
        self._wake(at)
        self._next_at = until if self._first_attempt_at is not None else min(until, self._due_at)
        self._asleep_until = self._next_at
        self._waits_from = at

    def _schedule(self, at: datetime, until: datetime) -> None:
        """Sleep until the time the patient named; it replaces the target, but never delays tiers 0 and 1 untried."""
        self._wake(at)
        if self._first_attempt_at is None:
            until = min(until, self._due_at) if self._tier.always_on else until
            self._note_lateness(at)
            self._due_at = until
        self._next_at = self._asleep_until = self._scheduled_at = until
        self._waits_from = at

    def _escalate(self, at: datetime, until: datetime | None) -> None:
        self._wake(at)
        target = self._site.hand_off_targets[self._tier]
        self._next_at = until or due_at(target, self._site.hours, at)
        self._waits_from = at

    def _complete(self, at: datetime) -> None:
        self._wake(at)
        self._completed_at = at

    def _merge(self, event: ClockEvent) -> None:
        """Close what was merged away; `until` on the survivor is the earliest start of the messages it took in."""
        if event.until is None:
            self._complete(event.at)
        elif event.until < self._started_at:
            self._started_at = event.until
            joined_due = self._due_from(event.until)
            if self._first_attempt_at is None and not self._due_is_named and joined_due < self._due_at:
                # What joins was not paused.
                self._due_at, self._paused_seconds = joined_due, 0
                self._sleep_no_longer_than_due()

    def _change_policy(self, due: datetime) -> None:
        """Take the due instant that was carried over."""
        self._due_at = due
        if self._first_attempt_at is None:
            self._sleep_no_longer_than_due()

    def _sleep_no_longer_than_due(self) -> None:
        """Wake what nobody has called yet by the time it is due: neither a pause nor a vain try delays it."""
        if self._asleep_until is not None and self._asleep_until > self._due_at:
            if self._next_at == self._asleep_until:
                self._next_at = self._due_at
            self._asleep_until, self._paused_until = self._due_at, None

    def _note_lateness(self, at: datetime) -> bool:
        """Keep that the promise on the first attempt was broken; what moves the due instant later never erases it."""
        grace = self._policy.retries.promise_minutes if self._due_is_named else 0
        is_late = at > self._due_at + timedelta(minutes=grace)
        self._was_late = self._was_late or is_late
        return is_late

    def _due_from(self, start: datetime) -> datetime:
        return due_at(self._site.targets[self._tier], self._site.hours, start)

    @property
    def _named_due(self) -> datetime | None:
        return self._scheduled_at if self._due_is_named else None

    @property
    def _due_is_named(self) -> bool:
        return self._due_at == self._scheduled_at

    @property
    def _clock(self) -> ClockKind:
        return self._site.targets[self._tier].clock

    def _span(self, start: datetime, end: datetime) -> int:
        return span(self._clock, self._site.hours, start, end)

    def _left(self, at: datetime) -> int:
        return self._span(at, self._due_at)

    def _after(self, at: datetime, seconds: int) -> datetime:
        return after(self._clock, self._site.hours, at, seconds)

    def _extended(self, due: datetime) -> datetime:
        # Nothing to add must not move a due instant at closing to the next opening.
        return self._after(due, self._paused_seconds) if self._paused_seconds > 0 else due


def with_grace(state: ClockState, policy: Policy) -> ClockState:
    """Return the clock with the minutes a time the patient named may pass before the call is late."""
    named = state.scheduled_at is not None and state.next_due_at == state.scheduled_at
    return replace(state, grace_seconds=60 * policy.retries.promise_minutes) if named else state
