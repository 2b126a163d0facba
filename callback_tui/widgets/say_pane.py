"""The words to say with an accent bar, a dim line of advice, the choices of this step."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from callback_tui.widgets.choice_list import ChoiceList, ChoiceRow
from callback_tui.widgets.plain import plain_block
from callback_tui.widgets.titled_pane import ScrollPane

_ROOMY_ROWS = 8


class SayPane(ScrollPane):
    """Takes the focus whenever nobody writes, so that letters and digits mean the choices."""

    def compose(self) -> ComposeResult:
        """Words, advice, heading, choices, hint; each may be empty."""
        yield Static(id="say-words", markup=False)
        yield Static(id="say-advice", markup=False)
        yield Static(id="say-heading", markup=False)
        yield ChoiceList("say-choices")
        yield Static(id="say-hint", markup=False)

    def show(
        self, words: str, advice: str, heading: str, count: str, rows: Sequence[ChoiceRow], hint: Content | str
    ) -> None:
        """Draw the pane anew from the top."""
        self._put("say-words", plain_block(words, "bold"))
        self._put("say-advice", plain_block(advice, "$dim"))
        self._put("say-heading", Content.assemble((heading, "bold"), (f"   {count}" if count else "", "$dim")))
        self.query_one(ChoiceList).show(rows)
        self.set_class(len(rows) > _ROOMY_ROWS, "-many")
        self._put("say-hint", hint if isinstance(hint, Content) else Content.styled(hint, "$dim"))
        self.scroll_home(animate=False)

    def _put(self, place: str, content: Content) -> None:
        widget = self.query_one(f"#{place}", Static)
        widget.update(content)
        widget.set_class(not content.plain.strip(), "-empty")
