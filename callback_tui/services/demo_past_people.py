"""Who called in the demo's past, who was on duty then, and when messages came in; always the same for a seed."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import Channel, ContactKind, LeavePermission, Role
from callback_tui.services.demo_people import PRACTICE_FOLDER, Person
from callback_tui.views.patient import CardNumber, PatientCard
from callback_tui.views.policy import Policy, SitePolicy

DAYS = 90
_SITE_WEIGHTS = (5, 3, 2)
_WEEKDAY_WEIGHTS = (14, 10, 10, 10, 9, 1, 1)
_HOUR_WEIGHTS = (1, 1, 1, 1, 1, 1, 2, 8, 26, 28, 24, 20, 16, 18, 22, 30, 30, 14, 8, 6, 5, 4, 2, 1)
_LINES_PER_CODE = 100
_FIRST_RECORD = 200_000
_YEAR_DAYS = 365
_ROTA: Sequence[tuple[frozenset[str], ...]] = (
    (frozenset({"dana", "sam", "lee", "anjali"}), frozenset({"ben", "joy"}), frozenset({"ruth"})),
    (frozenset({"dana", "lee", "anjali"}), frozenset({"ben", "joy", "sam"}), frozenset({"ruth", "omar"})),
    (frozenset({"dana", "sam", "lee"}), frozenset({"joy", "anjali", "ben"}), frozenset({"ruth", "omar"})),
    (frozenset({"sam", "lee", "anjali"}), frozenset({"ben", "dana"}), frozenset({"ruth", "omar"})),
    (frozenset({"dana", "sam", "anjali"}), frozenset({"ben", "lee"}), frozenset({"ruth", "omar"})),
)
"""Who is on the phones, by weekday and by site; nobody works all five days at one place."""


@dataclass(frozen=True, slots=True)
class PastMessage:
    """The words of a message without a name in them, and the note of the call that settled it."""

    weight: int
    channel: Channel
    text: str
    note: str
    subject: str = ""
    seconds: int | None = None
    is_recording: bool = False


class PastPeople:
    """Invents patients, arrival times and the person who rings; every answer follows from the seed."""

    def __init__(self, policy: Policy, people: Sequence[Person], now: datetime, chance: random.Random) -> None:
        """Invent for the `DAYS` days before `now`."""
        self.chance = chance
        self.intake_id = people[0].staff_id
        self._policy = policy
        self._people = {person.username: person for person in people}
        self.now = now
        words: dict[str, Any] = json.loads((PRACTICE_FOLDER / "names.json").read_text(encoding="utf-8"))
        past: dict[str, Any] = json.loads((PRACTICE_FOLDER / "past.json").read_text(encoding="utf-8"))
        self.messages = [PastMessage(**{**each, "channel": Channel(each["channel"])}) for each in past["messages"]]
        self._weights = [message.weight for message in self.messages]
        self._words = words
        self._codes: dict[bool, list[str]] = {False: past["area_codes"], True: past["wrong_area_codes"]}
        self._names = [f"{first} {last}" for first in words["first"] for last in words["last"]]
        chance.shuffle(self._names)
        self._given = {False: 0, True: 0}
        self._invented = 0
        self._days = [now.date() - timedelta(days=back) for back in range(DAYS, -1, -1)]
        self._day_weights = [_WEEKDAY_WEIGHTS[day.weekday()] for day in self._days]

    def site(self) -> SitePolicy:
        """Return the site that a message is for."""
        (site,) = self.chance.choices(self._policy.sites, _SITE_WEIGHTS)
        return site

    def words(self) -> PastMessage:
        """Return what somebody says."""
        (message,) = self.chance.choices(self.messages, self._weights)
        return message

    def arrival(self, site: SitePolicy) -> datetime:
        """Return when a message is left: Mondays and late afternoons are busy, nights and weekends quiet."""
        while True:
            (day,) = self.chance.choices(self._days, self._day_weights)
            at = self._moment(day, site)
            if self.now - timedelta(days=DAYS) < at < self.now:
                return at

    def arrival_after(self, site: SitePolicy, at: datetime) -> datetime:
        """Return when somebody who calls on the day of `at` leaves a message, never before `at`."""
        return max(at, self._moment(at.astimezone(ZoneInfo(site.hours.zone)).date(), site))

    def card(self, site: SitePolicy, *, has_second_number: bool) -> PatientCard:
        """Return a new patient; the first number of one who has two will turn out to be wrong."""
        chance, count = self.chance, self._invented
        self._invented += 1
        numbers = [CardNumber(self._number(wrong=has_second_number), ContactKind.MOBILE, self._permission())]
        if has_second_number:
            numbers.append(CardNumber(self._number(wrong=False), ContactKind.HOME))
        return PatientCard(
            name=self._names[count % len(self._names)],
            date_of_birth=self.now.date() - timedelta(days=chance.randrange(_YEAR_DAYS * 18, _YEAR_DAYS * 88)),
            record_number=f"MS-{_FIRST_RECORD + count}",
            address=f"{chance.randrange(2, 899)} {chance.choice(self._words['streets'])}",
            zone=site.hours.zone,
            last_visit_on=self.now.date() - timedelta(days=chance.randrange(DAYS, DAYS + _YEAR_DAYS)),
            last_visit_with="Dr. Anjali Patel",
            numbers=tuple(numbers),
        )

    def on_duty(self, site: SitePolicy, at: datetime, *, roles: frozenset[Role]) -> Person:
        """Return somebody with one of the roles who is on the phones of a site then, else a clinician on call."""
        weekday = at.astimezone(ZoneInfo(site.hours.zone)).weekday()
        names = _ROTA[weekday][self._policy.sites.index(site)] if weekday < len(_ROTA) else frozenset[str]()
        there = [self._people[name] for name in sorted(names) if self._people[name].role in roles]
        if there:
            return self.chance.choice(there)
        able = [person for person in self._people.values() if person.role in roles]
        clinicians = [person for person in able if person.role is Role.CLINICIAN]
        return self.chance.choice(clinicians or able)

    def _moment(self, day: date, site: SitePolicy) -> datetime:
        (hour,) = self.chance.choices(range(24), _HOUR_WEIGHTS)
        second = self.chance.randrange(3600)
        local = datetime.combine(day, time(hour, second // 60, second % 60), ZoneInfo(site.hours.zone))
        return local.astimezone(UTC)

    def _permission(self) -> LeavePermission:
        return self.chance.choice((LeavePermission.MINIMUM, LeavePermission.MINIMUM, LeavePermission.DETAIL))

    def _number(self, *, wrong: bool) -> str:
        """Return a number for fiction; those that are wrong later are nobody else's."""
        code, line = divmod(self._given[wrong], _LINES_PER_CODE)
        self._given[wrong] += 1
        codes = self._codes[wrong]
        return f"{codes[code % len(codes)]}-555-01{line:02}"
