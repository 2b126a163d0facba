"""The keys and what they do, from the table of commands."""

from collections.abc import Sequence

from textual.content import Content

from callback_tui.commands import Command
from callback_tui.screens.confirm import SentenceScreen

_KEY_CELLS = 8
_LABEL_CELLS = 13
_LEGEND = (
    ("!! NOW", "bold $on-alarm on $alarm", "emergency words: ring now"),
    ("▲ LATE", "bold $late", "its time has passed"),
    ("● SOON", "$soon", "its time is nearly up"),
    ("· ok", "$dim", "in time"),
    ("· shut", "$dim", "the desk is shut, its time stands still"),
    ("· rest", "$dim", "sleeps until the time shown"),
    ("?", "bold $soon", "the words alone do not decide: please look"),
)


class HelpScreen(SentenceScreen):
    """Every key of the screen below, then what its signs mean."""

    def __init__(self, commands: Sequence[Command], *, with_legend: bool = True) -> None:
        """List `commands` in their order."""
        lines = [
            Content.assemble(
                (f"{command.shown_key:<{_KEY_CELLS}}", "bold $accent"),
                f"{command.label:<{_LABEL_CELLS}}",
                (command.help, "$dim"),
            )
            for command in commands
        ]
        if with_legend:
            lines.append(Content(""))
            cells = _KEY_CELLS
            lines += [
                Content.assemble((sign, style), " " * max(cells - len(sign), 2), (meaning, "$dim"))
                for sign, style, meaning in _LEGEND
            ]
        super().__init__("Keys", Content("\n").join(lines))
