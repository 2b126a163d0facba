"""Plays a made-up desk's book through the real services, and reads two desks so that they can be compared."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Outcome, SafeContactKind, WhoAnswered
from callback_tui.rules.follow_up_words import is_sent
from callback_tui.services import calls, follow_ups, identity, outcomes
from callback_tui.services.demo import PEOPLE, demo_policy, empty_book, policy_text
from callback_tui.services.demo_book import TABLES, MadeUpItem, MadeUpPatient, Row
from callback_tui.services.demo_people import MadeUpCall, Person
from callback_tui.services.demo_store import make_desk
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import take_message
from callback_tui.services.patients import add_instruction, add_opt_out, save_cards
from callback_tui.store import tables as t
from callback_tui.views.desk import Actor
from callback_tui.views.patient import CardNumber, PatientCard

Table = list[dict[str, Any]]
Doing = tuple[datetime, Callable[[], object]]
VERB_COLUMNS = ("verb_id", "outcome_verb_id", "made_verb_id", "raised_verb_id", "dedupe_key")
_CAME = {"patient": ("created_at", "record_number"), "message": ("received_at",)}
"""What two desks may number in another order."""

BESIDE = ("feed", "representative", "import_batch", "rejected_row", "patient_claim")
"""What a book does not fill and the services might; all of it is compared, too."""

LEFT_OUT = {
    "audit_entry",
    "desk_session",
    "on_call_alert",
    "on_call_step",
    "policy_version",
    "practice",
    "same_person_answer",
    "site",
    "staff",
    "staff_setting",
}
"""What is not compared: the set-up, what a demo has none of, and the audit (one entry for a part in bulk)."""


class Player:
    """Does what a book says on a desk where nothing has happened yet, each thing at its moment."""

    def __init__(self, folder: Path, now: datetime, seed: int) -> None:
        """Make the practice in an empty folder at `now`, with nobody waiting."""
        self._clock = FixedClock(now)
        sam = next(person for person in PEOPLE if person.username == "sam")
        policy = demo_policy()
        self.desk = make_desk(folder, self._clock, policy_text(), policy, PEOPLE, sam, empty_book(policy, seed))
        self._items: dict[int, int] = {}
        self._attempts: dict[int, int] = {}

    def play(self, told: Mapping[Person, Sequence[MadeUpItem]], *, known_at: datetime, asked_at: datetime) -> None:
        """Bring in the patients at `known_at`, then do all there is in the order of time.

        `told` are the messages by who took them in. What patients asked of us is taken down at `asked_at`.
        """
        patients = {item.patient.row.id: item.patient for items in told.values() for item in items}
        known = [patients[key] for key in sorted(patients) if not patients[key].row.provisional]
        self._clock.set_wall(known_at)
        ids = save_cards(self.desk, [*map(_card_of, known)])
        doings = [doing for by, items in told.items() for item in items for doing in self._doings(item, by)]
        doings += [(asked_at, partial(self._keep_wishes, *each)) for each in zip(known, ids, strict=True)]
        for at, do in sorted(doings, key=lambda doing: doing[0]):
            self._clock.set_wall(at)
            do()

    def _doings(self, item: MadeUpItem, by: Person) -> Iterator[Doing]:
        yield item.message.imported_at, partial(self._take, item, by)
        for call, attempt in zip(item.calls, item.attempts, strict=True):
            yield call.at, partial(self._ring, item, attempt, call)
            if attempt.in_chart_at is not None:
                yield attempt.in_chart_at, partial(self._chart, attempt, call)
        for follow_up, person, at in item.settled:
            yield at, partial(self._settle, item, follow_up, person)

    def _take(self, item: MadeUpItem, by: Person) -> None:
        self._items[item.row.id] = take_message(self._as(by), item.came)

    def _ring(self, item: MadeUpItem, attempt: Row, call: MadeUpCall) -> None:
        """Make one call, from the dial key to the outcome."""
        mine, clock = self._as(call.by), self._clock
        sheet = calls.start_call(mine, self._items[item.row.id], reason=call.reason)
        self._attempts[attempt.id] = sheet.attempt_id
        clock.advance(call.answered_after)
        sheet = calls.answer(mine, sheet.attempt_id, sheet.claim_token, call.who)
        if call.who is WhoAnswered.PATIENT and call.entry.outcome is not Outcome.NOT_VERIFIED:
            for kind in sheet.identity.asked:
                clock.advance(call.matched_after)
                sheet = identity.match_identity(mine, sheet.attempt_id, sheet.claim_token, kind)
        for step, after in call.steps:
            clock.advance(after)
            calls.enter_step(mine, sheet.attempt_id, sheet.claim_token, step)
        clock.advance(call.ends_after)
        outcomes.log_outcome(mine, sheet.attempt_id, sheet.claim_token, call.entry)

    def _chart(self, attempt: Row, call: MadeUpCall) -> None:
        follow_ups.mark_in_chart(self._as(call.by), self._attempts[attempt.id])

    def _settle(self, item: MadeUpItem, follow_up: Row, person: Person) -> None:
        """Do or send the follow-up that stands at the same place among those of its message."""
        of_item = t.follow_up.c.item_id == self._items[item.row.id]
        with self.desk.store.read() as connection:
            ids = connection.execute(select(t.follow_up.c.id).where(of_item).order_by(t.follow_up.c.id)).scalars().all()
        place = [each.id for each in item.follow_ups].index(follow_up.id)
        verb = follow_ups.mark_sent if is_sent(follow_up.kind) else follow_ups.mark_done
        verb(self._as(person), ids[place])

    def _keep_wishes(self, patient: MadeUpPatient, patient_id: int) -> None:
        for wish in patient.wishes:
            add_instruction(self.desk, patient_id, SafeContactKind(wish.kind), wish.value)
        for fact in (fact for fact in patient.opt_outs if not getattr(fact, "attempt_id", None)):
            add_opt_out(self.desk, patient_id, fact.scope, channel=fact.channel, said_by=fact.said_by, how=fact.how)

    def _as(self, person: Person) -> OpenDesk:
        return replace(self.desk, actor=Actor(person.staff_id, person.username, person.name, person.role))


def stored(desk: OpenDesk) -> dict[str, Table]:
    """Return the rows of every table that a book fills or might have to, in an order that their ids have no part in.

    Rows stand by patient, message and call, those of one of them in the order they were stored; an id is the row's
    place there, the id of a verb the place where it comes up first.
    """
    places: dict[str, dict[int | None, int]] = {}
    verbs: dict[str, str] = {}
    found: dict[str, Table] = {}
    with desk.store.read() as connection:
        for name in TABLES:
            table = t.metadata.tables[name]
            owners = {
                column.name: key.column.table.name
                for column in table.c
                for key in column.foreign_keys
                if key.column.table.name in TABLES
            }
            rows = [dict(row._mapping) for row in connection.execute(select(table).order_by(table.c.id))]
            rows.sort(key=lambda row: [row[column] for column in _CAME.get(name, ())])
            for column in (column for column, owner in owners.items() if owner != name):
                for row in rows:
                    row[column] = places[owners[column]].get(row[column], -1)
            rows.sort(key=lambda row: [row[column] for column, owner in owners.items() if owner != name])
            places[name] = {row["id"]: place for place, row in enumerate(rows)}
            for row in rows:
                for column in ("id", *(column for column, owner in owners.items() if owner == name)):
                    row[column] = places[name].get(row[column], -1)
                for column in VERB_COLUMNS:
                    if row.get(column):
                        row[column] = verbs.setdefault(row[column], f"verb {len(verbs)}")
            found[name] = rows
        for name in BESIDE:
            found[name] = [dict(row._mapping) for row in connection.execute(select(t.metadata.tables[name]))]
    return found


def _card_of(patient: MadeUpPatient) -> PatientCard:
    facts = {field.name: getattr(patient.row, field.name) for field in fields(PatientCard) if field.name != "numbers"}
    on_card = [point for point in patient.points if point.on_file]
    numbers = tuple(CardNumber(point.raw, point.kind, point.leave_permission) for point in on_card)
    return PatientCard(**facts, numbers=numbers)
