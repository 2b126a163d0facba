"""The demo's past: 90 days of finished messages, planned by the rules and stored part by part, copied for measuring."""

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import Channel, ClockKind, NumberQuality, Tier
from callback_tui.rules.open_time import after_open_seconds
from callback_tui.services.demo_book import Book, MadeUpItem, MadeUpPatient
from callback_tui.services.demo_fates import EMERGENCY, FATES, RECORDING, Fate, Story
from callback_tui.services.demo_past_people import DAYS, PastMessage, PastPeople
from callback_tui.services.demo_people import Person
from callback_tui.services.demo_store import note_past, store_part
from callback_tui.services.desk import OpenDesk
from callback_tui.views.intake import NewMessage
from callback_tui.views.policy import SitePolicy

_PATIENTS_PLANNED_AT_ONCE = 25
_PATIENTS_STORED_AT_ONCE = 400
_PLANNED_AT_MOST = 8_000
_ONE_IN_OF_WAITING = 40
_NEAR_NOW = timedelta(minutes=45)
_COMES_AGAIN = 0.3
_SOON_AGAIN = 0.35
_SOON_HOURS, _LATER_HOURS = (20, 150), (190, 900)
_MEDIAN_WAIT_SECONDS = {Tier.EMERGENT: 150, Tier.URGENT: 13 * 60, Tier.ROUTINE: 66 * 60, Tier.INFORMATIONAL: 120 * 60}
_SPREAD = 0.75
_LONGEST_WAIT_SECONDS = 14 * 3600
_MONDAY = 0
_LATE_ON_MONDAYS = 2.6
_SLOW_BEFORE = 1.5
_READ_IN_AFTER_SECONDS = (0, 0, 0, 240, 600)
_WAS_EMERGENCY = 0.4


def write_past(
    desk: OpenDesk,
    book: Book,
    waiting: Sequence[MadeUpItem],
    people: Sequence[Person],
    now: datetime,
    count: int,
    seed: int,
    go_on: Callable[[int], bool],
) -> None:
    """Plan and store `count` finished messages, one short transaction after the other, the oldest patients first.

    `go_on` is told after each transaction how many are stored, and says whether to go on. Up to some thousands are
    planned one by one. More are copies of such with nothing left to do, made inside the database: the same
    instants for as many other patients, so that every row is still what the services would have written.
    """
    past = Past(book, people, now, seed)
    of_waiting = min(count // _ONE_IN_OF_WAITING, len(waiting))
    copies = -(-(count - of_waiting) // _PLANNED_AT_MOST) - 1
    planned = (count - of_waiting) // (copies + 1)
    stored = 0

    def store(stories: Iterator[list[MadeUpItem]], copies: int = 0) -> bool:
        nonlocal stored
        patients = min(_PATIENTS_PLANNED_AT_ONCE, max(1, _PATIENTS_STORED_AT_ONCE // (copies + 1)))
        began = dict(book.next_ids)
        while list(islice(stories, patients)):
            stored += store_part(desk, book, began, copies)
            if not go_on(stored):
                return False
            began = dict(book.next_ids)
        return True

    whole = (
        store(past.of_waiting(waiting, of_waiting))
        and store(past.of_strangers(count - stored - planned * (copies + 1)))
        and store(past.of_strangers(planned, all_done=copies > 0), copies)
    )
    note_past(desk, stored, is_whole=whole)


class Past:
    """Writes finished messages into a book, one after the other."""

    def __init__(self, book: Book, people: Sequence[Person], now: datetime, seed: int) -> None:
        """`now` is the moment the past ends."""
        self._book = book
        self._now = now
        self._chance = random.Random(f"past {seed}")  # noqa: S311 - made-up people, no secret
        self._people = PastPeople(book.policy, people, now, self._chance)
        self._recorded_at = now - timedelta(days=DAYS + 1)
        self._all_done = False

    def of_waiting(self, waiting: Sequence[MadeUpItem], most: int) -> Iterator[list[MadeUpItem]]:
        """Write an earlier message, not of today, of at most so many patients who wait now; yield them one by one.

        Patients of whom something is known today that would have changed a call in the past have none.
        """
        by_patient = {id(item.patient): item for item in waiting if _was_always_so(item)}
        for item in islice(by_patient.values(), most):
            while True:
                received_at = self._people.arrival(item.site)
                if received_at < self._now - timedelta(days=3):
                    break
            told = self._one(item.patient, item.site, received_at, may_be_last=False)
            if told is not None:
                yield [told]

    def of_strangers(self, count: int, *, all_done: bool = False) -> Iterator[list[MadeUpItem]]:
        """Write `count` messages of patients nobody met yet; yield those of one patient at a time.

        Some call again, about the same or something else. With `all_done` nothing is left to be done for any.
        """
        self._all_done = all_done
        starts = sorted((self._people.arrival(site), site.name) for site in (self._people.site() for _ in range(count)))
        made = 0
        while made < count:
            received_at, name = starts[made]
            site = self._book.policy.site(name)
            of_patient: list[MadeUpItem] = []
            patient: MadeUpPatient | None = None
            at: datetime | None = received_at
            while at is not None and made < count:
                told = self._one(patient, site, at, may_be_last=True)
                if told is None:
                    at = self._people.arrival(site) if patient is None else None
                    continue
                made += 1
                of_patient.append(told)
                patient, at = told.patient, self._again_at(told)
            yield of_patient

    def _again_at(self, told: MadeUpItem) -> datetime | None:
        chance = self._chance
        if told.patient.opt_outs or told.row.completed_at is None or chance.random() > _COMES_AGAIN:
            return None
        hours = _SOON_HOURS if chance.random() < _SOON_AGAIN else _LATER_HOURS
        ended_at = max([told.attempts[-1].ended_at, *(at for _, _, at in told.settled)])
        at = self._people.arrival_after(told.site, ended_at + timedelta(hours=chance.randrange(*hours)))
        return at if at < self._now - _NEAR_NOW else None

    def tell(
        self, fate: Fate, words: PastMessage, site: SitePolicy, received_at: datetime, patient: MadeUpPatient | None
    ) -> MadeUpItem | None:
        """Write one message that goes as `fate` says, without a patient from a new one.

        Returns None, and writes nothing, where the first call would not have been made by now.
        """
        tier = self._book.tier_of(words.text, words.subject)
        read_in_at = received_at + timedelta(seconds=self._chance.choice(_READ_IN_AFTER_SECONDS))
        first_at = max(self._first_call_at(tier, site, received_at), read_in_at + timedelta(seconds=30))
        if first_at > self._now - _NEAR_NOW:
            return None
        if patient is None:
            patient = self._book.card(self._people.card(site, has_second_number=fate.two_numbers), self._recorded_at)
        item = self._book.take(_new(words, patient, site, received_at), patient, read_in_at, self._people.intake_id)
        fate.tell(Story(self._book, self._people, item, words, first_at, all_done=self._all_done))
        return item

    def _one(
        self, patient: MadeUpPatient | None, site: SitePolicy, received_at: datetime, *, may_be_last: bool
    ) -> MadeUpItem | None:
        words = self._people.words()
        tier = self._book.tier_of(words.text, words.subject)
        fate = self._fate(words, tier, received_at, has_card=patient is not None, may_be_last=may_be_last)
        return self.tell(fate, words, site, received_at, patient)

    def _fate(
        self, words: PastMessage, tier: Tier, received_at: datetime, *, has_card: bool, may_be_last: bool
    ) -> Fate:
        if words.is_recording:
            return RECORDING
        age = (self._now - received_at) / timedelta(days=1)
        if tier is Tier.EMERGENT and age > EMERGENCY.days and self._chance.random() < _WAS_EMERGENCY:
            return EMERGENCY
        possible = [
            fate
            for fate in FATES.values()
            if age > (max(fate.days, fate.done_days) if self._all_done else fate.days)
            and (fate.urgent_too or not tier.always_on)
            and not (has_card and fate.two_numbers)
            and (may_be_last or not fate.last)
        ]
        (chosen,) = self._chance.choices(possible, [fate.weight for fate in possible])
        return chosen

    def _first_call_at(self, tier: Tier, site: SitePolicy, received_at: datetime) -> datetime:
        """Return when the first call is made; one site is late on Mondays, another has become quicker."""
        wait = self._chance.lognormvariate(0, _SPREAD) * _MEDIAN_WAIT_SECONDS[tier]
        sites = self._book.policy.sites
        if site is sites[-1] and received_at.astimezone(ZoneInfo(site.hours.zone)).weekday() == _MONDAY:
            wait *= _LATE_ON_MONDAYS
        elif site is sites[1]:
            wait *= 1 + (_SLOW_BEFORE - 1) * ((self._now - received_at) / timedelta(days=DAYS))
        seconds = int(min(wait, _LONGEST_WAIT_SECONDS))
        if site.targets[tier].clock is ClockKind.ALWAYS:
            return received_at + timedelta(seconds=seconds)
        return after_open_seconds(site.hours, received_at, seconds)


def _was_always_so(item: MadeUpItem) -> bool:
    """Whether a call of weeks ago would have met the same patient: numbers, wishes, and hours where they live."""
    patient = item.patient
    return (
        patient.row.zone == item.site.hours.zone
        and bool(patient.points)
        and all(point.quality is NumberQuality.GOOD for point in patient.points)
        and not patient.opt_outs
        and not patient.wishes
    )


def _new(words: PastMessage, patient: MadeUpPatient, site: SitePolicy, received_at: datetime) -> NewMessage:
    number = patient.points[0]
    return NewMessage(
        channel=words.channel,
        body=words.text,
        received_at=received_at,
        caller_name=patient.row.name,
        patient_name=patient.row.name,
        phone=number.raw,
        site_name=site.name,
        subject=words.subject,
        duration_seconds=words.seconds,
        machine_transcript=words.channel is Channel.VOICEMAIL,
    )
