"""A scorecard by hand: a quarter with one target missed."""

from datetime import UTC, datetime

from callback_tui.rules.metrics import metric_lines
from callback_tui.rules.periods import period_before, period_of
from callback_tui.views.scorecard import FirstCallSums, PeriodName, Scorecard, ScoreSums, Sums, WaitSums
from tests.rules.clocks import POLICY

ZONE = "America/New_York"
NOW = datetime(2026, 11, 23, 15, 42, 7, tzinfo=UTC)
QUARTER = Sums(
    in_office=WaitSums(count=902, total=902 * 6060, median=3120, p90=15_000, not_due=4, uncalled=2),
    after_hours=WaitSums(count=214, total=214 * 69_600, median=50_000, p90=90_000, waiting=3),
    first_calls=FirstCallSums(count=688, resolved=560, again=30, provisional=31, escalated=12, emergency=1),
    scores=ScoreSums(count=131, total=603, good=120, reached=690),
    merged=21,
    time_unknown=3,
)
BEFORE = Sums(
    in_office=WaitSums(count=880, total=880 * 7140),
    after_hours=WaitSums(count=240, total=240 * 62_100),
    first_calls=FirstCallSums(count=640, resolved=500, again=20),
    scores=ScoreSums(count=19, total=87, good=17, reached=600),
)


def made_up_scorecard(*, site: str | None = None, sums: Sums = QUARTER, before: Sums = BEFORE) -> Scorecard:
    """Return the scorecard of the quarter."""
    period = period_of(PeriodName.QUARTER, NOW, ZONE)
    return Scorecard(
        policy=POLICY,
        period=period,
        previous=period_before(period, ZONE),
        site=site,
        lines=metric_lines(sums, before, POLICY),
        as_of=NOW,
        is_demo=False,
    )
