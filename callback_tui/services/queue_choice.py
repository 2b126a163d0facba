"""What a person chose to see of the queue, kept from one sign-in to the next."""

from typing import TYPE_CHECKING

from callback_tui.rules.queue_view import read, written
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.store import staff_settings
from callback_tui.views.policy import Policy
from callback_tui.views.queue import Chosen

if TYPE_CHECKING:
    from sqlalchemy import Connection

CHOSEN = "queue_view_chosen"
_SETTING = "queue"


def chosen(connection: "Connection", staff_id: int, policy: Policy) -> Chosen:
    """Return what a person chose last, inside a running transaction; the team's queue for who never did."""
    return read(staff_settings.setting(connection, staff_id, _SETTING), [site.name for site in policy.sites])


def choose(desk: OpenDesk, wanted: Chosen) -> None:
    """Keep what the person wants to see, for the next sign-in; no other desk reads its queue again for it."""
    with verb(desk, CHOSEN, "staff", desk.actor.staff_id) as work:
        staff_settings.keep(work.connection, desk.actor.staff_id, _SETTING, written(wanted))
        work.facts.update(view=wanted.view.value, filtered=wanted.is_filtered)
