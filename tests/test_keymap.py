"""Keys of one's own: what is taken, what is refused and in which words, what the command keeps then."""

import pytest

from callback_tui.commands import SCREENS
from callback_tui.keymap import choose_keys

COMMANDS = [screen.commands for screen in SCREENS]


@pytest.mark.parametrize(
    ("name", "keys", "expected"),
    [
        ("queue.call", "enter,c", "enter,c"),
        ("queue.call", " enter , c ", "enter,c"),
        ("queue.search", "/", "slash"),
        ("queue.search", "?, esc", ""),
        ("queue.why", "W", "W"),
        ("queue.why", "F10", "f10"),
        ("call.park", "ctrl+k", "ctrl+k"),
        ("queue.message", "space,semicolon", "space,semicolon"),
        ("queue.message", "ctrl+up", "ctrl+up"),
    ],
)
def test_keys_are_taken_as_people_write_them(name: str, keys: str, expected: str) -> None:
    """Signs by themselves or by name, capitals as other keys than small letters, two keys for one command."""
    chosen = choose_keys({name: keys}, COMMANDS)
    assert chosen.keymap.get(name, "") == expected
    assert bool(chosen.problems) is not bool(expected)


@pytest.mark.parametrize(
    ("name", "keys", "words"),
    [
        ("queue.cal", "c", "which is no command. docs/keys.md lists"),
        ("queue.call", 7, 'Write them like this: "queue.call" = "enter"'),
        ("queue.call", " ", "not written as text"),
        ("queue.call", "f11", "the terminal changes its size with it. It keeps enter."),
        ("queue.call", "alt+c", "terminals keep it for themselves"),
        ("queue.call", "alt+enter", "terminals keep it for themselves"),
        ("queue.call", "ctrl+enter", "terminals keep it for themselves"),
        ("queue.call", "ctrl+m", "it is the enter key"),
        ("queue.call", "ctrl+i", "it is the tab key"),
        ("queue.call", "ctrl+s", "it stops the terminal"),
        ("queue.call", "shift+c", "no key a terminal sends"),
        ("queue.call", "hyper+c", "no key a terminal sends"),
        ("queue.call", "enter,,c", "no key a terminal sends"),
        ("call.outcome", "o", "works while you type, so o would be typed. It keeps f8"),
        ("call.help", "f1,question_mark", "works while you type"),
        ("form.next", "tab", "belongs to the field itself"),
    ],
)
def test_what_would_not_work_is_refused_in_a_sentence(name: str, keys: object, words: str) -> None:
    """The command keeps its own key, and the sentence says why and what now."""
    chosen = choose_keys({name: keys, "queue.why": "x"}, COMMANDS)
    assert chosen.keymap == {"queue.why": "x"}
    assert len(chosen.problems) == 1
    assert words in chosen.problems[0]
    assert chosen.problems[0].endswith((".", '"'))


def test_one_key_for_two_commands_is_refused() -> None:
    """With a command that keeps its key, with one that is everywhere, and between two that are changed."""
    for wanted in ({"queue.call": "w"}, {"queue.call": "f9"}, {"queue.call": "ctrl+p"}):
        chosen = choose_keys(wanted, COMMANDS)
        assert chosen.keymap == {}
        assert "would mean both" in chosen.problems[0]
    both = choose_keys({"queue.call": "x", "queue.why": "x"}, COMMANDS)
    assert (both.keymap, len(both.problems)) == ({}, 1)


def test_two_commands_may_change_their_keys_with_each_other() -> None:
    """And the same key may mean other things on other screens."""
    swapped = {"queue.why": "m", "queue.message": "w", "message.ring": "c", "queue.call": "c"}
    assert choose_keys(swapped, COMMANDS).keymap == swapped
    assert choose_keys(swapped, COMMANDS).problems == ()


def test_a_refused_half_of_a_change_takes_no_key_away() -> None:
    """If only one of two could change, both would be on one key: neither changes."""
    chosen = choose_keys({"queue.why": "m", "queue.message": "f11"}, COMMANDS)
    assert chosen.keymap == {}
    assert len(chosen.problems) == 2
