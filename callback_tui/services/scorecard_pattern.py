"""The pattern of a figure as a verb: when, where and about what its calls went badly."""

from callback_tui.rules.patterns import HourCount, pattern_of
from callback_tui.services.desk import OpenDesk
from callback_tui.services.scorecard_sums import age_of
from callback_tui.store import metrics
from callback_tui.store import pattern as patterns
from callback_tui.store.metrics import Window
from callback_tui.views.scorecard import MetricKey, Pattern, Scorecard


def pattern(desk: OpenDesk, card: Scorecard, key: MetricKey) -> Pattern:
    """Return the pattern of a figure of a scorecard that was shown, whose period and site it keeps; names nobody.

    Messages that are overdue and not called yet are in it at their age so far, as they are in the figure.
    """
    line, policy = card.line(key), card.policy
    with desk.store.read() as connection:
        site_id = None if card.site is None else metrics.site_id(connection, card.site)
        window = Window(card.period.start, card.period.end, site_id)
        counts = [
            HourCount(row.hour, row.site, row.n, row.bad, row.seconds)
            for row in patterns.by_hour(connection, key, window, line.target)
        ]
        reasons = [(row.reason, row.bad) for row in patterns.bad_by_reason(connection, key, window, line.target)]
        waiting = metrics.uncalled(connection, window) if key.is_wait else ()
    for item in waiting:
        if item.received_open is (key is MetricKey.CALL_BACK_IN_OFFICE) and item.due_at <= card.as_of:
            age = age_of(item, policy, card.as_of)
            bad = age > line.target
            counts.append(HourCount(item.started_at.strftime("%Y-%m-%dT%H"), item.site_name, 1, int(bad), age))
            reasons.append((item.reason, int(bad)))
    return pattern_of(line, counts, reasons, policy)
