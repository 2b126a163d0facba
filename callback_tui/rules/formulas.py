"""How each figure is made and what is left out, in words with the numbers of the period (domain section 6)."""

from callback_tui.rules.figures import figure_words, percent, wait_words
from callback_tui.views.policy import Policy
from callback_tui.views.scorecard import FirstCallSums, MetricKey, ScoreSums, Sums, Unit, WaitSums


def note(key: MetricKey, sums: Sums, enough: int) -> str:
    """Return what stands beside a figure: median and spread, what is provisional, how many answered."""
    match key:
        case MetricKey.CALL_BACK_IN_OFFICE:
            return _wait_note(sums.in_office)
        case MetricKey.CALL_BACK_AFTER_HOURS:
            return "; ".join(filter(None, (_wait_note(sums.after_hours), _left_alone_note(sums.left_alone))))
        case MetricKey.FIRST_CALL_RESOLUTION:
            return _first_call_note(sums.first_calls)
        case MetricKey.SATISFACTION:
            return _score_note(sums.scores, enough)


def formula(key: MetricKey, sums: Sums, policy: Policy, before: float | None, before_n: int) -> tuple[str, ...]:
    """Return how a figure is made, of how many calls, what is left out and what it is compared with."""
    match key:
        case MetricKey.CALL_BACK_IN_OFFICE:
            unit, lines = Unit.SECONDS, _wait_formula(sums.in_office, sums, "while the site was open", "open time")
        case MetricKey.CALL_BACK_AFTER_HOURS:
            when = "while the site was closed (nights, weekends, holidays)"
            unit, lines = Unit.SECONDS, _wait_formula(sums.after_hours, sums, when, "time by the wall clock")
            lines = (*lines, *_left_alone_formula(sums.left_alone))
        case MetricKey.FIRST_CALL_RESOLUTION:
            unit, lines = Unit.RATE, _first_call_formula(sums.first_calls, policy.reopen_days)
        case MetricKey.SATISFACTION:
            unit, lines = Unit.SCORE, _score_formula(sums.scores, policy.scorecard.satisfaction_needs)
    return (*lines, _trend_formula(unit, before, before_n, policy.scorecard.trend_needs))


def _wait_note(sums: WaitSums) -> str:
    parts = []
    if sums.median is not None and sums.p90 is not None:
        parts.append(f"median {wait_words(sums.median)}, 90 % within {wait_words(sums.p90)}")
    if sums.waiting:
        parts.append(f"at least: {sums.waiting:,} overdue and not called yet, counted at their age so far")
    return "; ".join(parts)


def _wait_formula(sums: WaitSums, everything: Sums, when: str, clock: str) -> tuple[str, ...]:
    called = sums.count - sums.waiting
    made = f"Mean {clock} from the message to its first call, for messages that came in {when}."
    of = (
        f"Made of {sums.count:,}: {called:,} called, {sums.waiting:,} overdue and not called yet. Those count at their "
        "age so far, so that leaving them never helps."
    )
    rule = (
        "A wrong or disconnected number is no call, a voicemail is one. Where the patient named a time, the wait is "
        "the lateness after it."
    )
    left_out = (
        f"Left out: {sums.not_due:,} not called and not due yet, {sums.uncalled:,} ended without a call. Of all "
        f"messages of these days also {everything.merged:,} joined to another or opened in error and "
        f"{everything.time_unknown:,} without a known time. Rehearsals never count."
    )
    return (made, of, rule, left_out)


def _left_alone_note(count: int | None) -> str:
    return f"{count:,} urgent with nobody at the desk" if count else ""


def _left_alone_formula(count: int | None) -> tuple[str, ...]:
    if count is None:
        return ()
    told = f"Told apart: {count:,} urgent or emergent ones were left while no nurse or clinician was at the desk."
    return (f"{told} Nobody is fetched for them, for the policy has no on-call roster.",)


def _first_call_note(sums: FirstCallSums) -> str:
    parts = []
    if sums.provisional:
        parts.append(f"provisional: {sums.provisional:,} of {sums.count:,} may still come back")
    if sums.escalated or sums.emergency:
        parts.append(f"beside it {sums.escalated:,} handed to a clinician, {sums.emergency:,} sent to 911")
    return "; ".join(parts)


def _first_call_formula(sums: FirstCallSums, days: int) -> tuple[str, ...]:
    made = (
        "Share of first live talks that resolved the issue, with no message from the same patient for the same reason "
        f"within {days} days."
    )
    of = (
        f"Made of {sums.count:,} first talks: {sums.resolved:,} resolved, {sums.again:,} of them came back. "
        f"Provisional: {sums.provisional:,} whose {days} days are not over count as resolved so far."
    )
    beside = (
        f"{sums.escalated:,} were handed to a clinician and {sums.emergency:,} sent to 911. They count here and in "
        "nobody's personal rate: escalating rightly is no fault."
    )
    return (made, of, beside, "Left out: messages joined to another, without a known time, and rehearsals.")


def _score_note(sums: ScoreSums, enough: int) -> str:
    if not sums.count:
        return f"none of {sums.reached:,} talks was scored" if sums.reached else ""
    few = f"too few to judge, under {enough}; " if sums.count < enough else ""
    return (
        f"{few}{percent(sums.good / sums.count)} gave 4 or 5; {sums.count:,} of {sums.reached:,} talks were scored "
        f"({percent(sums.count / sums.reached)})"
    )


def _score_formula(sums: ScoreSums, enough: int) -> tuple[str, ...]:
    return (
        "Mean of the scores from 1 to 5 that patients gave at the end of a call, by the day of the call.",
        f"Made of {sums.count:,} scores out of {sums.reached:,} live talks. Under {enough} scores nothing is judged.",
        "Left out: talks without a score, and rehearsals.",
    )


def _trend_formula(unit: Unit, before: float | None, before_n: int, least: int) -> str:
    if before is None:
        return "There is nothing in the same number of days before to compare with."
    return (
        f"In the same number of days before: {figure_words(unit, before)}, made of {before_n}. No trend is shown when "
        f"either has under {least}."
    )
