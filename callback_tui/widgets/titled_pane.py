"""A bordered pane with a title on the left, a count on the right and a hint in the bottom border."""

from rich.cells import cell_len
from textual import events
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget

from callback_tui.rules.clean import clean_line
from callback_tui.widgets.plain import fit

_CORNERS_AND_BLANKS = 6


class _Titles(Widget):
    """Keeps the three texts of a pane's border and lays them out again on resize and focus."""

    _left = ""
    _right = ""
    _bottom = ""
    _drawn: tuple[list[tuple[str, str]], str] | None = None

    def set_titles(self, left: str | None = None, right: str | None = None, bottom: str | None = None) -> None:
        """Change the texts that are given; outside text is cleaned and stays literal."""
        self._left = self._left if left is None else clean_line(left, limit=200)
        self._right = self._right if right is None else clean_line(right, limit=200)
        self._bottom = self._bottom if bottom is None else clean_line(bottom, limit=200)
        self._lay_out_titles()

    def on_resize(self, _event: events.Resize) -> None:
        """Fill the border anew for the new width."""
        self._lay_out_titles()

    def on_descendant_focus(self, _event: events.DescendantFocus) -> None:
        """Show the focus in the title."""
        self._lay_out_titles()

    def on_descendant_blur(self, _event: events.DescendantBlur) -> None:
        """Take the focus out of the title."""
        self.call_after_refresh(self._lay_out_titles)

    def on_focus(self, _event: events.Focus) -> None:
        """Show the focus in the title."""
        self._lay_out_titles()

    def on_blur(self, _event: events.Blur) -> None:
        """Take the focus out of the title."""
        self._lay_out_titles()

    def _lay_out_titles(self) -> None:
        cells = self.outer_size.width - _CORNERS_AND_BLANKS
        if cells <= 0:
            return
        focused = self.has_focus or self.has_focus_within
        line = "━" if focused and self.app.has_class("-contrast") else "─"
        # The left title gives way only where both together are too long.
        right = fit(self._right, max(cells // 2, cells - cell_len(self._left) - 3))
        right_cells = cell_len(right) + 2 if right else 0
        left = fit(self._left, max(cells - right_cells - 1, 1))
        colour = "$accent" if focused else "$line"
        parts: list[tuple[str, str]] = [(left, "bold $accent" if focused else "bold $foreground")]
        if right:
            fill = cells - cell_len(left) - cell_len(right) - 2
            parts += [(f" {line * max(fill, 0)} ", colour), (right, "$dim")]
        bottom = fit(self._bottom, cells)
        # A border is repainted with all that is in it.
        if self._drawn != (parts, bottom):
            self._drawn = (parts, bottom)
            self.border_title = Content.assemble(*parts)
            self.border_subtitle = Content.styled(bottom, "$dim")


class TitledPane(Vertical, _Titles):
    """A pane that holds widgets and never scrolls itself."""


class ScrollPane(VerticalScroll, _Titles):
    """A pane that scrolls its text up and down, never sideways."""
