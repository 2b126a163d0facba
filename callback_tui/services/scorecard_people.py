"""The calls of a period by person, for supervisors: with their denominators, never as a ranking."""

from callback_tui.models.vocabulary import Role
from callback_tui.services.desk import OpenDesk, require_role, verb
from callback_tui.store import metrics, people
from callback_tui.store.metrics import Window
from callback_tui.views.scorecard import PersonCalls, Scorecard


def calls_by_person(desk: OpenDesk, card: Scorecard) -> tuple[PersonCalls, ...]:
    """Return who made how many calls in the period and at the site of a scorecard, by name; the look is audited.

    Raises NotAllowed unless a supervisor or an admin asks.
    """
    require_role(desk, "see calls by person", Role.SUPERVISOR, Role.ADMIN)
    with verb(desk, "scorecard_people_viewed", "scorecard", card.period.label) as work:
        site_id = None if card.site is None else metrics.site_id(work.connection, card.site)
        rows = people.calls_by_person(work.connection, Window(card.period.start, card.period.end, site_id))
        work.facts.update(site=card.site or "all", people=len(rows))
    return tuple(PersonCalls(*row) for row in rows)
