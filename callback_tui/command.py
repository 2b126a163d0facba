"""One command of a screen: what it is called, which key starts it, and how that key is written for people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a person can do. `key` is Textual's name of the key, several joined by commas.

    `id` is the scope and the verb, "queue.call"; it stays the same when the key is changed. `label` is the footer's
    word, `help` the sentence of the help screen, `footer` whether it is among the six keys of its footer. `typing`
    says that it works while a field has the focus; `fixed` that the field itself knows the key, so that it is listed
    but neither bound nor changed. `action` is where it is not the verb of the screen.
    """

    id: str
    key: str
    label: str
    help: str
    footer: bool = False
    shown: str = ""
    typing: bool = False
    fixed: bool = False
    action: str = ""

    @property
    def verb(self) -> str:
        """The id without its scope."""
        return self.id.rpartition(".")[2]

    @property
    def run(self) -> str:
        """The Textual action the key starts."""
        return self.action or self.verb

    @property
    def keys(self) -> tuple[str, ...]:
        """Textual's names of the keys."""
        return tuple(self.key.split(","))

    @property
    def shown_key(self) -> str:
        """How the key is written for people: the first of several."""
        return self.shown or written_key(self.keys[0])


def written_key(key: str) -> str:
    """Return Textual's name of a key as people write it: F-keys in capitals, signs as themselves."""
    if key.startswith("f") and key[1:].isdigit():
        return key.upper()
    return {"escape": "esc", "question_mark": "?", "slash": "/", "comma": ",", "plus": "+"}.get(key, key)


@dataclass(frozen=True, slots=True)
class ScreenCommands:
    """What can be done on one screen, under the name people know it by."""

    name: str
    commands: tuple[Command, ...]
