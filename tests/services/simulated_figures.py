"""The scorecard of a period added up in plain Python from events and calls, to hold the desk's own sums against."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from callback_tui.models.vocabulary import ItemState, Outcome
from callback_tui.rules.measures import call_back_seconds
from callback_tui.services.desk import OpenDesk
from callback_tui.services.supervision import figures_again
from callback_tui.store import policy as policies
from callback_tui.store import tables as t
from callback_tui.views.policy import Policy
from callback_tui.views.scorecard import MetricKey, Period, PeriodName
from tests.services.simulated_checks import require
from tests.services.simulated_replay import Replayed, replay

_WAITING = (ItemState.OPEN, ItemState.ASLEEP, ItemState.ESCALATED)
_TALKS = (
    Outcome.RESOLVED,
    Outcome.FOLLOW_UP,
    Outcome.ESCALATED,
    Outcome.ANOTHER_TIME,
    Outcome.REFUSED,
    Outcome.EMERGENCY,
)
Figures = dict[MetricKey, tuple[float | None, int]]


def scorecard_follows_from_events(desk: OpenDesk, period: PeriodName, site: str | None) -> Figures:
    """Each figure of the scorecard, and of how many calls it is, is what the stored events and calls give."""
    card = figures_again(desk, period, site)
    shown = {line.key: (line.current, line.n) for line in card.lines}
    with desk.store.read() as connection:
        added_up = _added_up(connection, card.period, site, card.as_of)
    require("scorecard follows from events", shown == added_up, f"{period.value} {site}: {shown}, {added_up}")
    return shown


def _added_up(connection: Connection, period: Period, site: str | None, now: datetime) -> Figures:
    everything = replay(connection)
    here = [each for each in everything if site in (None, each.item.site_name)]
    counted = [each for each in here if each.item.state is not ItemState.MERGED and not each.item.time_unknown]
    policy = policies.current(connection)[1]
    came = [each for each in counted if period.start <= each.clock.started_at < period.end]
    waits = {
        in_hours: [
            wait
            for each in came
            if each.measures.received_open is in_hours and (wait := _wait(each, policy, now)) is not None
        ]
        for in_hours in (True, False)
    }
    talks = [
        each
        for each in counted
        if each.clock.contact_at is not None and period.start <= each.clock.contact_at < period.end
    ]
    return {
        MetricKey.CALL_BACK_IN_OFFICE: _mean(waits[True]),
        MetricKey.CALL_BACK_AFTER_HOURS: _mean(waits[False]),
        MetricKey.FIRST_CALL_RESOLUTION: _mean([int(_settled(talk, everything)) for talk in talks]),
        MetricKey.SATISFACTION: _mean(_scores(connection, period, {each.item.id for each in here})),
    }


def _wait(each: Replayed, policy: Policy, now: datetime) -> int | None:
    """Return the seconds to the first call, those so far where it is overdue, None where it is not."""
    clock = each.clock
    if clock.first_attempt_at is not None:
        return each.measures.call_back_seconds
    if each.item.state not in _WAITING or clock.due_at > now:
        return None
    hours = policy.site_of(each.item.site_name).hours
    return call_back_seconds(hours, clock.named_due_at or clock.started_at, now, each.measures.received_open)


def _settled(talk: Replayed, everything: Iterable[Replayed]) -> bool:
    """Whether the first talk resolved the issue and the patient did not write about it again in time."""
    until, at = talk.measures.first_call_until, talk.clock.contact_at
    if until is None or at is None:
        return False
    issue = (talk.item.patient_id, talk.item.reason)
    return not any(
        (later.item.patient_id, later.item.reason) == issue
        and at < later.clock.started_at <= until
        and later.item.state is not ItemState.MERGED
        for later in everything
    )


def _scores(connection: Connection, period: Period, item_ids: set[int]) -> list[int]:
    call = t.call_attempt.c
    rows = connection.execute(
        select(call.item_id, call.outcome, call.survey_score).where(
            call.started_at >= period.start, call.started_at < period.end, call.survey_score.is_not(None)
        )
    )
    return [row.survey_score for row in rows if row.outcome in _TALKS and row.item_id in item_ids]


def _mean(figures: Sequence[int]) -> tuple[float | None, int]:
    return (sum(figures) / len(figures) if figures else None), len(figures)
