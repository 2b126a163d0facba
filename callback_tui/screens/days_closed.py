"""Days closed: holidays offered one by one, days with hours of their own; first what a change does, then the change."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from callback_tui.commands import DAYS, LIST, WITHOUT_LEAVE
from callback_tui.errors import DeskError
from callback_tui.rules.closed_days import edit_words, effect_words, still_possible, with_edit
from callback_tui.screens.confirm import ConfirmScreen
from callback_tui.screens.day_fields import day_fields, region_field
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.scorecard_list import ScreenWithScoreList
from callback_tui.services.desk import OpenDesk
from callback_tui.views.closed_days import DayEdit, DayLine, PolicyEdits, PolicyEffect, SiteDays
from callback_tui.widgets.days_list import DaysList, site_words
from callback_tui.widgets.desk_lines import DeskLine
from callback_tui.widgets.key_footer import KeyFooter, bindings_of, hint
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.status_line import StatusLine
from callback_tui.widgets.titled_pane import TitledPane

if TYPE_CHECKING:
    from callback_tui.app import CallbackApp

_STYLES = Path(__file__).parents[1] / "styles"
_TICK_SECONDS = 1.0
_SCROLLBAR_CELLS = 1
_EDITS_SAID = 8


class DaysClosedScreen(ScreenWithScoreList[PolicyEdits]):
    """Shows the days of one site at a time; gives back what was changed and not saved."""

    CSS_PATH: ClassVar = [_STYLES / "scorecard.tcss", _STYLES / "days_closed.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of((*DAYS, *LIST)), *bindings_of(WITHOUT_LEAVE)]
    commands = (*DAYS, *LIST, *WITHOUT_LEAVE)

    def __init__(self, desk: OpenDesk, edits: PolicyEdits, *, is_demo: bool = False) -> None:
        """Show the days of the first site with the `edits` that were not saved yet."""
        super().__init__()
        self.desk = desk
        self.edits = edits
        self._is_demo = is_demo
        self._site: str | None = None
        self._days: SiteDays | None = None
        self._written_day: date | None = None

    def compose(self) -> ComposeResult:
        """Two lines, the days, the keys."""
        yield DeskLine(markup=False)
        yield Static(id="site", classes="line", markup=False)
        with TitledPane(id="days"):
            yield Static(id="no-holidays", markup=False)
            yield DaysList()
        yield StatusLine()
        yield KeyFooter(self.commands)

    def on_mount(self) -> None:
        """Read the days."""
        bottom = hint(self.app, "nothing is closed unless ticked", ("days.region", "holidays of another state"))
        self.query_one("#days", TitledPane).set_titles(left="Days closed", bottom=bottom)
        self.query_one(DaysList).focus()
        self.set_interval(_TICK_SECONDS, self.tick, name="tick")
        self.read()

    def on_resize(self, _event: events.Resize) -> None:
        """Fill the lines anew for the new width."""
        self.call_after_refresh(self.paint)

    def read(self) -> None:
        """Read the days of the site in a worker."""
        from callback_tui.services.closed_days import site_days

        work = partial(site_days, self.desk, self._site, self.edits)
        self.in_background("days", work, self.take_days, exclusive=True)

    def take_days(self, days: SiteDays) -> None:
        """Show the days of a site."""
        self._days, self._site = days, days.site.name
        self.edits = still_possible(self.edits, days.policy)
        self.paint()
        if self._written_day in [line.day for line in days.lines]:
            self.query_one(DaysList).select(self._written_day)
        self._written_day = None

    def tick(self) -> None:
        """Go to the present: the clocks, and sentences whose time is over."""
        if self._days is not None:
            now = self.desk.clock.now()
            self.query_one(DeskLine).tell(self._days, self.desk.actor, now, is_demo=self._is_demo)
            self.query_one("#site", Static).update(plain_line(site_words(self._days, now), "$dim"))
            self.query_one(StatusLine).tell(now)

    def paint(self) -> None:
        """Show the days for the width there is."""
        self.tick()
        days = self._days
        if days is None:
            return
        pane = self.query_one("#days", TitledPane)
        no_holidays = self.query_one("#no-holidays", Static)
        no_holidays.display = bool(days.no_holidays)
        no_holidays.update(plain_line(days.no_holidays))
        self.query_one(DaysList).show_days(days.lines, pane.content_size.width - _SCROLLBAR_CELLS)
        unsaved = len(self.edits.days) + len(self.edits.holidays_of)
        closed = sum(line.closed for line in days.lines)
        right = f"{closed} of {len(days.lines)} closed" + (f" · {unsaved} not saved" if unsaved else "")
        pane.set_titles(left=f"Days closed · {days.site.name}", right=right)

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line."""
        self.query_one(StatusLine).say(sentence, self.desk.clock.now())

    def refused(self, error: DeskError) -> None:
        """Say a refusal in the status line."""
        self.say(str(error))

    def action_tick(self) -> None:
        """Close the site on the selected day; open a closed one as usual."""
        line = self._selected()
        if line is not None and self._days is not None:
            self._change_day(DayEdit(self._days.site.name, line.day, None if line.closed else ()))

    def action_hours(self) -> None:
        """Ask for the hours of the selected day."""
        self._ask_day(self._selected())

    def action_add(self) -> None:
        """Ask for a day and its hours."""
        self._ask_day(None)

    def action_region(self) -> None:
        """Ask whose holidays are to be offered."""
        if self._days is not None:
            self.app.push_screen(region_field(self._days.site, self._days.region), self._change_region)

    def action_next_site(self) -> None:
        """Go to the next site."""
        if self._days is None:
            return
        names = [site.name for site in self._days.policy.sites]
        if len(names) == 1:
            self.say("There is only one site.")
            return
        self._site = names[(names.index(self._days.site.name) + 1) % len(names)]
        self.read()

    def action_save(self) -> None:
        """Say what the changes do and ask."""
        from callback_tui.services.closed_days import preview_days

        if self.edits:
            self.in_background("effect", partial(preview_days, self.desk, self.edits), self._ask_to_save)
        else:
            self.say("Nothing was changed.")

    def action_back(self) -> None:
        """Go back to the queue; what was not saved is kept while the desk is open."""
        self.dismiss(self.edits)

    def action_curtain(self) -> None:
        """Draw or open the curtain of the queue; days name nobody and stay."""
        from callback_tui.screens.queue import QueueScreen

        queue = next(screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen))
        queue.action_curtain()
        self.say("The curtain of the queue is drawn." if queue.curtained else "The curtain of the queue is open.")

    def action_next_theme(self) -> None:
        """Change the colours."""
        cast("CallbackApp", self.app).next_theme()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.commands, with_legend=False))

    def _selected(self) -> DayLine | None:
        key = self.query_one(DaysList).selected_key
        lines = () if self._days is None else self._days.lines
        return next((line for line in lines if line.day.isoformat() == key), None)

    def _ask_day(self, line: DayLine | None) -> None:
        if self._days is not None:
            fields = day_fields(self._days.site, line, self.desk.clock.now())
            self.app.push_screen(fields, self._take_day)

    def _take_day(self, edit: DayEdit | None) -> None:
        if edit is not None:
            self._written_day = edit.day
            self._change_day(edit)

    def _change_day(self, edit: DayEdit) -> None:
        if self._days is not None:
            self._change(with_edit(self.edits, edit, self._days.policy.site(edit.site)))

    def _change_region(self, region: str | None) -> None:
        if region is not None and self._days is not None:
            name = self._days.site.name
            regions = {**self.edits.holidays_of, name: region}
            if region == self._days.policy.site(name).holidays_of:
                del regions[name]
            self._change(replace(self.edits, holidays_of=regions))

    def _change(self, edits: PolicyEdits) -> None:
        """Show the days with these edits and say what they would do; what is refused is taken back."""
        from callback_tui.services.closed_days import preview_days

        before, self.edits = self.edits, edits
        self.read()
        work = partial(preview_days, self.desk, edits)
        self.in_background("effect", work, self._say_effect, partial(self._take_back, before), exclusive=True)

    def _say_effect(self, effect: PolicyEffect) -> None:
        self.say(effect_words(effect) if self.edits else "Everything is as it was.")

    def _take_back(self, before: PolicyEdits, error: DeskError) -> None:
        self.edits = before
        self.say(str(error))
        self.read()

    def _ask_to_save(self, effect: PolicyEffect) -> None:
        names = {} if self._days is None else {line.day: line.holiday.name for line in self._days.lines if line.holiday}
        changes = [
            *edit_words(self.edits.days, names),
            *(f"{name}: holidays of {region} are offered" for name, region in self.edits.holidays_of.items()),
        ]
        more = len(changes) - _EDITS_SAID
        said = [*changes[:_EDITS_SAID], *([f"and {more} more"] if more > 0 else [])]
        after = "The new rules count from now on. Calls made and messages that are late keep their times."
        question = ConfirmScreen(
            "\n".join([*said, "", effect_words(effect), after]),
            "put it in force",
            "go on without saving",
            heading=f"{len(changes)} change{'' if len(changes) == 1 else 's'} of the policy",
        )
        self.app.push_screen(question, partial(self._save_if, self.edits, effect.version_id))

    def _save_if(self, edits: PolicyEdits, version_id: int, wanted: bool | None) -> None:
        from callback_tui.services.closed_days import save_days

        if wanted:
            self.in_background("save", partial(save_days, self.desk, edits, version_id), self._saved)

    def _saved(self, version_id: int) -> None:
        self.edits = PolicyEdits()
        self.say(f"Policy version {version_id} is in force.")
        self.read()
