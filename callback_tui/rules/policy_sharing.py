"""Reads the policy's sections on sharing the work: the forecast, batch windows, rotation, the morning huddle."""

from callback_tui.rules.policy_hours import parse_span
from callback_tui.rules.policy_section import Section, spoken
from callback_tui.views.policy import ForecastPolicy, SharingPolicy, Span

_DAY_MINUTES = 24 * 60
_WEEK_HOURS = 7 * 24
_MOST_DAYS = 90
_MOST_CALLS = 5000
_MOST_TRIES = 20
_SPAN_RIGHT = 'write a window such as "10:00-11:30", not'


def read_forecast(forecast: Section) -> ForecastPolicy:
    """Return what "will we make it" goes by."""
    policy = ForecastPolicy(
        handling_minutes=forecast.integer("handling_minutes", 1, _DAY_MINUTES),
        days=forecast.integer("days", 1, _MOST_DAYS),
        calls_needed=forecast.integer("calls_needed", 1, _MOST_CALLS),
        calls_most=forecast.integer("calls_most", 1, _MOST_CALLS),
        hours_ahead=forecast.integer("hours_ahead", 1, _WEEK_HOURS),
    )
    if policy.calls_needed > policy.calls_most:
        forecast.refuse("calls_needed", "write no more than calls_most")
    forecast.close()
    return policy


def read_sharing(batch: Section, rotation: Section) -> SharingPolicy:
    """Return when routine calls are offered and how hard ones are spread (article row A10)."""
    policy = SharingPolicy(
        batch_windows=_windows(batch),
        same_due_minutes=rotation.integer("same_due_minutes", 0, _DAY_MINUTES),
        hard_from_try=rotation.integer("hard_from_try", 1, _MOST_TRIES),
        long_call_minutes=rotation.integer("long_call_minutes", 1, _DAY_MINUTES),
    )
    for section in (batch, rotation):
        section.close()
    return policy


def read_huddle(huddle: Section) -> int:
    """Return how many minutes after opening count as the first ones of the day."""
    minutes = huddle.integer("first_minutes", 1, _DAY_MINUTES)
    huddle.close()
    return minutes


def _windows(batch: Section) -> tuple[Span, ...]:
    spans: list[Span] = []
    for path, value in batch.items("windows"):
        try:
            span = parse_span(str(value))
        except ValueError:
            span = Span(0, 0)
        if not 0 < span.end_minute <= _DAY_MINUTES:
            batch.problems.append((path, f"{_SPAN_RIGHT} {spoken(value)}"))
        elif any(span.start_minute < other.end_minute and other.start_minute < span.end_minute for other in spans):
            batch.problems.append((path, f"let windows not overlap; {spoken(value)} does"))
        else:
            spans.append(span)
    return tuple(sorted(spans))
