"""The figure the cursor is on: when it went badly and how it is made, below the list of all."""

from functools import partial

from callback_tui.screens.scorecard_list import ScreenWithScoreList
from callback_tui.services.desk import OpenDesk
from callback_tui.views.scorecard import MetricKey, MetricLine, Pattern, Scorecard
from callback_tui.widgets.score_below import BelowFigures
from callback_tui.widgets.score_list import FigureList


class FigureSelected(ScreenWithScoreList[None]):
    """Keeps what was added up of each figure of the card that is shown."""

    def __init__(self, desk: OpenDesk) -> None:
        """Nothing was added up yet."""
        super().__init__()
        self.desk = desk
        self.card: Scorecard | None = None
        self.weeks: dict[MetricKey, tuple[float | None, ...]] = {}
        self.patterns: dict[MetricKey, tuple[Scorecard, Pattern]] = {}

    def selected(self) -> MetricLine | None:
        """Return the figure the cursor is on."""
        key = self.query_one(FigureList).selected_key
        return None if self.card is None or key is None else self.card.line(MetricKey(key))

    def on_score_list_moved(self, event: FigureList.Moved) -> None:
        """Say when the figure the cursor came to went badly, and how it is made."""
        event.stop()
        self.show_below()

    def show_below(self) -> None:
        """Show when the selected figure went badly; what it was at the last look stays until it is added up anew."""
        card, line = self.card, self.selected()
        if card is None or line is None:
            return
        of, known = self.patterns.get(line.key, (None, None))
        self.query_one(BelowFigures).show(card, line, known, self.weeks.get(line.key, ()))
        if of is not card:
            from callback_tui.services.scorecard_pattern import pattern

            work = partial(pattern, self.desk, card, line.key)
            self.in_background("pattern", work, partial(self._take_pattern, card), exclusive=True)

    def _take_pattern(self, card: Scorecard, pattern: Pattern) -> None:
        self.patterns[pattern.key] = (card, pattern)
        self.show_below()
