"""Triage rules: what tags the messages, what the practice changed; a count of what a change does, then the change."""

from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from callback_tui.commands import LIST, RULES, WITHOUT_LEAVE
from callback_tui.errors import DeskError
from callback_tui.rules.triage.own import with_phrase, with_rule
from callback_tui.rules.triage.own_lines import phrase_lines, rule_lines
from callback_tui.rules.triage.own_words import difference, effect_words, switched_off_words, warnings
from callback_tui.screens.background import WorkDone
from callback_tui.screens.confirm import ConfirmScreen, SentenceScreen
from callback_tui.screens.help import HelpScreen
from callback_tui.screens.rule_fields import phrase_fields, rule_window
from callback_tui.screens.scorecard_list import ScreenWithScoreList
from callback_tui.services.desk import OpenDesk
from callback_tui.views.triage import OwnRules
from callback_tui.views.triage_rules import PhraseLine, RuleLine, RulesEffect, RulesInForce
from callback_tui.widgets.desk_lines import DeskLine
from callback_tui.widgets.key_footer import KeyFooter, bindings_of, hint, key_of
from callback_tui.widgets.plain import plain_block
from callback_tui.widgets.rules_list import RulesList, phrase_key
from callback_tui.widgets.status_line import StatusLine
from callback_tui.widgets.titled_pane import TitledPane

if TYPE_CHECKING:
    from callback_tui.app import CallbackApp

_STYLES = Path(__file__).parents[1] / "styles"
_TICK_SECONDS = 1.0
_SCROLLBAR_CELLS = 1
_LINES_SAID = 3


class TriageRulesScreen(ScreenWithScoreList[OwnRules]):
    """Shows the rules, or the practice's phrases; gives back what was changed and not saved."""

    CSS_PATH: ClassVar = [_STYLES / "scorecard.tcss", _STYLES / "triage_rules.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of((*RULES, *LIST)), *bindings_of(WITHOUT_LEAVE)]
    commands = (*RULES, *LIST, *WITHOUT_LEAVE)

    def __init__(self, desk: OpenDesk, in_force: RulesInForce, own: OwnRules | None, *, is_demo: bool = False) -> None:
        """Show the rules `in_force` with the changes `own` that were not saved yet; None when there are none."""
        super().__init__()
        self.desk = desk
        self.in_force = in_force
        self.own = in_force.own if own is None else own
        self._is_demo = is_demo
        self._shows_phrases = False
        self._stop_counting: Event | None = None

    def compose(self) -> ComposeResult:
        """One line, the list with its search, the keys."""
        yield DeskLine(markup=False)
        with TitledPane(id="rules"):
            yield RulesList()
            yield Input(id="rules-search", placeholder="words of a rule: chest, baby, 911", max_length=80)
        yield StatusLine()
        yield KeyFooter(self.commands)

    def on_mount(self) -> None:
        """Show the rules."""
        self._search.display = False
        self.query_one(RulesList).focus()
        self.set_interval(_TICK_SECONDS, self.tick, name="tick")
        self.call_after_refresh(self.paint)

    def on_unmount(self) -> None:
        """Nobody waits for a count any more."""
        self._end_count()

    def on_resize(self, _event: events.Resize) -> None:
        """Fill the lines anew for the new width."""
        self.call_after_refresh(self.paint)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits as it is written."""
        event.stop()
        self.paint()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the list; an empty search goes away."""
        event.stop()
        self._search.display = bool(self._search.value.strip())
        self.query_one(RulesList).focus()

    def tick(self) -> None:
        """Go to the present: the clock, and sentences whose time is over."""
        now = self.desk.clock.now()
        self.query_one(DeskLine).tell(self.in_force, self.desk.actor, now, is_demo=self._is_demo)
        self.query_one(StatusLine).tell(now)

    def paint(self) -> None:
        """Show the list for the width there is."""
        self.tick()
        pane, listed = self.query_one("#rules", TitledPane), self.query_one(RulesList)
        cells = pane.content_size.width - _SCROLLBAR_CELLS
        lines = self._lines()
        if self._shows_phrases:
            listed.show_phrases([line for line in lines if isinstance(line, PhraseLine)], cells)
            left, right = "Your own phrases", f"{len(lines)} phrase{'' if len(lines) == 1 else 's'}"
            bottom = hint(self.app, ("rules.add", "adds one"), ("rules.part", "back to the rules"))
        else:
            listed.show_rules([line for line in lines if isinstance(line, RuleLine)], cells)
            left, right = "Triage rules", f"{len(lines)} rules, {len(self.own.rules_off)} off"
            phrases = sum(len(words) for _, words in self.own.phrases)
            bottom = hint(
                self.app,
                ("rules.words", "all words of a rule"),
                f"{phrases} phrase{'' if phrases == 1 else 's'} of your own",
            )
        unsaved = len(difference(self.in_force.own, self.own))
        pane.set_titles(left=left, right=right + (f" · {unsaved} not saved" if unsaved else ""), bottom=bottom)

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line."""
        self.query_one(StatusLine).say(sentence, self.desk.clock.now())

    def refused(self, error: DeskError) -> None:
        """Say a refusal in the status line."""
        self._stop_counting = None
        self.say(str(error))

    def action_tick(self) -> None:
        """Switch the selected rule or phrase off, or on again; say what a rule protects."""
        line = self._selected()
        if isinstance(line, RuleLine):
            self.own = with_rule(self.own, line.rule, is_on=not line.on)
            self.say(f"{switched_off_words(line.rule)}." if line.on else f"{line.rule} counts again.")
        elif line is not None:
            self.own = with_phrase(self.own, line.concept, line.phrase, is_there=not line.there)
        self.paint()

    def action_words(self) -> None:
        """Say every word that fires the selected rule."""
        line = self._selected()
        if isinstance(line, RuleLine):
            self.app.push_screen(rule_window(line.rule, self.own))

    def action_add(self) -> None:
        """Ask for a phrase and its concept."""
        line = self._selected()
        self.app.push_screen(phrase_fields(line.concept if isinstance(line, PhraseLine) else ""), self._take_phrase)

    def action_part(self) -> None:
        """Go to the phrases, or back to the rules."""
        self._shows_phrases = not self._shows_phrases
        self.paint()
        if self._shows_phrases and not self._lines():
            self.say(f"No phrase of your own yet; {key_of('rules.add', self.app)} adds one.")

    def action_search(self) -> None:
        """Ask for words."""
        self._search.display = True
        self._search.focus()

    def action_try_texts(self) -> None:
        """Open the box for texts."""
        from callback_tui.screens.try_texts import TryTextsScreen

        self.app.push_screen(TryTextsScreen(self.in_force.own, self.own), self._texts_closed)

    def action_save(self) -> None:
        """Count in the background what the changes do, then ask."""
        from callback_tui.services.triage_rules import preview_rules

        if self.own == self.in_force.own:
            self.say("Nothing was changed.")
        elif self._stop_counting is None:
            self._stop_counting = stop = Event()
            self.say("Counting what would change.")
            work = partial(preview_rules, self.desk, self.own, progress=self._tell_count, is_cancelled=stop.is_set)
            self.in_background("count", work, partial(self._ask_to_save, self.own))

    def action_back(self) -> None:
        """End the count or the search, else go back to the queue; what was not saved is kept while the desk is open."""
        if self._stop_counting is not None:
            self._end_count()
            self.say("The count was stopped; nothing was changed.")
        elif self._search.display:
            self._search.value = ""
            self._search.display = False
            self.query_one(RulesList).focus()
        else:
            self.dismiss(None if self.own == self.in_force.own else self.own)

    def action_curtain(self) -> None:
        """Draw or open the curtain of the queue; rules name nobody and stay."""
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

    @property
    def _search(self) -> Input:
        return self.query_one("#rules-search", Input)

    def _lines(self) -> "tuple[RuleLine, ...] | tuple[PhraseLine, ...]":
        lines = phrase_lines if self._shows_phrases else rule_lines
        return lines(self.in_force.own, self.own, self._search.value)

    def _selected(self) -> RuleLine | PhraseLine | None:
        key = self.query_one(RulesList).selected_key
        found = (
            line for line in self._lines() if key == (line.rule if isinstance(line, RuleLine) else phrase_key(line))
        )
        return next(found, None)

    def _take_phrase(self, read: tuple[str, str] | None) -> None:
        if read is not None:
            concept, phrase = read
            self.own = with_phrase(self.own, concept, phrase, is_there=True)
            self._shows_phrases = True
            self.paint()

    def _texts_closed(self, hide: bool | None) -> None:
        if hide:
            self.action_curtain()

    def _tell_count(self, done: int, of: int) -> None:
        """Called in the worker's thread."""
        self.post_message(WorkDone(partial(self._say_count, done, of)))

    def _say_count(self, done: int, of: int) -> None:
        if self._stop_counting is not None:
            stops = key_of("rules.back", self.app)
            self.say(f"Counting what would change: {done:,} of {of:,} messages; {stops} stops.")

    def _end_count(self) -> None:
        if self._stop_counting is not None:
            self._stop_counting.set()
            self._stop_counting = None

    def _ask_to_save(self, own: OwnRules, effect: RulesEffect | None) -> None:
        if effect is None or self._stop_counting is None:
            return
        self._stop_counting = None
        self.say("")
        changes = difference(self.in_force.own, own)
        lost = warnings(own, self.in_force.own)
        said = [*_cut(lost or ()), *_cut(tuple(line for line in changes if not line.endswith(": switched off")))]
        heading = f"{len(changes)} change{'' if len(changes) == 1 else 's'} of the triage rules"
        text = "\n".join([*said, "", effect_words(effect)])
        if not self.in_force.may_change:
            self.app.push_screen(SentenceScreen(heading, plain_block(f"{text}\n\nAn admin can put this in force.")))
            return
        question = ConfirmScreen(text, "put it in force", "go on without saving", heading=heading)
        self.app.push_screen(question, partial(self._save_if, own, effect.version_id))

    def _save_if(self, own: OwnRules, version_id: int, wanted: bool | None) -> None:
        from callback_tui.services.triage_rules import rules_in_force, save_rules

        def save() -> RulesInForce:
            save_rules(self.desk, own, version_id)
            return rules_in_force(self.desk)

        if wanted:
            self.in_background("save", save, self._saved)

    def _saved(self, in_force: RulesInForce) -> None:
        self.in_force, self.own = in_force, in_force.own
        self.say(f"Policy version {in_force.version_id} is in force; what is more pressing by it was raised.")
        self.paint()


def _cut(lines: tuple[str, ...]) -> list[str]:
    more = len(lines) - _LINES_SAID
    return [*lines[:_LINES_SAID], *([f"and {more} more"] if more > 0 else [])]
