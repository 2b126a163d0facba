"""Taking back what closes a way to a patient: an opt-out they withdrew, a number wrongly logged as dead."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import Channel, NumberQuality, OptOutScope, Role
from callback_tui.rules.opt_outs import opt_outs_in_force
from callback_tui.rules.phone import national
from callback_tui.rules.speak import day_words, desk_zone_of
from callback_tui.services.desk import OpenDesk, require_role, verb
from callback_tui.views.dial import OptOut, ShutWay

_MAY_OPEN = (Role.NURSE, Role.CLINICIAN, Role.SUPERVISOR)


def opt_outs_standing(desk: OpenDesk, patient_id: int) -> tuple[OptOut, ...]:
    """Return the requests not to be called that are in force for a patient, on any card of theirs, oldest first."""
    from callback_tui.store import calls

    with desk.store.read() as connection:
        return opt_outs_in_force(stored_opt_outs(calls.opt_outs(connection, patient_id)))


def take_back_opt_out(desk: OpenDesk, opt_out_id: int, *, said_by: str, how: str) -> int:
    """Append that a request not to be called was taken back, by whom and how; return the id of the new fact.

    The request itself stays as it was written (domain section 3). Raises NotAllowed for other roles than nurse,
    clinician and supervisor, DeskError when it is not said who or how, or when the request no longer stands.
    """
    from callback_tui.store import calls, patients

    require_role(desk, "take back a request not to be called", *_MAY_OPEN)
    if not said_by.strip() or not how.strip():
        raise DeskError("take_back_by_whom")
    with verb(desk, "opt_out_taken_back", "patient", "") as work:
        fact = patients.opt_out(work.connection, opt_out_id)
        known = () if fact is None else stored_opt_outs(calls.opt_outs(work.connection, fact.patient_id))
        if fact is None or opt_out_id not in {each.id for each in opt_outs_in_force(known)}:
            raise DeskError("opt_out_over")
        new_id = patients.add_opt_out(
            work.connection,
            {
                "patient_id": fact.patient_id,
                "scope": fact.scope,
                "number": fact.number,
                "channel": fact.channel,
                "revokes_id": opt_out_id,
                "said_by": said_by.strip(),
                "how": how.strip(),
                "recorded_at": work.now,
                "recorded_by_id": desk.actor.staff_id,
            },
        )
        work.entity_id = fact.patient_id
        work.facts.update(opt_out=new_id, revokes=opt_out_id, scope=fact.scope.value)
    return new_id


def reopen_number(desk: OpenDesk, contact_point_id: int, reason: str) -> None:
    """Let a number that was logged as wrong or out of service be tried again, on every card of this person.

    It becomes unproven, not good (domain section 3); other people's cards keep the mark. Raises NotAllowed for other
    roles than nurse, clinician and supervisor, DeskError without a reason and for a number that is not dead.
    """
    from callback_tui.store import patients

    require_role(desk, "reopen a number", *_MAY_OPEN)
    if not reason.strip():
        raise DeskError("reopen_why")
    with verb(desk, "number_reopened", "contact_point", contact_point_id, reason=reason.strip()) as work:
        reopened = patients.reopen_number(work.connection, contact_point_id, work.now)
        if not reopened:
            raise DeskError("not_dead")
        work.facts.update(was=NumberQuality.DEAD.value, cards=reopened)


def shut_ways(desk: OpenDesk, item_id: int) -> tuple[ShutWay, ...]:
    """Return what closes ways to the patient of an item and can be ended by a new fact, requests first.

    Raises DeskError when the item does not exist.
    """
    from callback_tui.store import calls, policy, queue

    now = desk.clock.now()
    with desk.store.read() as connection:
        item = queue.item(connection, item_id)
        if item is None:
            raise DeskError("no_item")
        zone = desk_zone_of(policy.current(connection)[1])
        asked = opt_outs_in_force(stored_opt_outs(calls.opt_outs(connection, item.patient_id)))
        on_card = calls.numbers(connection, item.patient_id)
    requests = (ShutWay("They want calls again", _asked_words(fact, zone, now), opt_out_id=fact.id) for fact in asked)
    dead = {point.value: point for point in reversed(on_card) if point.quality is NumberQuality.DEAD}
    numbers = (
        ShutWay("This number works", _dead_words(point, zone, now), contact_point_id=point.id)
        for point in reversed(dead.values())
    )
    return (*requests, *numbers)


def open_way(desk: OpenDesk, way: ShutWay, written: Mapping[str, str]) -> None:
    """Record the fact that ends what closes a way; `written` holds "said_by" and "how", or "reason".

    Raises as `take_back_opt_out` and `reopen_number`.
    """
    if way.opt_out_id is not None:
        take_back_opt_out(desk, way.opt_out_id, said_by=written["said_by"], how=written["how"])
    elif way.contact_point_id is not None:
        reopen_number(desk, way.contact_point_id, written["reason"])


def _asked_words(fact: OptOut, zone: str, now: datetime) -> str:
    reach = {
        OptOutScope.NUMBER: f"not at {national(fact.number)}" if fact.number else "not at this number",
        OptOutScope.CHANNEL: f"not by {(fact.channel or Channel.PHONE).value}",
    }.get(fact.scope, "not at all")
    return f"asked to be called {reach}, {day_words(fact.recorded_at, zone, now)}"


def _dead_words(point: Any, zone: str, now: datetime) -> str:
    since = "" if point.quality_set_at is None else f", {day_words(point.quality_set_at, zone, now)}"
    return f"{national(point.value)} was logged as wrong or out of service{since}"


def stored_opt_outs(rows: Iterable[Any]) -> tuple[OptOut, ...]:
    """Return stored facts as the rules read them."""
    return tuple(
        OptOut(fact.id, fact.scope, fact.number, fact.channel, fact.revokes_id, fact.recorded_at) for fact in rows
    )
