"""What stands below the figures: when the selected one went badly, and where there is room how it is made."""

from collections.abc import Sequence
from textwrap import wrap

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from callback_tui.rules.periods import WEEKS_SHOWN, last_weeks
from callback_tui.rules.speak import desk_zone_of
from callback_tui.views.scorecard import MetricLine, Pattern, Scorecard
from callback_tui.widgets.plain import plain_line
from callback_tui.widgets.score_pattern import PatternPane
from callback_tui.widgets.titled_pane import ScrollPane

_TWO_PANES = (112, 30)


class BelowFigures(Horizontal):
    """One pane, on a large terminal two."""

    def compose(self) -> ComposeResult:
        """The pattern and the formula."""
        yield PatternPane(id="pattern")
        with ScrollPane(id="made-of"):
            yield Static(id="made-of-text", markup=False)

    def on_mount(self) -> None:
        """Leave the focus to the figures."""
        self.query_one("#made-of").can_focus = False

    def say(self, sentence: str) -> None:
        """Show a sentence of ours while there is no figure."""
        self.query_one(PatternPane).query_one(Static).update(plain_line(sentence, "$dim"))

    def show(self, card: Scorecard, line: MetricLine, pattern: Pattern | None, weeks: Sequence[float | None]) -> None:
        """Show what is known of a figure by now; `weeks` are its values of the last weeks, oldest first."""
        columns, lines = _TWO_PANES
        both = self.app.size.width >= columns and self.app.size.height >= lines
        made_of = self.query_one("#made-of", ScrollPane)
        made_of.display = both
        made_of.set_titles(left="How it is made", bottom="f shows it by itself")
        text = self.query_one("#made-of-text", Static)
        text.update(formula_content(line, made_of.content_size))
        spans = last_weeks(card.period, WEEKS_SHOWN, desk_zone_of(card.policy))
        by_monday = [(week.first, value) for week, value in zip(spans, weeks, strict=False)]
        self.query_one(PatternPane).show(line, pattern, by_monday, with_note=not both)


def formula_content(line: MetricLine, room: Size) -> Content:
    """Return what stands beside a figure, and sentence by sentence how it is made and what is left out.

    Blank lines keep the sentences apart where there is room for them.
    """
    note = [f"{line.note[:1].upper()}{line.note[1:]}."] if line.note else []
    sentences = [*note, *line.formula]
    used = sum(len(wrap(sentence, max(room.width, 1))) for sentence in sentences)
    gap = "\n\n" if used + len(sentences) - 1 <= room.height else "\n"
    styles = ["bold"] * len(note) + ["$dim"] * len(line.formula)
    return Content(gap).join(map(plain_line, sentences, styles))
