"""The call's top line: how long, who, which number, which try, how urgent, when the notes were last saved."""

from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from callback_tui.rules.heard import SHORT_VERIFY, VERIFY
from callback_tui.rules.speak import time_left_cell
from callback_tui.views.call import CallSheet
from callback_tui.views.clock import Countdown, Urgency
from callback_tui.widgets.plain import dots, fit

WIDE_CELLS = 100
BREAKPOINTS: list[tuple[int, str]] | None = [(0, "-narrow"), (WIDE_CELLS, "-wide")]

URGENCY_WORDS = {
    Urgency.NOW: (" !! NOW ", "bold $on-alarm on $alarm"),
    Urgency.LATE: ("▲ LATE", "bold $late"),
    Urgency.SOON: ("● SOON", "$soon"),
    Urgency.OK: ("· ok", "$dim"),
    Urgency.CLOSED: ("· closed", "$dim"),
}
"""Glyph and word of each urgency, with their style."""

_ORDINALS = {1: "1st", 2: "2nd", 3: "3rd"}


class CallHeader(Static):
    """One line; the saved time moves to the steps line where there is no room for it."""

    def show(
        self,
        sheet: CallSheet,
        countdown: Countdown | None,
        *,
        now: datetime,
        saved: str,
        curtained: bool,
    ) -> None:
        """Draw the line anew; `countdown` is None until the policy is read."""
        wide = self.size.width >= WIDE_CELLS
        elapsed = _elapsed((now - sheet.started_at).total_seconds())
        who = dots(sheet.who, 8) if curtained else fit(sheet.who, 26 if wide else 18)
        number = dots(sheet.number.national, 8) if curtained else sheet.number.national
        gap = "    " if wide else "  "
        left = Content.assemble(
            ("CALL " if wide else "", "$dim"),
            (elapsed, "bold"),
            gap,
            (who, "bold"),
            gap,
            *(("they rang us", "$dim"),) if sheet.came_in else _dial(sheet, number, gap, wide=wide),
        )
        urgency = _urgency(countdown, sheet.tier.value if wide else "")
        right = Content.styled(saved, "$dim") if wide else urgency
        if wide:
            left = Content.assemble(left, gap, urgency)
        fill = self.content_size.width - left.cell_length - right.cell_length
        self.update(Content.assemble(left, " " * max(fill, 1), right), layout=False)


def _dial(sheet: CallSheet, number: str, gap: str, *, wide: bool) -> tuple[str | tuple[str, str], ...]:
    tried = f"{_ORDINALS.get(sheet.attempt_number, f'{sheet.attempt_number}th')} try"
    kind, style = sheet.number.kind, "$dim"
    if sheet.number.heard:
        kind, style = VERIFY if wide else SHORT_VERIFY, "$soon"
    return number, (f" {kind}", style), gap, (tried, "$dim")


def saved_words(saved_at: datetime | None, zone: str) -> str:
    """Return "saved 10:44:51" in the desk's clock, or nothing when no note was saved yet."""
    return f"saved {saved_at.astimezone(ZoneInfo(zone)):%H:%M:%S}" if saved_at else ""


def _urgency(countdown: Countdown | None, tier: str) -> Content:
    if countdown is None:
        return Content.styled(tier, "$dim")
    word, style = URGENCY_WORDS[countdown.urgency]
    left = time_left_cell(countdown)
    return Content.assemble((f"{word} {left}" if cell_len(left) else word, style), (f" {tier}" if tier else "", "$dim"))


def _elapsed(seconds: float) -> str:
    minutes, rest = divmod(max(int(seconds), 0), 60)
    return f"{minutes:02d}:{rest:02d}"
