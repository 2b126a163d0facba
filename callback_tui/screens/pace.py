"""Will we make it: the forecast in a sentence, and what it assumes."""

from datetime import datetime

from textual.content import Content

from callback_tui.rules.forecast_words import pace_assumptions, pace_sentence
from callback_tui.screens.confirm import SentenceScreen
from callback_tui.views.forecast import Forecast, OneMore
from callback_tui.views.policy import Policy
from callback_tui.widgets.plain import plain_line


class PaceScreen(SentenceScreen):
    """The forecast of one moment."""

    def __init__(self, forecast: Forecast, more: OneMore | None, policy: Policy, now: datetime) -> None:
        """Show the forecast; `more` is what one more nurse would change."""
        assumed = [Content.assemble(("· ", "$accent"), words) for words in pace_assumptions(forecast, policy)]
        sentence = plain_line(pace_sentence(forecast, more, policy, now), "bold")
        super().__init__("Will we make it?", Content("\n").join([sentence, Content(""), *assumed]))
