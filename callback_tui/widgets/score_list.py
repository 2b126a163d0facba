"""The lists of the scorecard: lines known by their key, the selected one marked."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from callback_tui.commands import BEHIND, SCORECARD
from callback_tui.widgets.key_footer import bindings_of

_MARK = ("▌", "$accent")
MARK_CELLS = 1


class ScoreList(OptionList):
    """Shows lines that stand for something; what Enter does is the screen's."""

    class Moved(Message):
        """The cursor came to another line."""

    def __init__(self) -> None:
        """An empty list."""
        super().__init__(markup=False, compact=True)
        self._texts: dict[str, Content] = {}
        self._marked: str | None = None

    @property
    def selected_key(self) -> str | None:
        """The key of the line the cursor is on."""
        option = self.highlighted_option
        return None if option is None else option.id

    def show(self, rows: Sequence[tuple[str, Content]]) -> None:
        """Show these lines; the cursor stays on its line, else goes to the first one."""
        kept = self.selected_key
        self._texts = dict(rows)
        with self.prevent(OptionList.OptionHighlighted):
            self.set_options(Option(self._drawn(key), id=key) for key in self._texts)
            if rows:
                self.highlighted = self.get_option_index(kept) if kept in self._texts else 0
        self._note_selection()
        self.call_after_refresh(self.scroll_to_highlight)

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Follow the cursor."""
        event.stop()
        self._note_selection()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click selects and does nothing more."""
        event.stop()

    def _note_selection(self) -> None:
        key = self.selected_key
        if key == self._marked:
            return
        before, self._marked = self._marked, key
        for changed in (before, key):
            if changed in self._texts:
                self.replace_option_prompt(changed, self._drawn(changed))
        self.post_message(self.Moved())

    def _drawn(self, key: str) -> Content:
        return Content.assemble(_MARK if key == self._marked else " ", self._texts[key])


class FigureList(ScoreList):
    """The figures."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(SCORECARD[:1], of_screen=True)]


class BehindList(ScoreList):
    """The calls behind a figure."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of(BEHIND[:1], of_screen=True)]
