"""The scorecard as verbs: figures of a period, the calls behind one, one message's calls, and writing it out."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from callback_tui.errors import DeskError
from callback_tui.models.vocabulary import Role
from callback_tui.rules.figures import scorecard_csv
from callback_tui.rules.metrics import figure, metric_lines
from callback_tui.rules.periods import WEEKS_SHOWN, last_weeks, period_before, period_between, period_of
from callback_tui.services.desk import OpenDesk, verb
from callback_tui.services.export_file import write_export
from callback_tui.services.on_call import left_alone_between
from callback_tui.services.patient_card import shown_name
from callback_tui.services.scorecard_sums import age_of, sums_of, totals_of
from callback_tui.store import behind, metrics, practice, queue
from callback_tui.store import policy as policies
from callback_tui.store.metrics import Window
from callback_tui.views.policy import Policy
from callback_tui.views.scorecard import (
    BehindLine,
    CallsBehind,
    MetricKey,
    Period,
    PeriodName,
    Scorecard,
    Timeline,
    TimelineCall,
)

if TYPE_CHECKING:
    from sqlalchemy import Connection

Asked = PeriodName | tuple[date, date]
"""A period by its name, or by its first and last local day."""

MOST_LISTED = 2000
_SEES_CALLERS = (Role.SUPERVISOR, Role.ADMIN)


def scorecard(desk: OpenDesk, period: Asked = PeriodName.QUARTER, site: str | None = None) -> Scorecard:
    """Return the practice's figures of a period; everybody at the desk may look, and looking is audited.

    Raises DeskError for a site the practice does not have and for a period that ends before it begins.
    """
    card = _made(desk, period, site)
    with verb(desk, "scorecard_viewed", "scorecard", card.period.label) as work:
        work.facts.update(site=site or "all", **_days(card.period))
    return card


def figures_again(desk: OpenDesk, period: Asked, site: str | None) -> Scorecard:
    """Return the figures as they are now to somebody who looks at them already: their first look was audited.

    Raises DeskError as `scorecard` does.
    """
    return _made(desk, period, site)


def export(desk: OpenDesk, kind: str, period: Asked = PeriodName.QUARTER, site: str | None = None) -> Scorecard:
    """Return the figures to be written outside the store as `kind` ("json", "csv", "plain"); exports are audited."""
    card = _made(desk, period, site)
    with verb(desk, "scorecard_exported", "scorecard", kind) as work:
        work.facts.update(site=site or "all", **_days(card.period))
    return card


def export_file(desk: OpenDesk, period: Asked = PeriodName.QUARTER, site: str | None = None) -> Path:
    """Write the figures as CSV into the desk's exports, readable by the owner alone, and return the path.

    Raises StoreError when the file cannot be written.
    """
    card = export(desk, "csv", period, site)
    return write_export(desk, f"scorecard-{card.period.first}-{card.period.last}", "csv", scorecard_csv(card))


def weeks(
    desk: OpenDesk, period: Asked = PeriodName.QUARTER, site: str | None = None
) -> dict[MetricKey, tuple[float | None, ...]]:
    """Return each figure of the twelve weeks that lead up to the end of a period, oldest first; None without calls."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        zone = policy.sites[0].hours.zone
        site_id = _site_id(connection, site)
        spans = last_weeks(_period(period, now, zone), WEEKS_SHOWN, zone)
        sums = [totals_of(connection, Window(week.start, week.end, site_id), policy, now) for week in spans]
    return {key: tuple(figure(key, each)[0] for each in sums) for key in MetricKey}


def calls_behind(
    desk: OpenDesk,
    key: MetricKey,
    period: Asked = PeriodName.QUARTER,
    site: str | None = None,
    *,
    limit: int = MOST_LISTED,
) -> CallsBehind:
    """Return the calls that make up a figure, worst first, at most `limit` of them; the opening is audited.

    Who rang is named to supervisors and admins only. Raises DeskError as `scorecard` does.
    """
    card = _made(desk, period, site)
    names_callers = desk.actor.role in _SEES_CALLERS
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        window = Window(card.period.start, card.period.end, _site_id(connection, site))
        rows = _behind(connection, key, window, policy, now, limit)
    if not names_callers:
        rows = [replace(row, called_by="") for row in rows]
    line = card.line(key)
    with verb(desk, "scorecard_calls_viewed", "scorecard", key.value) as work:
        work.facts.update(site=site or "all", rows=len(rows), **_days(card.period))
    return CallsBehind(line, card.period, site, tuple(rows[:limit]), line.n, names_callers)


def timeline(desk: OpenDesk, item_id: int) -> Timeline:
    """Return what became of one message, call by call; the view of the patient is audited.

    Raises DeskError when there is no such message.
    """
    names_callers = desk.actor.role in _SEES_CALLERS
    with verb(desk, "patient_viewed", "patient", "") as work:
        item = queue.item(work.connection, item_id)
        if item is None:
            raise DeskError("no_message")
        zone = policies.current(work.connection)[1].sites[0].hours.zone
        calls = behind.calls_of_item(work.connection, item_id)
        work.entity_id = item.patient_id
        work.facts.update(item_id=item_id, seen_in="scorecard")
    return Timeline(
        item_id=item_id,
        who=_who(item),
        site=item.site_name,
        zone=zone,
        channel=item.channel,
        reason=item.reason,
        received_at=item.received_at,
        started_at=item.started_at,
        due_at=item.due_at,
        received_open=item.received_open,
        call_back_seconds=item.call_back_seconds,
        completed_at=item.completed_at,
        calls=tuple(
            TimelineCall(
                at=call.started_at,
                ended_at=call.ended_at,
                called_by=call.staff_name if names_callers else "",
                outcome=call.outcome,
                qualifies=call.qualifies,
                survey_score=call.survey_score,
                voicemail_wording=call.voicemail_wording,
            )
            for call in calls
        ),
    )


def _made(desk: OpenDesk, asked: Asked, site: str | None) -> Scorecard:
    now = desk.clock.now()
    with desk.store.read() as connection:
        policy = policies.current(connection)[1]
        zone = policy.sites[0].hours.zone
        site_id = _site_id(connection, site)
        period = _period(asked, now, zone)
        previous = period_before(period, zone)
        sums = sums_of(connection, Window(period.start, period.end, site_id), policy, now)
        if not policy.on_call.roster:
            alone = left_alone_between(desk, connection, policy, period.start, period.end, site_id)
            sums = replace(sums, left_alone=alone)
        before = totals_of(connection, Window(previous.start, previous.end, site_id), policy, now)
        is_demo = practice.is_demo(connection)
    return Scorecard(
        policy=policy,
        period=period,
        previous=previous,
        site=site,
        lines=metric_lines(sums, before, policy),
        as_of=now,
        is_demo=is_demo,
    )


def _period(asked: Asked, now: datetime, zone: str) -> Period:
    return period_of(asked, now, zone) if isinstance(asked, PeriodName) else period_between(*asked, zone)


def _site_id(connection: "Connection", site: str | None) -> int | None:
    if site is None:
        return None
    found = metrics.site_id(connection, site)
    if found is None:
        raise DeskError("no_site")
    return found


def _behind(
    connection: "Connection", key: MetricKey, window: Window, policy: Policy, now: datetime, limit: int
) -> list[BehindLine]:
    if key is MetricKey.FIRST_CALL_RESOLUTION:
        return [
            _line(
                row,
                again=bool(row.again),
                provisional=bool(row.value) and row.first_call_until > now,
            )
            for row in behind.first_talks(connection, window, limit)
        ]
    if key is MetricKey.SATISFACTION:
        return [_line(row) for row in behind.scored_calls(connection, window, limit)]
    in_hours = key is MetricKey.CALL_BACK_IN_OFFICE
    ages = {
        item.id: age_of(item, policy, now)
        for item in metrics.uncalled(connection, window)
        if item.received_open is in_hours and item.due_at <= now
    }
    waiting = [_line(row, value=ages[row.item_id], waiting=True) for row in behind.named_items(connection, tuple(ages))]
    called = behind.called_items(connection, window, received_open=in_hours, limit=limit)
    return sorted([*waiting, *map(_line, called)], key=lambda line: (-line.value, line.item_id))


def _line(
    row: Any, *, value: float | None = None, waiting: bool = False, provisional: bool = False, again: bool = False
) -> BehindLine:
    return BehindLine(
        item_id=row.item_id,
        at=row.at,
        who=_who(row),
        called_by=row.staff_name or "",
        value=row.value if value is None else value,
        outcome=row.outcome,
        waiting=waiting,
        provisional=provisional,
        again=again,
    )


def _who(row: Any) -> str:
    return shown_name(row.patient_name, row.caller_name, row.phone_e164 or row.phone_raw)


def _days(period: Period) -> dict[str, object]:
    return {"first": period.first.isoformat(), "last": period.last.isoformat()}
