"""A simulated practice: a stream of messages worked by six people through the services, every promise held to account.

Time stands still but for the steps; the same seed gives the same run.
"""

import csv
import heapq
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from callback_tui.clock import FixedClock
from callback_tui.errors import CallRefused, DeskError
from callback_tui.models.vocabulary import Outcome
from callback_tui.services import calls
from callback_tui.services.intake import import_files, take_message
from callback_tui.services.policy import apply_policy
from callback_tui.services.sign_in import sign_in
from callback_tui.store import policy as policies
from callback_tui.store import tables as t
from callback_tui.views.call import CallSheet
from tests.services import simulated_checks as checks
from tests.services.simulated_caller import Caller, Doing
from tests.services.simulated_figures import Figures
from tests.services.simulated_look import look, look_closely
from tests.services.simulated_practice import (
    COLLEAGUES,
    HOME_ZONE,
    PASSPHRASE,
    ZONE_OF_CODE,
    ZONES,
    Arrival,
    Stream,
    local,
    policy_text,
    set_up,
)

_SATURDAY = 5
_FILE_TIMES = (time(7, 30), time(11), time(15, 30), time(19))
_LOOK_ANYWAY = 10
"""Every so many steps the promises are checked although no clock event is new: sleepers wake by time alone."""

_LOOKED_AT_EVERY = timedelta(hours=6)


@dataclass(slots=True)
class Summary:
    """What happened, to be printed."""

    steps: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    figures: Figures = field(default_factory=dict)

    def lines(self) -> Iterator[str]:
        """Return it line by line."""
        yield f"{self.steps} steps"
        for what, count in sorted(self.counts.items()):
            yield f"{count:>7} {what}"
        for key, (figure, n) in self.figures.items():
            yield f"{key.value}: {figure} of {n}"


class Week:
    """So many days of a practice, from one midnight in New York to another."""

    def __init__(self, folder: Path, *, seed: int, first: date, days: int, a_day: int) -> None:
        """Make the practice the evening before."""
        self.folder = folder
        self.chance = random.Random(seed)  # noqa: S311  # a simulation, no secret
        self.clock = FixedClock(local(first, time()) - timedelta(hours=3))
        self.known = checks.Known()
        self.summary = Summary()
        self.left_alone: dict[int, datetime] = {}
        self._first, self._days = first, days
        self._stream = Stream(seed, first=first, days=days, a_day=a_day)
        self._admin = set_up(folder, self.clock, self._stream.cards)
        self._observer = sign_in(folder, "admin", PASSPHRASE, self.clock)
        self._last_event = 0
        self._places = iter(range(10**9))
        self._agenda: list[tuple[datetime, int, Doing]] = []
        self._callers = [Caller(self, who) for who in COLLEAGUES]

    def run(self) -> Summary:
        """Live through the days and check everything at the end. Raises Violation, saying at which step."""
        end = local(self._first + timedelta(days=self._days), time())
        self._plan()
        try:
            while self._agenda and self._agenda[0][0] < end:
                at, _, doing = heapq.heappop(self._agenda)
                self.clock.advance(max(timedelta(), at - self.clock.now()))
                self._step(doing)
            self._look_closely()
            checks.audit_sound(self._observer, self.known)
        except checks.Violation as violation:
            local_now = self.clock.now().astimezone(ZoneInfo(HOME_ZONE))
            raise checks.Violation(f"step {self.summary.steps}, {local_now:%a %d %b %H:%M:%S}: {violation}") from None
        finally:
            self.close()
        return self.summary

    def close(self) -> None:
        """Close every desk that is open."""
        for desk in (self._admin, self._observer, *(caller.desk for caller in self._callers)):
            if desk is not None:
                desk.store.close()

    def count(self, what: str) -> None:
        """Count something for the summary."""
        self.summary.counts[what] += 1

    def done(self, what: str) -> None:
        """Count a verb that went through."""
        self.known.verbs += 1
        self.count(f"decided: {what}")

    def refused(self, refused: DeskError, expected: Sequence[str]) -> None:
        """Count a refusal that may happen to careful people; any other is a violation."""
        checks.require("refusals make sense", refused.code in expected, f"{refused.code}: {refused}")
        self.count(f"refused: {refused.code}")

    def check_call(self, sheet: CallSheet) -> None:
        """Hold a call that was just begun against what was asked of us."""
        self.count(f"calls, {sheet.tier.value}")
        with self._observer.store.read() as connection:
            policy = policies.current(connection)[1]
            checks.may_be_rung(connection, sheet.attempt_id, self.known, policy, ZONE_OF_CODE)

    def rival(self, caller: Caller, sheet: CallSheet) -> None:
        """Now and then somebody else tries to ring the same message at the same moment; that must be refused."""
        others = [each for each in self._callers if each.desk and each is not caller and each.on_phone is None]
        if not others or self.chance.random() > 0.05:
            return
        code = ""
        try:
            calls.start_call(self.chance.choice(others).at_desk, sheet.item_id, reason="It cannot wait.")
        except CallRefused as refused:
            code = refused.code
        checks.require(
            "one caller", code in ("held", "may_not_ring"), f"a second call of item {sheet.item_id}: {code!r}"
        )
        self.count("rivals turned away")

    def twins(self, sheet: CallSheet) -> list[int]:
        """Return the other messages of the patient that still wait."""
        item = t.queue_item.c
        with self._observer.store.read() as connection:
            same = select(item.id).where(item.id.in_(sheet.bundled_item_ids), item.state.in_(("open", "escalated")))
            return list(connection.execute(same).scalars())

    def logged(self, sheet: CallSheet, outcome: Outcome) -> None:
        """Note what a call led to."""
        self.known.verbs += 1
        self.count(f"outcome: {outcome.value}")
        if outcome is Outcome.REFUSED:
            self.known.opted_out.add(sheet.patient_id)

    def taken_back(self, sheet: CallSheet, outcome: Outcome) -> None:
        """Note that an outcome was undone."""
        self.count("undone")
        if outcome is Outcome.REFUSED:
            self.known.opted_out.discard(sheet.patient_id)

    def _plan(self) -> None:
        doings = [self._front_desk(), self._files(), self._policy_edits(), self._supervision()]
        for doing in (*doings, *(self._working_life(caller) for caller in self._callers)):
            self._then(doing, timedelta())

    def _then(self, doing: Doing, wait: timedelta) -> None:
        heapq.heappush(self._agenda, (self.clock.now() + wait, next(self._places), doing))

    def _step(self, doing: Doing) -> None:
        self.summary.steps += 1
        try:
            self._then(doing, next(doing))
        except StopIteration:
            return
        if self.summary.steps % _LOOK_ANYWAY == 0 or self._has_news():
            self._last_event = look(self._observer, self.known, self._last_event)

    def _has_news(self) -> bool:
        with self._observer.store.read() as connection:
            newest: int = connection.execute(select(func.max(t.clock_event.c.id))).scalar_one() or 0
        return newest > self._last_event

    def _look_closely(self) -> None:
        for site in (None, self.chance.choice(tuple(ZONES))):
            figures = look_closely(self._observer, self.known, site)
            self.summary.figures = figures if site is None else self.summary.figures

    def _front_desk(self) -> Doing:
        """Messages taken by hand, each when it is noticed."""
        for arrival in self._stream.arrivals:
            if arrival.by_file:
                continue
            yield max(timedelta(), arrival.at - self.clock.now())
            take_message(self._admin, arrival.message)
            self._came(1, "taken by hand")

    def _files(self) -> Doing:
        """Exports brought in some times a day; each begins with the last rows of the one before."""
        waiting = [arrival for arrival in self._stream.arrivals if arrival.by_file]
        before: list[Arrival] = []
        for day in range(self._days):
            for at in _FILE_TIMES:
                yield max(timedelta(), local(self._first + timedelta(days=day), at) - self.clock.now())
                ready = [arrival for arrival in waiting if arrival.at <= self.clock.now()]
                waiting = waiting[len(ready) :]
                if ready:
                    rows = (*before[-3:], *ready)
                    report = import_files(self._admin, [self._export(rows)]).files[0]
                    expected = (len(ready), len(rows) - len(ready), 0)
                    got = (report.new, report.duplicate, report.rejected)
                    checks.require("nothing lost", got == expected, f"{got} of a file of {expected}")
                    self._came(report.new, "came by file")
                    before = ready

    def _export(self, arrivals: Sequence[Arrival]) -> Path:
        path = self.folder.parent / "export.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            sheet = csv.writer(file)
            sheet.writerow(("Message ID", "Received At", "Name", "Phone", "MRN", "Site", "Type", "Message"))
            for arrival in arrivals:
                message = arrival.message
                key = f"{message.received_at:%d%H%M%S}-{message.phone[-4:]}-{len(message.body)}-{message.caller_name}"
                received = message.received_at.astimezone(UTC).isoformat()
                who = (message.caller_name, message.phone, message.record_number)
                sheet.writerow((key, received, *who, message.site_name, message.channel.value, message.body))
        return path

    def _came(self, count: int, how: str) -> None:
        self.known.came += count
        self.known.verbs += 1
        self.summary.counts[f"messages {how}"] += count

    def _policy_edits(self) -> Doing:
        """Targets get shorter in the middle, a day is cut short, and later the targets are as before."""
        middle = self._first + timedelta(days=self._days // 2)
        yield max(timedelta(), local(middle, time(10, 45)) - self.clock.now())
        half_day = f', "{middle + timedelta(days=1)}" = ["08:00-12:00"]'
        apply_policy(self._admin, policy_text(urgent="45m", routine="3h", special=half_day))
        self.count("policy edits")
        yield timedelta(hours=26)
        apply_policy(self._admin, policy_text(special=half_day))
        self.count("policy edits")

    def _supervision(self) -> Doing:
        """Somebody looks at everything closely some times a day; at night the program was off."""
        while True:
            yield _LOOKED_AT_EVERY
            self._observer.store.close()
            self._observer = sign_in(self.folder, "admin", PASSPHRASE, self.clock)
            self._look_closely()

    def _working_life(self, caller: Caller) -> Doing:
        for offset in range(self._days):
            day = self._first + timedelta(days=offset)
            if caller.who.nights:
                yield from self._night(caller, day)
            if day.weekday() < _SATURDAY or (caller.who.weekend and day.weekday() == _SATURDAY):
                starts, ends = local(day, caller.who.starts), local(day, caller.who.ends)
                yield max(timedelta(), starts - self.clock.now())
                before_lunch = (ends - starts) / 2
                yield from caller.shift(before_lunch.total_seconds())
                yield timedelta(minutes=30)
                yield from caller.shift((ends - self.clock.now()).total_seconds())

    def _night(self, caller: Caller, day: date) -> Doing:
        for at in (time(1, 30), time(6)):
            yield max(timedelta(), local(day, at) - self.clock.now())
            yield from caller.shift(20 * 60, alarms_only=True)
