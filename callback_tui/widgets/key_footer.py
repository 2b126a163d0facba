"""The bottom line: the few keys that matter here, made from the table of commands."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from callback_tui.command import Command, written_key
from callback_tui.commands import COMMANDS
from callback_tui.keymap import prints

_MOST_KEYS = 7


def bindings_of(commands: Sequence[Command], *, of_screen: bool = False) -> list[Binding]:
    """Return Textual bindings whose ids are the commands' ids, so that a keymap can move them.

    What works while somebody writes comes before the keys of the field that has the focus. With `of_screen` a widget
    binds what its screen does.
    """
    prefix = "screen." if of_screen else ""
    return [
        Binding(
            key,
            prefix + command.run,
            command.label,
            show=False,
            priority=command.typing and not prints(key),
            id=command.id,
        )
        for command in commands
        if not command.fixed
        for key in command.keys
    ]


def shown_key(command: Command, app: App[Any]) -> str:
    """Return the key people press for a command, their own choice if they made one."""
    chosen: Mapping[str, str] = getattr(app, "keymap", {})
    return written_key(chosen[command.id].split(",")[0]) if command.id in chosen else command.shown_key


def key_of(name: str, app: App[Any]) -> str:
    """Return the key people press for the command with that id."""
    return shown_key(COMMANDS[name], app)


def hint(app: App[Any], *parts: tuple[str, str] | str) -> str:
    """Return the line of a border that names keys: the key of each id and what it does here, or words of their own."""
    return " · ".join(part if isinstance(part, str) else f"{key_of(part[0], app)} {part[1]}" for part in parts)


class KeyFooter(Static):
    """Keys and labels on one line; where it is too short the labels lose all but a word, then keys after the first go.

    The last keys stay: they end the call, or show all the others.
    """

    commands: reactive[tuple[Command, ...]] = reactive(tuple)

    def __init__(self, commands: Sequence[Command]) -> None:
        """Show the commands marked for the footer, at most seven."""
        super().__init__(markup=False)
        self.set_reactive(KeyFooter.commands, tuple(command for command in commands if command.footer))

    def render(self) -> Content:
        """Lay the keys out for the width there is."""
        width = self.content_size.width
        keys = [(shown_key(command, self.app), command.label) for command in self.commands[:_MOST_KEYS]]
        if _cells(keys, gap=2) <= width:
            return _drawn(keys, gap=2)
        keys = [(key, label.split()[0]) for key, label in keys]
        while len(keys) > 1 and _cells(keys, gap=1) > width:
            del keys[1]
        return _drawn(keys, gap=1)


def _cells(keys: Sequence[tuple[str, str]], *, gap: int) -> int:
    return sum(cell_len(key) + 1 + cell_len(label) + gap for key, label in keys) - gap


def _drawn(keys: Sequence[tuple[str, str]], *, gap: int) -> Content:
    parts = [part for key, label in keys for part in ((key, "bold $accent"), (f" {label}{' ' * gap}", "$dim"))]
    return Content.assemble(*parts).rstrip()
