"""The lines above the panes: where, when and who; the state of the desk; how fresh the messages are."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from callback_tui.rules.feeds import silence_words
from callback_tui.rules.forecast_words import pace_words
from callback_tui.rules.on_call import on_call_words
from callback_tui.rules.speak import moment
from callback_tui.views.desk import Actor
from callback_tui.views.forecast import Forecast
from callback_tui.views.policy import Policy
from callback_tui.views.queue import QueueSnapshot
from callback_tui.widgets.plain import CUT, fit

DEMO_WORDS = "demo: made-up people"
PACE_FROM_CELLS = 112
"""From so many columns on the forecast stands in line 2; below, in the border under the list."""

_WIDE = 100
_NAME_CELLS = 24


@dataclass(frozen=True, slots=True)
class Counts:
    """How the desk stands at one moment."""

    now: int = 0
    late: int = 0
    soon: int = 0
    waiting: int = 0
    mine: int = 0
    asleep: int = 0
    next_wake: str = ""


class ViewOfDesk(Protocol):
    """What a home screen shows, with the practice it is of."""

    @property
    def policy(self) -> Policy:
        """The policy in force."""
        ...

    @property
    def is_demo(self) -> bool:
        """Whether everybody in it is made up."""
        ...


class DeskLine(Static):
    """Line 1: practice and site, the site's date and time, the person at the desk."""

    shown: reactive[Content] = reactive(Content.empty)

    def tell(self, view: ViewOfDesk | None, actor: Actor, now: datetime, *, is_demo: bool) -> None:
        """Show the line for this moment; before the first view place and time are not known yet."""
        width = self.content_size.width
        wide = width >= _WIDE - 2
        place, moment_words = Content.empty(), ""
        if view is not None:
            sites = view.policy.sites
            site = sites[0].name if len(sites) == 1 else f"{len(sites)} sites"
            name = f"{view.policy.short_name} · {site}"
            local = now.astimezone(ZoneInfo(sites[0].hours.zone))
            moment_words = f"{local:%a} {local.day} {local:%b}  " + (f"{local:%H:%M:%S}" if wide else f"{local:%H:%M}")
            place = Content.styled(fit(name, _NAME_CELLS + 8 if wide else _NAME_CELLS), "bold $foreground")
        if is_demo or (view is not None and view.is_demo):
            place = Content.assemble(place, "  ", (DEMO_WORDS, "$soon"))
        person = fit(actor.name, _NAME_CELLS)
        if wide:
            person = f"{person}, {actor.role.value}"
        self.shown = _spread(place, moment_words, person, width)

    def render(self) -> Content:
        """Return the line as last told."""
        return self.shown


class StateLine(Static):
    """Line 2: how many are NOW, late, soon, waiting, mine and asleep on the whole desk, whatever the list shows.

    Where there is room it says whether we will make it.
    """

    counts: reactive[Counts | None] = reactive(None)
    pace: reactive[tuple[str, ...]] = reactive(())

    def tell_pace(self, forecast: Forecast | None) -> None:
        """Show the forecast by priority, or in one number where that is too long."""
        self.pace = (pace_words(forecast), pace_words(forecast, in_all=True))

    def render(self) -> Content:
        """Say the counts in words, on a narrow terminal two blanks apart; no noughts before the queue was read."""
        counts = self.counts
        if counts is None:
            return Content.styled("Reading the queue.", "$dim")
        gap = "   " if self.content_size.width >= _WIDE else "  "
        parts: list[str | Content | tuple[str, str]] = []
        if counts.now:
            parts += [(f" !! {counts.now} NOW ", "bold $on-alarm on $alarm"), gap]
        late = "bold $late" if counts.late else "$dim"
        soon = "$soon" if counts.soon else "$dim"
        parts += [(f"▲ {counts.late} late", late), gap, (f"● {counts.soon} soon", soon), gap]
        in_all = " waiting in all" if self.content_size.width >= _WIDE else " in all"
        parts += [(str(counts.waiting), "bold $foreground"), (in_all, "$dim"), gap]
        parts += [(str(counts.mine), "bold $mine" if counts.mine else "$dim"), (" mine", "$dim"), gap]
        asleep = f"{counts.asleep} asleep" + (f", next {counts.next_wake}" if counts.next_wake else "")
        line = Content.assemble(*parts, (asleep, "$dim"))
        if line.cell_length > self.content_size.width:
            return Content.assemble(*parts).rstrip()
        room = self.content_size.width - line.cell_length - len(gap)
        pace = next((words for words in self.pace if cell_len(words) <= room), "")
        if not pace or self.content_size.width < PACE_FROM_CELLS - 2:
            return line
        space = room - cell_len(pace) + len(gap)
        return Content.assemble(line, " " * space, (pace, "$soon" if "miss" in pace else "$dim"))


class FeedsLine(Static):
    """Line 3: the newest message and the last import of each source, so that a dead feed is no calm day."""

    shown: reactive[Content] = reactive(Content.empty)

    def tell(self, snapshot: QueueSnapshot, now: datetime) -> None:
        """Show how fresh the messages are; silent sources come first so that they are never cut off."""
        zone = snapshot.policy.sites[0].hours.zone
        newest = snapshot.newest_message_at
        words = f"newest message {moment(newest, zone, now)}" if newest else "no message has a time yet"
        if snapshot.follow_ups_due:
            late = sum(due_at < now for due_at in snapshot.follow_ups_due)
            due = f"{late} late" if late else f"next {moment(snapshot.follow_ups_due[0], zone, now)}"
            count = len(snapshot.follow_ups_due)
            words += f" · {count} follow-up{'' if count == 1 else 's'}, {due}"
        parts = [
            (f"▲ {silence_words(replace(feed, source=fit(feed.source, 16)), zone, now)}", "bold $late")
            for feed in snapshot.feeds
            if feed.silent
        ]
        if snapshot.on_call:
            parts.insert(0, (fit(on_call_words(snapshot.on_call[0], zone, now), self.content_size.width - 2), "$soon"))
        parts.append((words, "$dim"))
        if not snapshot.feeds:
            parts.append(("no import yet: callback-tui import FILE", "$dim"))
        fresh = [feed for feed in snapshot.feeds if not feed.silent]
        for feed in fresh:
            lead = "imports: " if feed is fresh[0] else ""
            parts.append((f"{lead}{fit(feed.source, 16)} {moment(feed.last_import_at, zone, now)}", "$dim"))
        self.shown = _in_one_line(parts, self.content_size.width)

    def render(self) -> Content:
        """Return the line as last told."""
        return self.shown


def _in_one_line(parts: Sequence[tuple[str, str]], width: int) -> Content:
    """Return the parts with dots between them, as many from the left as there is room for."""
    line = Content.empty()
    for at, part in enumerate(parts):
        longer = Content.assemble(line, (" · " if at else "", "$dim"), part)
        if longer.cell_length > width - (2 if at < len(parts) - 1 else 0):
            return Content.assemble(line, (f" {CUT}", "$dim"))
        line = longer
    return line


def _spread(left: Content, centre: str, right: str, width: int) -> Content:
    space = width - left.cell_length - cell_len(right)
    if space < 2:
        return left
    if space < cell_len(centre) + 4:
        centre = ""
    before = max((width - cell_len(centre)) // 2 - left.cell_length, 2) if centre else 0
    before = min(before, space - cell_len(centre) - 2) if centre else 0
    after = space - cell_len(centre) - before
    return Content.assemble(left, " " * before, (centre, "$dim"), " " * after, (right, "$dim"))
