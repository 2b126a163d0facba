"""Taking a patient from somebody whose desk still holds them."""

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import Role
from callback_tui.services.desk import OpenDesk, require_role, verb
from callback_tui.store import claims, queue
from callback_tui.views.queue import Holder


def break_claim(desk: OpenDesk, item_id: int) -> Holder:
    """Free the patient of a message from whoever rings them and return who that was (domain section 5).

    The call there can save its notes and nothing else. For a supervisor, or the holder at another desk.
    Raises DeskError when nobody holds the patient, NotAllowed for everybody else.
    """
    with verb(desk, "claim_broken", "queue_item", item_id) as work:
        item = queue.item(work.connection, item_id)
        holder = None if item is None else claims.holders(work.connection, desk.clock).get(item.patient_id)
        if item is None or holder is None:
            raise DeskError("nobody_rings")
        if holder.staff_id != desk.actor.staff_id:
            require_role(desk, "take a patient from somebody", Role.SUPERVISOR)
        claims.break_off(work.connection, item.patient_id)
        work.facts.update(patient_id=item.patient_id, holder_id=holder.staff_id)
        return holder
