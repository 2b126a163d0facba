"""SQL of the calls by person: how many, how they ended, what patients gave them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, case, func, select

from callback_tui.models.vocabulary import Outcome
from callback_tui.store import tables as t
from callback_tui.store.metrics import TALKED_IN, Window

_CALL = t.call_attempt.c


def calls_by_person(connection: Connection, window: Window) -> Sequence[Row[Any, Any, Any, Any, Any, Any, Any]]:
    """Return (name, calls, talks, resolved, passed_on, scored, scores) of everybody who rang, by name.

    `talks` reached the patient, of which `passed_on` were handed to a clinician or sent to 911.
    """

    def of(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    here = () if window.site_id is None else (t.queue_item.c.site_id == window.site_id,)
    return connection.execute(
        select(
            t.staff.c.name,
            func.count().label("calls"),
            of(_CALL.outcome.in_(TALKED_IN)).label("talks"),
            of(_CALL.outcome == Outcome.RESOLVED).label("resolved"),
            of(_CALL.outcome.in_((Outcome.ESCALATED, Outcome.EMERGENCY))).label("passed_on"),
            func.count(_CALL.survey_score).label("scored"),
            func.coalesce(func.sum(_CALL.survey_score), 0).label("scores"),
        )
        .select_from(
            t.call_attempt.join(t.staff, t.staff.c.id == _CALL.staff_id).join(
                t.queue_item, t.queue_item.c.id == _CALL.item_id
            )
        )
        .where(
            _CALL.started_at >= window.start,
            _CALL.started_at < window.end,
            _CALL.rehearsal.is_(False),
            _CALL.lead_attempt_id.is_(None),
            _CALL.outcome.is_not(None),
            *here,
        )
        .group_by(t.staff.c.id)
        .order_by(t.staff.c.name, t.staff.c.id)
    ).all()
