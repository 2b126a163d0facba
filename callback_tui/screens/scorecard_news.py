"""Keeps an open scorecard fresh: what it says of its age, and the figures anew once somebody wrote."""

from typing import NamedTuple

from callback_tui.rules.periods import days_words
from callback_tui.rules.speak import clock_time
from callback_tui.services.desk import OpenDesk
from callback_tui.views.queue import ChangeMark
from callback_tui.views.scorecard import PeriodName, Scorecard

_SHARE = 20


class ScorecardNews(NamedTuple):
    """What one look found: the change mark, the figures unless nobody wrote since, and when to look again."""

    mark: ChangeMark
    card: Scorecard | None
    look_again_at_ns: int


def look(desk: OpenDesk, known: ChangeMark | None, period: PeriodName, site: str | None) -> ScorecardNews:
    """Add the figures up anew if somebody wrote since `known`; that takes a twentieth of the time at most.

    Raises DeskError.
    """
    from callback_tui.services.queue import change_mark
    from callback_tui.services.supervision import figures_again

    began = desk.clock.boot().nanoseconds
    mark = change_mark(desk, known)
    card = None if known is not None and mark.changed == known.changed else figures_again(desk, period, site)
    ended = desk.clock.boot().nanoseconds
    return ScorecardNews(mark, card, ended + (ended - began) * _SHARE)


def frame_titles(card: Scorecard, written: tuple[int, int] | None, *, wide: bool) -> dict[str, str]:
    """Return what stands on the frame of the figures.

    `written` are the days of a demo's past that are stored, and of how many, until all of them are.
    """
    period, before = card.period, card.previous
    days = f", {days_words(period.first, period.last)}" if wide else ""
    compared = f" · compared with {days_words(before.first, before.last)}" if wide else ""
    as_of = clock_time(card.as_of, card.policy.sites[0].hours.zone)
    below = f"as of {as_of}{compared} · enter lists the calls behind a figure"
    if written is not None:
        below = f"The demo's {written[1]} days are still being written: {written[0]} of {written[1]}"
    return {"right": f"{period.label}{days} · {card.site or 'all sites'}", "bottom": below}
