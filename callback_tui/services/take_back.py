"""Taking back what closes a way to a patient: an opt-out they withdrew, a number wrongly logged as dead."""

from typing import TYPE_CHECKING, Any

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import NumberQuality, Role
from callback_tui.rules.opt_outs import opt_outs_in_force
from callback_tui.services.desk import OpenDesk, require_role, verb
from callback_tui.views.dial import OptOut

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def stored_opt_outs(rows: "Iterable[Any]") -> tuple[OptOut, ...]:
    """Return stored facts as the rules read them."""
    return tuple(
        OptOut(fact.id, fact.scope, fact.number, fact.channel, fact.revokes_id, fact.recorded_at) for fact in rows
    )
