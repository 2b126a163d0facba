"""What moves the cursor on a screen with one list of the scorecard."""

from textual.screen import ScreenResultType

from callback_tui.screens.background import BackgroundScreen
from callback_tui.widgets.score_list import ScoreList


class ScreenWithScoreList(BackgroundScreen[ScreenResultType]):
    """Hands the keys that move to its list."""

    def action_cursor_down(self) -> None:
        """Go one row down."""
        self.query_one(ScoreList).action_cursor_down()

    def action_cursor_up(self) -> None:
        """Go one row up."""
        self.query_one(ScoreList).action_cursor_up()

    def action_scroll_top(self) -> None:
        """Go to the first row."""
        self.query_one(ScoreList).action_first()

    def action_scroll_bottom(self) -> None:
        """Go to the last row."""
        self.query_one(ScoreList).action_last()
