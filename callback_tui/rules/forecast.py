"""Will we make it: what waits, rung in calling order by the people at the desk, against its due times."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from math import inf
from statistics import median
from typing import NamedTuple

from callback_tui.models.vocabulary import ItemState, Role, Tier
from callback_tui.rules.open_time import closing_instant, pieces_from
from callback_tui.rules.routing import RINGING, may_take, waits_for_clinician
from callback_tui.views.forecast import AtDesk, Forecast, HandlingTime, OneMore
from callback_tui.views.policy import ForecastPolicy, Policy, SitePolicy
from callback_tui.views.queue import QueueRow

_URGENT = ""
_SPANS_LOOKED_AT = 40
_STEP = timedelta(minutes=30)


_Answers = list[tuple[float, Tier]]
"""The due times and tiers of the messages of one patient, which one call answers."""
_Job = tuple[int, _Answers]
"""One call and its place in the calling order."""


class _Caller(NamedTuple):
    """Somebody who rings: free from, there until, what they may take."""

    free_at: float
    until: float
    lanes: tuple["_Lane", ...]


class _Lane:
    """Calls that the same people may take in the same open time, in calling order."""

    def __init__(self, jobs: list[_Job], spans: Sequence[tuple[float, float]]) -> None:
        """`spans` are the stretches of open time ahead; none at all means day and night."""
        self.place: float = jobs[0][0]
        """The place of the first call that nobody took yet."""
        self._jobs = jobs
        self._spans = spans
        self._next = 0
        self._span = 0

    def opens(self, at: float) -> float:
        """Return `at` while the lane is open, else when it opens; asked for ever later instants."""
        if not self._spans:
            return at
        while self._span < len(self._spans) and self._spans[self._span][1] <= at:
            self._span += 1
        return max(at, self._spans[self._span][0]) if self._span < len(self._spans) else inf

    @property
    def left(self) -> list[_Job]:
        """The calls that nobody took."""
        return self._jobs[self._next :]

    def take(self) -> _Answers:
        """Take the first call and return what it answers."""
        taken = self._jobs[self._next][1]
        self._next += 1
        self.place = self._jobs[self._next][0] if self._next < len(self._jobs) else inf
        return taken

    def again(self) -> "_Lane":
        """Return the lane as it was before anybody took a call."""
        return _Lane(self._jobs, self._spans)


def handling_time(seconds: Sequence[int], policy: ForecastPolicy) -> HandlingTime:
    """Return the median of the calls looked back on, or the policy's minutes when there are fewer than it needs."""
    if len(seconds) < policy.calls_needed:
        return HandlingTime(policy.handling_minutes * 60, len(seconds), policy.days, assumed=True)
    return HandlingTime(max(int(median(seconds)), 1), len(seconds), policy.days, assumed=False)


def forecast(
    rows: Sequence[QueueRow], people: Sequence[AtDesk], handling: HandlingTime, policy: Policy, now: datetime
) -> Forecast:
    """Return which of `rows`, in calling order, will miss their due time at this pace.

    One call answers all messages of a patient; a message is in time when its call begins by its due time. Office
    clocks are rung in open time only. It assumes that nothing else comes in, that the people at the desk ring without
    a break whenever the desk is open, and that everybody takes the median time.
    """
    roles = Counter(person.role for person in people)
    ringing = any(roles[role] for role in RINGING)
    misses = _Plan(rows, people, handling, policy, now).misses() if ringing else []
    late = [row.clock.tier for row in rows if row.clock.next_due_at < now and row.clock.late_after < now]
    return Forecast(
        misses=tuple((tier, misses.count(tier)) for tier in Tier if tier in misses),
        late=len(late),
        late_emergent=late.count(Tier.EMERGENT),
        callers=tuple((role, roles[role]) for role in RINGING if roles[role]),
        handling=handling,
    )


def one_more(
    rows: Sequence[QueueRow], people: Sequence[AtDesk], handling: HandlingTime, policy: Policy, now: datetime
) -> OneMore:
    """Return until when one more nurse would have to ring for nothing to miss, in half hours until closing today."""
    plan = _Plan(rows, people, handling, policy, now)
    ends = _ends(now, closing_instant(policy.sites[0].hours, now))
    still = len(plan.misses(ends[-1].timestamp()))
    if still:
        return OneMore(None, still)
    low, high = 0, len(ends) - 1
    while low < high:
        middle = (low + high) // 2
        if plan.misses(ends[middle].timestamp()):
            low = middle + 1
        else:
            high = middle
    return OneMore(ends[low], 0)


class _Plan:
    """The calls and callers of one moment, to be gone through with or without one more nurse."""

    def __init__(
        self,
        rows: Sequence[QueueRow],
        people: Sequence[AtDesk],
        handling: HandlingTime,
        policy: Policy,
        now: datetime,
    ) -> None:
        self._now = now.timestamp()
        self._seconds = handling.seconds
        self._horizon = (now + timedelta(hours=policy.forecast.hours_ahead)).timestamp()
        self._lanes = _lanes(rows, policy, now, self._horizon)
        busy_since = {row.holder.staff_id: row.holder.since for row in rows if row.holder is not None}
        self.callers = [
            (person.role, max(self._now, busy_since[person.staff_id].timestamp() + self._seconds))
            if person.staff_id in busy_since
            else (person.role, self._now)
            for person in people
            if person.role in RINGING
        ]

    def misses(self, one_more_until: float | None = None) -> list[Tier]:
        """Return the tier of every message that will miss."""
        lanes = [(handed_over, tier, lane.again()) for handed_over, tier, lane in self._lanes]

        def caller(role: Role, free_at: float, until: float) -> _Caller:
            mine = tuple(lane for handed, tier, lane in lanes if may_take(role, tier, handed_over=handed))
            return _Caller(free_at, until, mine)

        heap: list[tuple[float, int, _Caller]] = []
        for number, (role, free_at) in enumerate(self.callers):
            heappush(heap, (free_at, number, caller(role, free_at, inf)))
        if one_more_until is not None:
            heappush(heap, (self._now, len(heap), caller(Role.NURSE, self._now, one_more_until)))
        missed: list[Tier] = []
        while heap:
            at, number, who = heappop(heap)
            if at > self._horizon:
                break
            if at >= who.until:
                continue
            best, best_place, opens = None, inf, inf
            for lane in who.lanes:
                if lane.place >= best_place:
                    continue
                lane_opens = lane.opens(at)
                if lane_opens <= at:
                    best, best_place = lane, lane.place
                elif lane_opens < opens:
                    opens = lane_opens
            if best is not None:
                missed += [tier for due, tier in best.take() if self._now <= due < at]
                heappush(heap, (at + self._seconds, number, who))
            elif opens < inf:
                heappush(heap, (opens, number, who))
        left = (answers for _, _, lane in lanes for _, answers in lane.left)
        missed += [tier for answers in left for due, tier in answers if due >= self._now]
        return missed


def _lanes(rows: Sequence[QueueRow], policy: Policy, now: datetime, horizon: float) -> list[tuple[bool, Tier, _Lane]]:
    """Sort what nobody rings yet and is due by the horizon into lanes, one call for each patient."""
    # Names of their own: a member of an enumeration is looked up slowly, and this runs for each of thousands.
    emergent, urgent, escalated = Tier.EMERGENT, Tier.URGENT, ItemState.ESCALATED
    of_patient: dict[int, _Answers] = {}
    calls: dict[str, list[_Job]] = {}
    handed_over: dict[str, list[_Job]] = {}
    for place, row in enumerate(rows):
        clock = row.clock
        due, tier = clock.next_due_at.timestamp() + clock.grace_seconds, clock.tier
        if row.holder is not None or due > horizon:
            continue
        known = of_patient.get(row.patient_id)
        if known is not None:
            known.append((due, tier))
            continue
        answers = of_patient[row.patient_id] = [(due, tier)]
        site = _URGENT if tier is urgent or tier is emergent else row.site
        waits = row.state is escalated and waits_for_clinician(row, now)
        (handed_over if waits else calls).setdefault(site, []).append((place, answers))
    return [
        (
            waits,
            Tier.URGENT if site is _URGENT else Tier.ROUTINE,
            _Lane(jobs, () if site is _URGENT else _spans(policy.site_of(site), now, horizon)),
        )
        for waits, lanes in ((False, calls), (True, handed_over))
        for site, jobs in lanes.items()
    ]


def _spans(site: SitePolicy, now: datetime, horizon: float) -> tuple[tuple[float, float], ...]:
    pieces = pieces_from(site.hours, now, _SPANS_LOOKED_AT)
    within = tuple((start.timestamp(), end.timestamp()) for start, end in pieces if start.timestamp() <= horizon)
    # Shut until beyond the horizon is still shut, not open day and night.
    return within or ((horizon, horizon),)


def _ends(now: datetime, closing: datetime) -> list[datetime]:
    """Return the half hours ahead until closing, at most a day, and the last moment itself."""
    last = min(closing, now + timedelta(days=1))
    at = datetime.fromtimestamp((now.timestamp() // _STEP.total_seconds() + 1) * _STEP.total_seconds(), UTC)
    ends = []
    while at < last:
        ends.append(at)
        at += _STEP
    return [*ends, last]
