"""What stands over a screen that does not fit its window: one sentence."""

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from callback_tui.errors import DeskError

SMALLEST = Size(60, 15)


class TooSmall(Static):
    """Covers its screen, which stays as it is underneath."""

    DEFAULT_CSS = """
    TooSmall {
        layer: above;
        dock: top;
        width: 100%;
        height: 100%;
        padding: 0 1;
        background: $background;
        color: $foreground;
    }
    """

    def __init__(self, size: Size) -> None:
        """Say how large the window is."""
        super().__init__(markup=False)
        self.say(size)

    def say(self, size: Size) -> None:
        """Say how large the window is now."""
        least = f"{SMALLEST.width}x{SMALLEST.height}"
        self.update(Content(str(DeskError("too_small", width=size.width, height=size.height, least=least))))


def is_too_small(size: Size) -> bool:
    """Whether a window of that size shows no whole screen."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height
