"""The keys and what they do, from the table of commands."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content

from callback_tui.command import Command
from callback_tui.commands import APP
from callback_tui.screens.confirm import SentenceScreen
from callback_tui.widgets.key_footer import shown_key

_KEY_CELLS = 8
_LABEL_CELLS = 13
_LEGEND = (
    ("!! NOW", "bold $on-alarm on $alarm", "emergency words: ring now"),
    ("▲ LATE", "bold $late", "its time has passed"),
    ("● SOON", "$soon", "its time is nearly up"),
    ("· ok", "$dim", "in time"),
    ("closed", "$dim", "the desk is closed, its time stands still"),
    ("asleep", "$dim", "sleeps until the time shown"),
    ("?", "bold $soon", "words do not decide, or number only heard: look"),
)


class HelpScreen(SentenceScreen):
    """Every key of the screen below, then what its signs mean."""

    def __init__(self, commands: Sequence[Command], *, with_legend: bool = True) -> None:
        """List `commands` in their order."""
        super().__init__("Keys", Content.empty())
        self._listed = tuple(dict.fromkeys((*commands, *APP)))
        self._with_legend = with_legend

    def compose(self) -> ComposeResult:
        """Write the lines with the keys this person has."""
        lines = [
            Content.assemble(
                (f"{shown_key(command, self.app):<{_KEY_CELLS}}", "bold $accent"),
                f"{command.label:<{_LABEL_CELLS}}",
                (command.help, "$dim"),
            )
            for command in self._listed
        ]
        if self._with_legend:
            lines.append(Content(""))
            lines += [
                Content.assemble((sign, style), " " * max(_KEY_CELLS - len(sign), 2), (meaning, "$dim"))
                for sign, style, meaning in _LEGEND
            ]
        self.text = Content("\n").join(lines)
        yield from super().compose()
