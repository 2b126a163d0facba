"""The scorecard (F5): the practice's figures against their targets; Enter lists the calls behind one."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from callback_tui.commands import LIST, SCORECARD, WITHOUT_LEAVE
from callback_tui.errors import DeskError
from callback_tui.screens.confirm import SentenceScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.queue import QueueScreen
from callback_tui.screens.queue_base import CURTAIN_SENTENCE
from callback_tui.screens.scorecard_figure import FigureSelected
from callback_tui.screens.scorecard_news import ScorecardNews, frame_titles, look
from callback_tui.services.desk import OpenDesk
from callback_tui.views.queue import ChangeMark
from callback_tui.views.scorecard import CallsBehind, MetricKey, PeriodName, PersonCalls, Scorecard
from callback_tui.widgets.desk_lines import DeskLine
from callback_tui.widgets.key_footer import KeyFooter, bindings_of
from callback_tui.widgets.score_below import BelowFigures, formula_content
from callback_tui.widgets.score_cells import ScoreLayout, heading, layout_for, score_line
from callback_tui.widgets.score_lines import ScoreHeadline
from callback_tui.widgets.score_list import FigureList
from callback_tui.widgets.score_people import people_content
from callback_tui.widgets.status_line import StatusLine
from callback_tui.widgets.titled_pane import TitledPane

if TYPE_CHECKING:
    from callback_tui.app import CallbackApp

SCORECARD_STYLE = Path(__file__).parents[1] / "styles" / "scorecard.tcss"
_TICK_SECONDS = 1.0
_LOOK_SECONDS = 10.0
_PERIODS = tuple(PeriodName)


class ScorecardScreen(FigureSelected):
    """Shows one scorecard after another; what is shown stays until the next one was added up."""

    CSS_PATH = SCORECARD_STYLE
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of((*SCORECARD, *LIST)), *bindings_of(WITHOUT_LEAVE)]
    commands = (*SCORECARD, *LIST, *WITHOUT_LEAVE)

    def __init__(self, desk: OpenDesk, *, is_demo: bool = False) -> None:
        """Show the figures of this desk; a demo says so in its first line."""
        super().__init__(desk)
        self._is_demo = is_demo
        self.curtained = False
        self._period = PeriodName.QUARTER
        self._site: str | None = None
        self._mark: ChangeMark | None = None
        self._look_again_at_ns = 0
        self._days: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        """Two lines, the figures, when the selected one went badly and how it is made, the keys."""
        yield DeskLine(markup=False)
        yield ScoreHeadline(classes="line", markup=False)
        with TitledPane(id="figures"):
            yield Static(id="figure-heading", markup=False)
            yield FigureList()
        yield BelowFigures()
        yield StatusLine()
        yield KeyFooter(self.commands)

    def on_mount(self) -> None:
        """Read the figures; a curtain drawn on the queue stays drawn."""
        queue = self._queue()
        self.curtained = queue is not None and queue.curtained
        self.query_one("#figures", TitledPane).set_titles(left="Against target")
        self.query_one(BelowFigures).say("Adding the figures up.")
        self.query_one(FigureList).focus()
        self.set_interval(_TICK_SECONDS, self.tick, name="tick")
        self.set_interval(_LOOK_SECONDS, self.look, name="look")
        self.read()

    def on_resize(self, _event: events.Resize) -> None:
        """Choose the columns for the new width."""
        self.call_after_refresh(self.paint)

    def read(self) -> None:
        """Add the figures up in a worker, then the weeks before them in another."""
        from callback_tui.services.supervision import scorecard

        self.query_one("#figures", TitledPane).set_titles(bottom=f"adding up {self._asked_words()}")
        self._mark = None
        work = partial(scorecard, self.desk, self._period, self._site)
        self.in_background("scorecard", work, self.take_card, self._not_read, exclusive=True)

    def take_card(self, card: Scorecard) -> None:
        """Show a scorecard."""
        from callback_tui.services.supervision import weeks

        if self.card is None or (card.period, card.site) != (self.card.period, self.card.site):
            self.weeks, self.patterns = {}, {}
        self.card = card
        self.query_one(ScoreHeadline).card = card
        self.paint()
        work = partial(weeks, self.desk, self._period, self._site)
        self.in_background("weeks", work, self.take_weeks, exclusive=True)

    def take_weeks(self, weeks: dict[MetricKey, tuple[float | None, ...]]) -> None:
        """Show the last weeks of each figure."""
        self.weeks = weeks
        self.paint()

    def look(self) -> None:
        """Add the figures up anew if somebody wrote since the last look, unless a window hides them."""
        if self.card is None or self.app.screen is not self:
            return
        if self.desk.clock.boot().nanoseconds >= self._look_again_at_ns:
            work = partial(look, self.desk, self._mark, self._period, self._site)
            self.in_background("look", work, partial(self._looked, self._asked_words()), exclusive=True)

    def tick(self) -> None:
        """Go to the present: header, and sentences whose time is over."""
        if self not in self.app.screen_stack:
            return
        now = self.desk.clock.now()
        self.query_one(DeskLine).tell(self.card, self.desk.actor, now, is_demo=self._is_demo)
        self.query_one(StatusLine).tell(now)
        self._follow_days()
        idle = (now - cast("CallbackApp", self.app).last_input_at).total_seconds()
        if self.card is not None and idle >= self.card.policy.desk.curtain_after_seconds:
            self._hide_names()

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line."""
        self.query_one(StatusLine).say(sentence, self.desk.clock.now())

    def refused(self, error: DeskError) -> None:
        """Say a refusal in the status line."""
        self.say(str(error))

    def paint(self) -> None:
        """Show the figures for the width there is."""
        self.tick()
        if self.card is None:
            return
        layout = self._layout()
        self.query_one("#figure-heading", Static).update(heading(layout))
        lines = self.card.lines
        self.query_one(FigureList).show(
            [(line.key.value, score_line(line, self.weeks.get(line.key, ()), layout)) for line in lines]
        )
        self._name_frame()
        self.show_below()

    def action_behind(self) -> None:
        """List the calls behind the selected figure."""
        line = self.selected()
        if self.curtained:
            self.say(CURTAIN_SENTENCE)
        elif line is not None and not line.n:
            self.say("There are no calls behind it yet.")
        elif line is not None:
            from callback_tui.services.supervision import calls_behind

            self.say(f"Listing the calls behind {line.label}.")
            work = partial(calls_behind, self.desk, line.key, self._period, self._site)
            self.in_background("calls_behind", work, self._show_behind, exclusive=True)

    def action_formula(self) -> None:
        """Say how the selected figure is made, in a window of its own."""
        line = self.selected()
        if line is not None:
            self.app.push_screen(SentenceScreen(line.label.capitalize(), formula_content(line, self.size)))

    def action_people(self) -> None:
        """Say who made how many calls."""
        from callback_tui.services.scorecard_people import calls_by_person

        if self.card is not None:
            work = partial(calls_by_person, self.desk, self.card)
            self.in_background("people", work, partial(self._show_people, self.card), exclusive=True)

    def _show_people(self, card: Scorecard, people: tuple[PersonCalls, ...]) -> None:
        heading = f"Calls by person, {card.period.label}, {card.site or 'all sites'}"
        self.app.push_screen(SentenceScreen(heading, people_content(people, card.policy.scorecard)))

    def action_period(self) -> None:
        """Go to the next period."""
        self._period = _PERIODS[(_PERIODS.index(self._period) + 1) % len(_PERIODS)]
        self.read()

    def action_site(self) -> None:
        """Go to the next site, after the last one to all of them."""
        if self.card is None:
            return
        names = (None, *(site.name for site in self.card.policy.sites))
        if len(names) <= 2:
            self.say("There is only one site.")
            return
        at = names.index(self._site) if self._site in names else 0
        self._site = names[(at + 1) % len(names)]
        self.read()

    def action_export(self) -> None:
        """Write the figures as CSV into the desk's folder."""
        from callback_tui.services.supervision import export_file

        work = partial(export_file, self.desk, self._period, self._site)
        self.in_background("export", work, self._exported)

    def action_back(self) -> None:
        """Go back to the queue, which shows no more than was shown here."""
        queue = self._queue()
        if queue is not None and queue.curtained != self.curtained:
            queue.action_curtain()
        self.dismiss(None)

    def action_curtain(self) -> None:
        """Draw or open the curtain; figures name nobody and stay."""
        self.curtained = not self.curtained
        self.say(CURTAIN_SENTENCE if self.curtained else "")

    def action_next_theme(self) -> None:
        """Change the colours."""
        cast("CallbackApp", self.app).next_theme()

    def action_help(self) -> None:
        """Show the keys."""
        self.app.push_screen(HelpScreen(self.commands, with_legend=False))

    def _looked(self, asked: str, news: ScorecardNews) -> None:
        if asked != self._asked_words():
            return
        self._mark, self._look_again_at_ns = news.mark, news.look_again_at_ns
        if news.card is not None:
            self.take_card(news.card)

    def _follow_days(self) -> None:
        """Say how much of a demo's past is written, and add the figures up when all of it is."""
        if not self._is_demo:
            return
        from callback_tui.services.demo_store import days_written

        before, self._days = self._days, days_written(self.desk)
        if before != self._days and self.card is not None:
            self._name_frame()
            if self._days is None:
                self._look_again_at_ns = 0
                self.look()

    def _layout(self) -> ScoreLayout:
        return layout_for(self.query_one("#figures", TitledPane).content_size.width)

    def _name_frame(self) -> None:
        if self.card is not None:
            titles = frame_titles(self.card, self._days, wide=not self._layout().short)
            self.query_one("#figures", TitledPane).set_titles(**titles)

    def _show_behind(self, behind: CallsBehind) -> None:
        from callback_tui.screens.scorecard_calls import BehindScreen

        self.say("")
        if self.card is not None and not self.curtained:
            screen = BehindScreen(self.desk, behind, self.card.policy)
            self.app.push_screen(screen, self._behind_closed)

    def _behind_closed(self, wants_curtain: bool | None) -> None:
        if wants_curtain and not self.curtained:
            self.action_curtain()

    def _hide_names(self) -> None:
        """Draw the curtain because nobody is there; what stands above this screen closes first."""
        top = self.app.screen
        if top is not self:
            top.dismiss(True)
        elif not self.curtained:
            self.action_curtain()

    def _exported(self, path: Path) -> None:
        self.say(f"Written to {path}")

    def _not_read(self, error: DeskError) -> None:
        self.query_one("#figures", TitledPane).set_titles(bottom="")
        self.say(str(error))
        if self.card is None:
            self.query_one(BelowFigures).say("The figures could not be read.")

    def _asked_words(self) -> str:
        period = self._period.value if self._period is PeriodName.TODAY else f"this {self._period.value}"
        return f"{period}, {self._site or 'all sites'}"

    def _queue(self) -> QueueScreen | None:
        return next((screen for screen in self.app.screen_stack if isinstance(screen, QueueScreen)), None)
