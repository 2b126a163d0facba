"""The forecast in words: a few for the state line, and sentences with what it assumes."""

from datetime import datetime

from callback_tui.models.vocabulary import Role, Tier
from callback_tui.rules.speak import desk_zone_of, duration, moment
from callback_tui.views.forecast import Forecast, OneMore
from callback_tui.views.policy import Policy

_ROLE_WORDS = {Role.CLINICIAN: ("clinician", "clinicians"), Role.NURSE: ("nurse", "nurses"), Role.STAFF: ("staff",) * 2}


def pace_words(forecast: Forecast | None, *, in_all: bool = False) -> str:
    """Return how it stands in a few words: "on pace: 2 routine will miss"; nothing before it was worked out.

    `in_all` counts several priorities together, for where there is little room.
    """
    if forecast is None:
        return ""
    if not forecast.callers:
        return "nobody here to call"
    missing = str(forecast.missing) if in_all and len(forecast.misses) > 1 else _missing(forecast)
    return f"on pace: {missing} will miss" if forecast.misses else "on pace"


def pace_sentence(forecast: Forecast, more: OneMore | None, policy: Policy, now: datetime) -> str:
    """Return "At this pace 3 routine will miss their time; one more nurse until 15:00 clears it."."""
    if not forecast.callers:
        return "Nobody who rings is at the desk, so nothing can be foretold."
    if not forecast.misses:
        return f"At this pace every call{' that is not late yet' if forecast.late else ''} begins in time."
    sentence = f"At this pace {_missing(forecast)} will miss {'its' if forecast.missing == 1 else 'their'} time"
    if more is None:
        return f"{sentence}."
    if more.until is not None:
        return f"{sentence}; one more nurse until {moment(more.until, desk_zone_of(policy), now)} clears it."
    return f"{sentence}; with one more nurse until closing {more.still_missing} still will."


def pace_assumptions(forecast: Forecast, policy: Policy) -> tuple[str, ...]:
    """Return what the forecast goes by: who is there, how long a call takes, how far it looks, what it leaves out."""
    handling = forecast.handling
    now = f", {forecast.late_emergent} of them NOW" if forecast.late_emergent else ""
    away = duration(policy.desk.away_after_seconds)
    there = ", ".join(f"{count} {_ROLE_WORDS[role][count != 1]}" for role, count in forecast.callers) or "nobody"
    if handling.assumed:
        few = "no call" if not handling.calls else f"only {handling.calls} call{'' if handling.calls == 1 else 's'}"
        length = f"{duration(handling.seconds)} a call, as the policy says: {few} of theirs to go by"
    else:
        length = (
            f"{duration(handling.seconds)} a call, the median of their last {handling.calls} calls "
            f"within {handling.days} days"
        )
    return (
        *((f"{forecast.late} late already{now}: rung first, not counted here",) if forecast.late else ()),
        f"at the desk to ring: {there}; signed in and seen within {away}",
        length,
        "rung in calling order without a break, urgent calls day and night, all others in open hours",
        f"what is due within {policy.forecast.hours_ahead} h; nothing new comes in, what sleeps stays out",
    )


def _missing(forecast: Forecast) -> str:
    counts = dict(forecast.misses)
    return ", ".join(f"{counts[tier]} {tier.value}" for tier in Tier if tier in counts)
