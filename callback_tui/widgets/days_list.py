"""The list of days of a site: a tick, the day, its holiday, what is open; and the line of the site above it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from callback_tui.commands import DAYS
from callback_tui.rules.closed_days import spans_words
from callback_tui.rules.speak import calendar_day, clock_time, desk_zone_of
from callback_tui.views.closed_days import DayLine, SiteDays
from callback_tui.widgets.key_footer import bindings_of
from callback_tui.widgets.plain import fit
from callback_tui.widgets.score_list import MARK_CELLS, ScoreList

_DAY_CELLS = 15
_HOURS_CELLS = 20
_CHANGED = "not saved"
_OBSERVED = " (observed)"
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class DaysList(ScoreList):
    """The days."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(DAYS[:2], of_screen=True)]

    def show_days(self, lines: Sequence[DayLine], cells: int) -> None:
        """Show these days in so many cells; the cursor stays on its day."""
        self.show([(line.day.isoformat(), day_line(line, cells - MARK_CELLS)) for line in lines])

    def select(self, day: date) -> None:
        """Put the cursor on a day of the list."""
        self.highlighted = self.get_option_index(day.isoformat())


def day_line(line: DayLine, cells: int) -> Content:
    """Return a day as a line: "[✓] Thu 26 Nov 2026  Thanksgiving Day   closed   not saved"."""
    name_cells = cells - len("[x] ") - _DAY_CELLS - 2 - 1 - _HOURS_CELLS - 1 - len(_CHANGED)
    name = ""
    if line.holiday is not None:
        observed = _OBSERVED if line.holiday.observed else ""
        name = fit(line.holiday.name.replace(_OBSERVED, ""), name_cells - len(observed)) + observed
    tick = ("[✓] ", "bold $accent") if line.closed else ("[ ] ", "$dim")
    return Content.assemble(
        tick,
        (f"{calendar_day(line.day):<{_DAY_CELLS}}  ", "bold $foreground" if line.spans is not None else "$foreground"),
        (f"{name:<{name_cells}} ", "$foreground" if line.spans is not None else "$dim"),
        (f"{fit(hours_said(line), _HOURS_CELLS):<{_HOURS_CELLS}} ", "$dim" if line.spans is None else "$foreground"),
        (_CHANGED if line.changed else "", "$soon"),
    )


def hours_said(line: DayLine) -> str:
    """Return what is open that day: "closed", "08:00-12:00", "open as usual", "no hours on Sunday"."""
    if line.spans is not None:
        return spans_words(line.spans)
    return "open as usual" if line.usual else f"no hours on {_WEEKDAYS[line.day.weekday()]}"


def site_words(days: SiteDays, now: datetime) -> str:
    """Return the line above the list: which site, its clock, whose holidays are offered."""
    zone = days.site.hours.zone
    at = clock_time(now, zone, desk_zone_of(days.policy))
    return f"{days.site.name} · {zone}, now {at} · holidays of {days.region}"
