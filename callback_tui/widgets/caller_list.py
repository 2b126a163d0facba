"""Who may be calling back: three lines each, with what we tried and the words we left."""

from datetime import datetime
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callback_tui.models.vocabulary import ItemState
from callback_tui.rules.sla import countdown
from callback_tui.rules.speak import desk_zone_of, moment, time_left_cell
from callback_tui.views.calling_back import Caller, CallersFound
from callback_tui.views.clock import Countdown, Urgency
from callback_tui.widgets.call_header import URGENCY_WORDS
from callback_tui.widgets.plain import fit

_CALLS_SHOWN = 3
_NAME_CELLS = 20
_MARK_CELLS = 2


class CallerList(OptionList):
    """Shows callers; the cursor moves while the field above has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = []
    can_focus = False

    def __init__(self) -> None:
        """An empty list."""
        super().__init__(id="callers", markup=False)
        self._callers: tuple[Caller, ...] = ()
        self._texts: tuple[Content, ...] = ()

    @property
    def selected(self) -> Caller | None:
        """The caller the cursor is on."""
        at = self.highlighted
        return None if at is None or at >= len(self._callers) else self._callers[at]

    def show(self, found: CallersFound) -> None:
        """Show these callers; the cursor stays on its message if that is still there, else goes to the first."""
        kept = self.selected
        self._callers = found.callers
        self._texts = ()
        self.clear_options()
        cells = max(self.size.width, self.parent_cells) - _MARK_CELLS
        self._texts = tuple(caller_lines(each, found, cells) for each in found.callers)
        self.add_options([Option(_drawn(lines, marked=False)) for lines in self._texts])
        if self._callers:
            ids = [each.item_id for each in self._callers]
            self.highlighted = ids.index(kept.item_id) if kept is not None and kept.item_id in ids else 0

    @property
    def parent_cells(self) -> int:
        """The cells of the pane, which are known before the list was ever shown."""
        return 0 if self.parent is None else self.parent.content_size.width  # type: ignore[attr-defined] # a widget

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the mark with the cursor."""
        super().watch_highlighted(highlighted)
        for at, lines in enumerate(self._texts):
            self.replace_option_prompt_at_index(at, _drawn(lines, marked=at == highlighted))


def caller_lines(caller: Caller, found: CallersFound, cells: int) -> Content:
    """Return who and how long there is, what we tried and who holds it, and the words we left; `cells` wide."""
    now, policy = found.as_of, found.policy
    zone = desk_zone_of(policy)
    state, style = _state(caller, countdown(caller.clock, policy.site_of(caller.site), policy, now), now, zone)
    more = f" +{caller.more}" if caller.more else ""
    kind = f"{caller.number_kind}, shared" if caller.shared else caller.number_kind
    name = fit(caller.who, _NAME_CELLS - len(more)) + more
    left = Content.assemble(
        (f"{name}{' ' * (_NAME_CELLS + 1 - cell_len(name))}", "bold $foreground"),
        (f"{fit(caller.number, 18)}  ", "$foreground"),
        (fit(kind, 16), "$dim"),
    )
    gap = " " * max(cells - left.cell_length - cell_len(state), 1)
    wording = f'"{caller.left}"' if caller.left else "nothing"
    return Content.assemble(
        *(left, gap, (state, style), "\n"),
        *((fit(_tried(caller, now, zone), cells), "$dim"), "\n"),
        *(("we left: ", "$dim"), (fit(wording, cells - 9), "$foreground" if caller.left else "$dim")),
    )


def _drawn(lines: Content, *, marked: bool) -> Content:
    mark = ("▌ ", "$accent") if marked else "  "
    parts = [Content.assemble(mark, line) for line in lines.split("\n")]
    return Content("\n").join(parts).append("\n")


def _state(caller: Caller, left: Countdown, now: datetime, zone: str) -> tuple[str, str]:
    if caller.closed_at is not None:
        return f"closed {moment(caller.closed_at, zone, now)}", "$dim"
    if caller.state is ItemState.FOLLOWING_UP:
        return "follow-up", "$dim"
    if caller.state is ItemState.ASLEEP and caller.clock.asleep_until is not None and caller.clock.asleep_until > now:
        return f"asleep until {moment(caller.clock.asleep_until, zone, now)}", "$dim"
    word, style = URGENCY_WORDS[left.urgency]
    return (word if left.urgency is Urgency.CLOSED else f"{word} {time_left_cell(left)}"), style


def _tried(caller: Caller, now: datetime, zone: str) -> str:
    calls = [f"rang {moment(call.at, zone, now)} {call.who}, {call.outcome}" for call in caller.calls[-_CALLS_SHOWN:]]
    earlier = len(caller.calls) - _CALLS_SHOWN
    if earlier > 0:
        calls.insert(0, f"{earlier} earlier")
    holder = [] if caller.holder is None else [f"with {caller.holder.name} now"]
    return " · ".join((*(calls or ["not rung yet"]), *holder))
