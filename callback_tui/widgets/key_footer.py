"""The bottom line: the six keys that matter here, made from the table of commands."""

from collections.abc import Mapping, Sequence
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from callback_tui.commands import COMMANDS, Command, written_key
from callback_tui.keymap import prints


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
    """Keys and labels on one line; the last ones are left out where the line is too short."""

    commands: reactive[tuple[Command, ...]] = reactive(tuple)

    def __init__(self, commands: Sequence[Command]) -> None:
        """Show the commands marked for the footer, at most six."""
        super().__init__(markup=False)
        self.set_reactive(KeyFooter.commands, tuple(command for command in commands if command.footer))

    def render(self) -> Content:
        """Lay the keys out for the width there is."""
        parts: list[tuple[str, str]] = []
        used = 0
        for command in self.commands[:6]:
            used += len(shown_key(command, self.app)) + len(command.label) + 3
            if used - 2 > self.content_size.width:
                break
            parts += [(shown_key(command, self.app), "bold $accent"), (f" {command.label}  ", "$dim")]
        return Content.assemble(*parts)
