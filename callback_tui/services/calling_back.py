"""They are calling me back: finds the message of somebody who rings us, and opens the call at identity."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from callback_tui.errors import CallRefused
from callback_tui.models.vocabulary import CallStep, ItemState, WhoAnswered
from callback_tui.rules.calling_back import read_said
from callback_tui.rules.contact_kinds import kind_words
from callback_tui.rules.outcome_words import short_outcome
from callback_tui.rules.phone import national
from callback_tui.services.call_sheet import build_sheet
from callback_tui.services.calls import resume_call
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.patient_card import shown_name
from callback_tui.services.queue import SEARCHED
from callback_tui.services.queue_row import item_tier, stored_clock
from callback_tui.store import calling_back as store
from callback_tui.store import calls, claims, queue
from callback_tui.store import policy as policies
from callback_tui.views.call import CallSheet
from callback_tui.views.calling_back import Caller, CallersFound
from callback_tui.views.policy import Policy
from callback_tui.views.queue import EarlierCall, Holder

_MOST_SHOWN = 40
_MOST_READ = 400
_MAY_RING_ABOUT = (*queue.IN_QUEUE, ItemState.FOLLOWING_UP)


def find_callers(desk: OpenDesk, typed: str) -> CallersFound:
    """Return who may be ringing, by four digits of a number or three letters of a name; the look is audited.

    Too little typed finds nobody and leaves no trace.
    """
    said = read_said(typed)
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        if not said:
            return CallersFound((), enough=False, policy=policy, as_of=now)
        since = now - timedelta(days=policy.reopen_days)
        rows = store.messages_of(connection, said, closed_since=since, limit=_MOST_READ)
        callers = _callers(desk, connection, rows, said.digits, policy)
    with verb(desk, SEARCHED, "queue", "callers") as work:
        work.facts.update(
            by_digits=bool(said.digits), by_name=bool(said.words), patients=[each.patient_id for each in callers]
        )
    return CallersFound(tuple(callers), enough=True, policy=policy, as_of=now)


def take_call(desk: OpenDesk, item_id: int) -> CallSheet:
    """Open the call of a patient who rings us, at identity. No rule of dialling is asked: we dial nobody.

    Their own unfinished call of this kind goes on. Raises CallRefused when the message is closed, or somebody has the
    patient.
    """
    with desk.store.read() as connection:
        cut_off = calls.unfinished(connection, desk.actor.staff_id, item_id)
    if cut_off is not None and cut_off.dialled_at is None:
        return resume_call(desk, cut_off.id)
    with verb(desk, "call_taken", "call_attempt", item_id) as work:
        item = queue.item(work.connection, item_id)
        if item is None or item.state not in _MAY_RING_ABOUT:
            raise CallRefused("not_waiting")
        token = claims.take(
            work.connection,
            patient_id=item.patient_id,
            item_id=item_id,
            number="",
            holder_id=desk.actor.staff_id,
            session_id=desk.actor.session_id,
            clock=desk.clock,
            lease_seconds=policies.current(work.connection)[1].desk.lease_seconds,
        )
        attempt_id = calls.add_attempt(
            work.connection,
            {
                "item_id": item_id,
                "patient_id": item.patient_id,
                "staff_id": desk.actor.staff_id,
                "tier": item_tier(item),
                "started_at": work.now,
                "answered_at": work.now,
                "who_answered": WhoAnswered.PATIENT,
                "step": CallStep.IDENTITY,
            },
        )
        calls.add_step_time(work.connection, attempt_id, CallStep.IDENTITY, work.now)
        work.entity_id = attempt_id
        work.facts.update(item_id=item_id, patient_id=item.patient_id)
        return build_sheet(desk, work.connection, attempt_id, token)


def _callers(
    desk: OpenDesk, connection: Any, rows: Sequence[Any], digits: Sequence[str], policy: Policy
) -> list[Caller]:
    waiting: dict[int, list[Any]] = {}
    for row in sorted(rows, key=lambda row: row.state is ItemState.FOLLOWING_UP):
        if row.state is not ItemState.CLOSED:
            waiting.setdefault(row.patient_id, []).append(row)
    closed = [[row] for row in rows if row.state is ItemState.CLOSED]
    closed.sort(key=lambda group: group[0].completed_at, reverse=True)
    groups = [*waiting.values(), *closed][:_MOST_SHOWN]
    numbers = store.numbers_of(connection, [group[0].patient_id for group in groups])
    rung: dict[int, list[Any]] = {}
    for call in store.calls_of_items(connection, [row.id for group in groups for row in group]):
        rung.setdefault(call.item_id, []).append(call)
    held = claims.holders(connection, desk.clock)
    return [
        _caller(desk, group, [call for row in group for call in rung.get(row.id, ())], numbers, digits, held, policy)
        for group in groups
    ]


def _caller(
    desk: OpenDesk,
    group: Sequence[Any],
    rung: Sequence[Any],
    numbers: Any,
    digits: Sequence[str],
    held: dict[int, Holder],
    policy: Policy,
) -> Caller:
    first = group[0]
    points = numbers.get(first.patient_id, ())
    value = next((each.value for each in points if any(part in each.value for part in digits)), "")
    value = value or first.phone_e164 or next((each.value for each in points), first.phone_raw)
    point = next((each for each in points if each.value == value), None)
    rung = sorted(rung, key=lambda call: call.started_at)
    return Caller(
        item_id=first.id,
        patient_id=first.patient_id,
        who=shown_name(first.patient_name, first.caller_name, value),
        number=national(value) if value.startswith("+") else value,
        number_kind="" if point is None else kind_words(point.kind),
        shared=point is not None and point.holders > 1,
        site=first.site_name,
        state=first.state,
        clock=stored_clock(first, policy.site_of(first.site_name), policy),
        more=len(group) - 1,
        calls=tuple(
            EarlierCall(
                at=call.started_at,
                who="you" if call.staff_id == desk.actor.staff_id else call.staff_name,
                outcome=short_outcome(call.outcome),
                number=national(call.number_dialled) if call.number_dialled else "",
                voicemail_wording=call.voicemail_wording,
            )
            for call in {call.lead_attempt_id or call.id: call for call in rung}.values()
        ),
        left=next((call.voicemail_wording for call in reversed(rung) if call.voicemail_wording), ""),
        holder=held.get(first.patient_id),
        closed_at=first.completed_at,
    )
