"""Turns a stored item into the row a queue shows: its clock, who it is, whether it is awake."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from callback_tui.models.vocabulary import ItemState, ReviewFlag, Tier
from callback_tui.rules.assignment import falls_to_team_at, people
from callback_tui.rules.chaser import Waits
from callback_tui.rules.clock_fold import with_grace
from callback_tui.rules.due import opens_at
from callback_tui.rules.opt_outs import call_opt_out
from callback_tui.services.patient_card import age_years, shown_name
from callback_tui.views.clock import ClockState
from callback_tui.views.dial import OptOut
from callback_tui.views.policy import Policy, SitePolicy
from callback_tui.views.queue import Assigned, Holder, QueueRow

_ALONE = Waits()


def queue_row(
    row: Any,
    policy: Policy,
    held: dict[int, Holder],
    of_patient: int,
    contacts_today: int,
    now: datetime,
    *,
    opt_outs: tuple[OptOut, ...] = (),
    promised_by_id: int | None = None,
    waits: Waits = _ALONE,
) -> QueueRow:
    """Return one row of `store.waiting` as the queue shows it; an item whose sleep is over counts as open."""
    asked = call_opt_out(opt_outs, row.phone_e164 or "") if opt_outs else None
    site = policy.site_of(row.site_name)
    clock = stored_clock(row, site, policy)
    awake = row.state is ItemState.ASLEEP and row.asleep_until is not None and row.asleep_until <= now
    who = shown_name(row.patient_name, row.caller_name, row.phone_e164 or row.phone_raw)
    return QueueRow(
        item_id=row.id,
        message_id=row.message_id,
        patient_id=row.patient_id,
        site=row.site_name,
        who=who,
        phone_e164=row.phone_e164,
        phone_raw=row.phone_raw,
        channel=row.channel,
        priority=row.priority,
        emergent=row.emergent,
        check=row.check,
        reason=row.reason,
        summary=row.summary,
        state=ItemState.OPEN if awake else row.state,
        received_at=row.received_at,
        clock=clock,
        attempts=row.attempts,
        holder=held.get(row.patient_id),
        bundle=of_patient - 1,
        flags=review_flags(row.flags),
        search_text=" ".join((row.folded_name, who.casefold(), row.phone_e164 or row.phone_raw, row.summary)),
        contacts_today=contacts_today,
        prefers=row.prefers_channel,
        age_years=age_years(row.date_of_birth, now.astimezone(ZoneInfo(site.hours.zone)).date()),
        no_calls_since=None if asked is None else asked.recorded_at,
        assigned_to=_assigned(row),
        team_at=_team_at(row, policy, site),
        promised_by_id=promised_by_id,
        contacts_open=waits.contacts,
        waiting_since=waits.since,
    )


def _assigned(row: Any) -> Assigned | None:
    if row.assigned_to_id is not None:
        return Assigned(row.assigned_name, row.assigned_person_role, row.assigned_to_id)
    return None if row.assigned_role is None else Assigned(people(row.assigned_role), row.assigned_role)


def _team_at(row: Any, policy: Policy, site: SitePolicy) -> datetime | None:
    """Return when the item is the team's again; sooner than was stored where it has become more pressing since."""
    stored: datetime | None = row.falls_to_team_at
    if stored is None:
        return None
    return min(stored, falls_to_team_at(policy, site, item_tier(row), row.assigned_at))


def item_tier(row: Any) -> Tier:
    """Return the tier an item has now."""
    return Tier.EMERGENT if row.emergent else Tier(row.priority.value)


def stored_clock(row: Any, site: SitePolicy, policy: Policy) -> ClockState:
    """Return the clock of an item from its stored columns, which repeat what `rules.sla.derive` made of its events."""
    tier = item_tier(row)
    target = site.targets[tier]
    state = ClockState(
        tier=tier,
        started_at=row.started_at,
        opens_at=opens_at(target, site.hours, row.started_at),
        due_at=row.due_at,
        next_due_at=row.next_due_at,
        clock=target.clock,
        first_attempt_at=row.first_attempt_at,
        contact_at=row.contact_at,
        completed_at=row.completed_at,
        asleep_until=row.asleep_until,
        scheduled_at=row.scheduled_at,
        waits_from=row.waits_from,
        paused_seconds=row.paused_seconds,
        was_late=row.was_late,
        warned_percent=row.warned_percent,
    )
    return with_grace(state, policy)


def review_flags(words: str) -> tuple[ReviewFlag, ...]:
    """Return the stored review flags of a message."""
    return tuple(ReviewFlag(word) for word in words.split(",") if word)
