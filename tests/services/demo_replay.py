"""Plays a made-up desk's book through the real services, and reads tables so that two desks can be compared."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from callback_tui.clock import FixedClock
from callback_tui.models.vocabulary import Outcome, SafeContactKind, WhoAnswered
from callback_tui.rules.follow_up_words import is_sent
from callback_tui.services import calls, follow_ups, identity, outcomes
from callback_tui.services.demo_book import MadeUpItem, MadeUpPatient
from callback_tui.services.demo_people import MadeUpCall, Person
from callback_tui.services.desk import OpenDesk
from callback_tui.services.intake import take_message
from callback_tui.services.patients import add_instruction, add_opt_out
from callback_tui.store import tables as t
from callback_tui.views.desk import Actor

Table = list[dict[str, Any]]
_VERB_COLUMNS = ("verb_id", "outcome_verb_id", "made_verb_id", "raised_verb_id", "dedupe_key")


def by(desk: OpenDesk, person: Person) -> OpenDesk:
    """Return the desk with somebody else at it."""
    return replace(desk, actor=Actor(person.staff_id, person.username, person.name, person.role))


def take(desk: OpenDesk, clock: FixedClock, item: MadeUpItem) -> int:
    """Bring in an item's message when the book says it was."""
    clock.set_wall(item.message.imported_at)
    return take_message(desk, item.came)


def play(desk: OpenDesk, clock: FixedClock, item_id: int, call: MadeUpCall) -> None:
    """Make one call, from the dial key to the outcome."""
    mine = by(desk, call.by)
    clock.set_wall(call.at)
    sheet = calls.start_call(mine, item_id, reason=call.reason)
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


def settle(desk: OpenDesk, clock: FixedClock, follow_up: Any, person: Person, at: datetime) -> None:
    """Do or send one follow-up."""
    clock.set_wall(at)
    verb = follow_ups.mark_sent if is_sent(follow_up.kind) else follow_ups.mark_done
    verb(by(desk, person), follow_up.id)


def chart(desk: OpenDesk, clock: FixedClock, attempt: Any) -> None:
    """Put a call in the chart."""
    clock.set_wall(attempt.in_chart_at)
    follow_ups.mark_in_chart(desk, attempt.id)


def keep_wishes(desk: OpenDesk, clock: FixedClock, patients: Sequence[MadeUpPatient], at: datetime) -> None:
    """Take down what patients asked of us."""
    clock.set_wall(at)
    for patient in patients:
        for wish in patient.wishes:
            add_instruction(desk, patient.row.id, SafeContactKind(wish.kind), wish.value)
        for fact in (fact for fact in patient.opt_outs if not getattr(fact, "attempt_id", None)):
            add_opt_out(desk, patient.row.id, fact.scope, channel=fact.channel, said_by=fact.said_by, how=fact.how)


def stored(desk: OpenDesk, name: str) -> Table:
    """Return every row of a table by id; ids of verbs are replaced by the place where they come up first."""
    table = t.metadata.tables[name]
    with desk.store.read() as connection:
        rows = [dict(row._mapping) for row in connection.execute(select(table).order_by(table.c.id))]
    seen: dict[str, str] = {}
    for row in rows:
        for column in _VERB_COLUMNS:
            if row.get(column):
                row[column] = seen.setdefault(row[column], f"verb {len(seen)}")
    return rows
