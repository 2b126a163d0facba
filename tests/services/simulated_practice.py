"""A made-up practice of three sites in three zones: its policy, its people, and a seeded stream of messages."""

import json
import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Channel, ContactKind, LeavePermission, Role
from callback_tui.services.demo_people import PRACTICE_FOLDER
from callback_tui.services.desk import OpenDesk
from callback_tui.services.patients import save_cards
from callback_tui.services.policy import apply_policy
from callback_tui.services.setup import init_desk
from callback_tui.services.sign_in import sign_in
from callback_tui.services.staff import add_staff
from callback_tui.store.keys import KeyCost
from callback_tui.views.intake import NewMessage
from callback_tui.views.patient import CardNumber, PatientCard

PASSPHRASE = "made-up words for a week"
HOME_ZONE = "America/New_York"
POLICY = """\
[practice]
name = "Harbor Family Medicine"
short_name = "Harbor"
region = "US"

[[site]]
name = "Main"
zone = "America/New_York"
callback_number = "+12125550100"
hours.mon = ["08:00-12:00", "13:00-17:00"]
hours.tue = ["08:00-12:00", "13:00-17:00"]
hours.wed = ["08:00-12:00", "13:00-17:00"]
hours.thu = ["08:00-12:00", "13:00-17:00"]
hours.fri = ["08:00-12:00", "13:00-16:00"]
holidays = ["2026-11-26"]
special = {{ "2026-11-27" = ["08:00-12:00"]{special} }}

[[site]]
name = "Lakeside"
zone = "America/Chicago"
callback_number = "+13125550100"
hours.mon = ["08:00-17:00"]
hours.tue = ["08:00-17:00"]
hours.wed = ["08:00-17:00"]
hours.thu = ["10:00-19:00"]
hours.fri = ["08:00-17:00"]
hours.sat = ["09:00-12:00"]
holidays = ["2026-11-26"]

[[site]]
name = "Bayview"
zone = "America/Los_Angeles"
callback_number = "+12135550100"
hours.mon = ["08:30-17:30"]
hours.tue = ["08:30-17:30"]
hours.wed = ["08:30-17:30"]
hours.thu = ["08:30-17:30"]
hours.fri = ["08:30-15:00"]
holidays = ["2026-11-26"]

[targets]
emergent = {{ target = "5m", clock = "always" }}
urgent = {{ target = "{urgent}", clock = "always" }}
routine = {{ target = "{routine}", clock = "open" }}
informational = {{ target = "1 open day", clock = "open" }}
warn = [50, 80]
"""
ZONES = {"Main": HOME_ZONE, "Lakeside": "America/Chicago", "Bayview": "America/Los_Angeles"}
_CODES = {
    "Main": ("212", "718", "917", "347", "646"),
    "Lakeside": ("312", "773", "708", "847", "630"),
    "Bayview": ("213", "310", "323", "818", "626"),
}
ZONE_OF_CODE = {f"+1{code}": ZONES[site] for site, codes in _CODES.items() for code in codes}
_LINES = range(101, 199)
_CHEAP_KEYS = KeyCost(memory_kib=64, passes=1, lanes=1)
_WEEKEND = 5
# How busy each hour of the day is, from midnight on.
_HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 14, 15, 13, 11, 8, 10, 12, 11, 9, 7, 4, 3, 2, 2, 1, 1)
_WEEKEND_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works there: name, role, and from when to when on a weekday, in New York."""

    username: str
    name: str
    role: Role
    starts: time
    ends: time
    weekend: bool = False
    nights: bool = False


COLLEAGUES = (
    Colleague("nora", "Nora Vance", Role.NURSE, time(7, 45), time(16, 15)),
    Colleague("pete", "Pete Olsen", Role.NURSE, time(9, 30), time(18), weekend=True),
    Colleague("ines", "Ines Duarte", Role.NURSE, time(12), time(20, 30)),
    Colleague("carl", "Carl Weiss", Role.CLINICIAN, time(8), time(17), nights=True),
    Colleague("mina", "Mina Rao", Role.CLINICIAN, time(11), time(20, 30), weekend=True),
    Colleague("hugh", "Hugh Brandt", Role.STAFF, time(8), time(16, 45)),
)


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message: when it reaches the desk, and whether by a file."""

    at: datetime
    message: NewMessage
    by_file: bool


def policy_text(*, urgent: str = "60m", routine: str = "4h", special: str = "") -> str:
    """Return the practice's policy; `special` is a further special day of the main site, ', "2026-11-05" = []'."""
    return POLICY.format(urgent=urgent, routine=routine, special=special)


def set_up(folder: Path, clock: FixedClock, cards: list[PatientCard]) -> OpenDesk:
    """Make the practice's desk with its people and the cards of known patients, and return it open for the admin."""
    init_desk(
        folder,
        practice="Harbor Family Medicine",
        short_name="Harbor",
        zone=HOME_ZONE,
        region="US",
        callback_number="+12125550100",
        admin_username="admin",
        admin_name="Ada Stone",
        passphrase=PASSPHRASE,
        clock=clock,
        key_cost=_CHEAP_KEYS,
    )
    admin = sign_in(folder, "admin", PASSPHRASE, clock)
    apply_policy(admin, policy_text())
    for each in COLLEAGUES:
        add_staff(admin, username=each.username, name=each.name, role=each.role, passphrase=PASSPHRASE)
    save_cards(admin, cards)
    return admin


def local(day: date, at: time, zone: str = HOME_ZONE) -> datetime:
    """Return an instant by the wall clock of a zone."""
    return datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC)


class Stream:
    """The patients and what they leave: the same for a seed."""

    def __init__(self, seed: int, *, first: date, days: int, a_day: int) -> None:
        """Make up everybody who may call, then the messages of so many days, `a_day` on a weekday."""
        self._chance = random.Random(seed)  # noqa: S311  # made-up people, no secret
        written = json.loads((PRACTICE_FOLDER / "messages.json").read_text(encoding="utf-8"))
        names = json.loads((PRACTICE_FOLDER / "names.json").read_text(encoding="utf-8"))
        self._texts = [entry for entry in written if not entry.get("always")]
        self._alarms = [entry for entry in written if entry.get("always")]
        self._callers = [self._caller(names) for _ in range(max(60, a_day * 3))]
        self.cards = [card for _, card in self._callers if card is not None]
        self.arrivals = sorted(
            (arrival for offset in range(days) for arrival in self._day(first + timedelta(days=offset), a_day)),
            key=lambda arrival: arrival.at,
        )

    def _caller(self, names: dict[str, list[str]]) -> tuple[tuple[str, str, str], PatientCard | None]:
        """Return name, number and site of a caller, and the card where the practice knows them."""
        chance = self._chance
        site = chance.choice(tuple(_CODES))
        name = f"{chance.choice(names['first'])} {chance.choice(names['last'])}"
        number = f"({chance.choice(_CODES[site])}) 555-0{chance.choice(_LINES)}"
        if chance.random() < 0.15:
            return (name, number, site), None
        numbers = [CardNumber(number, ContactKind.MOBILE, chance.choice(tuple(LeavePermission)))]
        if chance.random() < 0.3:
            further = f"({chance.choice(_CODES[site])}) 555-0{chance.choice(_LINES)}"
            numbers += [CardNumber(further, ContactKind.HOME)] if further != number else []
        card = PatientCard(
            name=name,
            date_of_birth=date(1930, 1, 1) + timedelta(days=chance.randrange(34_000)),
            record_number=f"HB-{chance.randrange(10**7):07}",
            address=f"{chance.randrange(2, 900)} Elm Street",
            zone=ZONES[site] if chance.random() < 0.7 else "",
            numbers=tuple(numbers),
        )
        return (name, number, site), card

    def _day(self, day: date, a_day: int) -> list[Arrival]:
        share = _WEEKEND_SHARE if day.weekday() >= _WEEKEND else 1.0
        return [self._arrival(day) for _ in range(round(a_day * share))]

    def _arrival(self, day: date) -> Arrival:
        chance = self._chance
        (name, number, site), card = chance.choice(self._callers)
        hour = chance.choices(range(24), _HOURS)[0]
        left_at = local(day, time(hour, chance.randrange(60), chance.randrange(60)), ZONES[site])
        entry = chance.choice(self._alarms if chance.random() < 0.03 else self._texts)
        born = card.date_of_birth.strftime("%B %d, %Y") if card and card.date_of_birth else "a while ago"
        body = entry["text"].format(name=name, first=name.split()[0], born=born, number=number)
        channel = Channel(entry["channel"])
        has_number = channel is Channel.VOICEMAIL or chance.random() < 0.9
        message = NewMessage(
            channel=channel,
            body=body,
            received_at=left_at,
            caller_name=name,
            phone=number if has_number else "",
            site_name=site,
            record_number=card.record_number if card and chance.random() < 0.5 else "",
        )
        seconds = chance.randrange(20, 600)
        return Arrival(left_at + timedelta(seconds=seconds), message, by_file=chance.random() < 0.3)
