"""Fetching somebody when nobody is at the desk: each step is taken once among all open desks, then run, then kept."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from callback_tui.models.vocabulary import Role
from callback_tui.rules.on_call import command_line, left_alone, moves_due
from callback_tui.rules.routing import TAKES_URGENT
from callback_tui.services.desk import OpenDesk, Work, require_role, verb
from callback_tui.services.on_call_command import run_command
from callback_tui.store import claims, on_call, staff
from callback_tui.store import policy as policies
from callback_tui.views.on_call import Move, MoveKind, OnCallLine, Presence
from callback_tui.views.policy import OnCallPolicy, Policy

if TYPE_CHECKING:
    from sqlalchemy import Connection

_RAN_WELL = "0"
_TOLD_FOR = timedelta(hours=12)
"""How long an alert that nobody answered is still told: the next shift must see it."""

_AUDITED = {
    MoveKind.FETCH: "on_call_fetched",
    MoveKind.ANSWERED: "on_call_acknowledged",
    MoveKind.HANDLED: "on_call_ended",
    MoveKind.UNANSWERED: "on_call_unanswered",
}


class Step(NamedTuple):
    """What one transaction took: the line that tells of it, and the command to run where there is one."""

    line: OnCallLine
    move: Move
    command: tuple[str, ...] = ()
    seconds: int = 0


class _Overtaken(Exception):
    """Another desk took the step between our look and our turn to write."""


def look(desk: OpenDesk) -> tuple[OnCallLine, ...]:
    """Do what is due about the on-call roster now and return it, the newest last; nothing where nothing is due.

    Each step is committed before its command runs, outside every lock, so that of all open desks and the watched folder
    exactly one runs it. Raises StoreError when the desk is busy or failing, NotAllowed as `verb` does.
    """
    done = []
    while (step := take_step(desk)) is not None:
        done.append(run_step(desk, step) if step.command else step.line)
    return tuple(done)


def take_step(desk: OpenDesk) -> Step | None:
    """Take the next step that is due for this desk and return it, its command not yet run; None when there is none."""
    while True:
        with desk.store.read() as connection:
            moves = _moves(desk, connection)[1]
        if not moves:
            return None
        try:
            return _taken(desk, moves[0])
        except _Overtaken:
            continue


def run_step(desk: OpenDesk, step: Step) -> OnCallLine:
    """Run the command of a step that was taken, keep how it ended, and return the line that tells of both."""
    ended = run_command(step.command, step.seconds)
    line = replace(step.line, ran=ended == _RAN_WELL)
    with verb(desk, "on_call_ran", "on_call_alert", step.move.alert_id) as work:
        on_call.keep_result(work.connection, step.move.alert_id or 0, step.move.number, ran=bool(line.ran))
        work.facts.update(number=step.move.number, person=line.person, status=ended)
    return line


def acknowledge(desk: OpenDesk) -> int:
    """Say that this person has what the roster was fetched for, and return how many alerts that ends.

    Raises NotAllowed for staff, who cannot take what is urgent.
    """
    require_role(desk, "answer for the on-call roster", *TAKES_URGENT, Role.SUPERVISOR, Role.ADMIN)
    with verb(desk, "on_call_acknowledged", "on_call_alert", "") as work:
        ringing = [alert for alert in on_call.newest_alerts(work.connection).values() if alert.quiet_at is None]
        for alert in ringing:
            on_call.acknowledge(work.connection, alert.alert_id, staff_id=desk.actor.staff_id, at=work.now)
        work.entity_id = ", ".join(str(alert.alert_id) for alert in ringing)
        work.facts["alerts"] = len(ringing)
    return len(ringing)


def told(connection: "Connection", policy: Policy, now: datetime) -> tuple[OnCallLine, ...]:
    """Return what everybody at the desk is told of the roster now, the newest first; nothing without a roster."""
    if not policy.on_call.roster:
        return ()
    return tuple(
        OnCallLine(
            row.site,
            row.tier,
            row.waiting_count,
            row.person,
            row.started_at,
            row.ran,
            MoveKind.UNANSWERED if row.unanswered else MoveKind.FETCH,
        )
        for row in on_call.told(connection, now - _TOLD_FOR)
    )


def left_alone_between(
    desk: OpenDesk,
    connection: "Connection",
    policy: Policy,
    start: datetime,
    end: datetime,
    site_id: int | None = None,
) -> int:
    """Return how many urgent messages a closed site got in a period while no nurse or clinician was at the desk.

    They are counted by when the patient left them, for that is when nobody was there (domain section 6).
    """
    arrivals = on_call.urgent_after_hours(connection, start, end, site_id)
    return left_alone(arrivals, presences(connection, desk, policy, start)) if arrivals else 0


def presences(connection: "Connection", desk: OpenDesk, policy: Policy, since: datetime) -> tuple[Presence, ...]:
    """Return which nurses and clinicians were at the desk since then; whoever holds a patient is there, idle or not."""
    return on_call.presences(
        connection,
        TAKES_URGENT,
        busy={holder.staff_id for holder in claims.holders(connection, desk.clock).values()},
        away_after=timedelta(seconds=policy.desk.away_after_seconds),
        now=desk.clock.now(),
        since=since,
    )


def _moves(desk: OpenDesk, connection: "Connection") -> tuple[Policy, tuple[Move, ...]]:
    policy = policies.current(connection)[1]
    if not policy.on_call.roster:
        return policy, ()
    items = on_call.urgent_items(connection, claims.holders(connection, desk.clock))
    if not items and not on_call.is_ringing(connection):
        return policy, ()
    now = desk.clock.now()
    # Who left before any of these arrived says nothing of when somebody was there for them.
    since = min((item.arrived_at for item in items), default=now)
    people = presences(connection, desk, policy, min(since, now))
    moves = moves_due(items, people, on_call.newest_alerts(connection), policy.on_call, now)
    return policy, moves


def _taken(desk: OpenDesk, move: Move) -> Step:
    with verb(desk, _AUDITED[move.kind], "on_call_alert", "") as work:
        policy, moves = _moves(desk, work.connection)
        if move not in moves:
            raise _Overtaken
        site = on_call.site_names(work.connection)[move.site_id]
        work.facts.update(site=site, tier=move.tier.value)
        step = _fetch(work, move, site, policy.on_call) if move.kind is MoveKind.FETCH else _end(work, move, site)
        work.entity_id = step.move.alert_id
    return step


def _fetch(work: Work, move: Move, site: str, policy: OnCallPolicy) -> Step:
    person = policy.roster[move.place].label
    alert_id = move.alert_id
    if alert_id is None:
        alert_id = on_call.raise_alert(work.connection, site_id=move.site_id, tier=move.tier, at=work.now)
    on_call.add_fetch(
        work.connection, alert_id=alert_id, number=move.number, person=person, waiting=move.waiting, at=work.now
    )
    work.facts.update(count=move.waiting, person=person, number=move.number)
    line = OnCallLine(site, move.tier, move.waiting, person, work.now)
    return Step(line, replace(move, alert_id=alert_id), command_line(policy, move, site), policy.command_seconds)


def _end(work: Work, move: Move, site: str) -> Step:
    assert move.alert_id is not None  # noqa: S101 - only what was raised ends
    who, at = "", work.now
    if move.kind is MoveKind.ANSWERED and move.staff_id is not None:
        who = next(line.name for line in staff.everybody(work.connection) if line.staff_id == move.staff_id)
        on_call.acknowledge(work.connection, move.alert_id, staff_id=move.staff_id, at=work.now)
        work.facts["answered_by"] = move.staff_id
    else:
        is_unanswered = move.kind is MoveKind.UNANSWERED
        if is_unanswered:
            last = on_call.newest_alerts(work.connection)[move.site_id, move.tier].fetches[-1]
            who, at = last.person, last.started_at
        on_call.end(work.connection, move.alert_id, at=work.now, unanswered=is_unanswered)
    return Step(OnCallLine(site, move.tier, move.waiting, who, at, kind=move.kind), move)
