"""Which keys a person gave the commands: read from the preferences, refused where they would not work."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_letters, digits, printable

from callback_tui.command import Command

_LONG_NAMES = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}
_NAME_OF_SIGN = {
    sign: _LONG_NAMES.get(name, name)
    for sign in printable.strip()
    if sign not in ascii_letters + digits
    for name in [unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")]
}
_MOVING_KEYS = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown")
_PRINTING_KEYS = frozenset((*ascii_letters, *digits, *_NAME_OF_SIGN.values(), "space"))
_OTHER_KEYS = frozenset(
    (
        *(f"f{number}" for number in range(1, 13)),
        *(f"ctrl+{letter}" for letter in ascii_letters[:26]),
        *(prefix + key for key in _MOVING_KEYS for prefix in ("", "shift+", "ctrl+")),
        *("enter", "escape", "tab", "shift+tab", "backspace", "delete", "insert"),
    )
)
_TAKEN_BY_TERMINALS = {
    "f11": "the terminal changes its size with it",
    "ctrl+h": "it is the backspace key",
    "ctrl+i": "it is the tab key",
    "ctrl+j": "it is the enter key",
    "ctrl+m": "it is the enter key",
    "ctrl+s": "it stops the terminal",
    "ctrl+z": "it suspends the program",
    "ctrl+c": "it copies the text that is marked",
}
_NEVER_SENT = "terminals keep it for themselves or send it as another key"
_READ_MORE = "docs/keys.md lists the commands and their keys."


@dataclass(frozen=True, slots=True)
class ChosenKeys:
    """`keymap` holds Textual's key names by command id; `problems` a sentence for each choice that was refused."""

    keymap: Mapping[str, str]
    problems: tuple[str, ...]


def taken_by_terminal(key: str) -> str:
    """Return why a key never arrives or means another one; empty for a key that arrives."""
    if key.startswith("alt+") or (key.startswith("ctrl+") and key in ("ctrl+enter", "ctrl+space", "ctrl+tab")):
        return _NEVER_SENT
    if key in ("shift+enter", "shift+space"):
        return _NEVER_SENT
    return _TAKEN_BY_TERMINALS.get(key, "")


def prints(key: str) -> bool:
    """Whether a key is a letter, digit or sign, which a field with the focus takes as text."""
    return key in _PRINTING_KEYS


def clashes(commands: Sequence[Command], keymap: Mapping[str, str]) -> dict[str, list[str]]:
    """Return the keys that would mean several of the commands of one screen, with those commands' ids."""
    ids: dict[str, list[str]] = {}
    for command in dict.fromkeys(commands):
        for key in keymap.get(command.id, command.key).split(","):
            ids.setdefault(key, []).append(command.id)
    return {key: names for key, names in ids.items() if len(names) > 1}


def choose_keys(wanted: Mapping[str, object], screens: Sequence[Sequence[Command]]) -> ChosenKeys:
    """Return the choices that work on every screen; a refused choice leaves its command the keys it has."""
    known = {command.id: command for commands in screens for command in commands}
    keymap: dict[str, str] = {}
    problems: list[str] = []
    for name, value in wanted.items():
        keys, problem = _read(name, value, known.get(name))
        if problem:
            problems.append(problem)
        else:
            keymap[name] = keys
    while (found := next(_clashes_of_choices(screens, keymap), None)) is not None:
        key, names = found
        for name in (name for name in names if name in keymap):
            del keymap[name]
        problems.append(
            f"The key {key} would mean both {names[0]} and {names[1]}. Both keep their own keys; choose another one."
        )
    return ChosenKeys(keymap, tuple(problems))


def _clashes_of_choices(
    screens: Sequence[Sequence[Command]], keymap: Mapping[str, str]
) -> Iterator[tuple[str, list[str]]]:
    for commands in screens:
        for key, names in clashes(commands, keymap).items():
            if any(name in keymap for name in names):
                yield key, names


def _read(name: str, value: object, command: Command | None) -> tuple[str, str]:
    if command is None:
        return "", f'The preferences name "{name}", which is no command. {_READ_MORE}'
    if command.fixed:
        return "", f"The key of {name} belongs to the field itself and cannot be changed."
    if not isinstance(value, str) or not value.strip():
        return "", f'The keys of {name} are not written as text. Write them like this: "{name}" = "{command.key}".'
    keys = [_normal(part) for part in value.split(",")]
    for key in keys:
        if reason := taken_by_terminal(key):
            return "", f"{key} cannot be the key of {name}: {reason}. It keeps {command.key}."
        if not prints(key) and key not in _OTHER_KEYS:
            return "", f'"{key}" is no key a terminal sends, so {name} keeps {command.key}.'
        if command.typing and prints(key):
            return "", f"{name} works while you type, so {key} would be typed. It keeps {command.key}; choose an F-key."
    return ",".join(dict.fromkeys(keys)), ""


def _normal(written: str) -> str:
    key = written.strip()
    if len(key) == 1:
        return _NAME_OF_SIGN.get(key, key)
    return {"esc": "escape", "return": "enter"}.get(key.lower(), key.lower())
