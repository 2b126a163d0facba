"""The headline of the scorecard: how many targets were missed, and which."""

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from callback_tui.rules.figures import missed_words
from callback_tui.views.scorecard import Scorecard
from callback_tui.widgets.plain import fit


class ScoreHeadline(Static):
    """Line 2: the targets missed by name, or that all are met."""

    card: reactive[Scorecard | None] = reactive(None)

    def render(self) -> Content:
        """Say it in words; nothing before the figures were read."""
        if self.card is None:
            return Content.styled("Adding the figures up.", "$dim")
        lines = self.card.lines
        missed = [line for line in lines if line.met is False]
        words = missed_words(lines)
        if not missed:
            met = any(line.met for line in lines)
            return Content.assemble((f"{'✓' if met else '·'} {words}", "$done" if met else "$dim"))
        sign = f"▲ {words}"
        short = ", ".join(line.short_label for line in missed)
        full = ", ".join(line.label for line in missed)
        room = self.content_size.width - len(sign) - 2
        return Content.assemble((sign, "bold $late"), (f": {fit(full if len(full) <= room else short, room)}", "$dim"))
