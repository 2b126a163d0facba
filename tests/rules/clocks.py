"""Clock events of made-up items at a New York practice in the last week of November 2026."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from callback_tui.models.vocabulary import ClockEventKind as Kind
from callback_tui.models.vocabulary import Tier
from callback_tui.rules.policy_file import new_policy_text, parse_policy
from callback_tui.rules.sla import derive
from callback_tui.views.clock import ClockEvent, ClockState
from callback_tui.views.policy import SitePolicy

POLICY = parse_policy(
    new_policy_text(
        name="Maple Street Family Medicine",
        short_name="Maple Street",
        zone="America/New_York",
        region="US",
        callback_number="+12125550100",
    )
)
SITE = POLICY.sites[0]


def ny(text: str) -> datetime:
    """Read "23 10:42" as November 2026 in New York, which is on UTC-5 by then."""
    day, clock = text.split()
    hour, minute = (int(part) for part in clock.split(":"))
    return datetime(2026, 11, int(day), hour, minute, tzinfo=UTC) + timedelta(hours=5)


def event(kind: Kind, text: str, *, until: str | None = None, tier: Tier | None = None, verb: str = "") -> ClockEvent:
    """Return an event; each has a verb of its own unless one is named."""
    return ClockEvent(kind, ny(text), verb or f"{kind}{text}", tier=tier, until=ny(until) if until else None)


def started(tier: Tier, text: str = "23 10:00") -> ClockEvent:
    return event(Kind.STARTED, text, tier=tier)


def clock(*events: ClockEvent, site: SitePolicy = SITE) -> ClockState:
    return derive(events, site, POLICY)


KINDS = st.sampled_from(
    [Kind.PRIORITY_SET, Kind.PAUSED, Kind.ATTEMPTED, Kind.CONTACTED, Kind.RETRY_SET, Kind.SCHEDULED, Kind.ESCALATED]
)


@st.composite
def histories(draw: st.DrawFn) -> list[ClockEvent]:
    """Draw a start and up to six events in order of time."""
    at = ny("19 00:00") + timedelta(minutes=draw(st.integers(0, 4000)))
    events = [ClockEvent(Kind.STARTED, at, "0", tier=draw(st.sampled_from(Tier)))]
    for number in range(draw(st.integers(0, 6))):
        at += timedelta(minutes=draw(st.integers(0, 600)))
        until = at + timedelta(minutes=draw(st.integers(0, 3000)))
        tier = draw(st.sampled_from(Tier))
        events.append(ClockEvent(draw(KINDS), at, str(number + 1), tier=tier, until=until))
    return events
