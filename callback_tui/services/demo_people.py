"""The made-up people of the demo practice and what they left us; always the same for a seed."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Any

from callback_tui.models.vocabulary import CallStep, Channel, ContactKind, LeavePermission, Role, WhoAnswered
from callback_tui.views.call import OutcomeEntry
from callback_tui.views.patient import CardNumber, PatientCard

PRACTICE_FOLDER = Path(__file__).parent / "demo_practice"

_WRITTEN_LINES = 98
_LINES_PER_CODE = 100
_YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class MadeUpMessage:
    """One written message with its sender filled in. `card` is None for a caller the practice does not know.

    `wishes` are pairs of `SafeContactKind` word and value; `story` names the calls that were made already.
    """

    card: PatientCard | None
    wishes: tuple[tuple[str, str], ...]
    opt_out: str
    channel: Channel
    site: str
    patient_name: str
    caller_name: str
    age_years: int | None
    phone: str
    subject: str
    body: str
    seconds: int | None
    minutes_ago: int
    story: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the practice: the id in the store, what a list calls them, what they are."""

    staff_id: int
    username: str
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class MadeUpCall:
    """One call: who rang when, who answered, and how it went on.

    `matched_after` passes before each identifier of a patient who answers; `steps` are further steps with the time
    before each; `ends_after` is the time from there to the outcome. `reason` is what was written to ring at all.
    """

    at: datetime
    by: Person
    who: WhoAnswered
    entry: OutcomeEntry
    answered_after: timedelta
    matched_after: timedelta = timedelta(0)
    steps: tuple[tuple[CallStep, timedelta], ...] = ()
    ends_after: timedelta = timedelta(0)
    reason: str = ""


def made_up_messages(count: int, seed: int, today: date, zones: Mapping[str, str]) -> list[MadeUpMessage]:
    """Return `count` waiting messages and the few past ones, in no order. `zones` are the sites' IANA zones by name.

    The written ones with a history come first, then the others as the seed shuffles them, then the same words from
    further people.
    """
    chance = random.Random(seed)  # noqa: S311  # made-up people, no secret
    written: list[dict[str, Any]] = _read("messages.json")
    words: dict[str, Any] = _read("names.json")
    past = [entry for entry in written if entry.get("past")]
    special = [entry for entry in written if _is_special(entry) and entry not in past]
    plain = [entry for entry in written if not _is_special(entry)]
    chance.shuffle(plain)
    waiting = (special + plain)[:count]
    people = _People(chance, words, today, zones)
    made = [people.message(entry) for entry in waiting + past]
    names = [f"{first} {last}" for first, last in product(words["first"], words["last"])]
    further = sorted(set(names).difference(entry["name"] for entry in written))
    chance.shuffle(further)
    for number in range(count - len(waiting)):
        entry = {**plain[number % len(plain)], "name": further[number % len(further)]}
        if "caller" in entry:
            entry["caller"] = f"{chance.choice(words['first'])} {entry['name'].split()[1]}"
        entry["minutes_ago"] += chance.randrange(1 + entry["minutes_ago"] // 2)
        made.append(people.message(entry))
    return made


def _read(name: str) -> Any:
    return json.loads((PRACTICE_FOLDER / name).read_text(encoding="utf-8"))


def _is_special(entry: Mapping[str, Any]) -> bool:
    return not entry.keys().isdisjoint(
        {"story", "safe", "opt_out", "unknown", "no_number", "same", "number_of", "always"}
    )


class _People:
    """Gives each name a card and a number once, so that a second message comes from the same person."""

    def __init__(self, chance: random.Random, words: Mapping[str, Any], today: date, zones: Mapping[str, str]) -> None:
        """`words` hold streets, months and area codes; `zones` are the sites' IANA zones by name."""
        self._chance = chance
        self._words = words
        self._today = today
        self._zones = zones
        self._cards: dict[str, PatientCard | None] = {}
        self._numbers = [f"212-555-01{line:02}" for line in range(1, 1 + _WRITTEN_LINES)]
        chance.shuffle(self._numbers)
        self._given = 0

    def message(self, entry: Mapping[str, Any]) -> MadeUpMessage:
        """Return the message of a written entry with every blank filled."""
        name, site, language = entry["name"], entry.get("site", "Main"), entry.get("lang", "en")
        if name not in self._cards or not name:
            self._cards[name] = self._card(entry, site)
        card = self._cards[name]
        number = card.numbers[0].raw if card else "" if entry.get("no_number") else self._next_number()
        born = self._spoken(card.date_of_birth if card else None, language)
        filled = {"name": name, "first": name.split(" ")[0], "born": born, "number": number}
        return MadeUpMessage(
            card=card,
            wishes=tuple((kind, value) for kind, value in entry.get("safe", ())),
            opt_out=entry.get("opt_out", ""),
            channel=Channel(entry["channel"]),
            site=site,
            patient_name=name,
            caller_name=entry.get("caller", name),
            age_years=entry["age"],
            phone=number,
            subject=entry.get("subject", ""),
            body=entry["text"].format(**filled),
            seconds=entry.get("seconds"),
            minutes_ago=entry["minutes_ago"],
            story=entry.get("story", ""),
        )

    def _card(self, entry: Mapping[str, Any], site: str) -> PatientCard | None:
        if entry.get("unknown") or entry.get("provisional"):
            return None
        chance = self._chance
        shared = self._cards.get(entry.get("number_of", ""))
        numbers = [
            CardNumber(shared.numbers[0].raw if shared else self._next_number(), ContactKind.MOBILE, self._permission())
        ]
        if "second" in entry:
            numbers.append(CardNumber(self._next_number(), ContactKind(entry["second"])))
        return PatientCard(
            name=entry["name"],
            date_of_birth=self._today - timedelta(days=int(_YEAR_DAYS * entry["age"]) + chance.randrange(2, 360)),
            record_number=f"MS-{10000 + chance.randrange(100) * 1000 + len(self._cards)}",
            address=f"{chance.randrange(2, 899)} {chance.choice(self._words['streets'])}",
            zone=self._zones[site],
            language=entry.get("lang", "en"),
            needs_interpreter=entry.get("interpreter", False),
            uses_tty=entry.get("tty", False),
            prefers_channel=Channel(entry["prefers"]) if "prefers" in entry else None,
            last_visit_on=self._today - timedelta(days=chance.randrange(3, 300)),
            last_visit_with="Dr. Anjali Patel",
            numbers=tuple(numbers),
        )

    def _permission(self) -> LeavePermission:
        return self._chance.choice((LeavePermission.MINIMUM, LeavePermission.MINIMUM, LeavePermission.DETAIL))

    def _next_number(self) -> str:
        given, self._given = self._given, self._given + 1
        if given < len(self._numbers):
            return self._numbers[given]
        code, line = divmod(given - len(self._numbers), _LINES_PER_CODE)
        codes = self._words["later_area_codes"]
        return f"{codes[code % len(codes)]}-555-01{line:02}"

    def _spoken(self, day: date | None, language: str) -> str:
        if day is None:
            return ""
        month = self._words["months"][language][day.month - 1]
        return f"{day.day} de {month} de {day.year}" if language == "es" else f"{month} {day.day}, {day.year}"
