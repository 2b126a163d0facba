"""The table of commands: no clashes, no keys a terminal keeps, no verb without a key, no key outside the table."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import ClassVar

import pytest
from textual.binding import Binding, BindingType
from textual.dom import DOMNode
from textual.screen import Screen

import callback_tui.screens
import callback_tui.widgets
from callback_tui.app import CallbackApp
from callback_tui.command import Command, ScreenCommands
from callback_tui.commands import APP, CALL, COMMANDS, EVERYWHERE, SCREENS
from callback_tui.keymap import clashes, prints, taken_by_terminal

FOOTER_CELLS = 80
LABEL_CELLS = 13
HELP_CELLS = FOOTER_CELLS - len("| ") - 8 - LABEL_CELLS - len(" |")


def our_classes() -> Iterator[type[DOMNode]]:
    """Yield every class of ours that a key can reach."""
    for package in (callback_tui.screens, callback_tui.widgets):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    found: list[type[DOMNode]] = [CallbackApp, *_below(DOMNode)]
    yield from (each for each in dict.fromkeys(found) if each.__module__.startswith("callback_tui."))


def _below(parent: type[DOMNode]) -> Iterator[type[DOMNode]]:
    for child in parent.__subclasses__():
        yield child
        yield from _below(child)


def literal_keys(owner: type[DOMNode]) -> list[str]:
    """Return the bindings a class writes itself instead of taking them from the table."""
    return [
        str(binding)
        for binding in vars(owner).get("BINDINGS", ())
        if not isinstance(binding, Binding)
        or binding.id not in COMMANDS
        or binding.key not in COMMANDS[binding.id].keys
    ]


@pytest.fixture(scope="module")
def classes() -> list[type[DOMNode]]:
    """All classes of ours that a key can reach."""
    return list(our_classes())


def test_every_key_comes_from_the_table(classes: list[type[DOMNode]]) -> None:
    found = {each.__qualname__: literal_keys(each) for each in classes}
    assert {name: keys for name, keys in found.items() if keys} == {}


def test_a_literal_key_is_found() -> None:
    class WithLiterals(DOMNode):
        BINDINGS: ClassVar[list[BindingType]] = [("x", "go", "go"), Binding("y", "call", "call", id="queue.call")]

    assert len(literal_keys(WithLiterals)) == 2


def test_every_command_fits_its_line_of_the_help() -> None:
    """At 80 columns beside key and label, with a scrollbar; and the first word of a label says enough alone."""
    assert [command.id for command in COMMANDS.values() if len(command.help) > 54] == []
    short = {command.label.split()[0] for command in COMMANDS.values() if command.footer}
    assert not short & {"the", "by", "a", "to", "of"}


def test_every_command_of_a_screen_leads_somewhere(classes: list[type[DOMNode]]) -> None:
    """Each is bound on the screen, each has its action there or on the app, and the list of screens has the screen."""
    screens = [each for each in classes if issubclass(each, Screen) and "BINDINGS" in vars(each)]
    assert len(screens) > 8
    wrong = {each.__name__: problems_of_screen(each) for each in screens}
    assert {name: problems for name, problems in wrong.items() if problems} == {}


def problems_of_screen(owner: type[DOMNode]) -> list[str]:
    """Return what does not fit between the commands a screen names, its keys and its actions."""
    commands: tuple[Command, ...] = getattr(owner, "commands", ())
    keys = [binding for base in owner.__mro__ for binding in vars(base).get("BINDINGS", ())]
    bound = {binding.id for binding in keys if isinstance(binding, Binding)}
    known = [set(screen.commands) - set(APP) for screen in SCREENS]
    problems = [] if set(commands) - set(APP) in known else ["not in the list of screens"]
    for command in commands:
        target = CallbackApp if command.run.startswith("app.") else owner
        if not command.fixed and command.id not in bound:
            problems.append(f"{command.id} has no key")
        if not command.fixed and not callable(getattr(target, f"action_{command.run.removeprefix('app.')}", None)):
            problems.append(f"{command.id} does nothing")
    return problems


def test_a_command_that_leads_nowhere_is_found() -> None:
    class WithoutKeys(DOMNode):
        commands = (Command("queue.fly", "f", "fly", "Fly."),)

    assert problems_of_screen(WithoutKeys) == [
        "not in the list of screens",
        "queue.fly has no key",
        "queue.fly does nothing",
    ]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_no_key_stands_for_two_commands(screen: ScreenCommands) -> None:
    """Within one screen, and with the keys that work everywhere; at most seven stand in a footer of 80 cells."""
    assert clashes(screen.commands, {}) == {}
    own = [command for command in screen.commands if command.footer and command not in APP]
    assert len(own) <= 7
    assert sum(len(command.shown_key) + len(command.label) + 3 for command in own) <= FOOTER_CELLS


def test_a_clash_is_found() -> None:
    twins = (Command("queue.call", "enter,c", "call", "Ring."), Command("queue.copy", "c", "copy", "Copy."))
    assert clashes(twins, {}) == {"c": ["queue.call", "queue.copy"]}
    assert clashes(twins, {"queue.copy": "y"}) == {}
    assert clashes(twins, {"queue.call": "y", "queue.copy": "y"}) == {"y": ["queue.call", "queue.copy"]}


def test_terminals_let_every_key_through() -> None:
    assert [c.id for c in COMMANDS.values() if any(map(taken_by_terminal, c.keys))] == []


@pytest.mark.parametrize(
    "key", ["f11", "alt+enter", "alt+q", "ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+s", "ctrl+enter", "ctrl+c"]
)
def test_a_key_that_terminals_keep_is_found(key: str) -> None:
    assert taken_by_terminal(key)


def test_every_verb_has_a_key_a_word_and_a_sentence() -> None:
    ids = [command.id for screen in SCREENS for command in dict.fromkeys(screen.commands)]
    assert [name for name in ids if not re.fullmatch(r"[a-z_]+\.[a-z_]+", name)] == []
    for command in COMMANDS.values():
        assert all(command.keys), command.id
        assert command.label, command.id
        assert re.fullmatch(r"[A-Z].+\.", command.help), command.id
        assert len(command.label) < LABEL_CELLS, command.id
        assert len(command.help) <= HELP_CELLS, command.id
    assert all(COMMANDS[command.id] == command for screen in SCREENS for command in screen.commands)


def test_the_keys_of_a_call_work_while_somebody_writes() -> None:
    """A field takes letters and Enter, so what a call needs at any moment is an F-key; only help has a sign as well."""
    assert [command.id for command in CALL if not command.typing] == []
    printing = [key for command in CALL for key in command.keys if prints(key)]
    assert printing == ["question_mark"]
    assert all(re.fullmatch(r"f\d+", command.keys[0]) for command in CALL if command.footer)


def test_home_screens_share_their_keys() -> None:
    assert {command.id.split(".")[0] for command in EVERYWHERE} == {"everywhere"}
