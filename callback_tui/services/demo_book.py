"""The made-up desk before it is stored: rows by table, made by the rules the services go by; it knows no database."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, TypeAlias

from callback_tui.intake.validate import tag_remembering
from callback_tui.models.vocabulary import (
    Channel,
    ClockEventKind,
    ItemState,
    NumberQuality,
    OptOutScope,
    Outcome,
    ReviewFlag,
    SafeContactKind,
    Tier,
)
from callback_tui.rules.measures import measure
from callback_tui.rules.sla import clock_columns, derive
from callback_tui.services.arrivals import Arrivals
from callback_tui.services.demo_people import MadeUpCall, Person
from callback_tui.services.new_message import read_new_message
from callback_tui.services.patient_match import called_from, provisional_patient
from callback_tui.services.patients import card_rows
from callback_tui.views.clock import ClockEvent
from callback_tui.views.intake import NewMessage, ParsedMessage
from callback_tui.views.patient import PatientCard
from callback_tui.views.policy import Policy, SitePolicy

Row: TypeAlias = SimpleNamespace
"""One row to be, by its columns; what is not there is the table's default."""

TABLES = (
    "patient",
    "contact_point",
    "safe_contact",
    "message",
    "queue_item",
    "clock_event",
    "call_attempt",
    "opt_out_fact",
    "call_note",
    "call_step_time",
    "hand_off",
    "incident",
    "follow_up",
    "promise",
)
"""What a book fills, in the order in which it can be stored: nothing points at a row of a later table."""

_UNSET = (
    "asleep_until",
    "scheduled_at",
    "waits_from",
    "first_attempt_at",
    "contact_at",
    "completed_at",
    "assigned_to_id",
    "assigned_role",
    "assigned_at",
    "falls_to_team_at",
    "call_back_seconds",
    "first_contact_outcome",
    "first_call_until",
    "merged_into_id",
)
_TEXTS_REMEMBERED = 2048
_VERB_ID_BITS = 128


@dataclass(slots=True)
class MadeUpPatient:
    """A patient with numbers, wishes and calls so far."""

    row: Row
    points: list[Row]
    wishes: list[Row] = field(default_factory=list)
    opt_outs: list[Row] = field(default_factory=list)
    attempts: list[Row] = field(default_factory=list)


@dataclass(slots=True)
class MadeUpItem:
    """A message in the queue with all that happened to it: what came in when, the calls, what was settled by whom."""

    came: NewMessage
    row: Row
    message: Row
    patient: MadeUpPatient
    site: SitePolicy
    events: list[ClockEvent]
    calls: list[MadeUpCall] = field(default_factory=list)
    settled: list[tuple[Row, Person, datetime]] = field(default_factory=list)
    attempts: list[Row] = field(default_factory=list)
    hand_offs: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)
    promises: list[Row] = field(default_factory=list)


class Book:
    """Keeps the rows of a made-up practice; ids begin at 1, the same seed makes the same book."""

    def __init__(self, policy: Policy, policy_id: int, sites: Mapping[str, int], seed: int) -> None:
        """`sites` are the ids the policy's sites have in the store, by name."""
        self.policy = policy
        self.policy_id = policy_id
        self.rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        self.next_ids = dict.fromkeys(TABLES, 1)
        self.newest_message_at: datetime | None = None
        self.last_import_at: datetime | None = None
        self._sites = sites
        self._chance = random.Random(seed)  # noqa: S311 - ids of made-up verbs, no secret
        self._tag = tag_remembering(_TEXTS_REMEMBERED)
        self._points: dict[str, list[Row]] = {}

    def add(self, table: str, values: Mapping[str, Any]) -> Row:
        """Keep one row under the table's next id."""
        row = Row(**{**values, "id": self.next_ids[table]})
        self.next_ids[table] += 1
        self.rows[table].append(row)
        return row

    def tear_out(self) -> dict[str, list[Row]]:
        """Return the rows kept since the last time; what happens to them later is no longer stored."""
        torn, self.rows = self.rows, {name: [] for name in TABLES}
        return torn

    def verb_id(self) -> str:
        """Return the id of a new verb."""
        return f"{self._chance.getrandbits(_VERB_ID_BITS):032x}"

    def tier_of(self, text: str, subject: str = "") -> Tier:
        """Return the tier a message with these words gets."""
        return self._tag(f"{text}\n{subject}" if subject else text, None).tier

    def card(self, card: PatientCard, now: datetime) -> MadeUpPatient:
        """Keep a new patient's card, as `services.patients.save_cards` does."""
        row, points = card_rows(card, self.next_ids["patient"], self.policy.region, now)
        return MadeUpPatient(self.add("patient", row), [self._point(point) for point in points])

    def wish(self, patient: MadeUpPatient, kind: SafeContactKind, value: str, at: datetime, staff_id: int) -> None:
        """Keep an instruction, as `services.patients.add_instruction` does."""
        wish = {"kind": kind, "value": value, "asked_at": at, "recorded_by_id": staff_id}
        patient.wishes.append(self.add("safe_contact", {"patient_id": patient.row.id, **wish}))

    def opt_out(self, patient: MadeUpPatient, values: Mapping[str, Any]) -> None:
        """Append that a patient asked not to be called; `values` are the columns but for the patient."""
        unsaid: dict[str, Any] = {"scope": OptOutScope.ALL, "number": "", "channel": None, "revokes_id": None}
        patient.opt_outs.append(self.add("opt_out_fact", {"patient_id": patient.row.id, **unsaid, **values}))

    def take(self, message: NewMessage, patient: MadeUpPatient | None, at: datetime, staff_id: int) -> MadeUpItem:
        """Bring in a message, as `services.intake.take_message` does; `patient` None is a caller nobody knows."""
        verb_id = self.verb_id()
        arrivals = Arrivals(policy_id=self.policy_id, policy=self.policy, sites=self._sites, now=at)
        parsed = read_new_message(
            message, arrivals, region=self.policy.region, now=at, verb_id=verb_id, tagger=self._tag
        )
        patient = patient or self._stranger(parsed, at)
        self._note_number(patient, parsed, at)
        place = arrivals.place(self.next_ids["message"], patient.row.id, parsed)
        message_row = self.add("message", arrivals.message_row(place, parsed, None))
        places = arrivals.queue_rows([place], self.next_ids["queue_item"], verb_id, staff_id)
        for item, event in places:
            row = self.add("queue_item", {**dict.fromkeys(_UNSET), **item})
            self.add("clock_event", event)
        self.newest_message_at = max(self.newest_message_at or message_row.received_at, message_row.received_at)
        self.last_import_at = max(self.last_import_at or at, at)
        start = ClockEvent(ClockEventKind.STARTED, place.started_at, verb_id, tier=place.tier)
        return MadeUpItem(message, row, message_row, patient, arrivals.site_of(parsed.site_name), [start])

    def change(
        self,
        item: MadeUpItem,
        events: Iterable[ClockEvent],
        staff_id: int,
        *,
        state: ItemState,
        attempts: int,
        outcome: Outcome | None = None,
    ) -> None:
        """Append clock events of an item and what follows from them, as `services.item_state.write_item` does."""
        for event in events:
            item.events.append(event)
            kept = {name: getattr(event, name) for name in ClockEvent.__slots__}
            self.add(
                "clock_event",
                {"item_id": item.row.id, **kept, "policy_version_id": self.policy_id, "staff_id": staff_id},
            )
        clock = derive(item.events, item.site, self.policy)
        measures = measure(item.site.hours, item.row, clock, outcome=outcome, days=self.policy.reopen_days)
        item.row.__dict__.update(
            measures._asdict(),
            state=state,
            **clock_columns(clock),
            attempts=attempts,
            version=item.row.version + 1,
        )

    def mark_number(self, number: str, quality: NumberQuality, at: datetime) -> None:
        """Mark a number for the whole desk, keeping what it was before."""
        for point in self._points.get(number, ()):
            if point.quality is not quality:
                mark(point, quality, at)

    def _point(self, values: Mapping[str, Any]) -> Row:
        unset = {"quality_set_at": None, "quality_before": None}
        point = self.add("contact_point", {**unset, **values})
        self._points.setdefault(point.value, []).append(point)
        return point

    def _stranger(self, parsed: ParsedMessage, at: datetime) -> MadeUpPatient:
        return MadeUpPatient(self.add("patient", provisional_patient(self.next_ids["patient"], parsed, at)), [])

    def _note_number(self, patient: MadeUpPatient, parsed: ParsedMessage, at: datetime) -> None:
        """Keep the number a message came from; a dead one that rings again is unproven (domain section 3)."""
        e164 = parsed.phone.e164
        if e164 is None:
            return
        known = next((point for point in patient.points if point.value == e164), None)
        if known is None:
            patient.points.append(self._point(called_from(patient.row.id, e164, parsed)))
            return
        came_later = known.quality is NumberQuality.DEAD and min(at, parsed.received_at or at) > known.quality_set_at
        if ReviewFlag.NUMBER_HEARD not in parsed.flags and (came_later or known.quality is NumberQuality.HEARD):
            mark(known, NumberQuality.UNPROVEN, at)


def mark(point: Row, quality: NumberQuality, at: datetime) -> None:
    """Mark one number of one patient, keeping what it was before."""
    point.quality_before, point.quality, point.quality_set_at = point.quality, quality, at


def asked_for_no_calls(scope: OptOutScope, channel: Channel | None, at: datetime, staff_id: int) -> dict[str, Any]:
    """Return the columns of a request taken down at the desk, as `services.patients.add_opt_out` keeps them."""
    said = {"said_by": "the patient", "how": "said on the phone"}
    return {"scope": scope, "channel": channel, **said, "recorded_at": at, "recorded_by_id": staff_id}
