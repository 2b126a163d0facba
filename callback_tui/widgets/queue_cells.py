"""The cells of one row of the queue: what they say and in which colour, for one moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.cells import cell_len

from callback_tui.models.vocabulary import ItemState, ReviewFlag, Role
from callback_tui.rules.assignment import given_to
from callback_tui.rules.channel_words import CALLED, channel_words
from callback_tui.rules.speak import time_left_cell
from callback_tui.views.clock import Countdown, Urgency
from callback_tui.views.queue import QueueRow
from callback_tui.widgets.plain import dots, fit
from callback_tui.widgets.theme import Palette

Parts = tuple[tuple[str, str], ...]
"""One cell: pieces of text with their rich styles."""

STATE, DUE, USED, WHO, WHY, TRY, WITH = "state", "due", "used", "who", "why", "try", "with"
_STATE_CELLS = 6
_BAR_CELLS = 6
_BAR_LEVELS = _BAR_CELLS * 2
_NO_CALLS = "no calls: "
_DUE_CELLS = 6
_CURTAIN_CELLS = 6
_ROLE_CELLS = {Role.CLINICIAN: "clin."}


@dataclass(frozen=True, slots=True)
class Look:
    """What the cells depend on besides the row: colours, zone, who looks, widths by column, curtain."""

    palette: Palette
    zone: ZoneInfo
    staff_id: int
    widths: Mapping[str, int]
    curtained: bool


def row_cells(row: QueueRow, countdown: Countdown, now: datetime, look: Look) -> dict[str, Parts]:
    """Return every cell of a row as it is at `now`."""
    asleep = row.state is ItemState.ASLEEP
    return {
        STATE: state_cell(None if asleep else countdown.urgency, look.palette, check=worth_a_look(row)),
        DUE: _wake_cell(row, now, look) if asleep else _due_cell(countdown, look.palette),
        USED: _bar(0 if asleep else countdown.used_percent, countdown.urgency, look.palette),
        WITH: _with_cell(row, now, look),
        **_resting_cells(row, look),
    }


def worth_a_look(row: QueueRow) -> bool:
    """Return whether a row bears the "?": the words do not decide, or the number to ring was only heard in them."""
    return row.check or ReviewFlag.NUMBER_HEARD in row.flags


def _resting_cells(row: QueueRow, look: Look) -> dict[str, Parts]:
    palette = look.palette
    if look.curtained:
        who: Parts = ((dots(row.who, _CURTAIN_CELLS), palette.dim),)
        why: Parts = ((dots(row.summary, _CURTAIN_CELLS), palette.dim),)
    else:
        more = f" +{row.bundle}" if row.bundle else ""
        who = ((fit(row.who, look.widths[WHO] - len(more)) + more, f"bold {palette.text}"),)
        why = _why_cell(row, look)
    tries = ((str(row.attempts), palette.text if row.attempts else palette.dim),)
    return {WHO: who, WHY: why, TRY: tries}


def _why_cell(row: QueueRow, look: Look) -> Parts:
    width = look.widths[WHY]
    if row.no_calls_since is None:
        return ((fit(row.summary, width), look.palette.dim),)
    mark = fit(_NO_CALLS, width)
    return ((mark, f"bold {look.palette.soon}"), (fit(row.summary, width - cell_len(mark)), look.palette.dim))


def state_cell(urgency: Urgency | None, palette: Palette, *, check: bool) -> Parts:
    """Return glyph and word, and "?" where a person should look; seven cells. The table puts its mark before.

    `urgency` None means asleep. An emergent message has no "?": it is rung at once anyway.
    """
    if urgency is Urgency.NOW:
        return (("!! NOW ", f"bold {palette.on_alarm} on {palette.alarm}"),)
    words, style = {
        Urgency.LATE: ("▲ LATE", f"bold {palette.late}"),
        Urgency.SOON: ("● SOON", palette.soon),
        Urgency.OK: ("· ok", palette.dim),
        Urgency.CLOSED: ("closed", palette.dim),
        None: ("asleep", palette.dim),
    }[urgency]
    badge = (("?", f"bold {palette.soon}"),) if check else ()
    return ((f"{words:<{_STATE_CELLS}}" if check else words, style), *badge)


def _due_cell(countdown: Countdown, palette: Palette) -> Parts:
    text = time_left_cell(countdown)
    match countdown.urgency:
        case Urgency.NOW | Urgency.LATE:
            return ((text, f"bold {palette.late}"),)
        case Urgency.SOON:
            return ((text, palette.soon),)
        case _:
            return ((text, palette.dim if countdown.desk_closed else palette.text),)


def _wake_cell(row: QueueRow, now: datetime, look: Look) -> Parts:
    wakes = row.clock.asleep_until
    if wakes is None:
        return (("", ""),)
    local = wakes.astimezone(look.zone)
    same_day = local.date() == now.astimezone(look.zone).date()
    return (((f"{local:%H:%M}" if same_day else f"{local.day} {local:%b}")[:_DUE_CELLS], look.palette.dim),)


def _bar(used_percent: int, urgency: Urgency, palette: Palette) -> Parts:
    colour = {Urgency.NOW: palette.late, Urgency.LATE: palette.late, Urgency.SOON: palette.soon}.get(
        urgency, palette.ok
    )
    share = min(max(used_percent, 0), 100)
    levels = max(round(share * _BAR_LEVELS / 100), 1) if share else 0
    used = "━" * (levels // 2) + "╸" * (levels % 2)
    return ((used, colour), ("─" * (_BAR_CELLS - len(used)), palette.line))


def _with_cell(row: QueueRow, now: datetime, look: Look) -> Parts:
    width = look.widths.get(WITH, 0)
    if not width:
        return (("", ""),)
    if row.holder is not None:
        if row.holder.staff_id == look.staff_id:
            return (("you", f"bold {look.palette.mine}"),)
        minutes = f" {max(int((now - row.holder.since).total_seconds()) // 60, 0)}m"
        name = (row.holder.name.split() or ["?"])[0]
        room = cell_len(name) + cell_len(minutes) <= width
        return ((name + minutes if room else fit(name, width), look.palette.dim),)
    whose = row.assigned_to if row.emergent else given_to(row, now)
    if whose is not None and whose.staff_id == look.staff_id:
        return (("mine", f"bold {look.palette.mine}"),)
    if whose is not None:
        name = whose.name.split()[0] if whose.staff_id is not None else _ROLE_CELLS.get(whose.role, whose.name)
        return ((fit(name, width), look.palette.dim),)
    if row.clock.scheduled_at is not None and row.state is not ItemState.ASLEEP:
        mine = row.promised_by_id == look.staff_id
        style = f"bold {look.palette.mine}" if mine else look.palette.dim
        return ((f"{row.clock.scheduled_at.astimezone(look.zone):%H:%M}", style),)
    if row.state is ItemState.ESCALATED:
        return (("handed", look.palette.dim),)
    if row.prefers is not None and row.prefers not in CALLED:
        return ((fit(channel_words(row.prefers), width), look.palette.dim),)
    return (("", ""),)
