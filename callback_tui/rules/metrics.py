"""The judgements of the scorecard: the figure, whether its target is met, how it moved (domain section 6)."""

from callback_tui.rules.figures import change_words
from callback_tui.rules.formulas import formula, note
from callback_tui.views.policy import Policy, ScorecardTargets
from callback_tui.views.scorecard import MetricKey, MetricLine, Sums, Trend, Unit

GOOD_SCORE = 4
"""From which score on a patient counts as satisfied."""

_LABELS = {
    MetricKey.CALL_BACK_IN_OFFICE: ("call-back time, in office", "call-back, office"),
    MetricKey.CALL_BACK_AFTER_HOURS: ("call-back time, after hours", "after hours"),
    MetricKey.FIRST_CALL_RESOLUTION: ("first-call resolution", "first call"),
    MetricKey.SATISFACTION: ("satisfaction", "satisfaction"),
}


def metric_lines(now: Sums, before: Sums, policy: Policy) -> tuple[MetricLine, ...]:
    """Return every figure of a period against its target and against the period before."""
    return tuple(_line(key, now, before, policy) for key in MetricKey)


def unit_of(key: MetricKey) -> Unit:
    """Return what a figure is a number of."""
    if key.is_wait:
        return Unit.SECONDS
    return Unit.RATE if key is MetricKey.FIRST_CALL_RESOLUTION else Unit.SCORE


def figure(key: MetricKey, sums: Sums) -> tuple[float | None, int]:
    """Return a figure and of how many calls it is; None without calls, never a nought."""
    match key:
        case MetricKey.CALL_BACK_IN_OFFICE:
            total, count = sums.in_office.total, sums.in_office.count
        case MetricKey.CALL_BACK_AFTER_HOURS:
            total, count = sums.after_hours.total, sums.after_hours.count
        case MetricKey.FIRST_CALL_RESOLUTION:
            total, count = sums.first_calls.resolved - sums.first_calls.again, sums.first_calls.count
        case MetricKey.SATISFACTION:
            total, count = sums.scores.total, sums.scores.count
    return (total / count if count else None), count


def target_of(key: MetricKey, targets: ScorecardTargets) -> float:
    """Return what the practice wants a figure to reach, in the figure's unit."""
    return {
        MetricKey.CALL_BACK_IN_OFFICE: targets.call_back_in_office_seconds,
        MetricKey.CALL_BACK_AFTER_HOURS: targets.call_back_after_hours_seconds,
        MetricKey.FIRST_CALL_RESOLUTION: targets.first_call_resolution,
        MetricKey.SATISFACTION: targets.satisfaction,
    }[key]


def is_met(key: MetricKey, value: float, target: float) -> bool:
    """Return whether a figure reaches its target, the target itself included: at most for waits, else at least."""
    return value <= target if key.is_wait else value >= target


def trend_of(key: MetricKey, now: float, before: float) -> Trend:
    """Return how a figure moved, a shorter wait being better; a change too small to be written is none."""
    if not change_words(unit_of(key), now - before):
        return Trend.SAME
    return Trend.BETTER if (now < before) == key.is_wait else Trend.WORSE


def why_no_trend(now_n: int, before_n: int, least: int) -> str:
    """Return why a figure cannot be compared with the period before; nothing when it can."""
    if not before_n:
        return "nothing before"
    if before_n < least:
        return "too few before"
    return "too few now" if now_n < least else ""


def _line(key: MetricKey, now: Sums, before: Sums, policy: Policy) -> MetricLine:
    targets = policy.scorecard
    target = target_of(key, targets)
    current, n = figure(key, now)
    previous, previous_n = figure(key, before)
    silence = why_no_trend(n, previous_n, targets.trend_needs)
    comparable = not silence and current is not None and previous is not None
    enough = targets.satisfaction_needs if key is MetricKey.SATISFACTION else 1
    waiting = {
        MetricKey.CALL_BACK_IN_OFFICE: now.in_office.waiting,
        MetricKey.CALL_BACK_AFTER_HOURS: now.after_hours.waiting,
    }
    label, short_label = _LABELS[key]
    return MetricLine(
        key=key,
        label=label,
        short_label=short_label,
        unit=unit_of(key),
        target=target,
        current=current,
        previous=previous,
        trend=trend_of(key, current, previous) if comparable and current is not None and previous is not None else None,
        why_no_trend=silence,
        met=None if current is None or n < enough else is_met(key, current, target),
        n=n,
        at_least=waiting.get(key, 0),
        note=note(key, now, enough),
        formula=formula(key, now, policy, previous, previous_n),
    )
